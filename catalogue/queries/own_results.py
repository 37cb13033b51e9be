"""A person's own lines and work items of a month, each with what the head said of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from catalogue.domain.hours import Month
from catalogue.domain.judging import ObjectionOutcome, Verdict
from catalogue.domain.words import LabelledWord
from catalogue.models import (
    Assignment,
    Judgement,
    LogLine,
    Objection,
    Person,
    TaskVersion,
    WorkItem,
)
from catalogue.queries.clean_days import of_work


class Standing(LabelledWord):
    """How a line stands with the head."""

    WAITING = "waiting", "Chưa đánh giá"
    ACCEPTED = "accepted", "Đạt"
    NOT_ACCEPTED = "not_accepted", "Chưa đạt"
    LATE = "late", "Chậm"
    CORRECTION = "correction", "Đề nghị sửa"


class OwnResult(NamedTuple):
    """One line, or one work item where `line_id` is None, with the last word on it.

    The objection is the one that was ever made, to that word or to a former one.
    """

    line_id: int | None
    day: date
    work: str
    product: str | None
    quantity: int | None
    minutes: int | None
    judgement_id: int | None
    reason: str | None
    judge: str | None
    in_place_of: str | None
    objection: str | None
    outcome: ObjectionOutcome | None
    answer: str | None
    verdict: Verdict | None
    of_item: int | None

    @property
    def may_object(self) -> bool:
        """Once to each line and each work item; a work item's lines are judged with it."""
        judged = self.judgement_id is not None and self.verdict is not Verdict.ACCEPTED
        return judged and self.objection is None and self.of_item is None


def count(session: Session, person_id: int, month: Month, standing: Standing | None) -> int:
    query = (
        select(func.count(LogLine.id))
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .where(_of_month(month), Assignment.person_id == person_id, _standing(standing))
    )
    return session.scalars(query).one()


def lines(
    session: Session,
    person_id: int,
    month: Month,
    standing: Standing | None = None,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[OwnResult]:
    """List the current lines of a month by day."""
    query = (
        _lines(person_id)
        .where(_of_month(month), _standing(standing))
        .order_by(LogLine.day, LogLine.id)
        .offset(offset)
        .limit(limit)
    )
    return [OwnResult(*row) for row in session.execute(query)]


def work_items(session: Session, person_id: int, month: Month) -> Sequence[OwnResult]:
    """List the work items that were handed in within a month."""
    query = (
        _work_items(person_id)
        .where(WorkItem.handed_in_on.between(month.first, month.last))
        .order_by(WorkItem.handed_in_on, WorkItem.id)
    )
    return [OwnResult(*row) for row in session.execute(query)]


def of_judgement(session: Session, judgement_id: int, person_id: int) -> OwnResult | None:
    """Read what a judgement was said of, with the last word on it; None for another's work."""
    said = select(Judgement.log_line_id, Judgement.work_item_id)
    line_id, item_id = session.execute(said.where(Judgement.id == judgement_id)).first() or (0, 0)
    query = (
        _work_items(person_id).where(WorkItem.id == item_id)
        if line_id is None
        else _lines(person_id).where(LogLine.id == line_id)
    )
    row = session.execute(query).first()
    return OwnResult(*row) if row else None


_WORD, _JUDGE, _HEAD = aliased(Judgement), aliased(Person), aliased(Person)


def _lines(person_id: int) -> Select[Any]:
    return _with_word(
        select(
            LogLine.id,
            LogLine.day,
            TaskVersion.text,
            LogLine.product,
            LogLine.quantity,
            LogLine.minutes,
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .where(Assignment.person_id == person_id, LogLine.current),
        Judgement.log_line_id,
        LogLine.id,
    ).add_columns(LogLine.verdict, case((of_work(LogLine), LogLine.work_item_id)))


def _work_items(person_id: int) -> Select[Any]:
    return _with_word(
        select(
            literal(None, Integer),
            WorkItem.handed_in_on,
            WorkItem.title,
            WorkItem.product,
            WorkItem.handed_quantity,
            literal(None, Integer),
        )
        .join(Assignment, Assignment.id == WorkItem.assignment_id)
        .where(Assignment.person_id == person_id),
        Judgement.work_item_id,
        WorkItem.id,
    ).add_columns(_WORD.verdict, literal(None, Integer))


def _with_word(
    query: Select[Any],
    subject: InstrumentedAttribute[int | None],
    identifier: InstrumentedAttribute[int],
) -> Select[Any]:
    """Add the last word on each subject, and the one objection that may be made about it."""
    newest = select(func.max(Judgement.id)).where(subject == identifier).scalar_subquery()
    objected = (
        select(Objection, subject.label("subject"))
        .join(Judgement, Judgement.id == Objection.judgement_id)
        .subquery()
    )
    return (
        query.add_columns(
            _WORD.id,
            _WORD.reason,
            _JUDGE.name,
            _HEAD.name,
            objected.c.text,
            objected.c.outcome,
            objected.c.answer,
        )
        .outerjoin(_WORD, _WORD.id == newest)
        .outerjoin(_JUDGE, _JUDGE.id == _WORD.by_id)
        .outerjoin(_HEAD, _HEAD.id == _WORD.for_id)
        .outerjoin(objected, objected.c.subject == identifier)
    )


def _of_month(month: Month) -> ColumnElement[bool]:
    return and_(LogLine.day.between(month.first, month.last), LogLine.current)


def _standing(standing: Standing | None) -> ColumnElement[bool]:
    if standing is None:
        return true()
    if standing is Standing.WAITING:
        return LogLine.verdict.is_(None)
    return LogLine.verdict == Verdict.stored(standing.value)
