"""What every day's sums must be, from its lines and from the hours that wait for a task."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, true, union_all

from catalogue.domain.judging import COUNTED
from catalogue.domain.pending import OPEN_PENDING
from catalogue.models import LogLine, PendingLine
from catalogue.queries.spelled import one_of

SUMS = (
    "standard_minutes",
    "overtime_minutes",
    "product_minutes",
    "accepted_minutes",
    "pending_minutes",
)


def summed(
    of_lines: ColumnElement[bool] | None = None, of_waiting: ColumnElement[bool] | None = None
) -> Select[Any]:
    """Select assignment, day and `SUMS`, named as the columns of `PersonDay`.

    The conditions limit the lines, and the hours that wait for a task.
    """
    nothing = [literal(0)] * (len(SUMS) - 1)
    waiting = (
        select(PendingLine.assignment_id, PendingLine.day, *nothing, PendingLine.minutes)
        .where(one_of(PendingLine.state, OPEN_PENDING))
        .where(true() if of_waiting is None else of_waiting)
    )
    part = union_all(_lines().where(true() if of_lines is None else of_lines), waiting).subquery()
    keys = (part.c.assignment_id, part.c.day)
    return select(*keys, *(func.sum(part.c[name]).label(name) for name in SUMS)).group_by(*keys)


def _lines() -> Select[Any]:
    accepted = one_of(LogLine.verdict, COUNTED)
    return select(
        LogLine.assignment_id,
        LogLine.day,
        case((LogLine.overtime, 0), else_=LogLine.minutes).label("standard_minutes"),
        case((LogLine.overtime, LogLine.minutes), else_=0).label("overtime_minutes"),
        case((LogLine.product.is_not(None), LogLine.minutes), else_=0).label("product_minutes"),
        case((accepted, LogLine.minutes), else_=0).label("accepted_minutes"),
        literal(0).label("pending_minutes"),
    ).where(LogLine.current)
