"""A person's word that a day is whole, and taking it back while the month is open."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid
from catalogue.models import DayClosing, Person
from catalogue.queries import own_days


def close(session: Session, day: date, *, today: date, by: int, at: datetime) -> DayClosing:
    """Close a day («đã đủ»), hours or none; doing so twice answers the same closing."""
    if day > today:
        raise Invalid("Ngày: chưa đến ngày này.", field="day")
    closing = _open_closing(session, day, by)
    if closing is None:
        _refuse_closed_month(session, day, today, by)
        closing = DayClosing(person_id=by, day=day, closed_at=at)
        session.add(closing)
        session.flush()
    return closing


def reopen(session: Session, day: date, *, today: date, by: int, at: datetime) -> None:
    """Open a closed day again; one that is open stays so."""
    closing = _open_closing(session, day, by)
    if closing is not None:
        _refuse_closed_month(session, day, today, by)
        closing.reopened_at = at
        session.flush()


def _open_closing(session: Session, day: date, by: int) -> DayClosing | None:
    session.execute(select(Person.id).where(Person.id == by).with_for_update())
    return session.scalar(
        select(DayClosing).where(
            DayClosing.person_id == by, DayClosing.day == day, DayClosing.reopened_at.is_(None)
        )
    )


def _refuse_closed_month(session: Session, day: date, today: date, by: int) -> None:
    if own_days.between(session, by, day, day, today=today).month_closed(day):
        message = f"Nhật ký tháng {day:%m/%Y} đã khóa nên ngày {day:%d/%m/%Y} không đổi được nữa."
        raise Conflict(message)
