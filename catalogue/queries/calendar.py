"""The working calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import lambda_stmt, select
from sqlalchemy.orm import Session

from catalogue.domain.foundation import DayFact
from catalogue.domain.words import DayKind
from catalogue.models import CalendarDay


def days(session: Session) -> Mapping[date, DayKind]:
    """Give every day whose standard hours differ from its weekday's."""
    return dict(session.connection().execute(_DAYS).tuples().all())


def of_year(session: Session, year: int) -> Sequence[DayFact]:
    """List a year's days with their sources, in order."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.kind, CalendarDay.source)
        .where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(CalendarDay.day)
    )
    return [DayFact(*row) for row in rows]


_DAYS = lambda_stmt(lambda: select(CalendarDay.day, CalendarDay.kind), enable_tracking=False)
