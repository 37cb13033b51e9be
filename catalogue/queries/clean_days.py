"""Which lines wait for a head's word, and on which days they may be accepted all at once."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from catalogue.domain.hours import Month, months_between
from catalogue.domain.judging import Verdict
from catalogue.domain.work_items import WorkItemState
from catalogue.models import (
    Assignment,
    Establishment,
    Judgement,
    LineQuestion,
    LogLine,
    MonthClosing,
    Objection,
    Unit,
    WorkItem,
)


def waits() -> ColumnElement[bool]:
    """Tell the lines that are to be judged one by one or by the day."""
    return and_(LogLine.current, LogLine.verdict.is_(None), ~of_work(LogLine))


def of_work(line: type[LogLine]) -> ColumnElement[bool]:
    """Tell the lines that are judged with their work item; once it is dropped they stand alone."""
    work = select(WorkItem.id).where(
        WorkItem.id == line.work_item_id, WorkItem.state != WorkItemState.DROPPED
    )
    return work.correlate(line).exists()


def blocks(line: type[LogLine]) -> ColumnElement[bool]:
    """Tell the lines that keep their day from being accepted whole: they want to be looked at."""
    objection = (
        select(Objection.id)
        .join(Judgement, Judgement.id == Objection.judgement_id)
        .where(Judgement.log_line_id == line.id, Objection.outcome.is_(None))
    )
    return or_(
        line.verdict != Verdict.ACCEPTED,
        and_(of_work(line), line.verdict.is_(None)),
        objection.exists(),
        questioned(line),
    )


def questioned(line: type[LogLine]) -> ColumnElement[bool]:
    """Tell the lines with a question that nobody has answered."""
    question = select(LineQuestion.id).where(
        LineQuestion.log_line_id == line.id, LineQuestion.answered_at.is_(None)
    )
    return question.exists()


def closed(first: date, last: date) -> ColumnElement[bool]:
    """Tell the lines between two days whose month the reporting unit has closed."""
    months = months_between(Month.of(first), Month.of(last))
    closing = (
        select(MonthClosing.id)
        .join(Unit, Unit.reporting_unit_id == MonthClosing.unit_id)
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(Assignment.id == LogLine.assignment_id)
        .where(
            or_(
                *(
                    and_(
                        MonthClosing.month == each.first, LogLine.day.between(each.first, each.last)
                    )
                    for each in months
                )
            )
        )
    )
    return closing.exists()


def acceptable(
    assignments: Collection[int], first: date, last: date, seen: Collection[int]
) -> ColumnElement[bool]:
    """Tell the lines that may be accepted at once: of whole clean days, and read by the judge.

    A day with a line that is not among those `seen` was added to since; it is left alone.
    """
    beside = aliased(LogLine)
    spoils = (
        select(beside.id)
        .where(beside.assignment_id == LogLine.assignment_id, beside.day == LogLine.day)
        .where(beside.current, or_(blocks(beside), beside.id.not_in(seen)))
    )
    return and_(
        LogLine.assignment_id.in_(assignments),
        LogLine.day.between(first, last),
        waits(),
        ~spoils.exists(),
        ~closed(first, last),
    )
