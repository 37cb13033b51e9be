"""Closing the diary: a person's day, a unit's month; and what is adjusted afterwards."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base, Key, Moment, Name
from catalogue.models.person import Assignment, Person


class DayClosing(Base):
    """A person's word that a day is whole; opened again, the row stays with when."""

    __tablename__ = "day_closing"
    __table_args__ = (
        Index(
            "ux_day_closing_open",
            "person_id",
            "day",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    closed_at: Mapped[Moment]
    reopened_at: Mapped[Moment | None]


class MonthClosing(Base):
    """A month of one reporting unit that takes no more lines; `month` is its first day."""

    __tablename__ = "month_closing"
    __table_args__ = (UniqueConstraint("unit_id", "month"),)

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date]
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[Moment]
    closed_by: Mapped[Person] = relationship()


class Adjustment(Base):
    """A line of a closed month to be written, corrected or taken away; another person decides.

    `content` is the line as it is to be, None where the former one is to go.
    """

    __tablename__ = "adjustment"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", "two_persons"),
        CheckConstraint(
            "(accepted IS NULL) = (decided_by_id IS NULL)"
            " AND (accepted IS NULL) = (decided_at IS NULL)",
            "decided_whole",
        ),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    day: Mapped[date]
    former_id: Mapped[int | None] = mapped_column(ForeignKey("log_line.id"), index=True)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[Name]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[Moment]
    accepted: Mapped[bool | None]
    answer: Mapped[Name | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]
    log_line_id: Mapped[int | None] = mapped_column(ForeignKey("log_line.id"), unique=True)
    assignment: Mapped[Assignment] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
