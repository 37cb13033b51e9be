"""Days that people still owe the diary: asked to remind of them, and before anybody is told."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.words import AssignmentKind
from catalogue.models import Absence, Account, Assignment, DayClosing, PersonDay

_LEAVE = [kind for kind in AbsenceKind if kind.lowers_standard]
_HALVES = 2
_Person = ColumnElement[int] | InstrumentedAttribute[int]
_Day = ColumnElement[date] | InstrumentedAttribute[date] | date


def without_lines(session: Session, day: date) -> Sequence[int]:
    """List the people who hold a position on the day, may sign in, and still owe the day."""
    return session.scalars(_WITHOUT_LINES, {"day": day}).all()


def owed(person: _Person, day: _Day) -> ColumnElement[bool]:
    """Tell whether a person has told nothing of a day, had no leave, and has not closed it."""
    any_of = aliased(Assignment)
    told = (
        select(PersonDay.day)
        .join(any_of, any_of.id == PersonDay.assignment_id)
        .where(any_of.person_id == person, PersonDay.day == day)
    )
    closed = select(DayClosing.id).where(
        DayClosing.person_id == person, DayClosing.day == day, DayClosing.reopened_at.is_(None)
    )
    return ~or_(told.exists(), closed.exists(), on_leave(person, day))


def on_leave(person: _Person, day: _Day) -> ColumnElement[bool]:
    """Tell whether a person has the whole day off: in one absence, or in two of half a day each.

    Who is on a mission or a course works elsewhere, and owes the day.
    """
    halves = func.sum(case((Absence.half, 1), else_=_HALVES))
    return (
        select(func.coalesce(halves, 0) >= _HALVES)
        .where(Absence.person_id == person, Absence.withdrawn_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day, Absence.kind.in_(_LEAVE))
        .scalar_subquery()
    )


def _without_lines() -> Select[tuple[int]]:
    day = bindparam("day", type_=Date)
    return (
        select(Assignment.person_id)
        .join(Account, Account.person_id == Assignment.person_id)
        .where(Assignment.kind == AssignmentKind.PRIMARY, Assignment.holds_on(day))
        .where(~Account.disabled, owed(Assignment.person_id, day))
        .distinct()
        .order_by(Assignment.person_id)
    )


_WITHOUT_LINES = _without_lines()
