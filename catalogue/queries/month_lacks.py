"""What months lack before they are closed, by name; a fixed number of statements for any units."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.closing import Lacking, empty_days
from catalogue.domain.hours import Month, is_working_day, working_days
from catalogue.domain.pending import OPEN_PENDING
from catalogue.domain.work_items import WorkItemState
from catalogue.models import (
    Assignment,
    Establishment,
    Judgement,
    LogLine,
    Objection,
    PendingLine,
    Person,
    PersonDay,
    Unit,
    WorkItem,
)
from catalogue.queries import calendar, clean_days, standard_hours
from catalogue.queries.spelled import one_of

Units = Collection[int] | None
_Counts = Mapping[str, Counter[int]]


class _Held(NamedTuple):
    """One assignment of the month, with the reporting unit that it counts under."""

    assignment_id: int
    person_id: int
    person: str
    unit_id: int
    first: date
    last: date | None


def lacking(session: Session, month: Month, units: Units, *, today: date) -> list[Lacking]:
    """List who lacks what in reporting units (None is all), by name.

    Days from today on are not asked of anybody yet. Raises NoCalendar for a year without one.
    """
    days = calendar.days(session)
    working_days(month, days)
    working = [day for day in month.days() if day < today and is_working_day(day, days)]
    held: dict[tuple[int, int], list[_Held]] = defaultdict(list)
    for each in _held(session, month, units):
        held[each.unit_id, each.person_id].append(each)
    told, counts = _told(session, month, units), _counts(session, month, units)
    away = standard_hours.absences(session, month)
    found = [
        _of_person(
            parts,
            counts,
            empty_days(
                working,
                [(part.first, part.last) for part in parts],
                told[person_id],
                away.get(person_id, ()),
            ),
        )
        for (_, person_id), parts in held.items()
    ]
    return [each for each in found if each.anything]


def _of_person(parts: list[_Held], counts: _Counts, empty: list[date]) -> Lacking:
    first = parts[0]
    return Lacking(
        first.unit_id,
        first.person_id,
        first.person,
        empty,
        **{name: sum(of[part.assignment_id] for part in parts) for name, of in counts.items()},
    )


def _held(session: Session, month: Month, units: Units) -> list[_Held]:
    query = _within(
        select(
            Assignment.id,
            Person.id,
            Person.name,
            Unit.reporting_unit_id,
            Assignment.valid_from,
            Assignment.valid_to,
        )
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id),
        month,
        units,
    ).order_by(Person.sort_key, Person.id, Assignment.id)
    return [_Held(*row) for row in session.execute(query)]


def _told(session: Session, month: Month, units: Units) -> Mapping[int, set[date]]:
    """Read the days of which the people told anything, at whichever position."""
    people = _within(select(Assignment.person_id), month, units)
    query = (
        select(Assignment.person_id, PersonDay.day)
        .join(PersonDay, PersonDay.assignment_id == Assignment.id)
        .where(PersonDay.day.between(month.first, month.last))
        .where(Assignment.person_id.in_(people))
    )
    told: dict[int, set[date]] = defaultdict(set)
    for person_id, day in session.execute(query):
        told[person_id].add(day)
    return told


def _counts(session: Session, month: Month, units: Units) -> _Counts:
    """Count by assignment, under the names that `Lacking` has for them, in one statement."""
    held = _within(select(Assignment.id), month, units)
    waiting = one_of(PendingLine.state, OPEN_PENDING)
    of_month = _in(LogLine.day, month)
    of_work = and_(LogLine.current, LogLine.verdict.is_(None), clean_days.of_work(LogLine))
    handed_in = and_(WorkItem.handed_in_on <= month.last, WorkItem.state == WorkItemState.HANDED_IN)
    parts = {
        "waiting": _count(PendingLine.assignment_id, held, _in(PendingLine.day, month), waiting),
        "unjudged": _count(LogLine.assignment_id, held, of_month, clean_days.waits()),
        "of_work": _count(LogLine.assignment_id, held, of_month, of_work),
        "handed_in": _count(WorkItem.assignment_id, held, handed_in),
        "objections": _objections(held, month),
    }
    counts: dict[str, Counter[int]] = {name: Counter() for name in parts}
    named = (part.add_columns(literal(name)) for name, part in parts.items())
    for assignment_id, rows, name in session.execute(union_all(*named)):
        counts[name][assignment_id] = rows
    return counts


def _count(
    assignment: ColumnElement[int] | InstrumentedAttribute[int],
    held: Select[Any],
    *conditions: ColumnElement[bool],
) -> Select[Any]:
    return (
        select(assignment, func.count())
        .where(assignment.in_(held), *conditions)
        .group_by(assignment)
    )


def _objections(held: Select[Any], month: Month) -> Select[Any]:
    """Count those that wait for a decision, to lines of the month and to work handed in then."""
    day = func.coalesce(LogLine.day, WorkItem.handed_in_on)
    stands = or_(LogLine.id.is_(None), LogLine.current)
    assignment = func.coalesce(LogLine.assignment_id, WorkItem.assignment_id)
    return (
        _count(assignment, held, Objection.outcome.is_(None), _in(day, month), stands)
        .select_from(Objection)
        .join(Judgement, Judgement.id == Objection.judgement_id)
        .outerjoin(LogLine, LogLine.id == Judgement.log_line_id)
        .outerjoin(WorkItem, WorkItem.id == Judgement.work_item_id)
    )


def _in(
    day: ColumnElement[date] | InstrumentedAttribute[date], month: Month
) -> ColumnElement[bool]:
    return day.between(month.first, month.last)


def _within(query: Select[Any], month: Month, units: Units) -> Select[Any]:
    """Limit to the assignments of the month in the reporting units."""
    return (
        query.join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(Unit.reporting_unit_id.is_not(None), Assignment.valid_from <= month.last)
        .where(or_(Assignment.valid_to.is_(None), Assignment.valid_to >= month.first))
        .where(true() if units is None else Unit.reporting_unit_id.in_(units))
    )
