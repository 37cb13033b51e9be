"""The diary: lines that each name a task, and the sums kept beside them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.judging import Verdict
from catalogue.domain.limits import LOG_TEXT_CHARACTERS
from catalogue.domain.words import WorkPlace
from catalogue.models.base import Base, Key, Moment, Name, Short, word
from catalogue.models.description import TaskVersion
from catalogue.models.person import Assignment


class LogLine(Base):
    """Whole minutes spent on one task on one day.

    A correction is a new line that supersedes this one; only `current` then changes here. It is
    no longer current either once it was taken away (`removed_at`). `verdict` is the last judgement.
    """

    __tablename__ = "log_line"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 1 AND {MINUTES_PER_DAY}", "minutes_in_a_day"),
        Index("ix_log_line_assignment_day", "assignment_id", "day"),
        Index("ix_log_line_task_version", "task_version_id"),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    task_version_id: Mapped[int] = mapped_column(ForeignKey("task_version.id"))
    day: Mapped[date]
    content: Mapped[str] = mapped_column(String(LOG_TEXT_CHARACTERS))
    product: Mapped[str | None] = mapped_column(String(LOG_TEXT_CHARACTERS))
    quantity: Mapped[int | None]
    minutes: Mapped[int]
    overtime: Mapped[bool]
    place: Mapped[WorkPlace | None] = mapped_column(word(WorkPlace))
    document_number: Mapped[Short | None]
    pages: Mapped[int | None]
    evidence: Mapped[Name | None]
    note: Mapped[str | None] = mapped_column(String(LOG_TEXT_CHARACTERS))
    work_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), index=True)
    pending_id: Mapped[int | None] = mapped_column(
        ForeignKey("pending_line.id"), unique=True, index=True
    )
    current: Mapped[bool] = mapped_column(default=True)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("log_line.id"), unique=True)
    entry_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    backfilled: Mapped[bool] = mapped_column(default=False, server_default=false())
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    written_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]
    assignment: Mapped[Assignment] = relationship()
    task_version: Mapped[TaskVersion] = relationship()


class PersonDay(Base):
    """One assignment's day in sums, kept in the transaction that writes or judges its lines.

    `pending_minutes` wait for a task and belong to no other sum.
    """

    __tablename__ = "person_day"
    # Stored in key order: a month of one assignment is read in one stretch.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy's own form)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    standard_minutes: Mapped[int]
    overtime_minutes: Mapped[int]
    product_minutes: Mapped[int]
    accepted_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    pending_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
