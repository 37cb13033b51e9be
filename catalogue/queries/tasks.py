"""The tasks that a person may log against on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Select, bindparam, select
from sqlalchemy.orm import Session

from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    PositionVersion,
    TaskVersion,
    Unit,
)
from catalogue.queries.in_force import describes


@dataclass(frozen=True, slots=True)
class OwnTask:
    """One task of one of my positions, with what names it on a page."""

    task_version_id: int
    assignment_id: int
    position: str
    unit: str
    duty_no: str
    duty: str
    text: str
    product: str | None


def own_tasks(session: Session, person_id: int, day: date) -> Sequence[OwnTask]:
    """List the tasks of every position that the person holds that day, as then described."""
    rows = session.connection().execute(_ALL, {"person": person_id, "day": day})
    return [OwnTask(*row) for row in rows]


def own_task(session: Session, person_id: int, day: date, task_version_id: int) -> OwnTask | None:
    """Find one of them; None where the task is not the person's that day."""
    values = {"person": person_id, "day": day, "task": task_version_id}
    row = session.execute(_ONE, values).first()
    return OwnTask(*row) if row else None


def _tasks() -> Select[tuple[int, int, str, str, str, str, str, str | None]]:
    day = bindparam("day", type_=Date)
    return (
        select(
            TaskVersion.id,
            Assignment.id,
            PositionVersion.name,
            Unit.name,
            Duty.no,
            Duty.name,
            TaskVersion.text,
            TaskVersion.product,
        )
        .select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(Description, describes(day))
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Assignment.person_id == bindparam("person"), Assignment.holds_on(day))
    )


# Put together once: that costs more than running them.
_ALL = _tasks().order_by(Assignment.id, Duty.ordinal, TaskVersion.ordinal)
_ONE = _tasks().where(TaskVersion.id == bindparam("task")).limit(1)
