"""What a person's days hold beside lines: their own facts, waiting hours, open work, limits."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    lambda_stmt,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit, Limits
from catalogue.domain.pending import OPEN_PENDING, PendingKind, PendingState
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import OPEN_WORK
from catalogue.models import Assignment, DiaryRule, PendingLine, WorkItem
from catalogue.queries import own_days
from catalogue.queries.diary import OpenWork
from catalogue.queries.diary_limits import gathered
from catalogue.queries.own_days import OwnDays
from catalogue.queries.spelled import named, one_of


class WaitingHours(NamedTuple):
    """Hours of a day that have no task yet."""

    pending_id: int
    day: date
    kind: PendingKind
    state: PendingState
    minutes: int
    content: str
    product: str | None


class BesideLines(NamedTuple):
    """All of it, each list in the order of its days."""

    own: OwnDays
    waiting: Sequence[WaitingHours]
    work: Sequence[OpenWork]
    limits: Limits


def between(
    session: Session,
    person_id: int,
    first: date,
    last: date,
    *,
    today: date,
    also: int | None = None,
) -> BesideLines:
    """Read what stands beside a person's days, with the limits of the first, in one statement.

    `also` is a piece of work listed however it stands: a line that is corrected stays with it.
    """
    values = own_days.asked(person_id, first, last, today) | {"also": also or 0}
    found = defaultdict[str, list[Any]](list)
    for what, *row in session.connection().execute(_BESIDE, values).all():
        found[what].append(row)
    return BesideLines(
        own=own_days.gathered(
            (fact, begin, end, kind, half) for half, begin, kind, fact, _, _, _, end in found["own"]
        ),
        waiting=[
            WaitingHours(
                key, day, PendingKind.stored(kind), PendingState.stored(word), number, *texts
            )
            for key, day, kind, word, number, *texts, _ in found["waiting"]
        ],
        work=[
            OpenWork(key, number, title, due)
            for key, due, _, _, number, title, _, _ in found["work"]
        ],
        limits=gathered(
            (DiaryLimit.stored(word), kind and TaskKind.stored(kind), number)
            for _, _, kind, word, number, _, _, _ in found["limit"]
        ),
    )


_PERSON = bindparam("person", type_=Integer)
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)


def _own() -> Select[Any]:
    """Select what stands over the days: half or not, the first, the kind, what it is, the last."""
    facts = own_days.spans().subquery()
    return select(
        *(named("own"), cast(facts.c.half, Integer).label("id"), facts.c.first.label("day")),
        *(facts.c.kind, facts.c.what, null(), null(), null(), facts.c.last),
    )


def _waiting() -> Select[Any]:
    """Hours that wait for a task."""
    return (
        select(
            named("waiting"),
            PendingLine.id,
            PendingLine.day,
            type_coerce(PendingLine.kind, String),
            type_coerce(PendingLine.state, String),
            PendingLine.minutes,
            PendingLine.content,
            PendingLine.product,
            null(),
        )
        .join(Assignment, Assignment.id == PendingLine.assignment_id)
        .where(Assignment.person_id == _PERSON, PendingLine.day.between(_FIRST, _LAST))
        .where(one_of(PendingLine.state, OPEN_PENDING))
    )


def _work() -> Select[Any]:
    """Work of several days that is not handed in: due day, task, title."""
    what = (named("work"), WorkItem.id, WorkItem.due_on, null(), null())
    return (
        select(*what, WorkItem.task_id, WorkItem.title, null(), null())
        .join(Assignment, Assignment.id == WorkItem.assignment_id)
        .where(Assignment.person_id == _PERSON)
        .where(or_(one_of(WorkItem.state, OPEN_WORK), WorkItem.id == bindparam("also")))
    )


def _limits() -> Select[Any]:
    """Limits of the first day: since when, the kind of task that it is for, its name, value."""
    words = (type_coerce(DiaryRule.kind, String), type_coerce(DiaryRule.limit, String))
    return select(
        *(named("limit"), DiaryRule.id, DiaryRule.valid_from, *words),
        *(DiaryRule.value, null(), null(), null()),
    ).where(DiaryRule.holds_on(_FIRST))


def _beside() -> CompoundSelect[Any]:
    rows = union_all(_own(), _waiting(), _work(), _limits())
    return rows.order_by(rows.selected_columns.day, rows.selected_columns.id)


# Put together once: that costs more than running it.
_BESIDE = lambda_stmt(_beside, enable_tracking=False)
