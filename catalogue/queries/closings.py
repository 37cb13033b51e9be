"""Which months are closed: of a reporting unit, and through it of everybody who worked there."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.hours import Month
from catalogue.domain.roles import Viewer
from catalogue.models import Assignment, Establishment, MonthClosing, Person, PersonDay, Unit
from catalogue.queries.visible import visible


class UnitClosing(NamedTuple):
    """One reporting unit's month: by whom and when it was closed, None while it is open."""

    unit_id: int
    unit: str
    closed_by: str | None
    closed_at: datetime | None


def closed_month(session: Session, assignment_id: int, day: date) -> bool:
    """Tell whether a day of an assignment lies in a closed month.

    Who changes something on the strength of the answer locks the person's row first: closing
    locks everybody of the unit, so one of the two waits for the other.
    """
    asked = {"assignment": assignment_id, "month": Month.of(day).first}
    return session.connection().execute(_OF_ASSIGNMENT, asked).first() is not None


def closed_between(session: Session, person_id: int, first: date, last: date) -> Sequence[Month]:
    """List the months, between two days, closed at the units where the person then worked."""
    query = (
        select(MonthClosing.month, Assignment.valid_from, Assignment.valid_to)
        .join(Unit, Unit.reporting_unit_id == MonthClosing.unit_id)
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(Assignment.person_id == person_id)
        .where(MonthClosing.month.between(Month.of(first).first, last))
    )
    found = set()
    for day, since, until in session.execute(query):
        month = Month.of(day)
        if max(first, month.first, since) <= min(last, month.last, until or last):
            found.add(month)
    return sorted(found)


def closed_anywhere(session: Session, days: Collection[date]) -> Sequence[Month]:
    """List the months of some days that at least one unit has closed."""
    months = {Month.of(day).first for day in days}
    query = select(MonthClosing.month).where(MonthClosing.month.in_(months)).distinct()
    return sorted(Month.of(day) for day in session.scalars(query))


def of_month(session: Session, month: Month, viewer: Viewer) -> Sequence[UnitClosing]:
    """List the reporting units whose hours the person may read, with how their month stands."""
    query = (
        select(Unit.id, Unit.name, Person.name, MonthClosing.closed_at)
        .outerjoin(
            MonthClosing,
            and_(MonthClosing.unit_id == Unit.id, MonthClosing.month == month.first),
        )
        .outerjoin(Person, Person.id == MonthClosing.closed_by_id)
        .where(Unit.reporting_unit_id == Unit.id, visible(PersonDay, viewer))
        .where(Unit.valid_from <= month.last)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= month.first))
        .order_by(Unit.rank, Unit.id)
    )
    return [UnitClosing(*row) for row in session.execute(query)]


# Put together once: that costs more than running it.
_OF_ASSIGNMENT = (
    select(MonthClosing.id)
    .join(Unit, Unit.reporting_unit_id == MonthClosing.unit_id)
    .join(Establishment, Establishment.unit_id == Unit.id)
    .join(Assignment, Assignment.establishment_id == Establishment.id)
    .where(Assignment.id == bindparam("assignment", type_=Integer))
    .where(MonthClosing.month == bindparam("month", type_=Date))
    .limit(1)
)
