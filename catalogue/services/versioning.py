"""Writing positions' versions, a whole list at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from catalogue.domain.text import fold
from catalogue.domain.words import IN_FORCE, OriginKind, PositionGroup, VersionState
from catalogue.models import AnnexFile, AnnexRow, Base, Position, PositionOrigin, PositionVersion


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
    versions = insert_all(session, PositionVersion, _versions(session, fresh, terms))
    origins = [
        *zip(versions, fresh, strict=True),
        *((pair.former.version_id, pair) for pair in kept if pair.former),
    ]
    if origins:
        session.execute(
            insert(PositionOrigin),
            [
                {"position_version_id": version, "annex_row_id": pair.row.row_id, "kind": pair.kind}
                for version, pair in origins
            ],
        )
    return kept


def insert_all(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert many rows at once; answers their identifiers in the rows' order."""
    if not rows:
        return []
    identifiers = _reserved(session, table, len(rows))
    numbered = [row | {"id": number} for row, number in zip(rows, identifiers, strict=True)]
    session.connection().execute(insert(table), numbered)
    return identifiers


def _reserved(session: Session, table: type[Base], count: int) -> list[int]:
    """Take the next identifiers: to be told them row by row would cost a statement each."""
    key = table.__table__.c.id
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.__tablename__, key.name)
        drawn = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return list(session.scalars(drawn))
    # SQLite lets one transaction write at a time: nobody else takes these meanwhile.
    last = session.scalar(select(func.max(key))) or 0
    return list(range(last + 1, last + 1 + count))


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


def _versions(session: Session, pairs: Sequence[Pair], terms: Terms) -> list[dict[str, Any]]:
    unmet = sum(pair.former is None for pair in pairs)
    added = iter(insert_all(session, Position, [{"agency_id": terms.agency_id}] * unmet))
    return [
        {
            "position_id": pair.former.position_id if pair.former else next(added),
            "number": pair.former.number + 1 if pair.former else 1,
            "wording_row_id": pair.row.row_id,
            "name": pair.row.name,
            "name_folded": fold(pair.row.name),
            "group": pair.row.group or (pair.former.group if pair.former else None),
            "rank": pair.row.rank,
            "code": pair.row.code,
            "code_key": pair.row.code_key,
            "state": VersionState.PROVISIONAL,
            "valid_from": terms.valid_from,
            "created_at": terms.at,
        }
        for pair in pairs
    ]
