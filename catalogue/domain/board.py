"""The daily board (bảng công khai): what a unit's members read of each other, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.domain.hours import Month, is_working_day
from catalogue.domain.words import DayKind, TaskKind

# Without a row of the limit, colleagues' days are read for a month.
USUAL_DAYS = 30
QUESTIONS_A_DAY = 10


@dataclass(frozen=True, slots=True)
class Span:
    """The days whose lines may be read one by one, both included: never those of today."""

    first: date
    last: date

    @classmethod
    def before(cls, today: date, days: int | None) -> "Span":
        length = USUAL_DAYS if days is None else days
        return cls(today - timedelta(days=max(length, 1)), today - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def opening(self, calendar: Mapping[date, DayKind]) -> date:
        """Give the last working day among them; the last day of all where there is none."""
        length = (self.last - self.first).days
        days = (self.last - timedelta(days=back) for back in range(length + 1))
        return next((day for day in days if is_working_day(day, calendar)), self.last)

    def months(self) -> list[Month]:
        """List the months with days past reading, which are shown in sums; the latest first."""
        month, found = Month.of(self.last), []
        for _ in range(12):
            if month.first < self.first:
                found.append(month)
            month = month.previous
        return found


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line as the unit reads it: neither its judgement nor its notes."""

    line_id: int
    person_id: int
    person: str
    position: str
    duty_no: str
    task: str
    kind: TaskKind | None
    product: str | None
    quantity: int | None
    minutes: int
    overtime: bool
    backfilled: bool

    @property
    def restricted(self) -> bool:
        """Whether only the task's code and the hours may be read."""
        return self.kind is TaskKind.SECRET

    @property
    def work(self) -> str:
        """What was worked on, in the words that may be read."""
        return f"Nhiệm vụ {self.duty_no}" if self.restricted else self.task
