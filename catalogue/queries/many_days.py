"""What the rules need to know of many people's days at once, in a few statements for all."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.absences import Away
from catalogue.domain.day_rules import TaskFacts
from catalogue.domain.hours import Month
from catalogue.domain.many_days import DayKey, Held, ManyDays, Span, TaskOfDay
from catalogue.domain.pending import OPEN_PENDING
from catalogue.domain.task_matching import KnownTask
from catalogue.domain.words import AssignmentKind, TaskKind
from catalogue.models import (
    Absence,
    Assignment,
    BackfillConsent,
    DayClosing,
    Description,
    Duty,
    Establishment,
    LogLine,
    MonthClosing,
    PendingLine,
    TaskVersion,
    Unit,
)
from catalogue.queries.diary_limits import limits_of
from catalogue.queries.in_force import describes
from catalogue.queries.spelled import one_of

# A statement puts no more parts together than SQLite takes.
_DAYS_AT_ONCE = 200


def read(
    session: Session, people: Collection[int], days: Collection[date], today: date
) -> ManyDays:
    """Read all of these people's days, in as many statements whether they are few or many."""
    if not people or not days:
        return ManyDays(today)
    span = min(days), max(days)
    held = _held(session, people, sorted(days))
    described = {
        each.description_id for rows in held.values() for each in rows if each.description_id
    }
    logged, productless = _logged(session, people, span)
    return ManyDays(
        today=today,
        limits=limits_of(session, days),
        held=held,
        tasks=_tasks(session, described),
        logged=logged,
        productless=productless,
        closed=_closed(session, people, span),
        closed_months=_closed_months(session, days),
        consents=_consents(session, people, today),
        absences=_absences(session, people, span),
        keys=_keys(session, people, span),
    )


def _held(
    session: Session, people: Collection[int], days: Sequence[date]
) -> Mapping[DayKey, Sequence[Held]]:
    found: dict[DayKey, list[Held]] = defaultdict(list)
    for first in range(0, len(days), _DAYS_AT_ONCE):
        for person_id, day, *held in session.execute(
            _held_on(people, days[first : first + _DAYS_AT_ONCE])
        ):
            found[person_id, day].append(Held(*held))
    return found


def _held_on(people: Collection[int], days: Sequence[date]) -> Select[Any]:
    asked = union_all(*(select(literal(day, Date).label("day")) for day in days)).subquery()
    return (
        select(
            Assignment.person_id,
            asked.c.day,
            Assignment.id,
            Description.id,
            Unit.reporting_unit_id,
        )
        .select_from(Assignment)
        .join(asked, Assignment.holds_on(asked.c.day))
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .outerjoin(Description, describes(asked.c.day))
        .where(Assignment.person_id.in_(people))
        .order_by(Assignment.kind != AssignmentKind.PRIMARY, Assignment.id)
    )


def _tasks(session: Session, descriptions: Collection[int]) -> Mapping[int, Sequence[TaskOfDay]]:
    query = (
        select(
            Duty.description_id,
            TaskVersion.id,
            Duty.no,
            TaskVersion.text,
            TaskVersion.text_folded,
            TaskVersion.kind,
            TaskVersion.product,
        )
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Duty.description_id.in_(descriptions))
        .order_by(Duty.ordinal, TaskVersion.ordinal)
    )
    found: dict[int, list[TaskOfDay]] = defaultdict(list)
    for description_id, *known, kind, product in session.execute(query):
        found[description_id].append(TaskOfDay(KnownTask(*known), kind, product))
    return found


def _logged(
    session: Session, people: Collection[int], span: Span
) -> tuple[Mapping[DayKey, int], Mapping[DayKey, Mapping[TaskKind, int]]]:
    """Sum the minutes that the days hold, those that wait too; and those without a product."""
    minutes: Counter[DayKey] = Counter()
    productless: dict[DayKey, Counter[TaskKind]] = defaultdict(Counter)
    lines = (
        _of(LogLine, people, span, LogLine.minutes, TaskVersion.kind, TaskVersion.product)
        .add_columns(LogLine.product)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .where(LogLine.current)
    )
    for person_id, day, spent, kind, product, left in session.execute(lines):
        minutes[person_id, day] += spent
        task = TaskFacts(0, 0, kind, product)
        if left is None and not task.leaves_product:
            productless[person_id, day][task.counted_as] += spent
    waiting = _of(PendingLine, people, span, PendingLine.minutes).where(
        one_of(PendingLine.state, OPEN_PENDING)
    )
    for person_id, day, spent in session.execute(waiting):
        minutes[person_id, day] += spent
    return minutes, productless


def _of(
    table: type[LogLine | PendingLine],
    people: Collection[int],
    span: Span,
    *columns: InstrumentedAttribute[Any],
) -> Select[Any]:
    """Select columns of the people's lines, behind person and day."""
    return (
        select(Assignment.person_id, table.day, *columns)
        .select_from(table)
        .join(Assignment, Assignment.id == table.assignment_id)
        .where(Assignment.person_id.in_(people), table.day.between(*span))
    )


def _closed(session: Session, people: Collection[int], span: Span) -> set[DayKey]:
    query = select(DayClosing.person_id, DayClosing.day).where(
        DayClosing.person_id.in_(people),
        DayClosing.day.between(*span),
        DayClosing.reopened_at.is_(None),
    )
    return {(person_id, day) for person_id, day in session.execute(query)}


def _closed_months(session: Session, days: Collection[date]) -> set[tuple[int, Month]]:
    months = {Month.of(day).first for day in days}
    query = select(MonthClosing.unit_id, MonthClosing.month).where(MonthClosing.month.in_(months))
    return {(unit_id, Month.of(month)) for unit_id, month in session.execute(query)}


def _consents(
    session: Session, people: Collection[int], today: date
) -> Mapping[int, Sequence[Span]]:
    query = select(
        BackfillConsent.person_id, BackfillConsent.first_day, BackfillConsent.last_day
    ).where(
        BackfillConsent.person_id.in_(people),
        BackfillConsent.granted.is_(True),
        BackfillConsent.open_until >= today,
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for person_id, first, last in session.execute(query):
        found[person_id].append((first, last))
    return found


def _absences(
    session: Session, people: Collection[int], span: Span
) -> Mapping[int, Sequence[Away]]:
    first, last = span
    query = select(
        Absence.person_id, Absence.first_day, Absence.last_day, Absence.kind, Absence.half
    ).where(
        Absence.person_id.in_(people),
        Absence.withdrawn_at.is_(None),
        Absence.first_day <= last,
        Absence.last_day >= first,
    )
    found: dict[int, list[Away]] = defaultdict(list)
    for person_id, *away in session.execute(query):
        found[person_id].append(Away(*away))
    return found


def _keys(session: Session, people: Collection[int], span: Span) -> set[str]:
    """Find the keys of all that was ever written of these days, whatever became of it."""
    known = union_all(
        *(
            _of(table, people, span, table.entry_key).where(table.entry_key.is_not(None))
            for table in (LogLine, PendingLine)
        )
    ).subquery()
    return set(session.scalars(select(known.c.entry_key)))
