"""What waits for a person's word: days to judge, objections to decide."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from catalogue.domain.judging import Judges
from catalogue.domain.roles import Viewer
from catalogue.queries import judged_lines, judges, objections

LATELY = timedelta(days=31)


class DaysWaiting(NamedTuple):
    """Days of somebody's, of late, with lines to judge; the first of them, if any."""

    days: int = 0
    first: date | None = None


class JudgingTurns(NamedTuple):
    """Days with lines to judge, and open objections."""

    waiting: DaysWaiting
    objections: int


def of(session: Session, viewer: Viewer, known: Judges) -> JudgingTurns:
    """Count what waits for the person today."""
    return JudgingTurns(days(session, viewer, known), objections.count_open(session, viewer, known))


def days(session: Session, viewer: Viewer, known: Judges) -> DaysWaiting:
    """Count the days of others that wait for the person's word."""
    first = viewer.on - LATELY
    judged = judges.judged_by(session, viewer, first, viewer.on, known)
    keys = [each.assignment_id for each in judged]
    waiting = judged_lines.waiting(session, keys, first, viewer.on).values() if keys else ()
    if not waiting:
        return DaysWaiting()
    return DaysWaiting(sum(each.days for each in waiting), min(each.first for each in waiting))
