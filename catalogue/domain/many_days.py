"""What the rules need to know of many people's days, kept by person and day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from catalogue.domain.absences import Away
from catalogue.domain.day_rules import DayFacts, Limits, TaskFacts
from catalogue.domain.hours import Month
from catalogue.domain.task_matching import KnownTask
from catalogue.domain.words import TaskKind

DayKey = tuple[int, date]
Span = tuple[date, date]


class Held(NamedTuple):
    """A position held that day, the description then in force, the unit that it reports under."""

    assignment_id: int
    description_id: int | None
    reporting_unit_id: int | None


class OwnTasks(NamedTuple):
    """The tasks of all positions held on a day, in their order, and what the rules ask of each."""

    known: Sequence[KnownTask]
    facts: Mapping[int, TaskFacts]


class TaskOfDay(NamedTuple):
    """A task with what the rules ask of it."""

    known: KnownTask
    kind: TaskKind | None
    product: str | None


@dataclass(slots=True)
class ManyDays:
    """Facts by person and day; asked for a day that was not read, it knows of nothing there."""

    today: date
    limits: Mapping[date, Limits] = field(default_factory=dict)
    held: Mapping[DayKey, Sequence[Held]] = field(default_factory=dict)
    tasks: Mapping[int, Sequence[TaskOfDay]] = field(default_factory=dict)
    logged: Mapping[DayKey, int] = field(default_factory=dict)
    productless: Mapping[DayKey, Mapping[TaskKind, int]] = field(default_factory=dict)
    closed: Collection[DayKey] = ()
    closed_months: Collection[tuple[int, Month]] = ()
    consents: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    absences: Mapping[int, Sequence[Away]] = field(default_factory=dict)
    keys: Collection[str] = ()
    _own: dict[tuple[Held, ...], OwnTasks] = field(default_factory=dict, init=False)

    def own_tasks(self, person_id: int, day: date) -> OwnTasks:
        """Give the tasks of that day: the same ones on all days on which one holds the same."""
        held = tuple(self.held.get((person_id, day), ()))
        if held not in self._own:
            self._own[held] = self._tasks_of(held)
        return self._own[held]

    def assignment(self, person_id: int, day: date) -> int | None:
        """Give the position held that day, the primary one first; None where there is none."""
        held = self.held.get((person_id, day))
        return held[0].assignment_id if held else None

    def facts(self, person_id: int, day: date, *, waived: bool) -> DayFacts:
        """Put together the facts of one day; `waived` lets it lie as far back as it may."""
        key = person_id, day
        return DayFacts(
            day=day,
            today=self.today,
            tasks=self.own_tasks(person_id, day).facts,
            limits=self.limits.get(day, Limits()),
            logged=self.logged.get(key, 0),
            productless=self.productless.get(key, {}),
            closed=key in self.closed,
            month_closed=any(
                (held.reporting_unit_id, Month.of(day)) in self.closed_months
                for held in self.held.get(key, ())
            ),
            consented=waived
            or any(first <= day <= last for first, last in self.consents.get(person_id, ())),
            absences=self.absences.get(person_id, ()),
        )

    def _tasks_of(self, held: Sequence[Held]) -> OwnTasks:
        tasks = [
            (task, each.assignment_id)
            for each in held
            for task in self.tasks.get(each.description_id or 0, ())
        ]
        facts = {
            task.known.task_version_id: TaskFacts(
                task.known.task_version_id, assignment_id, task.kind, task.product
            )
            for task, assignment_id in reversed(tasks)
        }
        return OwnTasks(tuple(task.known for task, _ in tasks), facts)
