"""What stands on the daily board beside the lines: pinned tasks of one's own, questions of all."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, Key, Moment, Name
from catalogue.models.log_line import LogLine
from catalogue.models.person import Person


class PinnedTask(Base):
    """A task that a person wants on top of the list; it goes on with the task's identity."""

    __tablename__ = "pinned_task"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    pinned_at: Mapped[Moment]


class LineQuestion(Base):
    """A colleague's question about one line, read by its writer and the heads; and the answer."""

    __tablename__ = "line_question"

    id: Mapped[Key]
    log_line_id: Mapped[int] = mapped_column(ForeignKey("log_line.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[Name]
    asked_at: Mapped[Moment]
    answer: Mapped[Name | None]
    answered_at: Mapped[Moment | None]
    log_line: Mapped[LogLine] = relationship()
    asked_by: Mapped[Person] = relationship()
