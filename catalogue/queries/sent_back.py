"""A person's own lines that were sent back to be corrected, counted by month."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.models import Assignment, LogLine
from catalogue.queries import clean_days


def by_month(session: Session, person_id: int, today: date) -> Mapping[Month, int]:
    """Count them in this month and the two before, but for months that are closed by now."""
    first = Month.of(today).previous.previous.first
    query = (
        select(LogLine.day, func.count())
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .where(Assignment.person_id == person_id, LogLine.day.between(first, today))
        .where(LogLine.current, LogLine.verdict == Verdict.CORRECTION)
        .where(~clean_days.closed(first, today))
        .group_by(LogLine.day)
        .order_by(LogLine.day)
    )
    counted: Counter[Month] = Counter()
    for day, lines in session.execute(query):
        counted[Month.of(day)] += lines
    return counted
