"""Who follows a line to its decision, and how much of it: all, or what the board shows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import TaskKind
from catalogue.models import LogLine
from catalogue.queries import board, judges
from catalogue.queries.visible import visible


def in_full(session: Session, line_id: int, viewer: Viewer) -> bool:
    """Tell whether the person wrote the line, answers for its unit, or judges its writer."""
    seen = select(LogLine.id).where(LogLine.id == line_id, visible(LogLine, viewer))
    return session.scalar(seen) is not None or _judged(session, line_id, viewer)


def as_colleague(session: Session, line_id: int, viewer: Viewer) -> bool:
    """Tell whether the line stands on a board that the person reads, with its words."""
    found = board.line(session, line_id, viewer, Permission.READ_BOARD)
    return found is not None and found[0].task_version.kind is not TaskKind.SECRET


def _judged(session: Session, line_id: int, viewer: Viewer) -> bool:
    if not viewer.may(Permission.JUDGE_WORK):
        return False
    line = session.get(LogLine, line_id)
    return line is not None and judges.judge_of(session, viewer, line.assignment_id)[0]
