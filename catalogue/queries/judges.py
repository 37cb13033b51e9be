"""Who may judge whose work on a day, read whole: heads, deputies and the tree of units are few."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.judging import Deputy, Judges
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import Role
from catalogue.models import Assignment, Establishment, Person, RoleGrant, Unit
from catalogue.queries import assessors


class Judged(NamedTuple):
    """One assignment whose work a person may judge, and in whose place (None is one's own)."""

    assignment_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    in_place_of: int | None


def on(session: Session, day: date) -> Judges:
    """Read the heads, organisers and committee of the day, and the deputies that heads named."""
    query = select(
        RoleGrant.role, RoleGrant.person_id, RoleGrant.granted_by_id, RoleGrant.unit_id
    ).where(RoleGrant.role.in_((Role.DEPUTY, Role.COMMITTEE)), RoleGrant.holds_on(day))
    grants = session.execute(query).all()
    return Judges(
        assessors.on(session, day),
        [
            Deputy(person, head, unit)
            for role, person, head, unit in grants
            if role is Role.DEPUTY and head
        ],
        {person for role, person, _, unit in grants if role is Role.COMMITTEE and unit is None},
    )


def judged_by(
    session: Session, viewer: Viewer, first: date, last: date, judges: Judges | None = None
) -> Sequence[Judged]:
    """List the assignments, held at some time between two days, whose work the person may judge.

    They come in the order of names. Who judges is what holds today, not what held then.
    """
    units = viewer.units(Permission.JUDGE_WORK)
    query = (
        select(Assignment.id, Person.id, Person.name, Unit.id, Unit.name)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(Assignment.valid_from <= last)
        .where(Assignment.valid_to.is_(None) | (Assignment.valid_to >= first))
        .order_by(Person.sort_key, Person.id, Assignment.id)
    )
    if units is not None:
        query = query.where(Unit.id.in_(units))
    known = judges or on(session, viewer.on)
    found = []
    for assignment_id, person_id, person, unit_id, unit in session.execute(query):
        of = known.of(person_id, unit_id)
        if viewer.person_id in of:
            place = of[viewer.person_id]
            found.append(Judged(assignment_id, person_id, person, unit_id, unit, place))
    return found


def judge_of(session: Session, viewer: Viewer, assignment_id: int) -> tuple[bool, int | None]:
    """Tell whether the person may judge an assignment's work, and in whose place."""
    held = session.execute(
        select(Assignment.person_id, Establishment.unit_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.id == assignment_id)
    ).first()
    if held is None or not viewer.may(Permission.JUDGE_WORK):
        return False, None
    of = on(session, viewer.on).of(*held)
    return viewer.person_id in of, of.get(viewer.person_id)


def judges_in_own_right(session: Session, viewer: Viewer, assignment_id: int) -> bool:
    """Tell whether the person judges an assignment's work without standing in for a head."""
    return judge_of(session, viewer, assignment_id) == (True, None)
