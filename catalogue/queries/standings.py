"""How far each unit is towards a milestone, and by which day each has to be there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import Batch, Standing, UnitStanding, remaining, total
from catalogue.models import Unit
from catalogue.queries.milestones import Deadline
from catalogue.queries.progress import Units


class ListedUnit(NamedTuple):
    """One unit with the one that it reports under."""

    unit_id: int
    name: str
    reporting_unit_id: int | None


def by_unit(
    session: Session, deadline: Deadline, batches: Iterable[Batch], units: Units, day: date
) -> list[UnitStanding]:
    """Sum up by reporting unit, or by body for who does not see all of a reporting unit."""
    listed = {unit.unit_id: unit for unit in _listed(session, day)}
    groups: dict[int, list[Batch]] = defaultdict(list)
    for batch in batches:
        groups[_heading(listed[batch.unit_id], units)].append(batch)
    return [
        UnitStanding(unit_id, unit.name, standing(deadline, groups[unit_id], (unit_id,), day))
        for unit_id, unit in listed.items()
        if unit_id in groups
    ]


def standing(
    deadline: Deadline, batches: Sequence[Batch], units: Iterable[int] | None, day: date
) -> Standing:
    """Sum up over the units, by the first day that still waits for something of theirs."""
    waiting = {batch.unit_id for batch in batches if batch.left(day)}
    return Standing(
        total=total(batches, day),
        remaining=remaining(batches, day),
        countdown=deadline.countdown(deadline.due_among(waiting or units), day),
    )


def left_by_day(
    deadline: Deadline, batches: Iterable[Batch], units: Units, day: date
) -> Mapping[date, int]:
    """Count what is left in the units by the day that holds for them."""
    waiting: dict[date, list[Batch]] = defaultdict(list)
    for batch in batches:
        if batch.left(day) and (units is None or batch.unit_id in units):
            waiting[deadline.due_for(batch.unit_id)].append(batch)
    return {due_on: remaining(left, day) for due_on, left in waiting.items()}


def _listed(session: Session, day: date) -> Sequence[ListedUnit]:
    query = (
        select(Unit.id, Unit.name, Unit.reporting_unit_id)
        .where(Unit.holds_on(day))
        .order_by(Unit.parent_id.is_not(None), Unit.rank, Unit.id)
    )
    return [ListedUnit(*row) for row in session.connection().execute(query)]


def _heading(unit: ListedUnit, units: Units) -> int:
    above = unit.reporting_unit_id
    seen = above is not None and (units is None or above in units)
    return above if above is not None and seen else unit.unit_id
