"""What a person may see: the one place from which every list, page and export takes it."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from catalogue.domain.roles import Permission, Viewer
from catalogue.models import (
    Assignment,
    Base,
    Description,
    Establishment,
    LogLine,
    PersonDay,
    PositionVersion,
    Unit,
)

# Colleagues read each other's lines for so long; then only their sums remain public.
BOARD_DAYS = 30


def visible(model: type[Base], viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition under which rows of a table may be shown to the person."""
    return _RULES[model](viewer)


def _positions(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.READ_CATALOGUE) else false()


def _descriptions(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.READ_DESCRIPTION) else false()


def _units(viewer: Viewer) -> ColumnElement[bool]:
    return _within(Unit.id, viewer.units(Permission.READ_UNIT))


def _sums(viewer: Viewer) -> ColumnElement[bool]:
    """Limit sums through their unit: who may read them, reads them for all of it."""
    return _within(Unit.id, viewer.units(Permission.READ_HOURS))


def _lines(viewer: Viewer) -> ColumnElement[bool]:
    """One's own lines; all lines of the units one answers for; colleagues' lines of late."""
    own = select(Assignment.id).where(Assignment.person_id == viewer.person_id)
    recent = LogLine.day >= viewer.on - timedelta(days=BOARD_DAYS)
    return or_(
        LogLine.assignment_id.in_(own),
        _of_units(viewer.units(Permission.READ_HISTORY)),
        and_(recent, _of_units(viewer.units(Permission.READ_LINE))),
    )


def _of_units(units: frozenset[int] | None) -> ColumnElement[bool]:
    held = select(Assignment.id).join(
        Establishment, Establishment.id == Assignment.establishment_id
    )
    if units is None:
        return true()
    return LogLine.assignment_id.in_(held.where(Establishment.unit_id.in_(units)))


def _within(
    column: InstrumentedAttribute[int], units: frozenset[int] | None
) -> ColumnElement[bool]:
    return true() if units is None else column.in_(units)


_RULES: dict[type[Base], Callable[[Viewer], ColumnElement[bool]]] = {
    PositionVersion: _positions,
    Description: _descriptions,
    Unit: _units,
    PersonDay: _sums,
    LogLine: _lines,
}
