"""Hours told without a known task: they wait, outside all totals, and become a line or nothing."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.limits import LOG_TEXT_CHARACTERS
from catalogue.domain.pending import PendingKind, PendingMove, PendingState
from catalogue.domain.words import WorkPlace
from catalogue.models.base import Base, Key, Moment, Name, Short, word
from catalogue.models.person import Assignment, Person


class PendingLine(Base):
    """Whole minutes of one day whose task is not known yet.

    `assigned_by` is who gave the work, as told; `origin` the file, sheet and row that it came from.
    """

    __tablename__ = "pending_line"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 1 AND {MINUTES_PER_DAY}", "minutes_in_a_day"),
        Index("ix_pending_line_assignment_day", "assignment_id", "day"),
        Index("ix_pending_line_state", "state"),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    day: Mapped[date]
    kind: Mapped[PendingKind] = mapped_column(word(PendingKind))
    state: Mapped[PendingState] = mapped_column(word(PendingState))
    content: Mapped[str] = mapped_column(String(LOG_TEXT_CHARACTERS))
    product: Mapped[str | None] = mapped_column(String(LOG_TEXT_CHARACTERS))
    quantity: Mapped[int | None]
    minutes: Mapped[int]
    overtime: Mapped[bool]
    place: Mapped[WorkPlace | None] = mapped_column(word(WorkPlace))
    evidence: Mapped[Name | None]
    note: Mapped[str | None] = mapped_column(String(LOG_TEXT_CHARACTERS))
    assigned_by: Mapped[Short | None]
    origin: Mapped[Name | None]
    entry_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    backfilled: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[Moment]
    assignment: Mapped[Assignment] = relationship()
    steps: Mapped[list["PendingStep"]] = relationship(order_by="PendingStep.id")


class PendingStep(Base):
    """What was decided about hours without a task: by whom, when and why."""

    __tablename__ = "pending_step"

    id: Mapped[Key]
    pending_line_id: Mapped[int] = mapped_column(ForeignKey("pending_line.id"), index=True)
    move: Mapped[PendingMove] = mapped_column(word(PendingMove))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    note: Mapped[Name]
    person: Mapped[Person] = relationship()
