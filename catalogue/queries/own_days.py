"""What stands over a person's days: calendar, employment, absences, closings, consents."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    extract,
    false,
    func,
    lambda_stmt,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.absences import AbsenceKind, Away, standard_minutes
from catalogue.domain.hours import Month
from catalogue.domain.words import DayKind
from catalogue.models import (
    Absence,
    Assignment,
    BackfillConsent,
    CalendarDay,
    DayClosing,
    Establishment,
    MonthClosing,
    Unit,
)
from catalogue.queries.spelled import named

Span = tuple[date, date | None]
_DAY_KINDS = {kind.value: kind for kind in DayKind}
_ABSENCE_KINDS = {kind.value: kind for kind in AbsenceKind}


@dataclass(frozen=True, slots=True)
class OwnDays:
    """A stretch of one person's days; spans are both days included, None means still.

    `years` are those that have a calendar: of no other is it known what is owed.
    """

    years: Collection[int]
    calendar: Mapping[date, DayKind]
    employed: Collection[Span]
    absences: Sequence[Away]
    closed: Collection[date]
    closed_months: Collection[Span]
    consents: Collection[Span]

    def known(self, day: date) -> bool:
        """Whether there is a calendar that tells of the day."""
        return day.year in self.years

    def standard(self, days: Iterable[date]) -> int:
        """Sum the person's own standard minutes of some of the days."""
        return standard_minutes(days, self.calendar, self.employed, self.absences)

    def away(self, day: date) -> Away | None:
        return next((each for each in self.absences if day in each), None)

    def holiday(self, day: date) -> bool:
        return self.calendar.get(day) not in (None, DayKind.MADE_UP)

    def month_closed(self, day: date) -> bool:
        return _within(day, self.closed_months)

    def consented(self, day: date) -> bool:
        return _within(day, self.consents)


def between(session: Session, person_id: int, first: date, last: date, *, today: date) -> OwnDays:
    """Read all of it with one statement; `today` tells which consents are still open."""
    values = asked(person_id, first, last, today)
    return gathered(session.connection().execute(_SPANS, values).all())


def asked(person_id: int, first: date, last: date, today: date) -> dict[str, int | date]:
    """Give what the spans are asked for with."""
    return {
        "person": person_id,
        "first": first,
        "last": last,
        "today": today,
        "month": Month.of(first).first,
        "new_year": date(first.year, 1, 1),
        "year_end": date(last.year, 12, 31),
    }


def gathered(rows: Iterable[Any]) -> OwnDays:
    """Put the rows of `spans` together."""
    spans = dict[str, list[tuple[date, date | None, str, bool]]]()
    for what, begin, end, kind, half in rows:
        spans.setdefault(what, []).append((begin, end, kind, half))
    plain = {what: [(begin, end) for begin, end, _, _ in rows] for what, rows in spans.items()}
    return OwnDays(
        years={begin.year for begin, _ in plain.get("year", ())},
        calendar={begin: _DAY_KINDS[kind] for begin, _, kind, _ in spans.get("calendar", ())},
        employed=plain.get("employed", ()),
        absences=[
            Away(begin, end or begin, _ABSENCE_KINDS[kind], half)
            for begin, end, kind, half in spans.get("absent", ())
        ],
        closed=[begin for begin, _ in plain.get("closed", ())],
        closed_months=[_in_month(*span) for span in plain.get("month", ())],
        consents=plain.get("consent", ()),
    )


def _in_month(first: date, last: date | None) -> Span:
    """Cut a span at the end of the month in which it begins."""
    end = Month.of(first).last
    return first, min(last or end, end)


def _within(day: date, spans: Collection[Span]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)


_PERSON = bindparam("person", type_=Integer)
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)


def spans() -> CompoundSelect[Any]:
    """Select (what it is, first day, last day, kind, whether half a day)."""
    day, closing = CalendarDay.day, DayClosing.day
    return union_all(
        _span("calendar", day, day, type_coerce(CalendarDay.kind, String)).where(
            day.between(_FIRST, _LAST)
        ),
        _years(),
        _span("employed", Assignment.valid_from, Assignment.valid_to).where(_assigned()),
        _span(
            "absent",
            Absence.first_day,
            Absence.last_day,
            type_coerce(Absence.kind, String),
            Absence.half,
        ).where(
            Absence.person_id == _PERSON,
            Absence.withdrawn_at.is_(None),
            Absence.first_day <= _LAST,
            Absence.last_day >= _FIRST,
        ),
        _span("closed", closing, closing).where(
            DayClosing.person_id == _PERSON,
            DayClosing.reopened_at.is_(None),
            closing.between(_FIRST, _LAST),
        ),
        _closed_months(),
        _span("consent", BackfillConsent.first_day, BackfillConsent.last_day).where(
            BackfillConsent.person_id == _PERSON,
            BackfillConsent.granted.is_(True),
            BackfillConsent.open_until >= bindparam("today", type_=Date),
            BackfillConsent.first_day <= _LAST,
            BackfillConsent.last_day >= _FIRST,
        ),
    )


def _span(
    what: str,
    first: ColumnElement[date] | InstrumentedAttribute[date],
    last: ColumnElement[date] | InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
    kind: ColumnElement[Any] | None = None,
    half: InstrumentedAttribute[bool] | None = None,
) -> Select[Any]:
    return select(
        named(what).label("what"),
        first.label("first"),
        last.label("last"),
        (null() if kind is None else kind).label("kind"),
        (false() if half is None else half).label("half"),
    )


def _assigned() -> ColumnElement[bool]:
    ends = or_(Assignment.valid_to.is_(None), Assignment.valid_to >= _FIRST)
    return and_(Assignment.person_id == _PERSON, Assignment.valid_from <= _LAST, ends)


def _years() -> Select[Any]:
    """Years that have a calendar, by its first day of each."""
    day = CalendarDay.day
    first: ColumnElement[date] = func.min(day)
    begin, end = bindparam("new_year", type_=Date), bindparam("year_end", type_=Date)
    return _span("year", first, first).where(day.between(begin, end)).group_by(extract("year", day))


def _closed_months() -> Select[Any]:
    """Months closed by the reporting unit of a position, from the day the person took it up."""
    month, taken_up = MonthClosing.month, Assignment.valid_from
    begin = case((taken_up > month, taken_up), else_=month)
    return (
        _span("month", begin, Assignment.valid_to)
        .select_from(MonthClosing)
        .join(Unit, Unit.reporting_unit_id == MonthClosing.unit_id)
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(_assigned(), month.between(bindparam("month", type_=Date), _LAST))
    )


# Put together once: that costs more than running them.
_SPANS = lambda_stmt(spans, enable_tracking=False)


def absence_entered_by_oneself(session: Session, person_id: int, day: date) -> int | None:
    """Find the absence over a day that the person wrote down, none else."""
    return session.scalar(
        select(Absence.id)
        .where(Absence.person_id == person_id, Absence.entered_by_id == person_id)
        .where(Absence.withdrawn_at.is_(None), Absence.first_day <= day, Absence.last_day >= day)
    )
