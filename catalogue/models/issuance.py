"""Issuing a dossier, and the cross-walk from former positions to official ones that it makes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import MatchKind
from catalogue.models.base import Base, Digest, Key, Moment, Name, Short, word
from catalogue.models.dossier import Dossier
from catalogue.models.person import Person
from catalogue.models.source_document import SourceDocument


class Issuance(Base):
    """The decision by which a dossier came into force; `sha256` is of exactly what was approved.

    An urgent one awaits another person's confirmation, with a reason.
    """

    __tablename__ = "issuance"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> issued_by_id", "two"),
        CheckConstraint("withdrawn_by_id IS NULL OR withdrawn_on IS NOT NULL", "withdrawn"),
    )

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), unique=True)
    source_document_id: Mapped[int] = mapped_column(ForeignKey("source_document.id"), unique=True)
    sha256: Mapped[Digest] = mapped_column(index=True)
    signatory: Mapped[Short]
    signatory_office: Mapped[Short]
    effective_from: Mapped[date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[Moment]
    urgent: Mapped[bool] = mapped_column(default=False)
    urgent_reason: Mapped[Name] = mapped_column(default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[Moment | None]
    confirmation: Mapped[Name] = mapped_column(default="")
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_on: Mapped[date | None]
    withdrawal_reason: Mapped[Name] = mapped_column(default="")
    dossier: Mapped[Dossier] = relationship()
    document: Mapped[SourceDocument] = relationship()
    issued_by: Mapped[Person] = relationship(foreign_keys=[issued_by_id])

    @property
    def awaits_confirmation(self) -> bool:
        """Tell whether an urgent issue still waits for another person (chờ xác nhận sau)."""
        return self.urgent and self.confirmed_at is None and self.withdrawn_on is None


class Succession(Base):
    """From a day on, what was done under one position counts under another."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("position_id", "successor_id", "valid_from"),)

    id: Mapped[Key]
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    kind: Mapped[MatchKind] = mapped_column(word(MatchKind))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    issuance_id: Mapped[int] = mapped_column(ForeignKey("issuance.id"), index=True)


class SuccessorChoice(Base):
    """Which part of a split position one holder goes on in; the last choice holds."""

    __tablename__ = "successor_choice"
    __table_args__ = (UniqueConstraint("assignment_id", "number"),)

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    number: Mapped[int]
    succession_id: Mapped[int] = mapped_column(ForeignKey("succession.id"), index=True)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[Moment]
    succession: Mapped[Succession] = relationship()
