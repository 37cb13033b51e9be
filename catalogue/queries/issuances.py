"""What was issued, and what issuing a dossier would do: items as ruled, positions as matched."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.issuing import RuledItem
from catalogue.domain.reviewing import Stage
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    DossierItem,
    MatchedVersion,
    Position,
    PositionVersion,
    Ruling,
)


class Matched(NamedTuple):
    """A version on the unit's side of one of a dossier's matches, as it now stands."""

    match_id: int
    version_id: int
    position_id: int
    wording_row_id: int
    name: str
    state: VersionState
    valid_to: date | None

    @property
    def stands(self) -> bool:
        """Tell whether it is still what was matched: in force without an end, or a draft."""
        in_force = self.state in IN_FORCE and self.valid_to is None
        return in_force or self.state is VersionState.DRAFT


class Standing(NamedTuple):
    """The version in force without an end of a position that a dossier touches."""

    version_id: int
    position_id: int
    name: str
    valid_from: date
    document_id: int


class NamedPosition(NamedTuple):
    """A position in force under its name; one kind of agency has each name once."""

    agency_id: int
    name_folded: str
    position_id: int


def ruled(session: Session, dossier_id: int) -> list[RuledItem]:
    """List a dossier's items in order, each with the last ruling of the deciding stage."""
    later = aliased(Ruling)
    overruled = select(later.id).where(
        later.item_id == Ruling.item_id, later.stage == Ruling.stage, later.number > Ruling.number
    )
    query = (
        select(
            DossierItem.id,
            DossierItem.match_id,
            DossierItem.ordinal,
            DossierItem.agency_id,
            Agency.name,
            DossierItem.wording_row_id,
            DossierItem.kind,
            DossierItem.former_name,
            DossierItem.name,
            DossierItem.group,
            DossierItem.rank,
            DossierItem.code,
            DossierItem.headcount,
            DossierItem.why,
            Ruling.verdict,
            Ruling.amended_name,
        )
        .join(Agency, Agency.id == DossierItem.agency_id)
        .outerjoin(
            Ruling,
            (Ruling.item_id == DossierItem.id)
            & (Ruling.stage == Stage.COMMITTEE)
            & ~overruled.exists(),
        )
        .where(DossierItem.dossier_id == dossier_id)
        .order_by(DossierItem.ordinal)
    )
    return [RuledItem(*row) for row in session.execute(query)]


def matched(session: Session, dossier_id: int) -> list[Matched]:
    """List the versions that a dossier's matches name."""
    query = (
        select(
            MatchedVersion.match_id,
            PositionVersion.id,
            PositionVersion.position_id,
            PositionVersion.wording_row_id,
            PositionVersion.name,
            PositionVersion.state,
            PositionVersion.valid_to,
        )
        .join(PositionVersion, PositionVersion.id == MatchedVersion.position_version_id)
        .where(MatchedVersion.match_id.in_(_matches(dossier_id)))
        .order_by(MatchedVersion.match_id, PositionVersion.id)
    )
    return [Matched(*row) for row in session.execute(query)]


def standing(session: Session, dossier_id: int) -> list[Standing]:
    """List what is in force without an end of the positions that a dossier's matches name."""
    query = (
        select(
            PositionVersion.id,
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.valid_from,
            AnnexFile.source_document_id,
        )
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .where(PositionVersion.position_id.in_(positions(dossier_id)), stands())
    )
    return [Standing(*row) for row in session.execute(query)]


def names_in_force(session: Session, agency_ids: Collection[int]) -> list[NamedPosition]:
    """List what stands in force of these kinds of agency, by its name without marks."""
    query = (
        select(Position.agency_id, PositionVersion.name_folded, Position.id)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(Position.agency_id.in_(agency_ids), stands())
    )
    return [NamedPosition(*row) for row in session.execute(query)]


def last_numbers(session: Session, dossier_id: int) -> dict[int, int]:
    """Give, by position that a dossier's matches name, the last number given to a version."""
    query = (
        select(PositionVersion.position_id, func.max(PositionVersion.number))
        .where(PositionVersion.position_id.in_(positions(dossier_id)))
        .group_by(PositionVersion.position_id)
    )
    return dict(session.execute(query).tuples().all())


def worded_by(document_id: int) -> Select[tuple[int]]:
    """Select the rows of a decision's annex."""
    return (
        select(AnnexRow.id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .where(AnnexFile.source_document_id == document_id)
    )


def stands() -> ColumnElement[bool]:
    return PositionVersion.state.in_(IN_FORCE) & PositionVersion.valid_to.is_(None)


def positions(dossier_id: int) -> Select[tuple[int]]:
    """Select the positions that a dossier's matches name."""
    return (
        select(PositionVersion.position_id)
        .join(MatchedVersion, MatchedVersion.position_version_id == PositionVersion.id)
        .where(MatchedVersion.match_id.in_(_matches(dossier_id)))
    )


def _matches(dossier_id: int) -> Select[tuple[int]]:
    return select(DossierItem.match_id).where(DossierItem.dossier_id == dossier_id)
