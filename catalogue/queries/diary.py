"""A person's own days: their lines, and the work that is open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Select,
    bindparam,
    case,
    func,
    lambda_stmt,
    select,
)
from sqlalchemy.orm import Session

from catalogue.domain.judging import Verdict
from catalogue.domain.words import TaskKind, WorkPlace
from catalogue.domain.work_items import OPEN_WORK
from catalogue.models import (
    Assignment,
    Duty,
    Judgement,
    LogLine,
    PersonDay,
    TaskVersion,
    WorkItem,
)
from catalogue.queries.spelled import one_of


class DayLine(NamedTuple):
    """One current line."""

    line_id: int
    day: date
    task_version_id: int
    task_id: int
    duty: str
    task: str
    kind: TaskKind | None
    minutes: int
    overtime: bool
    product: str | None
    quantity: int | None
    content: str
    place: WorkPlace | None
    document: str | None
    pages: int | None
    evidence: str | None
    note: str | None
    work_item_id: int | None
    work_item: str | None
    backfilled: bool
    written_at: datetime
    verdict: Verdict | None
    reason: str | None

    @property
    def told(self) -> str:
        """What it left and what was done, each in a line of its own."""
        return "\n".join(filter(None, (self.product, self.content)))

    @property
    def settled(self) -> bool:
        """Whether a judgement keeps it from being corrected."""
        return self.verdict is not None and self.verdict.settles

    @property
    def sent_back(self) -> bool:
        """Whether the head waits for it to be mended."""
        return self.verdict is not None and self.verdict.sends_back


class OpenWork(NamedTuple):
    """One piece of work of several days on which hours may be logged."""

    work_item_id: int
    task_id: int
    title: str
    due_on: date


def lines(session: Session, person_id: int, first: date, last: date) -> Sequence[DayLine]:
    """List the current lines of a person's days, each day's in the order of their writing."""
    values = {"person": person_id, "first": first, "last": last}
    return [DayLine._make(row) for row in session.connection().execute(_BETWEEN, values).all()]


def own_line(session: Session, line_id: int, person_id: int) -> DayLine | None:
    """Find one current line of the person's own."""
    row = session.connection().execute(_ONE, {"person": person_id, "line": line_id}).first()
    return DayLine(*row) if row else None


def removed_from(session: Session, line_id: int, person_id: int) -> date | None:
    """Give the day from which the person took a line of their own away."""
    query = select(LogLine.day).join(LogLine.assignment)
    gone = LogLine.id == line_id, LogLine.removed_at.is_not(None)
    return session.scalar(query.where(*gone, Assignment.person_id == person_id))


def open_work(session: Session, person_id: int) -> Sequence[OpenWork]:
    """List the person's work of several days that is not handed in, the next due first."""
    rows = session.connection().execute(_WORK, {"person": person_id})
    return [OpenWork(*row) for row in rows]


def successor(session: Session, line_id: int) -> int | None:
    """Find the line that was written to supersede one."""
    return session.scalar(select(LogLine.id).where(LogLine.supersedes_id == line_id))


def minutes_by_day(session: Session, person_id: int, first: date, last: date) -> Mapping[date, int]:
    """Sum a person's days between two dates, both included; days without lines are absent."""
    query = (
        select(PersonDay.day, func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes))
        .join(Assignment, Assignment.id == PersonDay.assignment_id)
        .where(Assignment.person_id == person_id, PersonDay.day.between(first, last))
        .group_by(PersonDay.day)
    )
    return {day: int(minutes) for day, minutes in session.execute(query)}


_PERSON = bindparam("person", type_=Integer)
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
# Why the last word on a line is what it is.
_REASON = (
    select(Judgement.reason)
    .where(Judgement.log_line_id == LogLine.id)
    .order_by(Judgement.id.desc())
    .limit(1)
    .correlate(LogLine)
    .scalar_subquery()
)


def _lines() -> Select[Any]:
    return (
        select(
            LogLine.id,
            LogLine.day,
            LogLine.task_version_id,
            TaskVersion.task_id,
            Duty.name,
            TaskVersion.text,
            TaskVersion.kind,
            LogLine.minutes,
            LogLine.overtime,
            LogLine.product,
            LogLine.quantity,
            LogLine.content,
            LogLine.place,
            LogLine.document_number,
            LogLine.pages,
            LogLine.evidence,
            LogLine.note,
            LogLine.work_item_id,
            WorkItem.title,
            LogLine.backfilled,
            LogLine.written_at,
            LogLine.verdict,
            case((LogLine.verdict.is_not(None), _REASON)),
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .outerjoin(WorkItem, WorkItem.id == LogLine.work_item_id)
        .where(Assignment.person_id == _PERSON, LogLine.current)
    )


# Put together once: that costs more than running them.
_BETWEEN = lambda_stmt(
    lambda: _lines().where(LogLine.day.between(_FIRST, _LAST)).order_by(LogLine.day, LogLine.id),
    enable_tracking=False,
)
_ONE = _lines().where(LogLine.id == bindparam("line"))
_WORK = (
    select(WorkItem.id, WorkItem.task_id, WorkItem.title, WorkItem.due_on)
    .join(Assignment, Assignment.id == WorkItem.assignment_id)
    .where(Assignment.person_id == _PERSON)
    .where(one_of(WorkItem.state, OPEN_WORK))
    .order_by(WorkItem.due_on, WorkItem.id)
)
