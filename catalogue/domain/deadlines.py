"""Deadlines: by which day, how many days are left, and what is left to be done on each day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from catalogue.domain.reviewing import MilestoneSubject

REMINDER_DAYS = (5, 2, 1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Extended:
    """A later day, for the units that it covers; None covers every unit."""

    due_on: date
    units: frozenset[int] | None


def due_day(first: date, extensions: Iterable[Extended], unit_id: int | None) -> date:
    """Give the day that holds for a unit, or for everybody; an extension never shortens one."""
    granted = (each.due_on for each in extensions if each.units is None or unit_id in each.units)
    return max((first, *granted))


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone as a person asks for it, before any rule has looked at it."""

    name: str
    subject: MilestoneSubject
    due_on: date
    basis: str


@dataclass(frozen=True, slots=True)
class ExtensionDraft:
    """A later day as a person asks for it; no unit stands for every unit.

    `seen` is the number of the last extension that the person knew of, 0 for none.
    """

    unit_id: int | None
    due_on: date
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class Countdown:
    """One milestone as it stands on one day for one reader."""

    milestone_id: int
    name: str
    subject: MilestoneSubject
    due_on: date
    today: date

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def late(self) -> bool:
        return self.days_left < 0

    @property
    def reminder(self) -> int | None:
        """Give which reminder is due: the last whose day has come, until the deadline itself."""
        reached = [days for days in REMINDER_DAYS if days >= self.days_left]
        return min(reached) if reached and not self.late else None

    @property
    def words(self) -> str:
        if self.late:
            return f"Quá hạn {-self.days_left} ngày ({self.due_on:%d/%m/%Y})"
        if self.days_left == 0:
            return f"Hôm nay là hạn cuối ({self.due_on:%d/%m/%Y})"
        return f"Còn {self.days_left} ngày đến {self.due_on:%d/%m/%Y}"

    @property
    def sentence(self) -> str:
        return f"{self.words}: {self.name}"


class Batch(NamedTuple):
    """Positions of one unit, wanted between two days and finished on one, if at all."""

    unit_id: int
    opened: date
    closed: date | None
    finished: date | None
    positions: frozenset[int]

    def wanted(self, day: date) -> bool:
        return self.opened <= day and (self.closed is None or day <= self.closed)

    def left(self, day: date) -> bool:
        return self.wanted(day) and (self.finished is None or day < self.finished)


def total(batches: Iterable[Batch], day: date) -> int:
    """Count the positions wanted on a day, each once however many units share its list."""
    return len(set().union(*(batch.positions for batch in batches if batch.wanted(day))))


def remaining(batches: Iterable[Batch], day: date) -> int:
    """Count the positions with something left on a day, in one unit or in several."""
    return len(set().union(*(batch.positions for batch in batches if batch.left(day))))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a unit, or the whole province, is on one day."""

    total: int
    remaining: int
    countdown: Countdown

    @property
    def late(self) -> bool:
        return self.remaining > 0 and self.countdown.late

    @property
    def state(self) -> str:
        """Say it in words; nothing here is told by colour alone."""
        return self.countdown.words if self.remaining or not self.total else "Đã xong"


class UnitStanding(NamedTuple):
    """How far one unit is on one day."""

    unit_id: int
    unit: str
    standing: Standing


class Point(NamedTuple):
    """One day of a burn-down: what was left, None for days to come, and what the line asks."""

    day: date
    remaining: int | None
    ideal: int


def burn_down(batches: Sequence[Batch], due_on: date, today: date) -> list[Point]:
    """List the days that matter: the first, each with a change, one a week, today, the last."""
    if not batches:
        return []
    first = min(batch.opened for batch in batches)
    last = max(due_on, today)
    start = remaining(batches, first)
    return [
        Point(
            day,
            remaining(batches, day) if day <= today else None,
            ideal(start, first, due_on, day),
        )
        for day in sorted(_days(batches, first, last) | {today, due_on})
        if first <= day <= last
    ]


def ideal(start: int, first: date, due_on: date, day: date) -> int:
    """Give what an even pace would leave: all on the first day, nothing from the due day on."""
    span, left = (due_on - first).days, (due_on - day).days
    if span <= 0 or left <= 0:
        return 0
    return (2 * start * left + span) // (2 * span)  # rounded half up


def _days(batches: Iterable[Batch], first: date, last: date) -> set[date]:
    weeks = {first + _WEEK * n for n in range((last - first).days // 7 + 1)}
    changes = {day for batch in batches for day in (batch.opened, batch.finished) if day}
    after = {batch.closed + timedelta(days=1) for batch in batches if batch.closed}
    return weeks | changes | after
