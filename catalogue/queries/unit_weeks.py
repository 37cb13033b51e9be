"""How a week of some units went, for who heads them."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, false, func, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import days_between
from catalogue.domain.hours import is_working_day
from catalogue.domain.pending import OPEN_PENDING
from catalogue.models import Assignment, Establishment, LogLine, PendingLine, PersonDay
from catalogue.queries import calendar, clean_days, missing_days
from catalogue.queries.spelled import one_of


class UnitWeek(NamedTuple):
    """The figures of one week; who was on leave on all its days is not without lines."""

    people: int
    minutes: int
    without_lines: int
    unjudged: int
    pending: int


def of_week(session: Session, units: Collection[int] | None, first: date, last: date) -> UnitWeek:
    """Sum a week of some units (None is all); people count who hold a position on its last day."""
    members = _members(units, last)
    days = PersonDay.day.between(first, last)
    spent = (
        select(func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes))
        .join(members, members.c.id == PersonDay.assignment_id)
        .where(days)
    )
    unjudged = (
        select(func.count(LogLine.id))
        .join(members, members.c.id == LogLine.assignment_id)
        .where(clean_days.waits(), LogLine.day.between(first, last))
    )
    pending = (
        select(func.count(PendingLine.id))
        .join(members, members.c.id == PendingLine.assignment_id)
        .where(one_of(PendingLine.state, OPEN_PENDING))
    )
    people = func.count(members.c.person_id.distinct())
    silent = ~_logged(members, days) & _worked(session, members, first, last)
    return UnitWeek(
        people=session.scalar(select(people)) or 0,
        minutes=int(session.scalar(spent) or 0),
        without_lines=session.scalar(select(people).where(silent)) or 0,
        unjudged=session.scalar(unjudged) or 0,
        pending=session.scalar(pending) or 0,
    )


def _members(units: Collection[int] | None, day: date) -> Subquery:
    query = (
        select(Assignment.id, Assignment.person_id, Assignment.valid_from)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.holds_on(day))
    )
    if units is not None:
        query = query.where(Establishment.unit_id.in_(units))
    return query.subquery()


def _logged(members: Subquery, days: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell the members who told anything of the days, at whichever position."""
    told = (
        select(Assignment.id)
        .join(PersonDay, PersonDay.assignment_id == Assignment.id)
        .where(Assignment.person_id == members.c.person_id, days)
    )
    return told.exists()


def _worked(session: Session, members: Subquery, first: date, last: date) -> ColumnElement[bool]:
    """Tell the members who held their position on some working day of the week without leave."""
    kinds = calendar.days(session)
    working = [day for day in days_between(first, last) if is_working_day(day, kinds)]
    owed = (
        (members.c.valid_from <= day) & ~missing_days.on_leave(members.c.person_id, day)
        for day in working
    )
    return or_(false(), *owed)
