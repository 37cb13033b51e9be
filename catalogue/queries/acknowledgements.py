"""Who has read the description of the position that they hold, and who has not yet."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import VersionState
from catalogue.models import (
    Acknowledgement,
    Assignment,
    Description,
    Establishment,
    Person,
    Unit,
)
from catalogue.queries.in_force import describes


class Reader(NamedTuple):
    """One holder of a described position; `at` is when they said that they had read it."""

    assignment_id: int
    person_id: int
    person: str
    unit: str
    at: datetime | None


class Unread(NamedTuple):
    """One approved description that a holder has not said to have read."""

    description_id: int
    name: str
    unit: str
    valid_from: date


def readers(session: Session, description_id: int, viewer: Viewer) -> Sequence[Reader]:
    """List the holders whom a version describes today: oneself, and those one answers for."""
    rows = session.execute(
        _held(viewer.on)
        .join(Person, Person.id == Assignment.person_id)
        .where(Description.id == description_id)
        .with_only_columns(
            Assignment.id,
            Person.id,
            Person.name,
            Unit.name,
            Acknowledgement.at,
            Establishment.unit_id,
        )
        .order_by(Unit.name, Person.sort_key, Person.id)
    )
    reached = viewer.units(Permission.READ_HISTORY)
    return [
        Reader(*row)
        for *row, unit_id in rows
        if row[1] == viewer.person_id or reached is None or unit_id in reached
    ]


def of_unit(session: Session, unit_id: int, viewer: Viewer) -> dict[int, datetime | None]:
    """Give, by assignment, when each holder at the unit read their approved description.

    Who has none is left out; so are others where one does not answer for the unit.
    """
    query = (
        _held(viewer.on)
        .where(Establishment.unit_id == unit_id, Description.state == VersionState.ISSUED)
        .with_only_columns(Assignment.id, Acknowledgement.at)
    )
    reached = viewer.units(Permission.READ_HISTORY)
    if reached is not None and unit_id not in reached:
        query = query.where(Assignment.person_id == viewer.person_id)
    return dict(session.execute(query).tuples().all())


def unread(session: Session, viewer: Viewer) -> Sequence[Unread]:
    """List the approved descriptions in force of the person's positions, not yet read."""
    rows = session.execute(
        _held(viewer.on)
        .where(Assignment.person_id == viewer.person_id)
        .where(Description.state == VersionState.ISSUED, Acknowledgement.at.is_(None))
        .with_only_columns(Description.id, Description.name, Unit.name, Description.valid_from)
        .order_by(Assignment.id)
    )
    return [Unread(*row) for row in rows]


def own_assignments(
    session: Session, description_id: int, person_id: int, day: date
) -> Sequence[tuple[int, datetime | None]]:
    """Give by which assignments a version describes a person on the day, and when read."""
    rows = session.execute(
        _held(day)
        .where(Assignment.person_id == person_id, Description.id == description_id)
        .with_only_columns(Assignment.id, Acknowledgement.at)
        .order_by(Assignment.id)
    )
    return rows.tuples().all()


def _held(day: date) -> Select[Any]:
    """Join each holder of the day to the description that holds for them, and to its reading."""
    return (
        select(Assignment.id)
        .select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(Description, describes(day))
        .outerjoin(
            Acknowledgement,
            (Acknowledgement.assignment_id == Assignment.id)
            & (Acknowledgement.description_id == Description.id),
        )
        .where(Assignment.holds_on(day))
    )
