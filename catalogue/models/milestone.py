"""Milestones (mốc thời hạn), their extensions, and the reminders that were sent."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import MilestoneSubject
from catalogue.models.base import Base, Digest, Key, Moment, Name, word


class Milestone(Base):
    """By which day something must be finished, and on what that rests."""

    __tablename__ = "milestone"

    id: Mapped[Key]
    name: Mapped[Name]
    subject: Mapped[MilestoneSubject] = mapped_column(word(MilestoneSubject))
    due_on: Mapped[date]
    basis: Mapped[Name]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[Moment]
    extensions: Mapped[list["Extension"]] = relationship(order_by="Extension.number")


class Extension(Base):
    """A later day for everybody, or for one unit, with the reason; the last one holds."""

    __tablename__ = "extension"
    __table_args__ = (UniqueConstraint("milestone_id", "number"),)

    id: Mapped[Key]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    number: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date]
    reason: Mapped[Name]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[Moment]


class Reminder(Base):
    """One message about one milestone to one person; the same is not sent twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("milestone_id", "person_id", "due_on", "days_before"),)

    id: Mapped[Key]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    days_before: Mapped[int]
    sent_at: Mapped[Moment]


class CalendarFeed(Base):
    """The address by which one account's calendar program fetches the milestones."""

    __tablename__ = "calendar_feed"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    secret_sha256: Mapped[Digest] = mapped_column(unique=True)
    made_at: Mapped[Moment]
