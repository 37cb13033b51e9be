"""Milestones with their extensions, as one reader sees them on one day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Executable, Select, lambda_stmt, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import Countdown, Extended, due_day
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.roles import Permission, Viewer
from catalogue.models import Extension, Milestone, Person, Unit
from catalogue.queries import progress


@dataclass(frozen=True, slots=True)
class Deadline:
    """One milestone with what was granted of it; `revised_at` is when it last changed."""

    milestone_id: int
    name: str
    subject: MilestoneSubject
    first_due_on: date
    basis: str
    added_at: datetime
    revised_at: datetime
    extensions: dict[int, Extended]

    def due_for(self, unit_id: int | None) -> date:
        return due_day(self.first_due_on, self.extensions.values(), unit_id)

    def due_among(self, units: Iterable[int] | None) -> date:
        """Give the first day that holds for any of the units; None asks for everybody's."""
        return min((self.due_for(unit_id) for unit_id in units or ()), default=self.due_for(None))

    def countdown(self, due_on: date, today: date) -> Countdown:
        return Countdown(self.milestone_id, self.name, self.subject, due_on, today)


class _Row(NamedTuple):
    """One unit that one extension covers; no number where there is no extension."""

    number: int | None
    due_on: date | None
    granted_at: datetime | None
    unit_id: int | None


class Granted(NamedTuple):
    """One extension as the record shows it."""

    number: int
    unit: str | None
    due_on: date
    reason: str
    granted_by: str
    granted_at: datetime


def deadlines(session: Session) -> list[Deadline]:
    """List the milestones by their day, with their extensions: one statement."""
    return _gathered(session, _DEADLINES)


def deadline(session: Session, milestone_id: int) -> Deadline | None:
    found = _gathered(session, _EVERY.where(Milestone.id == milestone_id))
    return found[0] if found else None


def countdowns(
    session: Session, viewer: Viewer, subjects: Sequence[MilestoneSubject] = tuple(MilestoneSubject)
) -> list[Countdown]:
    """Count down to the milestones that are ahead, and to those that are past and not met."""
    units = viewer.units(Permission.READ_MILESTONE)
    counted = [
        each.countdown(each.due_among(units), viewer.on)
        for each in deadlines(session)
        if each.subject in subjects
    ]
    return [
        each
        for each in counted
        if not each.late or progress.anything_left(session, each.subject, units, viewer.on)
    ]


def record(session: Session, milestone_id: int) -> Sequence[Granted]:
    """List every extension ever granted, with who granted it and why."""
    query = (
        select(
            Extension.number,
            Unit.name,
            Extension.due_on,
            Extension.reason,
            Person.name,
            Extension.granted_at,
        )
        .outerjoin(Unit, Unit.id == Extension.unit_id)
        .join(Person, Person.id == Extension.granted_by_id)
        .where(Extension.milestone_id == milestone_id)
        .order_by(Extension.number)
    )
    return [Granted(*row) for row in session.execute(query)]


def _deadlines() -> Select[Any]:
    """Select each milestone beside each unit that each of its extensions covers."""
    covered = or_(Unit.id == Extension.unit_id, Unit.reporting_unit_id == Extension.unit_id)
    return (
        select(
            Milestone.id,
            Milestone.name,
            Milestone.subject,
            Milestone.due_on,
            Milestone.basis,
            Milestone.added_at,
            Extension.number,
            Extension.due_on,
            Extension.granted_at,
            Unit.id,
        )
        .outerjoin(Extension, Extension.milestone_id == Milestone.id)
        .outerjoin(Unit, covered)
        .order_by(Milestone.due_on, Milestone.id, Extension.number)
    )


# Put together once: that costs more than running it.
_EVERY = _deadlines()
_DEADLINES = lambda_stmt(lambda: _EVERY, enable_tracking=False)


def _gathered(session: Session, query: Executable) -> list[Deadline]:
    milestones: dict[tuple[Any, ...], list[_Row]] = defaultdict(list)
    # Through the connection: for rows alone the session's own way costs as much again.
    for *facts, number, due_on, granted_at, unit_id in session.connection().execute(query).all():
        milestones[tuple(facts)].append(_Row(number, due_on, granted_at, unit_id))
    return [_deadline(facts, rows) for facts, rows in milestones.items()]


def _deadline(facts: tuple[Any, ...], rows: Sequence[_Row]) -> Deadline:
    milestone_id, name, subject, first_due_on, basis, added_at = facts
    return Deadline(
        milestone_id,
        name,
        subject,
        first_due_on,
        basis,
        added_at,
        revised_at=max((added_at, *(row.granted_at for row in rows if row.granted_at))),
        extensions=_extensions(rows),
    )


def _extensions(rows: Sequence[_Row]) -> dict[int, Extended]:
    """Gather by number; an extension that names no unit covers them all."""
    covered: dict[tuple[int, date], set[int]] = defaultdict(set)
    for number, due_on, _, unit_id in rows:
        if number is not None and due_on is not None:
            covered[number, due_on].update(() if unit_id is None else (unit_id,))
    return {
        number: Extended(due_on, frozenset(units) or None)
        for (number, due_on), units in covered.items()
    }
