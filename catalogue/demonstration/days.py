"""Spreading a person's month over its days, with the leave, gaps and weekends of real diaries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from catalogue.demonstration.apportioning import apportion
from catalogue.domain.hours import STANDARD_HOURS_PER_DAY, Month

STANDARD_MINUTES = STANDARD_HOURS_PER_DAY * 60
# Beyond this mean a person gives up absences first, then weekends.
_LONG_DAY = 500
# Overtime shorter than a quarter of an hour is not worth a line of its own.
_SHORTEST_OVERTIME = 15
_SHORTEST_PADDED_DAY = 30
_FRIDAY, _SATURDAY = 4, 5

Worked: TypeAlias = list[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class MonthDays:
    """A month's standard days, and the Saturdays and Sundays on which someone may come in."""

    standard: tuple[date, ...]
    weekend: tuple[date, ...]

    @classmethod
    def of(cls, month: Month, standard_days: Collection[date]) -> "MonthDays":
        """Leave out a weekend whose Friday is off: Tết is kept."""
        return cls(
            tuple(sorted(day for day in standard_days if Month.of(day) == month)),
            tuple(
                day
                for day in month.days()
                if day.weekday() >= _SATURDAY
                and day - timedelta(days=day.weekday() - _FRIDAY) in standard_days
            ),
        )

    def __contains__(self, day: date) -> bool:
        return day in self.standard or day in self.weekend


def within_standard_hours(minutes: int, *, weekend: bool) -> int:
    """Tell how much of a day counts as standard hours; the rest is overtime."""
    if weekend:
        return 0
    if minutes <= STANDARD_MINUTES:
        return minutes
    return min(STANDARD_MINUTES, minutes - _SHORTEST_OVERTIME)


def spread(
    minutes: int,
    month: MonthDays,
    drawn: Random,
    *,
    booked: Collection[date] = (),
    count: int | None = None,
) -> Worked:
    """Share the minutes among the booked days and those without an absence, or among `count`.

    Minutes that make these days too long are worked off on the absences, then on weekends.
    """
    absences = _absences(month.standard, drawn)
    present = [day for day in month.standard if day not in absences]
    come_in = drawn.sample(month.weekend, len(month.weekend))
    first = dict.fromkeys((*booked, *present))
    in_order = list(dict.fromkeys((*first, *month.standard, *come_in)))
    needed = max(len(first), -(-minutes // _LONG_DAY))
    worked = sorted(in_order[: count or needed])
    weights = [drawn.randint(75, 125) for _ in worked]
    return list(zip(worked, apportion(minutes, weights), strict=True))


def pad(minutes: int, month: MonthDays, drawn: Random) -> Worked:
    """Write down exactly the standard hours, day after day, as the report complains."""
    full, rest = divmod(minutes, STANDARD_MINUTES)
    lengths = [STANDARD_MINUTES] * full
    if rest >= _SHORTEST_PADDED_DAY:
        lengths.append(rest)
    else:
        lengths[-1] += rest
    worked = sorted(drawn.sample(month.standard, len(lengths)))
    return list(zip(worked, lengths, strict=True))


def can_pad(minutes: int, month: MonthDays) -> bool:
    """Tell whether the month is full enough to be padded without a gap that shows."""
    standard = STANDARD_MINUTES * len(month.standard)
    return standard * 8 <= minutes * 10 and minutes <= standard


def _absences(standard: Sequence[date], drawn: Random) -> set[date]:
    """Draw a leave, half the time one that lengthens the longest break, and forgotten days."""
    leave = drawn.choice((0, 0, 0, 1, 2))
    if drawn.random() < 1 / 2:
        start = max(range(1, len(standard)), key=lambda n: standard[n] - standard[n - 1])
    else:
        start = drawn.randrange(len(standard))
    forgotten = drawn.sample(standard, drawn.choice((0, 0, 1, 1, 2)))
    return {*standard[start : start + leave], *forgotten}
