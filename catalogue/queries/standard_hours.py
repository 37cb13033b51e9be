"""Each person's own standard minutes of a month: working days in office, less leave."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, lambda_stmt, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from catalogue.domain.absences import STANDARD_MINUTES, Away, standard_minutes
from catalogue.domain.closing import Span
from catalogue.domain.hours import Month, MonthlyHours, UnitMonth
from catalogue.domain.words import AssignmentKind
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
    return [read.get(each.person_id, _whole_month(each.hours)) for each in people]


def of_units(session: Session, units: Sequence[UnitMonth], month: Month) -> list[int]:
    """Sum the standard minutes of those who belong to each unit, in their order, while they do.

    Most belong there all month and are never away: they are counted, the others read one by one.
    """
    connection = session.connection()
    counted = dict(connection.execute(_WHOLE, _span(month)).tuples().all())
    spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for unit_id, person_id, since, until in connection.execute(_OTHERS, _span(month)):
        spans[unit_id, person_id].append((since, until))
    read = _by_unit(session, spans, month) if spans else {}
    return [
        counted.get(each.unit_id, 0) * _whole_month(each.hours) + read.get(each.unit_id, 0)
        for each in units
    ]


def _whole_month(hours: MonthlyHours) -> int:
    return hours.working_days * STANDARD_MINUTES


def _one_by_one(
    session: Session, people: Collection[int], month: Month, away: Mapping[int, Collection[Away]]
) -> Mapping[int, int]:
    spans: dict[int, list[Span]] = defaultdict(list)
    asked = _span(month) | {"people": people}
    for person_id, since, until in session.connection().execute(_HELD, asked):
        spans[person_id].append((since, until))
    kinds = calendar.days(session)
    return {
        person_id: standard_minutes(month.days(), kinds, employed, away.get(person_id, ()))
        for person_id, employed in spans.items()
    }


def _by_unit(
    session: Session, spans: Mapping[tuple[int, int], Collection[Span]], month: Month
) -> Mapping[int, int]:
    kinds, away = calendar.days(session), absences(session, month)
    sums = defaultdict[int, int](int)
    for (unit_id, person_id), employed in spans.items():
        own = standard_minutes(month.days(), kinds, employed, away.get(person_id, ()))
        sums[unit_id] += own
    return sums


def absences(session: Session, month: Month) -> Mapping[int, Collection[Away]]:
    """Read who is away on some day of the month, by person."""
    found: dict[int, list[Away]] = defaultdict(list)
    for person_id, *away in session.connection().execute(_ABSENT, _span(month)):
        found[person_id].append(Away(*away))
    return found


def _span(month: Month) -> dict[str, Any]:
    return {"first": month.first, "last": month.last}


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
