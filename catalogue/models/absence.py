"""Days on which a person is away, and the consent to fill in days that are long past."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.absences import AbsenceKind
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.person import Person


class Absence(Base):
    """One absence, both days included, by kind only; withdrawn, the row stays with when."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", "days_in_order"),
        Index("ix_absence_person_first", "person_id", "first_day"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[AbsenceKind] = mapped_column(word(AbsenceKind))
    first_day: Mapped[date]
    last_day: Mapped[date]
    half: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class BackfillConsent(Base):
    """A request to fill in past days, and the head's answer; open until `open_until`, included."""

    __tablename__ = "backfill_consent"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", "days_in_order"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", "two_persons"),
        Index("ix_backfill_consent_person_first", "person_id", "first_day"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[Name]
    asked_at: Mapped[Moment]
    granted: Mapped[bool | None]
    open_until: Mapped[date | None]
    answer: Mapped[Name | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
