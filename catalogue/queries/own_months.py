"""A person's own month in sums, against the standard hours that are their own."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import Away, standard_minutes
from catalogue.domain.hours import Month
from catalogue.domain.own_month import OwnMonth
from catalogue.models import Absence, Assignment, PersonDay
from catalogue.queries import calendar


def of_person(session: Session, person_id: int, month: Month) -> OwnMonth:
    """Sum a person's month; their standard are the working days in office, less leave."""
    sums = session.execute(
        select(*(func.coalesce(func.sum(column), 0) for column in _SUMS))
        .join(Assignment, Assignment.id == PersonDay.assignment_id)
        .where(Assignment.person_id == person_id, PersonDay.day.between(month.first, month.last))
    ).one()
    return OwnMonth(_standard(session, person_id, month), *map(int, sums))


_SUMS = (
    PersonDay.standard_minutes,
    PersonDay.overtime_minutes,
    PersonDay.product_minutes,
    PersonDay.accepted_minutes,
    PersonDay.pending_minutes,
)


def _standard(session: Session, person_id: int, month: Month) -> int | None:
    kinds = calendar.days(session)
    if not any(day.year == month.year for day in kinds):
        return None
    held = select(Assignment.valid_from, Assignment.valid_to).where(
        Assignment.person_id == person_id, Assignment.valid_from <= month.last
    )
    away = select(Absence.first_day, Absence.last_day, Absence.kind, Absence.half).where(
        Absence.person_id == person_id,
        Absence.first_day <= month.last,
        Absence.last_day >= month.first,
        Absence.withdrawn_at.is_(None),
    )
    return standard_minutes(
        month.days(),
        kinds,
        session.execute(held).tuples().all(),
        [Away(*row) for row in session.execute(away)],
    )
