"""What members say of a dossier (phiếu lấy ý kiến), by themselves, on paper, or at a meeting."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import Choice, Stage
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.person import Person


class Ballot(Base):
    """One member's ballot at one stage; until it is sent only its writer sees it.

    A paper ballot is entered by somebody else (`entered_by`, "nhập hộ") with its scan, and counts
    once another person has confirmed it.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("dossier_id", "stage", "person_id"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", "two"),
    )

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    stage: Mapped[Stage] = mapped_column(word(Stage))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    marks: Mapped[list["BallotMark"]] = relationship(back_populates="ballot")


class BallotMark(Base):
    """What one ballot says of one item."""

    __tablename__ = "ballot_mark"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("dossier_item.id"), primary_key=True, index=True
    )
    choice: Mapped[Choice] = mapped_column(word(Choice))
    remark: Mapped[Name] = mapped_column(default="")
    ballot: Mapped[Ballot] = relationship(back_populates="marks")


class Meeting(Base):
    """A meeting that voted by show of hands; its counts are entered with the minutes' scan."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", "two"),
    )

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    stage: Mapped[Stage] = mapped_column(word(Stage))
    held_on: Mapped[date]
    present: Mapped[int]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[Moment]
    scan_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[Moment | None]
    counts: Mapped[list["MeetingCount"]] = relationship()


class MeetingCount(Base):
    """How many of those present said what of one item."""

    __tablename__ = "meeting_count"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("dossier_item.id"), primary_key=True, index=True
    )
    agree: Mapped[int]
    agree_amended: Mapped[int]
    disagree: Mapped[int]
