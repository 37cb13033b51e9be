"""Hours that have no task yet, as lists: one's own, those that one decides on, those proposed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from catalogue.domain.pending import PendingKind, PendingMove, PendingState
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import WorkPlace
from catalogue.models import (
    Assignment,
    Establishment,
    LogLine,
    PendingLine,
    PendingStep,
    Person,
    PositionVersion,
    Unit,
)
from catalogue.queries.in_force import stands
from catalogue.queries.visible import visible


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hours are asked for; without a state all but what its writer took back."""

    state: PendingState | None = None
    kind: PendingKind | None = None
    text: str = ""


class Listed(NamedTuple):
    """One person's hours without a task; `steps` counts what was decided of them so far."""

    pending_id: int
    assignment_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    position_id: int
    position: str | None
    day: date
    kind: PendingKind
    state: PendingState
    content: str
    product: str | None
    quantity: int | None
    minutes: int
    overtime: bool
    place: WorkPlace | None
    evidence: str | None
    note: str | None
    assigned_by: str | None
    origin: str | None
    backfilled: bool
    written_at: datetime
    line_id: int | None
    steps: int
    reason: str | None


class Step(NamedTuple):
    """What was once decided, by whom and why."""

    move: PendingMove
    person: str
    at: datetime
    note: str


def of_person(person_id: int) -> ColumnElement[bool]:
    """Limit to one's own hours."""
    return Assignment.person_id == person_id


def of_assignments(assignments: Collection[int]) -> ColumnElement[bool]:
    """Limit to the hours of the assignments whose work a person judges."""
    return PendingLine.assignment_id.in_(assignments)


def proposed_in(units: Collection[int] | None) -> ColumnElement[bool]:
    """Limit to what heads of some units proposed for descriptions; None stands for all units."""
    proposed = PendingLine.state == PendingState.PROPOSED
    return proposed if units is None else and_(proposed, Unit.id.in_(units))


def count(session: Session, viewer: Viewer, whose: ColumnElement[bool], wanted: Wanted) -> int:
    """Count the hours of a list."""
    counted = _joined(select(func.count(PendingLine.id)))
    query = counted.where(visible(PendingLine, viewer), whose, *_conditions(wanted))
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
    """List hours, the latest day first."""
    query = (
        _listed()
        .where(visible(PendingLine, viewer), whose, *_conditions(wanted))
        .order_by(PendingLine.day.desc(), Person.sort_key, PendingLine.id)
        .offset(offset)
        .limit(limit)
    )
    return [Listed(*row) for row in session.execute(query)]


def by_position(
    session: Session,
    viewer: Viewer,
    whose: ColumnElement[bool],
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Listed]:
    """List hours, those of one position of one unit together."""
    query = (
        _listed()
        .where(visible(PendingLine, viewer), whose)
        .order_by(Unit.rank, Unit.id, PositionVersion.name, Establishment.position_id)
        .order_by(PendingLine.day, PendingLine.id)
        .offset(offset)
        .limit(limit)
    )
    return [Listed(*row) for row in session.execute(query)]


def one(
    session: Session, viewer: Viewer, pending_id: int, whose: ColumnElement[bool]
) -> Listed | None:
    """Find one person's hours; None where they are not of the list."""
    query = _listed().where(PendingLine.id == pending_id, visible(PendingLine, viewer), whose)
    row = session.execute(query).first()
    return Listed(*row) if row else None


def steps(session: Session, pending_id: int) -> Sequence[Step]:
    """List what was decided of some hours, in its order."""
    query = (
        select(PendingStep.move, Person.name, PendingStep.at, PendingStep.note)
        .join(Person, Person.id == PendingStep.person_id)
        .where(PendingStep.pending_line_id == pending_id)
        .order_by(PendingStep.id)
    )
    return [Step(*row) for row in session.execute(query)]


_TOLD = (
    PendingLine.id,
    PendingLine.assignment_id,
    Person.id,
    Person.name,
    Unit.id,
    Unit.name,
    Establishment.position_id,
    PositionVersion.name,
    PendingLine.day,
    PendingLine.kind,
    PendingLine.state,
    PendingLine.content,
    PendingLine.product,
    PendingLine.quantity,
    PendingLine.minutes,
    PendingLine.overtime,
    PendingLine.place,
    PendingLine.evidence,
    PendingLine.note,
    PendingLine.assigned_by,
    PendingLine.origin,
    PendingLine.backfilled,
    PendingLine.written_at,
)


def _listed() -> Select[Any]:
    said = (
        select(PendingStep.note)
        .where(PendingStep.pending_line_id == PendingLine.id)
        .order_by(PendingStep.id.desc())
        .limit(1)
    )
    counted = select(func.count(PendingStep.id)).where(
        PendingStep.pending_line_id == PendingLine.id
    )
    # A line that superseded the mapped one no longer names these hours.
    mapped = select(LogLine.id).where(LogLine.pending_id == PendingLine.id)
    columns = select(
        *_TOLD,
        mapped.scalar_subquery(),
        counted.scalar_subquery(),
        said.scalar_subquery(),
    )
    return _joined(columns)


def _joined(query: Select[Any]) -> Select[Any]:
    named = and_(
        PositionVersion.position_id == Establishment.position_id,
        stands(PositionVersion.state),
        PositionVersion.holds_on(PendingLine.day),
    )
    return (
        query.select_from(PendingLine)
        .join(Assignment, Assignment.id == PendingLine.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .outerjoin(PositionVersion, named)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        PendingLine.state != PendingState.REMOVED
        if wanted.state is None
        else PendingLine.state == wanted.state
    ]
    if wanted.kind is not None:
        found.append(PendingLine.kind == wanted.kind)
    found += [
        Person.name_folded.contains(word, autoescape=True) for word in fold(wanted.text).split()
    ]
    return found
