"""Work of several days as lists and as one page: whose, on which task, until when, how far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.work_items import GOING_ON, WorkItemMove, WorkItemState, days_late
from catalogue.models import (
    Assignment,
    Establishment,
    LogLine,
    Person,
    TaskVersion,
    Unit,
    WorkItem,
    WorkItemStep,
)
from catalogue.queries.visible import visible


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which work is asked for."""

    state: WorkItemState | None = None
    text: str = ""


class Listed(NamedTuple):
    """One piece of work; `minutes` are the hours of its lines so far."""

    item_id: int
    assignment_id: int
    person_id: int
    person: str
    unit: str
    task_id: int
    task: str
    title: str
    product: str
    quantity: int
    product_unit: str | None
    assigned_by: str | None
    assigned_on: date
    due_on: date
    state: WorkItemState
    handed_in_on: date | None
    handed_quantity: int | None
    result: str | None
    evidence: str | None
    revision: int
    minutes: int

    def days_late(self, today: date) -> int:
        """Count the days past the due day, by the dates alone; what was dropped is never late."""
        if self.state is WorkItemState.DROPPED:
            return 0
        return days_late(self.due_on, self.handed_in_on, today)


class Step(NamedTuple):
    """What was once done with it; the due day that then held."""

    move: WorkItemMove
    person: str
    at: datetime
    due_on: date | None
    note: str


class Line(NamedTuple):
    """One line of hours spent on it."""

    line_id: int
    day: date
    minutes: int
    overtime: bool
    content: str
    verdict: Verdict | None


def of_person(person_id: int) -> ColumnElement[bool]:
    """Limit to one's own work."""
    return Assignment.person_id == person_id


def of_assignments(assignments: Collection[int]) -> ColumnElement[bool]:
    """Limit to the work of the assignments that a person judges."""
    return WorkItem.assignment_id.in_(assignments)


def count(session: Session, viewer: Viewer, whose: ColumnElement[bool], wanted: Wanted) -> int:
    """Count the work of a list."""
    counted = _joined(select(func.count(WorkItem.id)))
    query = counted.where(visible(WorkItem, viewer), whose, *_conditions(wanted))
    return int(session.scalars(query).one())


def listed(
    session: Session,
    viewer: Viewer,
    whose: ColumnElement[bool],
    wanted: Wanted,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Listed]:
    """List work, what still goes on first and by its due day."""
    over = case((WorkItem.state.in_(GOING_ON), 0), else_=1)
    query = (
        _listed()
        .where(visible(WorkItem, viewer), whose, *_conditions(wanted))
        .order_by(over, WorkItem.due_on, WorkItem.id)
        .offset(offset)
        .limit(limit)
    )
    return [Listed(*row) for row in session.execute(query)]


def one(session: Session, viewer: Viewer, item_id: int) -> Listed | None:
    """Find one piece of work; None where it may not be seen."""
    query = _listed().where(WorkItem.id == item_id, visible(WorkItem, viewer))
    row = session.execute(query).first()
    return Listed(*row) if row else None


def steps(session: Session, item_id: int) -> Sequence[Step]:
    """List what was done with it, in its order."""
    query = (
        select(
            WorkItemStep.move,
            Person.name,
            WorkItemStep.at,
            WorkItemStep.due_on,
            WorkItemStep.note,
        )
        .join(Person, Person.id == WorkItemStep.person_id)
        .where(WorkItemStep.work_item_id == item_id)
        .order_by(WorkItemStep.id)
    )
    return [Step(*row) for row in session.execute(query)]


def lines(session: Session, item_id: int) -> Sequence[Line]:
    """List the hours spent on it, day by day."""
    query = (
        select(
            LogLine.id,
            LogLine.day,
            LogLine.minutes,
            LogLine.overtime,
            LogLine.content,
            LogLine.verdict,
        )
        .where(LogLine.work_item_id == item_id, LogLine.current)
        .order_by(LogLine.day, LogLine.id)
    )
    return [Line(*row) for row in session.execute(query)]


def _listed() -> Select[Any]:
    newest_wording = (
        select(TaskVersion.text)
        .where(TaskVersion.task_id == WorkItem.task_id)
        .order_by(TaskVersion.id.desc())
        .limit(1)
    )
    spent = select(func.coalesce(func.sum(LogLine.minutes), 0)).where(
        LogLine.work_item_id == WorkItem.id, LogLine.current
    )
    head = aliased(Person)
    columns = select(
        WorkItem.id,
        WorkItem.assignment_id,
        Person.id,
        Person.name,
        Unit.name,
        WorkItem.task_id,
        newest_wording.scalar_subquery(),
        WorkItem.title,
        WorkItem.product,
        WorkItem.quantity,
        WorkItem.product_unit,
        head.name,
        WorkItem.assigned_on,
        WorkItem.due_on,
        WorkItem.state,
        WorkItem.handed_in_on,
        WorkItem.handed_quantity,
        WorkItem.result,
        WorkItem.evidence,
        WorkItem.revision,
        spent.scalar_subquery(),
    )
    return _joined(columns).outerjoin(head, head.id == WorkItem.assigned_by_id)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(WorkItem)
        .join(Assignment, Assignment.id == WorkItem.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        found.append(WorkItem.state == wanted.state)
    found += [
        Person.name_folded.contains(word, autoescape=True) for word in fold(wanted.text).split()
    ]
    return found
