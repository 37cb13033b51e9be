"""Adjustments as lists and one by one, and pairs of people who decided for each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.adjusting import AdjustmentKind, AdjustmentState, decided_in, from_json
from catalogue.domain.diary import LineDraft
from catalogue.domain.hours import Month
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.models import (
    Adjustment,
    Assignment,
    Establishment,
    LogLine,
    Person,
    TaskVersion,
    Unit,
)
from catalogue.queries.visible import visible


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which adjustments are asked for."""

    mine: bool = False
    text: str = ""
    state: AdjustmentState | None = None


class Listed(NamedTuple):
    """One adjustment with what it asks for."""

    adjustment_id: int
    assignment_id: int
    day: date
    person_id: int
    person: str
    unit: str
    former_id: int | None
    former_minutes: int | None
    former_task: str | None
    content: Mapping[str, Any] | None
    reason: str
    asked_at: datetime
    accepted: bool | None
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    log_line_id: int | None

    @property
    def draft(self) -> LineDraft | None:
        return None if self.content is None else from_json(self.content)

    @property
    def state(self) -> AdjustmentState:
        return AdjustmentState.of(self.accepted)

    @property
    def kind(self) -> AdjustmentKind:
        return AdjustmentKind.of(self.former_id, self.draft)


class Pair(NamedTuple):
    """Two people who decided each other's adjustments in one month."""

    month: Month
    first: str
    second: str
    first_id: int
    second_id: int


def listed(
    session: Session, wanted: Wanted, viewer: Viewer, *, offset: int = 0, limit: int | None = None
) -> Sequence[Listed]:
    """List adjustments that the person may read: those that wait first, then the latest."""
    query = _narrowed(_columns(), wanted, viewer).order_by(
        Adjustment.accepted.is_not(None), Adjustment.asked_at.desc(), Adjustment.id.desc()
    )
    return [Listed(*row) for row in session.execute(query.offset(offset).limit(limit))]


def count(session: Session, wanted: Wanted, viewer: Viewer) -> int:
    columns = (
        select(func.count(Adjustment.id))
        .select_from(Adjustment)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
    )
    rows: int = session.execute(_narrowed(columns, wanted, viewer)).scalar_one()
    return rows


def one(session: Session, adjustment_id: int, viewer: Viewer) -> Listed | None:
    """Find one adjustment; None where there is none or it may not be read."""
    query = _columns().where(Adjustment.id == adjustment_id, visible(Adjustment, viewer))
    row = session.execute(query).first()
    return Listed(*row) if row else None


def of_line(session: Session, line_id: int) -> Listed | None:
    """Find the adjustment by which a line was written or taken away."""
    removed = (Adjustment.former_id == line_id) & Adjustment.content.is_(None)
    query = _columns().where(
        (Adjustment.log_line_id == line_id) | removed, Adjustment.accepted.is_(True)
    )
    row = session.execute(query).first()
    return Listed(*row) if row else None


def tasks(session: Session, found: Sequence[Listed]) -> Mapping[int, str]:
    """Give the words of the tasks that adjustments ask for."""
    wanted = {each.draft.task_version_id for each in found if each.draft}
    query = select(TaskVersion.id, TaskVersion.text).where(TaskVersion.id.in_(wanted))
    return dict(session.execute(query).tuples().all())


def own_line(session: Session, line_id: int, person_id: int) -> tuple[LogLine, str] | None:
    """Find one current line of the person's own, with its task."""
    query = (
        select(LogLine, TaskVersion.text)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .where(LogLine.id == line_id, LogLine.current, Assignment.person_id == person_id)
    )
    return session.execute(query).tuples().first()


def reciprocal(session: Session) -> Sequence[Pair]:
    """List who decided each other's adjustments within one month, the latest month first."""
    back, first, second = aliased(Adjustment), aliased(Person), aliased(Person)
    query = (
        select(Adjustment.decided_at, back.decided_at, first.name, second.name, first.id, second.id)
        .join(
            back,
            (back.asked_by_id == Adjustment.decided_by_id)
            & (back.decided_by_id == Adjustment.asked_by_id),
        )
        .join(first, first.id == Adjustment.asked_by_id)
        .join(second, second.id == Adjustment.decided_by_id)
        .where(Adjustment.asked_by_id < Adjustment.decided_by_id)
    )
    pairs = {
        Pair(decided_in(one), *names)
        for one, other, *names in session.execute(query)
        if decided_in(one) == decided_in(other)
    }
    return sorted(pairs, key=lambda pair: (pair.month, pair.first_id, pair.second_id), reverse=True)


def _columns() -> Select[Any]:
    decider, former_task = aliased(Person), aliased(TaskVersion)
    return (
        select(
            Adjustment.id,
            Adjustment.assignment_id,
            Adjustment.day,
            Person.id,
            Person.name,
            Unit.name,
            Adjustment.former_id,
            LogLine.minutes,
            former_task.text,
            Adjustment.content,
            Adjustment.reason,
            Adjustment.asked_at,
            Adjustment.accepted,
            Adjustment.answer,
            decider.name,
            Adjustment.decided_at,
            Adjustment.log_line_id,
        )
        .select_from(Adjustment)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .outerjoin(LogLine, LogLine.id == Adjustment.former_id)
        .outerjoin(former_task, former_task.id == LogLine.task_version_id)
        .outerjoin(decider, decider.id == Adjustment.decided_by_id)
    )


def _narrowed(query: Select[Any], wanted: Wanted, viewer: Viewer) -> Select[Any]:
    query = query.where(visible(Adjustment, viewer))
    if wanted.mine:
        query = query.where(Adjustment.asked_by_id == viewer.person_id)
    if wanted.state is not None:
        accepted = {AdjustmentState.ACCEPTED: True, AdjustmentState.REFUSED: False}
        query = query.where(Adjustment.accepted.is_(accepted.get(wanted.state)))
    return query.where(*(Person.name_folded.contains(word) for word in fold(wanted.text).split()))
