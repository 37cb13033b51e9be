"""Reconciling (đối chiếu) a decision's annex with the positions of an agency or of one unit."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import MatchKind
from catalogue.models.agency import Agency
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.position import PositionVersion
from catalogue.models.source_document import AnnexFile, AnnexRow
from catalogue.models.unit import Unit


class Reconciliation(Base):
    """Two lists side by side: the rows of `official_file`, and the agency's own positions.

    The own list is what is in force, or the drafts that `own_file` brought; `unit` is set where
    it is one unit's. A changed file opens a new one that follows its `former`.
    """

    __tablename__ = "reconciliation"
    __table_args__ = (Index("ix_reconciliation_agency_official", "agency_id", "official_file_id"),)

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    official_file_id: Mapped[int] = mapped_column(ForeignKey("annex_file.id"))
    own_file_id: Mapped[int | None] = mapped_column(ForeignKey("annex_file.id"))
    former_id: Mapped[int | None] = mapped_column(ForeignKey("reconciliation.id"))
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[Moment]
    agency: Mapped[Agency] = relationship()
    unit: Mapped[Unit | None] = relationship()
    official_file: Mapped[AnnexFile] = relationship(foreign_keys=[official_file_id])
    own_file: Mapped[AnnexFile | None] = relationship(foreign_keys=[own_file_id])


class Match(Base):
    """One ruling of the officer: these positions are those rows. Undone ones stay to be read."""

    __tablename__ = "position_match"

    id: Mapped[Key]
    reconciliation_id: Mapped[int] = mapped_column(ForeignKey("reconciliation.id"), index=True)
    kind: Mapped[MatchKind] = mapped_column(word(MatchKind))
    score: Mapped[float]
    reason: Mapped[Name]
    why: Mapped[Name] = mapped_column(default="")
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ruled_at: Mapped[Moment]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[Moment | None]
    versions: Mapped[list[PositionVersion]] = relationship(
        secondary="matched_version", order_by=PositionVersion.id
    )
    rows: Mapped[list[AnnexRow]] = relationship(secondary="matched_row", order_by=AnnexRow.id)


class MatchedVersion(Base):
    """A position's version on the unit's side of a match."""

    __tablename__ = "matched_version"

    match_id: Mapped[int] = mapped_column(ForeignKey("position_match.id"), primary_key=True)
    position_version_id: Mapped[int] = mapped_column(
        ForeignKey("position_version.id"), primary_key=True, index=True
    )


class MatchedRow(Base):
    """A decision's row on the other side of a match."""

    __tablename__ = "matched_row"

    match_id: Mapped[int] = mapped_column(ForeignKey("position_match.id"), primary_key=True)
    annex_row_id: Mapped[int] = mapped_column(
        ForeignKey("annex_row.id"), primary_key=True, index=True
    )
