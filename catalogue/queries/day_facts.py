"""What the rules of a day need to know before anything is written to it."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, TaskFacts
from catalogue.domain.pending import OPEN_PENDING
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import OPEN_WORK
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    LogLine,
    PendingLine,
    TaskVersion,
    WorkItem,
)
from catalogue.queries import own_days
from catalogue.queries.diary_limits import limits_on
from catalogue.queries.in_force import describes


def facts(
    session: Session,
    person_id: int,
    day: date,
    *,
    today: date,
    tasks: Collection[int] = (),
    but: int | None = None,
) -> DayFacts:
    """Read what the day holds and allows; `but` is a line that is about to be superseded."""
    connection = session.connection()
    asked = {"person": person_id, "day": day}
    known = connection.execute(_TASKS, asked | {"tasks": list(tasks)}) if tasks else ()
    logged, productless = _logged(session, person_id, day, but)
    own = own_days.between(session, person_id, day, day, today=today)
    return DayFacts(
        day=day,
        today=today,
        tasks={row[0]: TaskFacts(*row) for row in known},
        limits=limits_on(session, day),
        logged=logged,
        productless=productless,
        closed=day in own.closed,
        month_closed=own.month_closed(day),
        consented=own.consented(day),
        absences=own.absences,
        work=connection.scalars(_WORK, asked).all(),
    )


def _logged(
    session: Session, person_id: int, day: date, but: int | None
) -> tuple[int, Counter[TaskKind]]:
    """Sum the day's minutes, those that wait for a task too; and those without a product."""
    minutes, productless = 0, Counter[TaskKind]()
    asked = {"person": person_id, "day": day, "but": but or 0}
    for spent, task_id, kind, product, left in session.connection().execute(_LOGGED, asked):
        minutes += spent
        if task_id is not None and left is None:
            task = TaskFacts(task_id, 0, kind, product)
            if not task.leaves_product:
                productless[task.counted_as] += spent
    return minutes, productless


_DAY, _PERSON = bindparam("day", type_=Date), bindparam("person", type_=Integer)


def _tasks() -> Select[Any]:
    return (
        select(TaskVersion.id, Assignment.id, TaskVersion.kind, TaskVersion.product)
        .select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Description, describes(_DAY))
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Assignment.person_id == _PERSON, Assignment.holds_on(_DAY))
        .where(TaskVersion.id.in_(bindparam("tasks", expanding=True)))
        .order_by(Assignment.id.desc())
    )


def _lines_and_pending() -> CompoundSelect[Any]:
    lines = (
        select(
            LogLine.minutes,
            LogLine.task_version_id,
            TaskVersion.kind,
            TaskVersion.product,
            LogLine.product.label("left"),
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .where(Assignment.person_id == _PERSON, LogLine.day == _DAY, LogLine.current)
        .where(LogLine.id != bindparam("but"))
    )
    waiting = (
        select(
            PendingLine.minutes,
            literal(None),
            literal(None),
            literal(None),
            PendingLine.product,
        )
        .join(Assignment, Assignment.id == PendingLine.assignment_id)
        .where(Assignment.person_id == _PERSON, PendingLine.day == _DAY)
        .where(or_(*(PendingLine.state == state for state in OPEN_PENDING)))
    )
    return union_all(lines, waiting)


# Put together once: that costs more than running them.
_TASKS = _tasks()
_LOGGED = _lines_and_pending()
_WORK = (
    select(WorkItem.id)
    .join(Assignment, Assignment.id == WorkItem.assignment_id)
    .where(Assignment.person_id == _PERSON)
    .where(or_(*(WorkItem.state == state for state in OPEN_WORK)))
)
