"""Objections to judgements: those that wait for a person's decision, and those of their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from catalogue.domain.judging import Judges, ObjectionOutcome, Verdict
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord
from catalogue.models import (
    Assignment,
    Establishment,
    Judgement,
    LogLine,
    Objection,
    Person,
    TaskVersion,
    Unit,
    WorkItem,
)
from catalogue.queries import judges


class Part(LabelledWord):
    """What a person has to do with an objection."""

    DECIDES = "decides", "Chờ bạn giải quyết"
    READS = "reads", "Bạn xem kết quả"


class Listed(NamedTuple):
    """One objection with what it answers to: a line of a day, or a work item."""

    objection_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    line_id: int | None
    day: date
    work: str
    product: str | None
    verdict: Verdict
    reason: str
    judge_id: int
    judge: str
    head_id: int | None
    head: str | None
    judged_at: datetime
    text: str
    at: datetime
    outcome: ObjectionOutcome | None
    answer: str | None
    decided_by_id: int | None
    decided_by: str | None
    decided_at: datetime | None
    current: bool

    @property
    def open(self) -> bool:
        return self.outcome is None and self.current


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objections a list takes: whose, by their name, and open ones, others, or both."""

    text: str = ""
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """The objections that a person decides on, or that answer to their own word."""

    viewer: Viewer
    known: Judges
    where: ColumnElement[bool]


def deciders(
    session: Session, judgement: Judgement, judged: Assignment, day: date
) -> Mapping[int, int | None]:
    """Name who decides on an objection to a judgement, each with the head they stand in for."""
    return _over(
        judges.on(session, day),
        judgement.by_id,
        judgement.for_id,
        judged.person_id,
        judged.establishment.unit_id,
    )


def mine(session: Session, viewer: Viewer) -> Mine:
    """Find what a person has to do with; who decides is asked once for all alike."""
    known = judges.on(session, viewer.on)
    units = viewer.units(Permission.DECIDE_OBJECTION)
    reached = Unit.id.in_(units) if units is not None else Unit.id.is_not(None)
    sides = (Judgement.by_id, func.coalesce(Judgement.for_id, 0), Person.id, Unit.id)
    asked = _objections().where(reached).with_only_columns(*sides).distinct()
    decided = [
        (judge, head, person, unit)
        for judge, head, person, unit in session.execute(asked).tuples()
        if viewer.person_id in _over(known, judge, head or None, person, unit)
    ]
    own = or_(
        Judgement.by_id == viewer.person_id,
        Judgement.for_id == viewer.person_id,
        Objection.decided_by_id == viewer.person_id,
    )
    return Mine(viewer, known, or_(own, tuple_(*sides).in_(decided)) if decided else own)


def count(session: Session, found: Mine, wanted: Wanted) -> int:
    query = _objections().where(found.where, *_filters(wanted))
    return session.scalar(query.with_only_columns(func.count(Objection.id))) or 0


def listed(
    session: Session, found: Mine, wanted: Wanted, *, offset: int = 0, limit: int | None = None
) -> Sequence[tuple[Listed, Part]]:
    """List a page of what a person has to do with, each with what they have to do.

    The open ones come first, the oldest first; then the decided ones, the newest first.
    """
    order = (case((_OPEN, 0), else_=1), case((_OPEN, Objection.at)), Objection.at.desc())
    query = _objections().where(found.where, *_filters(wanted))
    rows = session.execute(query.order_by(*order, Objection.id).offset(offset).limit(limit))
    listed = [Listed(*row) for row in rows]
    return [(each, _part(each, found.known, found.viewer) or Part.READS) for each in listed]


def one(session: Session, objection_id: int, viewer: Viewer) -> tuple[Listed, Part] | None:
    """Read one objection that is the person's to decide or to read; None for any other."""
    row = session.execute(_objections().where(Objection.id == objection_id)).first()
    if row is None:
        return None
    each = Listed(*row)
    part = _part(each, judges.on(session, viewer.on), viewer)
    return (each, part) if part else None


def count_open(session: Session, viewer: Viewer, known: Judges) -> int:
    """Count the objections that wait for the person's decision."""
    units = viewer.units(Permission.DECIDE_OBJECTION)
    query = _objections().where(Objection.outcome.is_(None))
    if units is not None:
        query = query.where(Unit.id.in_(units))
    rows = [Listed(*row) for row in session.execute(query)]
    return sum(_part(each, known, viewer) is Part.DECIDES for each in rows)


def _part(each: Listed, known: Judges, viewer: Viewer) -> Part | None:
    if viewer.person_id in _deciders(each, known):
        return Part.DECIDES if each.open else Part.READS
    if viewer.person_id in (each.judge_id, each.head_id, each.decided_by_id):
        return Part.READS
    return None


def _deciders(each: Listed, known: Judges) -> Mapping[int, int | None]:
    return _over(known, each.judge_id, each.head_id, each.person_id, each.unit_id)


def _over(
    known: Judges, judge_id: int, head_id: int | None, person_id: int, unit_id: int
) -> Mapping[int, int | None]:
    """Whose word it was counts: a deputy's is that of the head in whose place they spoke."""
    speaker = judge_id if head_id is None else head_id
    return known.over(speaker, unit_id, but=(judge_id, person_id))


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    named = [
        Person.name_folded.contains(word, autoescape=True) for word in fold(wanted.text).split()
    ]
    return named if wanted.open is None else [*named, _OPEN if wanted.open else ~_OPEN]


_JUDGE, _HEAD, _DECIDER = aliased(Person), aliased(Person), aliased(Person)
_CURRENT = or_(LogLine.id.is_(None), LogLine.current)
_OPEN = and_(Objection.outcome.is_(None), _CURRENT)
_COLUMNS = (
    Objection.id,
    Person.id,
    Person.name,
    Unit.id,
    Unit.name,
    LogLine.id,
    func.coalesce(LogLine.day, WorkItem.handed_in_on, WorkItem.due_on),
    func.coalesce(TaskVersion.text, WorkItem.title),
    func.coalesce(LogLine.product, WorkItem.product),
    Judgement.verdict,
    Judgement.reason,
    _JUDGE.id,
    _JUDGE.name,
    _HEAD.id,
    _HEAD.name,
    Judgement.at,
    Objection.text,
    Objection.at,
    Objection.outcome,
    Objection.answer,
    _DECIDER.id,
    _DECIDER.name,
    Objection.decided_at,
    _CURRENT,
)


def _objections() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(Objection)
        .join(Judgement, Judgement.id == Objection.judgement_id)
        .outerjoin(LogLine, LogLine.id == Judgement.log_line_id)
        .outerjoin(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .outerjoin(WorkItem, WorkItem.id == Judgement.work_item_id)
        .join(
            Assignment,
            or_(
                and_(LogLine.id.is_not(None), Assignment.id == LogLine.assignment_id),
                and_(WorkItem.id.is_not(None), Assignment.id == WorkItem.assignment_id),
            ),
        )
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(_JUDGE, _JUDGE.id == Judgement.by_id)
        .outerjoin(_HEAD, _HEAD.id == Judgement.for_id)
        .outerjoin(_DECIDER, _DECIDER.id == Objection.decided_by_id)
    )
