"""What a milestone asks of each unit: all of it, and what is left of it by name.

A position is finished when it was issued, from the day of the decision even where that takes
effect later; a description, from the day that it holds. Nothing is stored: all of it is read
from the dated versions.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
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


def batches(session: Session, subject: MilestoneSubject, units: Units, day: date) -> list[Batch]:
    """List what each unit has to do, alike positions together; None stands for all units."""
    if subject is MilestoneSubject.OTHER:
        return []
    items = _ITEMS[subject]
    facts = (items.c.unit_id, items.c.opened, items.c.closed, items.c.finished)
    query = _within(select(*facts, items.c.position_id), items.c.unit_id, units)
    alike: dict[tuple[int, date, date | None, date | None], set[int]] = defaultdict(set)
    rows = session.connection().execute(query, _values(day, units))
    for unit_id, opened, closed, finished, position_id in rows:
        alike[unit_id, opened, closed, finished].add(position_id)
    return [Batch(*fact, frozenset(positions)) for fact, positions in alike.items()]


def left(
    session: Session, subject: MilestoneSubject, units: Units, day: date
) -> Sequence[LeftItem]:
    """Name what is left on the day, unit by unit."""
    if subject is MilestoneSubject.OTHER:
        return []
    items = _ITEMS[subject]
    query = (
        select(
            items.c.unit_id,
            Unit.name,
            Unit.reporting_unit_id,
            items.c.position_id,
            PositionVersion.name,
            PositionVersion.code,
        )
        .join(Unit, Unit.id == items.c.unit_id)
        .join(PositionVersion, PositionVersion.position_id == items.c.position_id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(_DAY), _is_left(items))
        .order_by(Unit.rank, Unit.id, PositionVersion.wording_row_id)
    )
    query = _within(query, items.c.unit_id, units)
    return [LeftItem(*row) for row in session.connection().execute(query, _values(day, units))]


def anything_left(session: Session, subject: MilestoneSubject, units: Units, day: date) -> bool:
    """Tell whether anything is still to be done; what nobody can count is not late either."""
    if subject is MilestoneSubject.OTHER:
        return False
    items = _ITEMS[subject]
    query = select(items.c.position_id).where(
        items.c.opened <= _DAY, or_(items.c.closed.is_(None), items.c.closed >= _DAY)
    )
    query = _within(query.where(_is_left(items)).limit(1), items.c.unit_id, units)
    return session.connection().execute(query, _values(day, units)).first() is not None


_DAY = bindparam("day", type_=Date)
_UNITS = bindparam("units", type_=Integer, expanding=True)


def _values(day: date, units: Units) -> dict[str, Any]:
    return {"day": day} if units is None else {"day": day, "units": sorted(units)}


def _within(query: Select[Any], column: ColumnElement[int], units: Units) -> Select[Any]:
    return query if units is None else query.where(column.in_(_UNITS))


def _is_left(items: Subquery) -> ColumnElement[bool]:
    return or_(items.c.finished.is_(None), items.c.finished > _DAY)


def _positions_to_issue() -> Subquery:
    """Join each unit to its positions, with the day of the decision that issued them."""
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
    return (
        _of_units(issued, finished.label("finished"))
        .outerjoin(succeeded, succeeded.c.position_id == issued.c.position_id)
        .subquery("items")
    )


def _positions_to_describe() -> Subquery:
    """Join each unit to its positions, with the day of their description: its own or the common."""
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
    concerns = and_(
        described.c.position_id == wanted.c.position_id,
        or_(described.c.unit_id.is_(None), described.c.unit_id == Unit.id),
    )
    return (
        _of_units(wanted, func.min(described.c.finished).label("finished"))
        .outerjoin(described, concerns)
        .group_by(Unit.id, wanted.c.position_id, wanted.c.opened, wanted.c.closed)
        .subquery("items")
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


def _of_units(wanted: Subquery, finished: ColumnElement[Any]) -> Select[Any]:
    facts = (wanted.c.position_id, wanted.c.opened, wanted.c.closed, finished)
    return (
        select(Unit.id.label("unit_id"), *facts)
        .join(Position, Position.agency_id == Unit.agency_id)
        .join(wanted, wanted.c.position_id == Position.id)
        .where(Unit.holds_on(_DAY))
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
