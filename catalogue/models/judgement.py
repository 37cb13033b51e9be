"""What heads say of lines and work items, and objections to it; rows are only ever added."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.judging import ObjectionOutcome, Verdict
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.log_line import LogLine
from catalogue.models.person import Person
from catalogue.models.work_item import WorkItem


class Judgement(Base):
    """One word on one line or one work item; the last one holds.

    `for_id` is the head in whose place a deputy spoke.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        CheckConstraint("(log_line_id IS NULL) <> (work_item_id IS NULL)", "one_subject"),
    )

    id: Mapped[Key]
    log_line_id: Mapped[int | None] = mapped_column(ForeignKey("log_line.id"), index=True)
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[Name]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    log_line: Mapped[LogLine | None] = relationship()
    work_item: Mapped[WorkItem | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)


class Objection(Base):
    """The answer of who was judged; it goes one level up, and its outcome is recorded here."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (decided_by_id IS NULL)"
            " AND (outcome IS NULL) = (decided_at IS NULL)",
            "decided_whole",
        ),
    )

    id: Mapped[Key]
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[Name]
    at: Mapped[Moment]
    outcome: Mapped[ObjectionOutcome | None] = mapped_column(word(ObjectionOutcome))
    answer: Mapped[Name | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]
    judgement: Mapped[Judgement] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
