"""What of closing waits for a person: adjustments and requests to answer, a month to close."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from catalogue.domain.hours import Month
from catalogue.domain.judging import Judges
from catalogue.domain.roles import Permission, Viewer
from catalogue.models import (
    Adjustment,
    Assignment,
    BackfillConsent,
    Establishment,
    MonthClosing,
    Unit,
)

_ADJUSTMENT, _BACKFILL = "adjustment", "backfill"


class ClosingTurns(NamedTuple):
    """How much waits; `open_units` have not closed `month`, the last one that is over."""

    adjustments: int
    backfills: int
    open_units: int
    month: Month


def of(session: Session, viewer: Viewer, who: Judges) -> ClosingTurns | None:
    """Count what waits for the person; None where nothing does."""
    waiting = session.execute(_waiting(viewer)).all()
    mine = {
        (what, key)
        for what, key, person_id, unit_id in waiting
        if viewer.person_id in who.in_own_right(person_id, unit_id)
    }
    counts = Counter(what for what, _ in mine)
    month = Month.of(viewer.on).previous
    turns = ClosingTurns(
        counts[_ADJUSTMENT], counts[_BACKFILL], _open_units(session, viewer, month), month
    )
    return turns if any(turns[:3]) else None


def _waiting(viewer: Viewer) -> CompoundSelect[Any]:
    """Select what nobody answered, each with whose it is and a unit where they work."""
    adjustments = (
        select(literal(_ADJUSTMENT), Adjustment.id, Assignment.person_id, Establishment.unit_id)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Adjustment.accepted.is_(None))
    )
    requests = (
        select(literal(_BACKFILL), BackfillConsent.id, Assignment.person_id, Establishment.unit_id)
        .join(Assignment, Assignment.person_id == BackfillConsent.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(BackfillConsent.granted.is_(None), Assignment.holds_on(viewer.on))
    )
    return union_all(adjustments, requests)


def _open_units(session: Session, viewer: Viewer, month: Month) -> int:
    if not viewer.may(Permission.CLOSE_MONTH):
        return 0
    closed = select(MonthClosing.unit_id).where(MonthClosing.month == month.first)
    query = (
        select(func.count(Unit.id))
        .where(Unit.reporting_unit_id == Unit.id, Unit.id.not_in(closed))
        .where(Unit.valid_from <= month.last)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= month.first))
    )
    units = viewer.units(Permission.CLOSE_MONTH)
    return session.scalar(query if units is None else query.where(Unit.id.in_(units))) or 0
