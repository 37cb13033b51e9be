"""Which holders of split positions must choose, or have chosen, the part that they go on in."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.models import Assignment, Establishment, Person, PositionVersion, Unit
from catalogue.queries import succession_walk
from catalogue.queries.last_wording import last_wording


class Part(NamedTuple):
    """One part that a split position leads to."""

    succession_id: int
    name: str


class Holder(NamedTuple):
    """One holder at one split; `chosen` is the part that they go on in, None until it is told."""

    assignment_id: int
    person: str
    unit: str
    position_id: int
    position: str
    chosen: int | None
    parts: tuple[Part, ...]


def holders(session: Session, viewer: Viewer) -> Sequence[Holder]:
    """List the holders for whom the person may choose, those who still need it first."""
    units = viewer.units(Permission.CHOOSE_SUCCESSOR)
    within = true() if units is None else Unit.id.in_(units)
    return sorted(_holders(session, within, viewer.on), key=lambda each: each.chosen is not None)


def of_assignment(session: Session, assignment_id: int, day: date) -> Sequence[Holder]:
    """List the splits on one holder's way, chosen or not."""
    return _holders(session, Assignment.id == assignment_id, day)


def may_choose(session: Session, assignment_id: int, viewer: Viewer) -> bool:
    """Tell whether the assignment is at a unit for which the person may choose."""
    units = viewer.units(Permission.CHOOSE_SUCCESSOR)
    within = true() if units is None else Establishment.unit_id.in_(units)
    query = (
        select(Assignment.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.id == assignment_id, within)
    )
    return session.scalar(query) is not None


def _holders(session: Session, within: ColumnElement[bool], day: date) -> list[Holder]:
    walk = succession_walk.walk()
    paths, chosen = walk.paths, walk.chosen
    split = select(walk.steps.c.position_id).where(walk.steps.c.parts > 1)
    query = (
        select(
            paths.c.assignment_id,
            Person.name,
            Unit.name,
            paths.c.position_id,
            PositionVersion.name,
            chosen.c.succession_id,
        )
        .join(Assignment, Assignment.id == paths.c.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(
            PositionVersion,
            PositionVersion.id == last_wording(paths.c.position_id, succession_walk.DAY),
        )
        .outerjoin(
            chosen,
            (chosen.c.assignment_id == paths.c.assignment_id)
            & (chosen.c.position_id == paths.c.position_id),
        )
        .where(paths.c.position_id.in_(split), within)
        .order_by(Unit.rank, Unit.id, Person.sort_key, paths.c.assignment_id, paths.c.length)
    )
    parts = _parts(session, day)
    return [
        Holder(
            assignment_id, person, unit, position_id, position, succession, (*parts[position_id],)
        )
        for assignment_id, person, unit, position_id, position, succession in session.execute(
            query, {"as_of": day}
        )
    ]


def _parts(session: Session, day: date) -> dict[int, list[Part]]:
    """Give the parts of each split position."""
    steps = succession_walk.walk().steps
    query = (
        select(steps.c.position_id, steps.c.id, PositionVersion.name)
        .join(
            PositionVersion,
            PositionVersion.id == last_wording(steps.c.successor_id, succession_walk.DAY),
        )
        .where(steps.c.parts > 1)
        .order_by(steps.c.id)
    )
    parts: dict[int, list[Part]] = {}
    for position_id, succession_id, name in session.execute(query, {"as_of": day}):
        parts.setdefault(position_id, []).append(Part(succession_id, name))
    return parts
