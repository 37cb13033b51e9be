"""The tasks that hours told later, or work of several days, may be put on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, SQLColumnExpression, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.text import fold
from catalogue.domain.words import AssignmentKind, TaskKind
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    PendingLine,
    PositionVersion,
    TaskVersion,
    Unit,
)
from catalogue.queries.in_force import describes, stands


class Assignable(NamedTuple):
    """One task of a holder's position, as the description of the day words it."""

    task_version_id: int
    task_id: int
    assignment_id: int
    duty: str
    text: str
    product: str | None
    product_unit: str | None

    @property
    def words(self) -> Sequence[str]:
        """What the task goes by, folded: what it says of its product counts as well."""
        return [fold(text) for text in (self.text, self.product) if text]


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


def tasks_of_pending(
    session: Session, pending_ids: Collection[int]
) -> Mapping[int, Sequence[Assignable]]:
    """Give hours without a task the tasks of every position that their writer held that day."""
    told_of = aliased(Assignment)
    begun = (
        select(PendingLine.id, *_COLUMNS)
        .select_from(PendingLine)
        .join(told_of, told_of.id == PendingLine.assignment_id)
        .join(Assignment, Assignment.person_id == told_of.person_id)
        .where(PendingLine.id.in_(pending_ids))
    )
    found: dict[int, list[Assignable]] = {pending_id: [] for pending_id in pending_ids}
    for pending_id, *task in session.execute(_described(begun, PendingLine.day)):
        found[pending_id].append(Assignable(*task))
    return found


def _described(begun: Select[Any], day: SQLColumnExpression[date]) -> Select[Any]:
    """Join each assignment to the tasks of its description in force; secret papers left out."""
    return (
        begun.join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Description, describes(day))
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Assignment.holds_on(day))
        .where(or_(TaskVersion.kind.is_(None), TaskVersion.kind != TaskKind.SECRET))
        .order_by(Assignment.id, Duty.ordinal, TaskVersion.ordinal)
    )


_COLUMNS = (
    TaskVersion.id,
    TaskVersion.task_id,
    Assignment.id,
    Duty.name,
    TaskVersion.text,
    TaskVersion.product,
    TaskVersion.product_unit,
)
# Put together once: that costs more than running it.
_TASKS = _described(
    select(*_COLUMNS).select_from(Assignment).where(Assignment.id == bindparam("assignment")),
    bindparam("day", type_=Date),
)
