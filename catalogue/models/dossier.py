"""What is submitted to the committee (hồ sơ trình): numbered drafts, frozen when submitted."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import MatchKind
from catalogue.domain.states import DossierState
from catalogue.domain.words import PositionGroup
from catalogue.models.agency import Agency
from catalogue.models.base import Base, Digest, Key, Moment, Name, Short, word
from catalogue.models.reconciliation import Match
from catalogue.models.source_document import AnnexRow
from catalogue.models.unit import Unit


class Dossier(Base):
    """One numbered draft of a dossier; a returned one is followed by the next, beside it.

    `content` is what was submitted, as `sha256` proves; later drafts point to the `first`.
    """

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("first_id", "number"),)

    id: Mapped[Key]
    first_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int]
    title: Mapped[Name]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[DossierState] = mapped_column(word(DossierState), index=True)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[Moment]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[Moment | None]
    due_on: Mapped[date | None]
    return_reason: Mapped[Name | None]
    content: Mapped[list[Any] | None] = mapped_column(JSON)
    sha256: Mapped[Digest | None]
    unit: Mapped[Unit | None] = relationship()
    items: Mapped[list["DossierItem"]] = relationship(
        back_populates="dossier", order_by="DossierItem.ordinal"
    )


class DossierItem(Base):
    """One position as the dossier asks for it, resting on the match that led to it.

    `wording_row` prints the wording; `differs` is False where nothing changes against what is in
    force, so that the committee's page may fold it.
    """

    __tablename__ = "dossier_item"
    __table_args__ = (UniqueConstraint("dossier_id", "ordinal"),)

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    ordinal: Mapped[int]
    match_id: Mapped[int] = mapped_column(ForeignKey("position_match.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    wording_row_id: Mapped[int] = mapped_column(ForeignKey("annex_row.id"))
    kind: Mapped[MatchKind] = mapped_column(word(MatchKind))
    differs: Mapped[bool]
    former_name: Mapped[Name]
    name: Mapped[Name]
    group: Mapped[PositionGroup | None] = mapped_column(word(PositionGroup))
    rank: Mapped[Name | None]
    code: Mapped[Short | None]
    headcount: Mapped[int | None]
    why: Mapped[Name] = mapped_column(default="")
    dossier: Mapped[Dossier] = relationship(back_populates="items")
    agency: Mapped[Agency] = relationship()
    match: Mapped[Match] = relationship()
    wording_row: Mapped[AnnexRow] = relationship()
