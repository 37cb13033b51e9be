"""The two sides of a reconciliation: the unit's own positions, and the rows of the decision."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select
from sqlalchemy.orm import Session

from catalogue.domain.matching import Entry
from catalogue.domain.words import IN_FORCE, PositionGroup, VersionState
from catalogue.models import (
    AnnexRow,
    Establishment,
    Match,
    MatchedRow,
    MatchedVersion,
    Position,
    PositionOrigin,
    PositionVersion,
    Reconciliation,
)

_VERSION = (
    PositionVersion.id,
    PositionVersion.position_id,
    PositionVersion.name,
    PositionVersion.group,
    PositionVersion.rank,
    PositionVersion.code,
    PositionVersion.code_key,
    AnnexRow.headcount,
    literal(""),
)
_ROW = (
    AnnexRow.id,
    AnnexRow.id,
    AnnexRow.name,
    AnnexRow.group_heading,
    AnnexRow.rank,
    AnnexRow.code,
    AnnexRow.code_key,
    AnnexRow.headcount,
    AnnexRow.table_no,
    AnnexRow.row_no,
)


def own(session: Session, reconciliation: Reconciliation) -> list[Entry]:
    """List the unit's side: the drafts of its own file, or what stands in force.

    What was issued from this reconciliation's own rulings is not asked about again.
    """
    query = select(*_VERSION).join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
    if reconciliation.own_file_id is not None:
        drafted = query.where(AnnexRow.annex_file_id == reconciliation.own_file_id)
        return _entries(session, drafted.order_by(AnnexRow.id))
    standing = query.join(Position, Position.id == PositionVersion.position_id).where(
        Position.agency_id == reconciliation.agency_id,
        PositionVersion.state.in_(IN_FORCE),
        PositionVersion.valid_to.is_(None),
        ~_issued_from(reconciliation.id),
    )
    if reconciliation.unit_id is not None:
        standing = standing.where(_established_at(reconciliation.unit_id))
    return _entries(session, standing.order_by(AnnexRow.id))


def official(session: Session, file_id: int) -> list[Entry]:
    """List the rows of a decision's file, as it prints them."""
    query = select(*_ROW).where(AnnexRow.annex_file_id == file_id).order_by(AnnexRow.id)
    return [_row(*columns) for columns in session.execute(query)]


def versions_of(session: Session, matches: Select[Any]) -> dict[int, tuple[Entry, ...]]:
    """Give the positions of each match whose number the statement selects."""
    query = (
        select(MatchedVersion.match_id, *_VERSION)
        .join(PositionVersion, PositionVersion.id == MatchedVersion.position_version_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .where(MatchedVersion.match_id.in_(matches))
        .order_by(PositionVersion.id)
    )
    return _by_match((match, Entry(*columns)) for match, *columns in session.execute(query))


def rows_of(session: Session, matches: Select[Any]) -> dict[int, tuple[Entry, ...]]:
    """Give the rows of each match whose number the statement selects."""
    query = (
        select(MatchedRow.match_id, *_ROW)
        .join(AnnexRow, AnnexRow.id == MatchedRow.annex_row_id)
        .where(MatchedRow.match_id.in_(matches))
        .order_by(AnnexRow.id)
    )
    return _by_match((match, _row(*columns)) for match, *columns in session.execute(query))


def _entries(session: Session, query: Select[Any]) -> list[Entry]:
    return [Entry(*columns) for columns in session.execute(query)]


def _row(*columns: Any) -> Entry:  # noqa: ANN401 (a row's own types, checked by its columns)
    key, owner, name, heading, rank, code, code_key, headcount, table, row = columns
    group = PositionGroup.of_heading(heading)
    place = f"bảng {table}, dòng {row}"
    return Entry(key, owner, name, group, rank, code, code_key, headcount, place)


def _by_match(found: Iterable[tuple[int, Entry]]) -> dict[int, tuple[Entry, ...]]:
    entries: dict[int, list[Entry]] = defaultdict(list)
    for match_id, entry in found:
        entries[match_id].append(entry)
    return {match_id: tuple(listed) for match_id, listed in entries.items()}


def _established_at(unit_id: int) -> ColumnElement[bool]:
    return exists().where(
        Establishment.position_id == PositionVersion.position_id,
        Establishment.unit_id == unit_id,
        Establishment.valid_to.is_(None),
    )


def _issued_from(reconciliation_id: int) -> ColumnElement[bool]:
    """Tell a version issued on a row that this reconciliation has ruled on."""
    ruled = exists().where(
        PositionOrigin.position_version_id == PositionVersion.id,
        MatchedRow.annex_row_id == PositionOrigin.annex_row_id,
        Match.id == MatchedRow.match_id,
        Match.reconciliation_id == reconciliation_id,
        Match.undone_at.is_(None),
    )
    return and_(PositionVersion.state == VersionState.ISSUED, ruled)


def unruled(entries: Sequence[Entry], ruled: Iterable[Entry]) -> list[Entry]:
    """Leave out what was ruled on, and other versions of the same positions."""
    owners = {entry.owner for entry in ruled}
    return [entry for entry in entries if entry.owner not in owners]
