"""Changing the working calendar, each day with its source; never a day of a closed month."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.foundation import DayFact
from catalogue.domain.working_calendar import has_year, refuse_unbalanced, swapped, why_odd
from catalogue.models import CalendarDay, Unit
from catalogue.queries.closings import closed_anywhere
from catalogue.services import auditing

Changes = Mapping[date, DayFact | None]


def set_day(
    session: Session, fact: DayFact, *, made_up: date | None, by: int, at: datetime
) -> None:
    """Add a day or change it; a swapped day comes with the day that is worked for it."""
    facts = swapped(fact, made_up)
    for each in facts:
        if why := why_odd(each):
            raise Invalid(f"Ngày: {why}.", field="day" if each.day == fact.day else "made_up")
    current = _locked(session)
    for each in facts:
        if not has_year(each.day.year, current):
            message = (
                f"Ngày: năm {each.day.year} chưa có lịch. Hãy nhập lịch cả năm ở khung «Nhập lịch "
                "một năm»."
            )
            raise Invalid(message, field="day")
    _change(session, current, {each.day: each for each in facts}, by=by, at=at)


def remove_days(session: Session, days: Collection[date], *, by: int, at: datetime) -> int:
    """Take days out, so that they are again what their weekday says; answers how many."""
    current = _locked(session)
    chosen: Changes = {day: None for day in days if day in current}
    if not chosen:
        raise Invalid("Hãy đánh dấu ít nhất một ngày trong danh sách để bỏ.")
    return _change(session, current, chosen, by=by, at=at)


def import_year(session: Session, facts: Sequence[DayFact], *, by: int, at: datetime) -> int:
    """Begin a year, or add to one and change it; answers how many days changed."""
    current = _locked(session)
    return _change(session, current, {fact.day: fact for fact in facts}, by=by, at=at)


def _locked(session: Session) -> dict[date, CalendarDay]:
    """Read the calendar while no month can be closed: closing locks the reporting units."""
    reporting = select(Unit.id).where(Unit.reporting_unit_id == Unit.id).order_by(Unit.id)
    session.execute(reporting.with_for_update(read=True)).all()
    return {each.day: each for each in session.scalars(select(CalendarDay))}


def _change(
    session: Session,
    current: Mapping[date, CalendarDay],
    changes: Changes,
    *,
    by: int,
    at: datetime,
) -> int:
    changed = {day: fact for day, fact in changes.items() if _differs(current.get(day), fact)}
    if months := closed_anywhere(session, changed):
        named = ", ".join(month.label for month in months)
        message = (
            f"Đã có đơn vị khóa {named}, nên ngày của tháng đó không đổi được nữa. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)
    before = {day: row.kind for day, row in current.items()}
    after = before | {day: fact.kind for day, fact in changed.items() if fact}
    for day, fact in changed.items():
        if fact is None:
            del after[day]
    refuse_unbalanced(before, after)
    session.execute(delete(CalendarDay).where(CalendarDay.day.in_(changed)))
    session.expire_all()
    session.add_all(
        CalendarDay(day=fact.day, kind=fact.kind, source=fact.source)
        for fact in changed.values()
        if fact
    )
    session.flush()
    _record(session, before, changed, by=by, at=at)
    return len(changed)


def _differs(row: CalendarDay | None, fact: DayFact | None) -> bool:
    if row is None or fact is None:
        return row is not None or fact is not None
    return (row.kind, row.source) != (fact.kind, fact.source)


def _record(
    session: Session, before: Mapping[date, str], changed: Changes, *, by: int, at: datetime
) -> None:
    if not changed:
        return
    auditing.record(
        session,
        "calendar.changed",
        ", ".join(sorted({str(day.year) for day in changed})),
        by=by,
        at=at,
        days=[
            [day.isoformat(), before.get(day), fact and fact.kind.value, fact and fact.source]
            for day, fact in sorted(changed.items())
        ],
    )
    session.flush()
