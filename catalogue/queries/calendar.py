"""The working calendar."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.words import DayKind
from catalogue.models import CalendarDay


def days(session: Session) -> Mapping[date, DayKind]:
    """Give every day whose standard hours differ from its weekday's."""
    return dict(session.connection().execute(_DAYS).tuples().all())


_DAYS = select(CalendarDay.day, CalendarDay.kind)
