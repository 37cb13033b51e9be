"""A person's own day: its lines, and the tasks used most of late."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.models import Assignment, Duty, LogLine, PersonDay, TaskVersion
from catalogue.queries.visible import visible

LATELY = timedelta(days=60)


class DayLine(NamedTuple):
    """One current line of the day."""

    line_id: int
    task_version_id: int
    duty: str
    task: str
    minutes: int
    overtime: bool
    product: str | None
    quantity: int | None
    content: str


def lines(session: Session, person_id: int, day: date) -> Sequence[DayLine]:
    """List the current lines of a person's day in the order in which they were written."""
    rows = session.connection().execute(_OF_DAY, {"person": person_id, "day": day})
    return [DayLine(*row) for row in rows]


def own_line(session: Session, line_id: int, person_id: int) -> tuple[date, DayLine] | None:
    """Find one current line of the person's own, with its day."""
    query = (
        _lines()
        .add_columns(LogLine.day)
        .where(LogLine.id == line_id, Assignment.person_id == person_id, LogLine.current)
    )
    row = session.execute(query).first()
    return (row.day, DayLine(*row[:-1])) if row else None


def may_be_read(session: Session, line_id: int, viewer: Viewer) -> bool:
    query = select(LogLine.id).where(LogLine.id == line_id, visible(LogLine, viewer))
    return session.scalar(query) is not None


def successor(session: Session, line_id: int) -> int | None:
    """Find the line that was written to supersede one."""
    return session.scalar(select(LogLine.id).where(LogLine.supersedes_id == line_id))


def used_lately(session: Session, person_id: int, day: date) -> Mapping[int, int]:
    """Count, by task version, the person's lines of the last two months."""
    values = {"person": person_id, "first": day - LATELY, "last": day}
    return dict(session.connection().execute(_USED, values).tuples().all())


def minutes_by_day(session: Session, person_id: int, first: date, last: date) -> Mapping[date, int]:
    """Sum a person's days between two dates, both included; days without lines are absent."""
    query = (
        select(PersonDay.day, func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes))
        .join(Assignment, Assignment.id == PersonDay.assignment_id)
        .where(Assignment.person_id == person_id, PersonDay.day.between(first, last))
        .group_by(PersonDay.day)
    )
    return {day: int(minutes) for day, minutes in session.execute(query)}


def _lines() -> Select[tuple[int, int, str, str, int, bool, str | None, int | None, str]]:
    return (
        select(
            LogLine.id,
            LogLine.task_version_id,
            Duty.name,
            TaskVersion.text,
            LogLine.minutes,
            LogLine.overtime,
            LogLine.product,
            LogLine.quantity,
            LogLine.content,
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .join(Duty, Duty.id == TaskVersion.duty_id)
    )


# Put together once: that costs more than running them.
_OF_DAY = (
    _lines()
    .where(Assignment.person_id == bindparam("person"), LogLine.day == bindparam("day"))
    .where(LogLine.current)
    .order_by(LogLine.id)
)
_USED = (
    select(LogLine.task_version_id, func.count(LogLine.id))
    .join(Assignment, Assignment.id == LogLine.assignment_id)
    .where(Assignment.person_id == bindparam("person"), LogLine.current)
    .where(LogLine.day.between(bindparam("first"), bindparam("last")))
    .group_by(LogLine.task_version_id)
)
