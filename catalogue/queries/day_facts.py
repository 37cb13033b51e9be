"""What the rules of a day need to know before anything is written to it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    lambda_stmt,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, DiaryLimit, Limits, Sent, TaskFacts
from catalogue.domain.pending import OPEN_PENDING
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import OPEN_WORK
from catalogue.models import (
    Assignment,
    Description,
    DiaryRule,
    Duty,
    Establishment,
    LogLine,
    PendingLine,
    TaskVersion,
    WorkItem,
)
from catalogue.queries import diary_limits, own_days
from catalogue.queries.in_force import describes
from catalogue.queries.spelled import named, one_of


class _Fact(NamedTuple):
    """One row of `_FACTS`; which columns mean what is said where each kind is selected."""

    what: str
    key: int | None
    number: int
    kind: TaskKind | None
    product: str | None
    other: str | None


def facts(  # noqa: PLR0913 (a day is asked for in this many ways)
    session: Session,
    person_id: int,
    day: date,
    *,
    today: date,
    tasks: Collection[int] = (),
    keys: Collection[str] = (),
    but: int | None = None,
) -> DayFacts:
    """Read what the day holds and allows, and what some keys wrote before.

    `but` is a line that is about to be superseded.
    """
    asked = {"person": person_id, "day": day, "tasks": list(tasks), "but": but or 0}
    asked["keys"] = list(keys)
    found = defaultdict[str, list[_Fact]](list)
    for row in session.connection().execute(_FACTS, asked):
        found[row[0]].append(_Fact._make(row))
    own = own_days.between(session, person_id, day, day, today=today)
    return DayFacts(
        day=day,
        today=today,
        tasks=_own_tasks(found["task"]),
        limits=_limits(found["limit"]),
        logged=sum(each.number for each in found["line"]),
        productless=_productless(found["line"]),
        closed=day in own.closed,
        month_closed=own.month_closed(day),
        consented=own.consented(day),
        absences=own.absences,
        work={each.number: each.key or 0 for each in found["work"]},
        sent={each.other or "": Sent(each.number, each.key) for each in found["sent"]},
    )


def _own_tasks(rows: Iterable[_Fact]) -> dict[int, TaskFacts]:
    """Give each task to the first of the positions that it belongs to."""
    first = sorted(rows, key=lambda row: row.number, reverse=True)
    return {
        row.key or 0: TaskFacts(
            row.key or 0, row.number, row.kind, row.product, int(row.other or 0)
        )
        for row in first
    }


def _limits(rows: Iterable[_Fact]) -> Limits:
    dated = sorted(rows, key=lambda row: (row.other, row.key))
    return diary_limits.gathered(
        (DiaryLimit.stored(row.product or ""), row.kind, row.number) for row in dated
    )


def _productless(rows: Iterable[_Fact]) -> Counter[TaskKind]:
    """Sum the minutes without a product by kind of task; what waits for a task has none."""
    minutes = Counter[TaskKind]()
    for row in rows:
        if row.key is not None and row.other is None:
            task = TaskFacts(row.key, 0, row.kind, row.product)
            if not task.leaves_product:
                minutes[task.counted_as] += row.number
    return minutes


_DAY, _PERSON = bindparam("day", type_=Date), bindparam("person", type_=Integer)


def _tasks() -> Select[Any]:
    """Tasks that one may log against: wording, assignment, kind, product, identity."""
    identity = cast(TaskVersion.task_id, String)
    columns = (TaskVersion.id, Assignment.id, TaskVersion.kind, TaskVersion.product, identity)
    return (
        select(named("task"), *columns)
        .select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Description, describes(_DAY))
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Assignment.person_id == _PERSON, Assignment.holds_on(_DAY))
        .where(TaskVersion.id.in_(bindparam("tasks", expanding=True)))
    )


def _lines() -> Select[Any]:
    """Lines of the day: task, minutes, the task's kind and product, and the product left."""
    task = (TaskVersion.kind, TaskVersion.product)
    return (
        select(named("line"), TaskVersion.id, LogLine.minutes, *task, LogLine.product)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .where(Assignment.person_id == _PERSON, LogLine.day == _DAY, LogLine.current)
        .where(LogLine.id != bindparam("but"))
    )


def _waiting() -> Select[Any]:
    """Lines whose task is not known yet: their minutes."""
    return (
        select(named("line"), null(), PendingLine.minutes, null(), null(), null())
        .join(Assignment, Assignment.id == PendingLine.assignment_id)
        .where(Assignment.person_id == _PERSON, PendingLine.day == _DAY)
        .where(one_of(PendingLine.state, OPEN_PENDING))
    )


def _dated_limits() -> Select[Any]:
    """Limits of the day: identifier, value, the kind that it is for, its name, since when."""
    name: ColumnElement[str] = type_coerce(DiaryRule.limit, String)
    since = cast(DiaryRule.valid_from, String)
    return select(named("limit"), DiaryRule.id, DiaryRule.value, DiaryRule.kind, name, since).where(
        DiaryRule.holds_on(_DAY)
    )


def _open_work() -> Select[Any]:
    """Work of several days that is not handed in: its task, and which it is."""
    return (
        select(named("work"), WorkItem.task_id, WorkItem.id, null(), null(), null())
        .join(Assignment, Assignment.id == WorkItem.assignment_id)
        .where(Assignment.person_id == _PERSON)
        .where(one_of(WorkItem.state, OPEN_WORK))
    )


def _sent() -> Sequence[Select[Any]]:
    """Lines that the keys wrote: for whom, which, the key; hours that wait are nobody's line."""
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    written = (
        select(named("sent"), Assignment.person_id, LogLine.id, null(), null(), LogLine.entry_key)
        .join(LogLine, LogLine.assignment_id == Assignment.id)
        .where(LogLine.entry_key.in_(keys))
    )
    waits = select(
        named("sent"), null(), PendingLine.id, null(), null(), PendingLine.entry_key
    ).where(PendingLine.entry_key.in_(keys))
    return written, waits


def _facts() -> CompoundSelect[Any]:
    """Put all of it into one statement: each of its parts costs less than one of its own."""
    return union_all(_tasks(), _lines(), _waiting(), _dated_limits(), _open_work(), *_sent())


# Put together once, and known by its place here: that costs more than running it.
_FACTS = lambda_stmt(_facts, enable_tracking=False)
