"""The tasks that a person may log against on a day, pinned and lately used ones marked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    func,
    join,
    lambda_stmt,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.words import TaskKind
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    LogLine,
    PinnedTask,
    PositionVersion,
    TaskVersion,
    Unit,
)
from catalogue.queries.in_force import describes

LATELY = timedelta(days=60)
_WEEK = 7
_DAY, _PERSON = bindparam("day", type_=Date), bindparam("person", type_=Integer)


class OwnTask(NamedTuple):
    """One task of one of my positions; `used` counts my lines on it in the last two months."""

    task_version_id: int
    assignment_id: int
    position: str
    unit: str
    duty_no: str
    duty: str
    text: str
    product: str | None
    task_id: int = 0
    kind: TaskKind | None = None
    product_unit: str | None = None
    pinned: bool = False
    used: int = 0

    @property
    def is_secret(self) -> bool:
        """Whether hours are all that may be told of it."""
        return self.kind is TaskKind.SECRET

    @property
    def is_study(self) -> bool:
        return self.kind is TaskKind.STUDY


def own_tasks(session: Session, person_id: int, day: date) -> Sequence[OwnTask]:
    """List the tasks of every position that the person holds that day, as then described."""
    values = {"person": person_id, "day": day, "first": day - LATELY}
    return [OwnTask._make(row) for row in session.connection().execute(_OF_DAY, values).all()]


def of_week(session: Session, person_id: int, monday: date) -> dict[date, list[OwnTask]]:
    """List likewise the tasks of each day of a week; days without any have an empty list."""
    days = [monday + timedelta(days=each) for each in range(_WEEK)]
    values = {"person": person_id, "day": days[-1], "first": monday - LATELY}
    values |= {f"day{place}": day for place, day in enumerate(days)}
    found: dict[date, list[OwnTask]] = {day: [] for day in days}
    for *row, day in session.connection().execute(_OF_WEEK, values).all():
        found[day].append(OwnTask(*row))
    return found


def _used() -> Subquery:
    """Count the person's current lines of the last two months by task."""
    # By wording first: a handful of counts are joined to their tasks, not every line.
    counted = (
        select(LogLine.task_version_id, func.count().label("lines"))
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .where(Assignment.person_id == _PERSON, LogLine.current)
        .where(LogLine.day.between(bindparam("first", type_=Date), _DAY))
        .group_by(LogLine.task_version_id)
        .subquery()
    )
    return (
        select(TaskVersion.task_id, func.sum(counted.c.lines).label("times"))
        .join(counted, counted.c.task_version_id == TaskVersion.id)
        .group_by(TaskVersion.task_id)
        .subquery("used")
    )


def _tasks(day: ColumnElement[date], days: FromClause | None = None) -> Select[Any]:
    used = _used()
    assigned = and_(Assignment.person_id == _PERSON, Assignment.holds_on(day))
    base = Assignment if days is None else join(days, Assignment, assigned)
    pinned = and_(PinnedTask.task_id == TaskVersion.task_id, PinnedTask.person_id == _PERSON)
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
            TaskVersion.task_id,
            TaskVersion.kind,
            TaskVersion.product_unit,
            PinnedTask.task_id.is_not(None),
            func.coalesce(used.c.times, 0),
        )
        .select_from(base)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(Description, describes(day))
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .outerjoin(PinnedTask, pinned)
        .outerjoin(used, used.c.task_id == TaskVersion.task_id)
        .where(assigned)
        .order_by(Assignment.id, Duty.ordinal, TaskVersion.ordinal)
    )


def _tasks_of_week() -> Select[Any]:
    each = [select(bindparam(f"day{place}", type_=Date).label("day")) for place in range(_WEEK)]
    # Named and not given as a column: within the condition of the description in force, a column
    # would bring its table in once more.
    day = literal_column("days.day", Date)
    return _tasks(day, union_all(*each).subquery("days")).add_columns(day)


# Put together once: that costs more than running them.
_OF_DAY = lambda_stmt(lambda: _tasks(_DAY), enable_tracking=False)
_OF_WEEK = lambda_stmt(_tasks_of_week, enable_tracking=False)
