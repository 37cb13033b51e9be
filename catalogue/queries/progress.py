"""What a milestone asks of each unit: all of it, and what is left of it by name.

A position is finished when it was issued, from the day of the decision even where that takes
effect later; a description, from the day that it holds. Nothing is stored: all of it is read
from the dated versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.deadlines import Batch
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Description,
    Issuance,
    Position,
    PositionVersion,
    SourceDocument,
    Succession,
    Unit,
)

Units = frozenset[int] | None


class LeftItem(NamedTuple):
    """One thing that is still to be done, by its name."""

    unit_id: int
    unit: str
    reporting_unit_id: int | None
    position_id: int
    position: str
    code: str | None


class _Item(NamedTuple):
    """One position of an agency's list; what finished it counts for one unit, or for all."""

    agency_id: int
    position_id: int
    opened: date
    closed: date | None
    unit_id: int | None
    finished: date | None


def batches(session: Session, subject: MilestoneSubject, units: Units, day: date) -> list[Batch]:
    """List what each unit has to do, alike positions together; None stands for all units."""
    if subject is MilestoneSubject.OTHER:
        return []
    # Through the connection: for rows alone the session's own way costs as much again.
    connection = session.connection()
    lists: dict[int, list[_Item]] = defaultdict(list)
    for row in connection.execute(_ITEMS[subject], {"day": day}):
        lists[row[0]].append(_Item(*row))
    return [
        batch
        for unit_id, agency_id in connection.execute(_BODIES, {"day": day})
        if units is None or unit_id in units
        for batch in _of_unit(unit_id, lists.get(agency_id, ()))
    ]


def left(session: Session, found: Iterable[Batch], day: date) -> Sequence[LeftItem]:
    """Name what is left on the day of what was found, unit by unit."""
    waiting = {
        (batch.unit_id, position_id)
        for batch in found
        if batch.left(day)
        for position_id in batch.positions
    }
    rows = session.connection().execute(_NAMED, {"day": day}) if waiting else ()
    return [item for item in (LeftItem(*row) for row in rows) if _key(item) in waiting]


def anything_left(session: Session, subject: MilestoneSubject, units: Units, day: date) -> bool:
    """Tell whether anything is still to be done; what nobody can count is not late either."""
    return any(batch.left(day) for batch in batches(session, subject, units, day))


def _key(item: LeftItem) -> tuple[int, int]:
    return item.unit_id, item.position_id


def _of_unit(unit_id: int, items: Sequence[_Item]) -> list[Batch]:
    finished: dict[tuple[int, date, date | None], date | None] = {}
    for item in items:
        key = (item.position_id, item.opened, item.closed)
        own = item.finished if item.unit_id in (None, unit_id) else None
        finished[key] = min(filter(None, (finished.get(key), own)), default=None)
    alike: dict[tuple[date, date | None, date | None], set[int]] = defaultdict(set)
    for (position_id, opened, closed), on in finished.items():
        alike[opened, closed, on].add(position_id)
    return [Batch(unit_id, *facts, frozenset(positions)) for facts, positions in alike.items()]


_DAY = bindparam("day", type_=Date)


def _positions_to_issue() -> Select[Any]:
    """Select each position with the day of the decision that issued it, if one did."""
    # The decision's own day, where it takes effect only later.
    decided = case(
        (SourceDocument.issued_on < PositionVersion.valid_from, SourceDocument.issued_on),
        else_=PositionVersion.valid_from,
    )
    issued = (
        _wanted(_finished(PositionVersion.state, PositionVersion.valid_from, decided))
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .subquery("wanted")
    )
    # A merged or split position is finished with the decision that names its successors.
    succeeded = (
        select(Succession.position_id, func.min(SourceDocument.issued_on).label("finished"))
        .join(Issuance, Issuance.id == Succession.issuance_id)
        .join(SourceDocument, SourceDocument.id == Issuance.source_document_id)
        .where(Issuance.withdrawn_on.is_(None))
        .group_by(Succession.position_id)
        .subquery("succeeded")
    )
    finished = func.coalesce(issued.c.finished, succeeded.c.finished)
    return _of_agencies(issued, literal(None, Integer), finished).outerjoin(
        succeeded, succeeded.c.position_id == issued.c.position_id
    )


def _positions_to_describe() -> Select[Any]:
    """Select each position beside each of its descriptions: the common one, and units' own."""
    wanted = _wanted(null()).subquery("wanted")
    # What is issued ahead of its day is no longer to be done today.
    holds = case((Description.valid_from > _DAY, _DAY), else_=Description.valid_from)
    described = (
        select(
            Description.position_id,
            Description.unit_id,
            _finished(Description.state, Description.valid_from, holds).label("finished"),
        )
        .where(Description.state.in_(IN_FORCE))
        .where(or_(Description.valid_to.is_(None), Description.valid_to >= _DAY))
        .group_by(Description.position_id, Description.unit_id)
        .subquery("described")
    )
    return _of_agencies(wanted, described.c.unit_id, described.c.finished).outerjoin(
        described, described.c.position_id == wanted.c.position_id
    )


def _wanted(finished: ColumnElement[Any]) -> Select[Any]:
    """Give each position's first and last day in force; None while its last day is not known."""
    endless = func.count() > func.count(PositionVersion.valid_to)
    return (
        select(
            PositionVersion.position_id,
            func.min(PositionVersion.valid_from).label("opened"),
            case((endless, null()), else_=func.max(PositionVersion.valid_to)).label("closed"),
            finished.label("finished"),
        )
        .where(PositionVersion.state.in_(IN_FORCE))
        .where(or_(PositionVersion.valid_from <= _DAY, _issued(PositionVersion.state)))
        .group_by(PositionVersion.position_id)
    )


def _of_agencies(
    wanted: Subquery, unit_id: ColumnElement[Any], finished: ColumnElement[Any]
) -> Select[Any]:
    facts = (wanted.c.position_id, wanted.c.opened, wanted.c.closed, unit_id, finished)
    return (
        select(Position.agency_id, *facts)
        .select_from(wanted)
        .join(Position, Position.id == wanted.c.position_id)
    )


def _finished(
    state: InstrumentedAttribute[VersionState],
    valid_from: InstrumentedAttribute[date],
    day: ColumnElement[date],
) -> ColumnElement[Any]:
    """Give the first day of what was issued, unless a version that was not has followed it."""
    last_issued = func.max(case((_issued(state), valid_from)))
    return case((last_issued == func.max(valid_from), func.min(case((_issued(state), day)))))


def _issued(state: InstrumentedAttribute[VersionState]) -> ColumnElement[bool]:
    return state == VersionState.ISSUED


# Put together once: that costs more than running them over a small province.
_ITEMS = {
    MilestoneSubject.CATALOGUE: _positions_to_issue(),
    MilestoneSubject.DESCRIPTIONS: _positions_to_describe(),
}
_BODIES = select(Unit.id, Unit.agency_id).where(Unit.agency_id.is_not(None), Unit.holds_on(_DAY))
_NAMED = (
    select(
        Unit.id,
        Unit.name,
        Unit.reporting_unit_id,
        PositionVersion.position_id,
        PositionVersion.name,
        PositionVersion.code,
    )
    .join(Position, Position.agency_id == Unit.agency_id)
    .join(PositionVersion, PositionVersion.position_id == Position.id)
    .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(_DAY))
    .where(Unit.holds_on(_DAY))
    .order_by(Unit.rank, Unit.id, PositionVersion.wording_row_id)
)
