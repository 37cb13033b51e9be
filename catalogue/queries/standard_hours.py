"""Each person's own standard minutes of a month: working days in office, less leave."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import STANDARD_MINUTES, Away, standard_minutes
from catalogue.domain.closing import Span
from catalogue.domain.hours import Month, working_days
from catalogue.domain.words import AssignmentKind, DayKind
from catalogue.models import Absence, Assignment, Establishment, Unit
from catalogue.queries import calendar


def by_person(session: Session, people: Collection[int], month: Month) -> Mapping[int, int]:
    """Give the standard minutes of some people, over all positions that they hold."""
    query = select(Assignment.person_id, Assignment.valid_from, Assignment.valid_to).where(
        Assignment.person_id.in_(people),
        Assignment.valid_from <= month.last,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to >= month.first),
    )
    spans: dict[int, list[Span]] = defaultdict(list)
    for person_id, first, last in session.execute(query):
        spans[person_id].append((first, last))
    owed = _Owed(month, calendar.days(session), absences(session, month))
    return {person_id: owed.of(person_id, employed) for person_id, employed in spans.items()}


def by_unit(session: Session, month: Month) -> Mapping[int, int]:
    """Sum the standard minutes of those who belong to each reporting unit, while they do."""
    query = (
        select(
            Unit.reporting_unit_id,
            Assignment.person_id,
            Assignment.valid_from,
            Assignment.valid_to,
        )
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(Assignment.kind == AssignmentKind.PRIMARY, Assignment.valid_from <= month.last)
        .where(or_(Assignment.valid_to.is_(None), Assignment.valid_to >= month.first))
    )
    spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for unit_id, person_id, first, last in session.execute(query):
        spans[unit_id, person_id].append((first, last))
    owed = _Owed(month, calendar.days(session), absences(session, month))
    sums: dict[int, int] = defaultdict(int)
    for (unit_id, person_id), employed in spans.items():
        sums[unit_id] += owed.of(person_id, employed)
    return sums


def absences(session: Session, month: Month) -> Mapping[int, Collection[Away]]:
    """Read who is away on some day of the month, by person."""
    query = select(
        Absence.person_id, Absence.first_day, Absence.last_day, Absence.kind, Absence.half
    ).where(
        Absence.first_day <= month.last,
        Absence.last_day >= month.first,
        Absence.withdrawn_at.is_(None),
    )
    found: dict[int, list[Away]] = defaultdict(list)
    for person_id, *away in session.execute(query):
        found[person_id].append(Away(*away))
    return found


class _Owed:
    """The standard minutes of one month; raises NoCalendar for a year without a calendar."""

    def __init__(
        self,
        month: Month,
        days: Mapping[date, DayKind],
        away: Mapping[int, Collection[Away]],
    ) -> None:
        self._month, self._days, self._away = month, days, away
        self._whole = working_days(month, days) * STANDARD_MINUTES

    def of(self, person_id: int, employed: Iterable[Span]) -> int:
        """Count day by day only where the month is not whole: most people's is."""
        spans, away = list(employed), self._away.get(person_id, ())
        first, last = self._month.first, self._month.last
        if not away and any(since <= first and (until or last) >= last for since, until in spans):
            return self._whole
        return standard_minutes(self._month.days(), self._days, spans, away)
