"""A unit's day as its members read it: who did what, and who has no line."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from catalogue.domain.board import BoardLine, Span
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import AssignmentKind
from catalogue.models import (
    Absence,
    Assignment,
    Description,
    Duty,
    Establishment,
    LogLine,
    Person,
    PersonDay,
    PositionVersion,
    TaskVersion,
    Unit,
)
from catalogue.queries import diary_limits


class Member(NamedTuple):
    """Somebody of the unit without a line that day, whatever position they hold beside.

    `away` where an absence was entered, `waiting` where hours were told that have no task yet.
    """

    person_id: int
    name: str
    away: bool
    waiting: bool


class MonthSum(NamedTuple):
    """One person's month in the unit, in minutes."""

    person: str
    minutes: int
    product_minutes: int


def span(session: Session, viewer: Viewer) -> Span:
    """Give the days that are read line by line today."""
    return Span.before(viewer.on, diary_limits.limits_on(session, viewer.on).board_days)


def units(session: Session, viewer: Viewer) -> Sequence[tuple[int, str]]:
    """List the units whose board the person reads: their own; all, for who reads all."""
    reads = _within(viewer, Permission.READ_BOARD)
    query = select(Unit.id, Unit.name).where(Unit.holds_on(viewer.on), reads)
    return session.execute(query.order_by(Unit.rank, Unit.id)).tuples().all()


def lines(session: Session, unit_id: int, day: date) -> Sequence[BoardLine]:
    """List a unit's lines of one day by person; the caller has made sure that they may be read."""
    query = (
        select(
            LogLine.id,
            Person.id,
            Person.name,
            PositionVersion.name,
            Duty.no,
            TaskVersion.text,
            TaskVersion.kind,
            LogLine.product,
            LogLine.quantity,
            LogLine.minutes,
            LogLine.overtime,
            LogLine.backfilled,
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .join(Description, Description.id == Duty.description_id)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .where(Establishment.unit_id == unit_id, LogLine.day == day, LogLine.current)
        .order_by(Person.sort_key, Person.id, LogLine.id)
    )
    return [BoardLine(*row) for row in session.execute(query)]


def without_lines(session: Session, unit_id: int, day: date) -> Sequence[Member]:
    """List the members who have no line that day, by name."""
    held = aliased(Assignment)
    summed = (
        select(PersonDay.day)
        .join(held, held.id == PersonDay.assignment_id)
        .where(held.person_id == Person.id, PersonDay.day == day)
    )
    logged = summed.where(PersonDay.standard_minutes + PersonDay.overtime_minutes > 0).exists()
    waiting = summed.where(PersonDay.pending_minutes > 0).exists()
    away = (
        select(Absence.id)
        .where(Absence.person_id == Person.id, Absence.withdrawn_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day)
        .exists()
    )
    query = (
        select(Person.id, Person.name, away, waiting)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Establishment.unit_id == unit_id, Assignment.holds_on(day))
        .where(Assignment.kind == AssignmentKind.PRIMARY, ~logged)
        .order_by(Person.sort_key, Person.id)
    )
    return [Member(*row) for row in session.execute(query)]


def month_sums(session: Session, unit_id: int, month: Month) -> Sequence[MonthSum]:
    """Sum a month by person, who logged nothing included."""
    spent = PersonDay.standard_minutes + PersonDay.overtime_minutes
    query = (
        select(
            Person.name,
            func.coalesce(func.sum(spent), 0),
            func.coalesce(func.sum(PersonDay.product_minutes), 0),
        )
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .outerjoin(
            PersonDay,
            and_(
                PersonDay.assignment_id == Assignment.id,
                PersonDay.day.between(month.first, month.last),
            ),
        )
        .where(Establishment.unit_id == unit_id, Assignment.valid_from <= month.last)
        .where(or_(Assignment.valid_to.is_(None), Assignment.valid_to >= month.first))
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(Person.sort_key, Person.id)
    )
    rows = session.execute(query)
    return [MonthSum(name, int(minutes), int(product)) for name, minutes, product in rows]


def line(
    session: Session, line_id: int, viewer: Viewer, permission: Permission
) -> tuple[LogLine, int] | None:
    """Find a line on today's board of a unit in which the person may do this; and whose it is."""
    days = span(session, viewer)
    query = (
        select(LogLine, Assignment.person_id)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(LogLine.id == line_id, LogLine.current, _within(viewer, permission))
        .where(LogLine.day.between(days.first, days.last))
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def _within(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    units = viewer.units(permission)
    return true() if units is None else Unit.id.in_(units)
