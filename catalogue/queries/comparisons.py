"""The catalogue on two days side by side, each change with its decision and its neighbours."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalogue.domain.as_of import CatalogueRow, Decision
from catalogue.domain.comparing import Comparison, Context, compare
from catalogue.domain.roles import Viewer
from catalogue.queries import as_of, provenance, successions


def between(
    session: Session, first: date, second: date, viewer: Viewer, *, agency_id: int | None = None
) -> Comparison:
    """Compare the first day with the second, whichever of the two is earlier."""
    before = as_of.rows(session, first, viewer, agency_id=agency_id)
    after = as_of.rows(session, second, viewer, agency_id=agency_id)
    came_from: dict[int, list[str]] = {}
    led_to: dict[int, list[str]] = {}
    for step in successions.steps(session, viewer):
        if step.holds_on(max(first, second)):
            came_from.setdefault(step.successor_id, []).append(step.former)
            led_to.setdefault(step.former_id, []).append(step.successor)
    context = Context(provenance.brought(session), _ended(session, before), came_from, led_to)
    return compare(before, after, context)


def _ended(session: Session, rows: Sequence[CatalogueRow]) -> dict[int, Decision]:
    known = provenance.ended(session)
    days = {row.position_id: row.valid_to + timedelta(days=1) for row in rows if row.valid_to}
    found = {position_id: known.get((position_id, day)) for position_id, day in days.items()}
    return {position_id: decision for position_id, decision in found.items() if decision}
