"""Writing positions' versions, a whole list at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from catalogue.domain.text import fold
from catalogue.domain.words import IN_FORCE, OriginKind, PositionGroup, VersionState
from catalogue.models import AnnexFile, AnnexRow, Position, PositionOrigin, PositionVersion
from catalogue.services import inserting


class WrittenRow(NamedTuple):
    """A row of an annex that has its place in the database."""

    row_id: int
    name: str
    group: PositionGroup | None
    rank: str | None
    code: str | None
    code_key: str | None


class Present(NamedTuple):
    """A version that stands for its position, with the document that words it.

    `number` is the last that the position has given away, be it to a draft.
    """

    version_id: int
    position_id: int
    number: int
    name: str
    group: PositionGroup | None
    rank: str | None
    code: str | None
    code_key: str | None
    valid_from: date
    document_id: int


class Pair(NamedTuple):
    """A row and the version that it meets, if any, and how the two relate."""

    row: WrittenRow
    former: Present | None
    kind: OriginKind


@dataclass(frozen=True, slots=True)
class Terms:
    """What all versions of one list share."""

    document_id: int
    agency_id: int
    valid_from: date
    at: datetime


def present(session: Session, agency_id: int) -> list[Present]:
    """List the versions that stand for the agency's positions, in their list's order."""
    any_version = aliased(PositionVersion)
    last_number = (
        select(func.max(any_version.number))
        .where(any_version.position_id == PositionVersion.position_id)
        .scalar_subquery()
    )
    query = (
        select(
            PositionVersion.id,
            PositionVersion.position_id,
            last_number,
            PositionVersion.name,
            PositionVersion.group,
            PositionVersion.rank,
            PositionVersion.code,
            PositionVersion.code_key,
            PositionVersion.valid_from,
            AnnexFile.source_document_id,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .where(Position.agency_id == agency_id, PositionVersion.state.in_(IN_FORCE))
        .where(PositionVersion.valid_to.is_(None))
        .order_by(PositionVersion.id)
    )
    return [Present(*row) for row in session.execute(query)]


def write(session: Session, pairs: Sequence[Pair], terms: Terms) -> list[Pair]:
    """Give each row its version; answers the pairs whose version says it already."""
    kept = [pair for pair in pairs if pair.former and _says_it_already(pair, terms)]
    fresh = [pair for pair in pairs if not (pair.former and _says_it_already(pair, terms))]
    _retire(session, [pair.former for pair in fresh if pair.former], terms.valid_from)
    versions = _insert_versions(session, fresh, terms)
    _insert_origins(
        session,
        [*versions, *(pair.former.version_id for pair in kept if pair.former)],
        [*fresh, *kept],
    )
    return kept


def _says_it_already(pair: Pair, terms: Terms) -> bool:
    row, former = pair.row, pair.former
    return (
        former is not None
        and former.document_id == terms.document_id
        and (row.name, row.rank, row.code) == (former.name, former.rank, former.code)
        and row.group in (None, former.group)
    )


def _retire(session: Session, formers: Sequence[Present], successor_from: date) -> None:
    """End the former versions the day before their successors, which may not overlap them."""
    ended = [former for former in formers if former.valid_from < successor_from]
    overtaken = [former for former in formers if former.valid_from >= successor_from]
    by_id = update(PositionVersion).where(PositionVersion.id == bindparam("version"))
    connection = session.connection()
    if ended:
        last_day = successor_from - timedelta(days=1)
        statement = by_id.values(valid_to=last_day)
        connection.execute(statement, [{"version": former.version_id} for former in ended])
    if overtaken:
        statement = by_id.values(state=VersionState.SUPERSEDED)
        connection.execute(statement, [{"version": former.version_id} for former in overtaken])
    session.expire_all()


def _insert_versions(session: Session, pairs: Sequence[Pair], terms: Terms) -> Sequence[int]:
    """Insert a version a pair; answers their identifiers in the pairs' order."""
    identifiers = inserting.reserve(session, PositionVersion, len(pairs))
    rows = [pair.row for pair in pairs]
    inserting.insert(
        session,
        PositionVersion,
        {
            "id": identifiers,
            "position_id": _positions(session, pairs, terms),
            "number": [pair.former.number + 1 if pair.former else 1 for pair in pairs],
            "wording_row_id": [row.row_id for row in rows],
            "name": [row.name for row in rows],
            "name_folded": [fold(row.name) for row in rows],
            "group": [_group(pair) for pair in pairs],
            "rank": [row.rank for row in rows],
            "code": [row.code for row in rows],
            "code_key": [row.code_key for row in rows],
        },
        state=VersionState.PROVISIONAL.value,
        valid_from=terms.valid_from.isoformat(),
        created_at=inserting.moment(session, terms.at),
    )
    return identifiers


def _positions(session: Session, pairs: Sequence[Pair], terms: Terms) -> list[int]:
    """Give each pair's position, a new one to a row that meets none."""
    unmet = sum(pair.former is None for pair in pairs)
    added = inserting.reserve(session, Position, unmet)
    inserting.insert(session, Position, {"id": added}, agency_id=terms.agency_id)
    following = iter(added)
    return [pair.former.position_id if pair.former else next(following) for pair in pairs]


def _group(pair: Pair) -> str | None:
    group = pair.row.group or (pair.former.group if pair.former else None)
    return group.value if group else None


def _insert_origins(session: Session, versions: Sequence[int], pairs: Sequence[Pair]) -> None:
    inserting.insert(
        session,
        PositionOrigin,
        {
            "position_version_id": versions,
            "annex_row_id": [pair.row.row_id for pair in pairs],
            "kind": [pair.kind.value for pair in pairs],
        },
    )
