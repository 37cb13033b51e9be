"""What waits for a person's word: days to judge, objections to decide."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from catalogue.domain.judging import Judges
from catalogue.domain.roles import Viewer
from catalogue.queries import judged_lines, judges, objections

LATELY = timedelta(days=31)


class JudgingTurns(NamedTuple):
    """Days of somebody's, of late, with lines to judge; and open objections."""

    days: int
    objections: int


def of(session: Session, viewer: Viewer, known: Judges) -> JudgingTurns:
    """Count what waits for the person today."""
    first = viewer.on - LATELY
    judged = judges.judged_by(session, viewer, first, viewer.on, known)
    keys = [each.assignment_id for each in judged]
    waiting = judged_lines.waiting(session, keys, first, viewer.on) if keys else {}
    return JudgingTurns(sum(waiting.values()), objections.count_open(session, viewer, known))
