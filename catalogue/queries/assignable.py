"""What work of several days may rest on: a holder, and the tasks of their position that day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.words import AssignmentKind, TaskKind
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    PositionVersion,
    TaskVersion,
    Unit,
)
from catalogue.queries.in_force import describes, stands


class Assignable(NamedTuple):
    """One task of a holder's position, as the description of the day words it."""

    task_version_id: int
    task_id: int
    duty: str
    text: str
    product: str | None
    product_unit: str | None


class Held(NamedTuple):
    """One position that a person holds on a day."""

    assignment_id: int
    position: str | None
    unit: str


def tasks_of(session: Session, assignment_id: int, day: date) -> Sequence[Assignable]:
    """List the tasks in the order of the description; none where the assignment does not hold.

    Secret papers are never told here, so their task is left out.
    """
    rows = session.connection().execute(_TASKS, {"assignment": assignment_id, "day": day})
    return [Assignable(*row) for row in rows]


def held_by(session: Session, person_id: int, day: date) -> Sequence[Held]:
    """List the positions that a person holds on a day, the primary one first."""
    query = (
        select(Assignment.id, PositionVersion.name, Unit.name, Assignment.kind)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .outerjoin(
            PositionVersion,
            (PositionVersion.position_id == Establishment.position_id)
            & stands(PositionVersion.state)
            & PositionVersion.holds_on(day),
        )
        .where(Assignment.person_id == person_id, Assignment.holds_on(day))
        .order_by(Assignment.id)
    )
    found = session.execute(query).all()
    return [
        Held(*row[:3])
        for row in sorted(found, key=lambda row: row[3] is not AssignmentKind.PRIMARY)
    ]


_DAY = bindparam("day", type_=Date)
# Put together once: that costs more than running it.
_TASKS = (
    select(
        TaskVersion.id,
        TaskVersion.task_id,
        Duty.name,
        TaskVersion.text,
        TaskVersion.product,
        TaskVersion.product_unit,
    )
    .select_from(Assignment)
    .join(Establishment, Establishment.id == Assignment.establishment_id)
    .join(Description, describes(_DAY))
    .join(Duty, Duty.description_id == Description.id)
    .join(TaskVersion, TaskVersion.duty_id == Duty.id)
    .where(Assignment.id == bindparam("assignment"), Assignment.holds_on(_DAY))
    .where(or_(TaskVersion.kind.is_(None), TaskVersion.kind != TaskKind.SECRET))
    .order_by(Duty.ordinal, TaskVersion.ordinal)
)
