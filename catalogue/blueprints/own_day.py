"""One day of a person's, read for its pages: what it holds, what it allows, what may be logged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind, Away, excess
from catalogue.domain.day_rules import Limits
from catalogue.domain.studying import pages_missing, pages_overrun
from catalogue.domain.words import WorkPlace
from catalogue.queries import beside_lines, diary, tasks
from catalogue.queries.beside_lines import WaitingHours
from catalogue.queries.diary import DayLine, OpenWork
from catalogue.queries.own_days import OwnDays
from catalogue.queries.tasks import OwnTask


@dataclass(frozen=True)
class Day:
    """One day of a person's as its page shows it; what each of its lines asks is told once."""

    on: date
    today: date
    own: OwnDays
    limits: Limits
    lines: Sequence[DayLine]
    waiting: Sequence[WaitingHours]
    work: Sequence[OpenWork]
    tasks: Sequence[OwnTask]

    @cached_property
    def known(self) -> bool:
        """Whether there is a calendar that tells of the day."""
        return self.own.known(self.on)

    @cached_property
    def away(self) -> Away | None:
        return self.own.away(self.on)

    @property
    def holiday(self) -> bool:
        return self.own.holiday(self.on)

    @cached_property
    def standard(self) -> int:
        return self.own.standard([self.on])

    @cached_property
    def in_standard_hours(self) -> int:
        return sum(line.minutes for line in self.lines if not line.overtime)

    @property
    def excess(self) -> int:
        """Minutes in standard hours well beyond those that the day has."""
        return excess(self.in_standard_hours, self.standard) if self.known else 0

    @property
    def overtime(self) -> int:
        return sum(line.minutes for line in self.lines if line.overtime)

    @property
    def pending(self) -> int:
        return sum(each.minutes for each in self.waiting)

    @property
    def is_closed(self) -> bool:
        return self.on in self.own.closed

    @property
    def is_blank(self) -> bool:
        """Whether the day has hours of its own and nothing tells of them yet."""
        told = self.lines or self.waiting or self.away
        return bool(self.standard) and not told

    @cached_property
    def month_closed(self) -> bool:
        return self.own.month_closed(self.on)

    @property
    def too_late(self) -> bool:
        allowed = self.limits.backfill_days
        late = allowed is not None and (self.today - self.on).days > allowed
        return late and not self.own.consented(self.on)

    @cached_property
    def is_open(self) -> bool:
        """Whether lines may be written, corrected and taken away."""
        return self.is_mendable and not self.too_late

    @cached_property
    def is_mendable(self) -> bool:
        """Whether what the head sent back may be corrected: no window keeps that out."""
        return self.on <= self.today and not (self.is_closed or self.month_closed)

    def may_correct(self, line: DayLine) -> bool:
        """Tell whether a line of the day may be corrected by who wrote it."""
        return not line.settled and (self.is_open or (self.is_mendable and line.sent_back))

    @cached_property
    def task_of(self) -> dict[str, OwnTask]:
        return {str(task.task_version_id): task for task in reversed(self.tasks)}

    @property
    def versions(self) -> dict[int, int]:
        """Give each task's wording of this day by the task's identity."""
        return {task.task_id: task.task_version_id for task in reversed(self.tasks)}

    def lines_on(self, task_id: int) -> list[DayLine]:
        return [line for line in self.lines if line.task_id == task_id]

    def told(self) -> Iterator[tuple[DayLine, bool, int | None, bool]]:
        """Give each line: whether it lacks pages, minutes over their norm, if it can be mended."""
        for line in self.lines:
            lacking = pages_missing(line.kind, line.pages, self.limits)
            over = pages_overrun(line.minutes, line.pages, self.limits) if line.pages else None
            yield line, lacking, over, self.may_correct(line)

    def new_line(self) -> dict[str, str]:
        """Give what a new line begins with: where the day is spent, and whether it is owed."""
        on_mission = self.away is not None and self.away.kind is AbsenceKind.MISSION
        return {
            "overtime": "" if self.standard else "y",
            "place": WorkPlace.MISSION if on_mission else "",
        }


def read(
    session: Session, person_id: int, day: date, *, today: date, work_item_id: int | None = None
) -> Day:
    """Read a day with three statements, whatever it holds; one work item counts even if closed."""
    beside = beside_lines.between(session, person_id, day, day, today=today, also=work_item_id)
    return Day(
        on=day,
        today=today,
        own=beside.own,
        limits=beside.limits,
        lines=diary.lines(session, person_id, day, day),
        waiting=beside.waiting,
        work=beside.work,
        tasks=tasks.own_tasks(session, person_id, day),
    )


def read_week(session: Session, person_id: int, monday: date, *, today: date) -> list[Day]:
    """Read the seven days from a Monday on with three statements, whatever they hold."""
    sunday = monday + timedelta(days=6)
    lines = diary.lines(session, person_id, monday, sunday)
    beside = beside_lines.between(session, person_id, monday, sunday, today=today)
    return [
        Day(
            on=day,
            today=today,
            own=beside.own,
            limits=beside.limits,
            lines=[line for line in lines if line.day == day],
            waiting=[each for each in beside.waiting if each.day == day],
            work=(),
            tasks=of_day,
        )
        for day, of_day in tasks.of_week(session, person_id, monday).items()
    ]


def saved_with(days: Sequence[Day], line_id: str) -> Sequence[DayLine]:
    """List what the save of a line wrote; nothing where a part of it may be undone no more."""
    lines = [(day, line) for day in days for line in day.lines]
    moment = {line.written_at for _, line in lines if str(line.line_id) == line_id}
    saved = [(day, line) for day, line in lines if line.written_at in moment]
    may_go = all(day.is_open and not line.settled for day, line in saved)
    return [line for _, line in saved] if may_go else []
