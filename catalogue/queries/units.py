"""Units as pages show them: the tree, the positions established there, the people."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, func, lambda_stmt, null, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import AssignmentKind
from catalogue.models import (
    Agency,
    Assignment,
    Establishment,
    Person,
    PositionVersion,
    Unit,
)
from catalogue.queries.last_wording import last_wording
from catalogue.queries.visible import visible


class ListedUnit(NamedTuple):
    """One unit of the list; `parent` is the district of a district's body."""

    unit_id: int
    code: str
    name: str
    parent: str | None


class UnitPage(NamedTuple):
    """One unit with where it stands."""

    unit_id: int
    code: str
    name: str
    agency_id: int | None
    agency: str | None
    parent_id: int | None
    parent: str | None
    valid_from: date
    valid_to: date | None
    basis: str


class Held(NamedTuple):
    """One position established at the unit; `ended` is its last day where that has gone by."""

    position_id: int
    name: str
    code: str | None
    headcount: int | None
    ended: date | None


class Member(NamedTuple):
    """One person holding a position at the unit, by one assignment."""

    assignment_id: int
    name: str
    position_id: int
    position: str
    kind: AssignmentKind
    synthetic: bool


def units(session: Session, viewer: Viewer) -> Sequence[ListedUnit]:
    """List the units that the person may see, bodies under their district."""
    above = aliased(Unit)
    query = (
        select(Unit.id, Unit.code, Unit.name, above.name)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(visible(Unit, viewer), Unit.holds_on(viewer.on))
        .order_by(
            # A part stands right after the unit that it belongs to.
            func.coalesce(above.rank, Unit.rank),
            func.coalesce(above.id, Unit.id),
            Unit.parent_id.is_not(None),
            Unit.rank,
            Unit.id,
        )
    )
    return [ListedUnit(*row) for row in session.execute(query)]


def page(session: Session, unit_id: int, viewer: Viewer) -> UnitPage | None:
    """Find a unit; None where there is none or it may not be seen."""
    above = aliased(Unit)
    query = (
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Agency.id,
            Agency.name,
            above.id,
            above.name,
            Unit.valid_from,
            Unit.valid_to,
            Unit.basis,
        )
        .outerjoin(Agency, Agency.id == Unit.agency_id)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id == unit_id, visible(Unit, viewer))
    )
    row = session.execute(query).first()
    return UnitPage(*row) if row else None


def counted(session: Session, unit_id: int, viewer: Viewer) -> str | None:
    """Give the name of a unit whose hours the person may read."""
    if not viewer.may_in(Permission.READ_HOURS, unit_id):
        return None
    name: str | None = session.connection().scalar(_NAME, {"unit": unit_id})
    return name


def parts(session: Session, unit_id: int, viewer: Viewer) -> Sequence[ListedUnit]:
    """List the units right below one."""
    query = (
        select(Unit.id, Unit.code, Unit.name, null())
        .where(Unit.parent_id == unit_id, visible(Unit, viewer), Unit.holds_on(viewer.on))
        .order_by(Unit.rank, Unit.id)
    )
    return [ListedUnit(*row) for row in session.execute(query)]


def held(session: Session, unit_id: int, day: date) -> Sequence[Held]:
    """List the positions established at a unit, as worded on the day."""
    query = (
        select(
            Establishment.position_id,
            PositionVersion.name,
            PositionVersion.code,
            Establishment.headcount,
            case((PositionVersion.valid_to < day, PositionVersion.valid_to)),
        )
        .join(PositionVersion, _worded(day))
        .where(Establishment.unit_id == unit_id, Establishment.holds_on(day))
        .order_by(Establishment.id)
    )
    return [Held(*row) for row in session.execute(query)]


def members(session: Session, unit_id: int, day: date) -> Sequence[Member]:
    """List the people of a unit on the day, by given name."""
    query = (
        select(
            Assignment.id,
            Person.name,
            Establishment.position_id,
            PositionVersion.name,
            Assignment.kind,
            Person.synthetic,
        )
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(PositionVersion, _worded(day))
        .where(Establishment.unit_id == unit_id, Assignment.holds_on(day))
        .order_by(Person.sort_key, Person.id)
    )
    return [Member(*row) for row in session.execute(query)]


def _worded(day: date) -> ColumnElement[bool]:
    """Join to the established position's version of the day, or its last one: people stay on."""
    return PositionVersion.id == last_wording(Establishment.position_id, day)


_NAME = lambda_stmt(
    lambda: select(Unit.name).where(Unit.id == bindparam("unit")), enable_tracking=False
)
