"""Judging work that was handed in: the head's word, its lines with it, and their days' sums."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, insert, literal, not_, or_, select, update
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid
from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.domain.work_items import WorkItemMove, days_late, verdict_of, work_after
from catalogue.models import (
    Assignment,
    Establishment,
    Judgement,
    LogLine,
    MonthClosing,
    Unit,
    WorkItem,
)
from catalogue.services import work_items, work_notices
from catalogue.services.day_sums import sum_days


class Judged(NamedTuple):
    """The word on the work; how many lines took it, and how many of closed months did not."""

    verdict: Verdict
    lines: int
    left_out: int


def judge(  # noqa: PLR0913 (what is said, why, and by whom)
    session: Session,
    item_id: int,
    reason: str,
    revision: int,
    *,
    accepted: bool,
    viewer: Viewer,
    at: datetime,
) -> Judged:
    """Say whether what was handed in is good; whether it is late, its dates say.

    Its lines that nobody judged yet take the same word. Lines of closed months stay as they are.
    """
    item = work_items.locked(session, item_id)
    place = work_items.refuse_stranger(session, item.assignment, viewer)
    work_items.refuse_stale(item, revision)
    move = WorkItemMove.ACCEPT if accepted else WorkItemMove.NOT_ACCEPT
    work_after(item.state, move)
    if not accepted and not reason:
        raise Invalid("Lý do: hãy ghi vì sao chưa đạt.", field="reason")
    refuse_secret(reason, "reason")
    handed_in_on = item.handed_in_on or viewer.on
    verdict = verdict_of(item.due_on, handed_in_on, accepted=accepted)
    note = _with_lateness(item, handed_in_on, reason)
    word = Judgement(
        work_item_id=item.id,
        verdict=verdict,
        reason=note,
        by_id=viewer.person_id,
        for_id=place,
        at=at,
    )
    session.add(word)
    work_items.reach(session, item, move, by=viewer.person_id, at=at, note=note)
    work_notices.judged(session, word)
    return Judged(verdict, *_judge_lines(session, item, word))


def _with_lateness(item: WorkItem, handed_in_on: date, reason: str) -> str:
    late = days_late(item.due_on, handed_in_on, handed_in_on)
    if not late:
        return reason
    return f"Nộp chậm {late} ngày so với hạn {item.due_on:%d/%m/%Y}. {reason}".strip()


def _judge_lines(session: Session, item: WorkItem, word: Judgement) -> tuple[int, int]:
    """Give the work's open lines its word, with one statement for the rows and one for the lines.

    Answers how many took it, and how many stand in closed months.
    """
    waiting = and_(LogLine.work_item_id == item.id, LogLine.current, LogLine.verdict.is_(None))
    closed = _in_closed_months(session, item)
    left_out = session.scalars(select(func.count()).where(waiting, closed)).one()
    chosen = and_(waiting, not_(closed))
    touched = session.execute(
        select(LogLine.assignment_id, func.min(LogLine.day), func.max(LogLine.day), func.count())
        .where(chosen)
        .group_by(LogLine.assignment_id)
    ).all()
    said = (
        literal(word.verdict, Judgement.verdict.type),
        literal(word.reason),
        literal(word.by_id),
        literal(word.for_id, Judgement.for_id.type),
        literal(word.at, Judgement.at.type),
    )
    columns = ["log_line_id", "verdict", "reason", "by_id", "for_id", "at"]
    session.execute(insert(Judgement).from_select(columns, select(LogLine.id, *said).where(chosen)))
    session.execute(
        update(LogLine)
        .where(chosen)
        .values(verdict=word.verdict)
        .execution_options(synchronize_session=False)
    )
    for assignment_id, first, last, _ in touched:
        sum_days(session, [assignment_id], first, last)
    return sum(row[3] for row in touched), left_out


def _in_closed_months(session: Session, item: WorkItem) -> ColumnElement[bool]:
    """Tell the lines whose month was closed for the holder's reporting unit."""
    query = (
        select(MonthClosing.month)
        .join(Unit, Unit.reporting_unit_id == MonthClosing.unit_id)
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(Assignment.id == item.assignment_id)
    )
    months = [Month.of(first) for first in session.scalars(query)]
    return or_(
        literal(value=False), *(LogLine.day.between(month.first, month.last) for month in months)
    )
