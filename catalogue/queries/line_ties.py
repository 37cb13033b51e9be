"""What a line came from or belongs to: hours told without a task, work of several days."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from catalogue.domain.pending import PendingKind
from catalogue.models import LogLine, PendingLine, WorkItem


class Ties(NamedTuple):
    """The hours that a line was made from, and the work that it was spent on, where there are."""

    pending_id: int | None
    kind: PendingKind | None
    told_at: datetime | None
    work_item_id: int | None
    title: str | None

    def __bool__(self) -> bool:
        return self.pending_id is not None or self.work_item_id is not None


def of_line(session: Session, line_id: int) -> Ties:
    """Read both with one statement; a correction comes from what the line before it came from."""
    query = (
        select(
            PendingLine.id, PendingLine.kind, PendingLine.written_at, WorkItem.id, WorkItem.title
        )
        .select_from(LogLine)
        .outerjoin(PendingLine, PendingLine.id == _pending(line_id))
        .outerjoin(WorkItem, WorkItem.id == LogLine.work_item_id)
        .where(LogLine.id == line_id)
    )
    return Ties(*session.execute(query).one())


def _pending(line_id: int) -> ScalarSelect[int]:
    """Select the hours that a line, or the first of those that it corrects, was made from."""
    told = select(LogLine.supersedes_id, LogLine.pending_id)
    lines = told.where(LogLine.id == line_id).cte("lines", recursive=True)
    lines = lines.union_all(told.join(lines, LogLine.id == lines.c.supersedes_id))
    return select(func.max(lines.c.pending_id)).scalar_subquery()
