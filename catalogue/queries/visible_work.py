"""What a person may see of diaries, and of what stands around them; see `visible`."""

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from catalogue.domain.pending import PendingState
from catalogue.domain.roles import Permission, Viewer
from catalogue.models import (
    Absence,
    Adjustment,
    Assignment,
    Establishment,
    LogLine,
    PendingLine,
    WorkItem,
)


def lines(viewer: Viewer) -> ColumnElement[bool]:
    """One's own lines, and those of the units one answers for; colleagues read the board."""
    own = select(Assignment.id).where(Assignment.person_id == viewer.person_id)
    column = LogLine.assignment_id
    return or_(column.in_(own), _held_in(column, viewer.units(Permission.READ_HISTORY)))


def absences(viewer: Viewer) -> ColumnElement[bool]:
    """One's own, and those of who now works in the units whose absences one keeps."""
    found = held(Assignment.person_id, viewer.units(Permission.KEEP_ABSENCES))
    now = found.where(Assignment.holds_on(viewer.on))
    return or_(Absence.person_id == viewer.person_id, Absence.person_id.in_(now))


def adjustments(viewer: Viewer) -> ColumnElement[bool]:
    """One's own, and those of the units for which one answers."""
    answered = _held_in(Adjustment.assignment_id, viewer.units(Permission.READ_HISTORY))
    return or_(Adjustment.asked_by_id == viewer.person_id, answered)


def pending(viewer: Viewer) -> ColumnElement[bool]:
    """One's own hours without a task; those one may judge; what was proposed, where one drafts."""
    own = select(Assignment.id).where(Assignment.person_id == viewer.person_id)
    column = PendingLine.assignment_id
    drafted = _held_in(column, viewer.units(Permission.DRAFT_DESCRIPTION))
    return or_(
        column.in_(own),
        _held_in(column, viewer.units(Permission.JUDGE_WORK)),
        and_(PendingLine.state == PendingState.PROPOSED, drafted),
    )


def work(viewer: Viewer) -> ColumnElement[bool]:
    """One's own work of several days, and that of the units in which one judges."""
    own = select(Assignment.id).where(Assignment.person_id == viewer.person_id)
    column = WorkItem.assignment_id
    return or_(column.in_(own), _held_in(column, viewer.units(Permission.JUDGE_WORK)))


def _held_in(
    column: InstrumentedAttribute[int], units: frozenset[int] | None
) -> ColumnElement[bool]:
    """Limit what belongs to assignments to those of some units; None stands for all units."""
    return true() if units is None else column.in_(held(Assignment.id, units))


def held(what: InstrumentedAttribute[int], units: frozenset[int] | None) -> Select[tuple[int]]:
    """Select from the assignments in some units; None stands for all units."""
    held = select(what).join(Establishment, Establishment.id == Assignment.establishment_id)
    return held if units is None else held.where(Establishment.unit_id.in_(units))
