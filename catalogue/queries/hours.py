"""Rolling days up to months: SQL over the day sums, never objects."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    lambda_stmt,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.hours import Month, MonthlyHours, UnitMonth, working_days
from catalogue.domain.words import AssignmentKind, DayKind
from catalogue.models import Assignment, Establishment, Person, PersonDay, Unit
from catalogue.queries import calendar as calendars


class PersonMonth(NamedTuple):
    """One person's month in a unit; `all_month` where a position there is held all of it."""

    person_id: int
    person: str
    unit: str
    hours: MonthlyHours
    all_month: bool


def overall(session: Session, months: Sequence[Month]) -> list[MonthlyHours]:
    """Sum each month over everybody who belongs to a reporting unit."""
    calendar = calendars.days(session)
    return [_total(_unit_rows(session, month), month, calendar) for month in months]


def by_unit(
    session: Session, months: Sequence[Month], *, units: frozenset[int] | None = None
) -> list[UnitMonth]:
    """Sum each month by reporting unit, in the units' own order; `units` limits them."""
    calendar = calendars.days(session)
    rows = []
    for month in months:
        days = working_days(month, calendar)
        rows += [
            UnitMonth(unit_id, unit, MonthlyHours(month, people, minutes, days, product, logged))
            for unit_id, unit, people, minutes, product, logged in _unit_rows(session, month)
            if units is None or unit_id in units
        ]
    return rows


def by_person(
    session: Session, unit_id: int, month: Month, *, within: frozenset[int] | None = None
) -> list[PersonMonth]:
    """Sum one month by person under a reporting unit; who logged nothing is listed too."""
    days = working_days(month, calendars.days(session))
    query = _BY_PERSON if within is None else _PEOPLE.where(Unit.id.in_(within))
    # Through the connection: for rows alone the session's own way costs as much again.
    rows = session.connection().execute(query, _span(month) | {"unit": unit_id}).all()
    return [
        PersonMonth(
            person_id,
            name,
            unit,
            MonthlyHours(month, 1, int(minutes), days, int(product), int(minutes > 0)),
            bool(all_month),
        )
        for person_id, name, unit, minutes, product, all_month in rows
    ]


def _total(
    rows: Sequence[tuple[int, str, int, int, int, int]],
    month: Month,
    calendar: Mapping[date, DayKind],
) -> MonthlyHours:
    return MonthlyHours(
        month,
        people=sum(row[2] for row in rows),
        minutes=sum(row[3] for row in rows),
        working_days=working_days(month, calendar),
        product_minutes=sum(row[4] for row in rows),
        logged_people=sum(row[5] for row in rows),
    )


def _unit_rows(session: Session, month: Month) -> Sequence[tuple[int, str, int, int, int, int]]:
    """Give (unit id, name, people, minutes, minutes with a product, people who logged)."""
    rows = session.connection().execute(_BY_UNIT, _span(month)).tuples()
    return [
        (unit_id, name, people, int(minutes), int(product), logged_people)
        for unit_id, name, people, minutes, product, logged_people in rows
    ]


def _by_unit() -> Select[tuple[int, str, int, int, int, int]]:
    logged, belonging = _logged_of_unit(), _belonging_to_unit()
    return (
        select(
            Unit.id,
            Unit.name,
            func.coalesce(belonging.c.people, 0),
            func.coalesce(logged.c.minutes, 0),
            func.coalesce(logged.c.product_minutes, 0),
            func.coalesce(logged.c.people, 0),
        )
        .outerjoin(belonging, belonging.c.unit_id == Unit.id)
        .outerjoin(logged, logged.c.unit_id == Unit.id)
        .where(Unit.reporting_unit_id == Unit.id)
        .order_by(Unit.rank, Unit.id)
    )


def _logged_of_unit() -> Subquery:
    # By assignment first: a few hundred sums are joined to their units, not every day.
    summed = _summed()
    return (
        select(
            Unit.reporting_unit_id.label("unit_id"),
            func.sum(summed.c.minutes).label("minutes"),
            func.sum(summed.c.product_minutes).label("product_minutes"),
            func.count(Assignment.person_id.distinct()).label("people"),
        )
        .select_from(summed)
        .join(Assignment, Assignment.id == summed.c.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .group_by(Unit.reporting_unit_id)
        .subquery()
    )


def _belonging_to_unit() -> Subquery:
    return (
        select(
            Unit.reporting_unit_id.label("unit_id"),
            func.count(Assignment.person_id.distinct()).label("people"),
        )
        .select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(Assignment.kind == AssignmentKind.PRIMARY, _touches())
        .group_by(Unit.reporting_unit_id)
        .subquery()
    )


def _summed() -> Subquery:
    """Sum the month by assignment, which is the order in which the days are stored."""
    return (
        select(
            Assignment.id.label("assignment_id"),
            func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes).label("minutes"),
            func.sum(PersonDay.product_minutes).label("product_minutes"),
        )
        .join(PersonDay, PersonDay.assignment_id == Assignment.id)
        .where(PersonDay.day.between(_FIRST, _LAST))
        .group_by(Assignment.id)
        .subquery()
    )


def _by_person() -> Select[tuple[int, str, str, int, int, int]]:
    minutes = PersonDay.standard_minutes + PersonDay.overtime_minutes
    unit = bindparam("unit", type_=Integer)
    return (
        select(
            Person.id,
            Person.name,
            func.min(Unit.name),
            func.coalesce(func.sum(_of_seat(minutes)), 0),
            func.coalesce(func.sum(_of_seat(PersonDay.product_minutes)), 0),
            func.max(case((_all_month(), 1), else_=0)),
        )
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(or_(Unit.reporting_unit_id == unit, Unit.id == unit), _touches())
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(Person.sort_key, Person.id)
    )


def _of_seat(minutes: ColumnElement[int] | InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """Sum one assignment's month by itself: grouping by person sorts no days, only seats."""
    return (
        select(func.sum(minutes))
        .where(PersonDay.assignment_id == Assignment.id, PersonDay.day.between(_FIRST, _LAST))
        .correlate(Assignment)
        .scalar_subquery()
    )


def _touches() -> ColumnElement[bool]:
    return and_(
        Assignment.valid_from <= _LAST,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to >= _FIRST),
    )


def _all_month() -> ColumnElement[bool]:
    return and_(
        Assignment.valid_from <= _FIRST,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to >= _LAST),
    )


def _span(month: Month) -> dict[str, date | int]:
    return {"first": month.first, "last": month.last}


_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
# Put together once: that costs more than running them over a small province.
_BY_UNIT = lambda_stmt(_by_unit, enable_tracking=False)
_PEOPLE = _by_person()
_BY_PERSON = lambda_stmt(lambda: _PEOPLE, enable_tracking=False)
