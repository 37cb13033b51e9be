"""Each person's own standard minutes of a month: working days in office, less leave."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, lambda_stmt, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from catalogue.domain.absences import STANDARD_MINUTES, Away, standard_minutes
from catalogue.domain.closing import Span
from catalogue.domain.hours import Month, working_days
from catalogue.domain.words import AssignmentKind, DayKind
from catalogue.models import Absence, Assignment, Establishment, Unit
from catalogue.queries import calendar
from catalogue.queries.hours import PersonMonth


def of_people(session: Session, people: Sequence[PersonMonth], month: Month) -> list[int]:
    """Give each person's standard minutes, in their order, over all positions that they hold.

    Most hold theirs all month and are never away: they owe all of it, the others are read.
    """
    away = absences(session, month)
    others = [each.person_id for each in people if not each.all_month or each.person_id in away]
    read = _one_by_one(session, others, month, away) if others else {}
    return [read.get(each.person_id, each.hours.working_days * STANDARD_MINUTES) for each in people]


def _one_by_one(
    session: Session, people: Collection[int], month: Month, away: Mapping[int, Collection[Away]]
) -> Mapping[int, int]:
    asked = {"people": list(people), "first": month.first, "last": month.last}
    spans: dict[int, list[Span]] = defaultdict(list)
    for person_id, first, last in session.connection().execute(_HELD, asked):
        spans[person_id].append((first, last))
    owed = _Owed(month, calendar.days(session), away)
    return {person_id: owed.of(person_id, employed) for person_id, employed in spans.items()}


def by_unit(session: Session, month: Month) -> Mapping[int, int]:
    """Sum the standard minutes of those who belong to each reporting unit, while they do.

    Most belong there all month and are never away: they are counted, the others read one by one.
    """
    span = {"first": month.first, "last": month.last}
    owed = _Owed(month, calendar.days(session), absences(session, month))
    sums = defaultdict[int, int](int)
    for unit_id, people in session.connection().execute(_WHOLE, span):
        sums[unit_id] = people * owed.whole
    spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for unit_id, person_id, since, until in session.connection().execute(_OTHERS, span):
        spans[unit_id, person_id].append((since, until))
    for (unit_id, person_id), employed in spans.items():
        sums[unit_id] += owed.of(person_id, employed)
    return sums


def absences(session: Session, month: Month) -> Mapping[int, Collection[Away]]:
    """Read who is away on some day of the month, by person."""
    span = {"first": month.first, "last": month.last}
    found: dict[int, list[Away]] = defaultdict(list)
    for person_id, *away in session.connection().execute(_ABSENT, span):
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
        self._first, self._last = month.first, month.last
        self.whole = working_days(month, days) * STANDARD_MINUTES

    def of(self, person_id: int, employed: Iterable[Span]) -> int:
        """Count day by day only where the month is not whole: most people's is."""
        spans, away = list(employed), self._away.get(person_id, ())
        first, last = self._first, self._last
        if not away and any(since <= first and (until or last) >= last for since, until in spans):
            return self.whole
        return standard_minutes(self._month.days(), self._days, spans, away)


def _belonging(
    columns: Sequence[Any], seat: type[Assignment], unit: type[Unit]
) -> Select[tuple[Any, ...]]:
    """Select of the people of the month where they first of all belong."""
    establishment = aliased(Establishment)
    return (
        select(*columns)
        .select_from(seat)
        .join(establishment, establishment.id == seat.establishment_id)
        .join(unit, unit.id == establishment.unit_id)
        .where(seat.kind == AssignmentKind.PRIMARY, seat.valid_from <= _LAST)
        .where(or_(seat.valid_to.is_(None), seat.valid_to >= _FIRST))
    )


def _all_month(seat: type[Assignment]) -> ColumnElement[bool]:
    return and_(seat.valid_from <= _FIRST, or_(seat.valid_to.is_(None), seat.valid_to >= _LAST))


def _whole() -> Select[tuple[Any, ...]]:
    """Count by reporting unit those who belong there all month and are never away."""
    counted = func.count(Assignment.person_id.distinct())
    return (
        _belonging((Unit.reporting_unit_id, counted), Assignment, Unit)
        .where(_all_month(Assignment), Assignment.person_id.not_in(_absent()))
        .group_by(Unit.reporting_unit_id)
    )


def _others() -> Select[tuple[Any, ...]]:
    """Give all others with the days of each of their positions."""
    columns = (
        Unit.reporting_unit_id,
        Assignment.person_id,
        Assignment.valid_from,
        Assignment.valid_to,
    )
    seat, unit = aliased(Assignment), aliased(Unit)
    beside = _belonging((seat.id,), seat, unit).where(
        seat.person_id == Assignment.person_id,
        unit.reporting_unit_id == Unit.reporting_unit_id,
        _all_month(seat),
    )
    partly = and_(~_all_month(Assignment), ~beside.exists())
    return _belonging(columns, Assignment, Unit).where(
        or_(partly, Assignment.person_id.in_(_absent()))
    )


def _held() -> Select[tuple[Any, ...]]:
    """Give the days of every position that some people hold in the month."""
    return select(Assignment.person_id, Assignment.valid_from, Assignment.valid_to).where(
        Assignment.person_id.in_(bindparam("people", expanding=True)),
        Assignment.valid_from <= _LAST,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to >= _FIRST),
    )


def _absent(*columns: InstrumentedAttribute[Any]) -> Select[tuple[Any, ...]]:
    return select(Absence.person_id, *columns).where(
        Absence.first_day <= _LAST, Absence.last_day >= _FIRST, Absence.withdrawn_at.is_(None)
    )


_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
# Put together once: that costs more than running them.
_WHOLE = lambda_stmt(_whole, enable_tracking=False)
_OTHERS = lambda_stmt(_others, enable_tracking=False)
_HELD = lambda_stmt(_held, enable_tracking=False)
_ABSENT = lambda_stmt(
    lambda: _absent(Absence.first_day, Absence.last_day, Absence.kind, Absence.half),
    enable_tracking=False,
)
