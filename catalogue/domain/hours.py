"""Arithmetic on hours: whole minutes in, decimals rounded half up once, at the end."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, total_ordering
from typing import NamedTuple

from catalogue.domain.errors import CatalogueError
from catalogue.domain.words import DayKind

MINUTES_PER_DAY = 24 * 60
STANDARD_HOURS_PER_DAY = 8
_CENT = Decimal("0.01")
_SATURDAY = 5
_MONTH = re.compile(r"20[0-9]{2}-[0-9]{2}")


class NoCalendar(CatalogueError):
    """The calendar holds nothing for the year, so its standard hours are not known."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2024-03`; raises ValueError for anything else, years outside 2000–2099 included."""
        if not _MONTH.fullmatch(text):
            raise ValueError(text)
        return cls.of(date.fromisoformat(f"{text}-01"))

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        return f"tháng {self.number:02d}/{self.year}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    def days(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def months_between(first: Month, last: Month) -> list[Month]:
    """List the months from the first to the last, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = first.next
    return months


def is_working_day(day: date, calendar: Mapping[date, DayKind]) -> bool:
    kind = calendar.get(day)
    if kind is None:
        return day.weekday() < _SATURDAY
    return kind is DayKind.MADE_UP


def working_days(month: Month, calendar: Mapping[date, DayKind]) -> int:
    """Count the month's standard days.

    Raises NoCalendar for a year of which the calendar holds no day: a year without its holidays
    would silently count too many.
    """
    if not any(day.year == month.year for day in calendar):
        message = f"Chưa có lịch làm việc năm {month.year}. Hãy nhập lịch nghỉ của năm này trước."
        raise NoCalendar(message)
    return sum(is_working_day(day, calendar) for day in month.days())


def rounded(ratio: Decimal) -> Decimal:
    return ratio.quantize(_CENT, rounding=ROUND_HALF_UP)


# The same people's months are asked for again and again, and decimals are slow to divide.
@lru_cache(maxsize=50_000)
def quotient(minutes: int, divisor: int) -> Decimal | None:
    """Divide, two decimals; None where there is nothing to divide by."""
    return rounded(Decimal(minutes) / divisor) if divisor else None


class MonthlyHours(NamedTuple):
    """What a group of people logged in one month, in whole minutes, against its standard days."""

    month: Month
    people: int
    minutes: int
    working_days: int
    product_minutes: int = 0
    logged_people: int = 0

    @property
    def hours_per_person(self) -> Decimal | None:
        """Hours a person, two decimals; None where nobody belongs to the group."""
        return quotient(self.minutes, 60 * self.people)

    @property
    def hours_per_person_day(self) -> Decimal | None:
        """Hours a person and standard day, two decimals."""
        return quotient(self.minutes, 60 * self.people * self.working_days)

    @property
    def share_of_standard(self) -> Decimal | None:
        """Percentage of the standard hours, two decimals."""
        standard = 60 * STANDARD_HOURS_PER_DAY * self.people * self.working_days
        return quotient(self.minutes * 100, standard)

    @property
    def share_with_product(self) -> Decimal | None:
        """Percentage of the hours that left a product, two decimals."""
        return quotient(self.product_minutes * 100, self.minutes)

    def share_of(self, standard: int) -> Decimal | None:
        """Percentage of some standard minutes, two decimals; None where none are owed."""
        return share_of(self.minutes, standard)


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One reporting unit's month."""

    unit_id: int
    unit: str
    hours: MonthlyHours


def combined(parts: Sequence[MonthlyHours]) -> MonthlyHours | None:
    """Add up groups of the same month; None where there are none."""
    if not parts:
        return None
    return MonthlyHours(
        parts[0].month,
        people=sum(part.people for part in parts),
        minutes=sum(part.minutes for part in parts),
        working_days=parts[0].working_days,
        product_minutes=sum(part.product_minutes for part in parts),
        logged_people=sum(part.logged_people for part in parts),
    )


def share_of(minutes: int, standard: int) -> Decimal | None:
    """Give the percentage of standard minutes, two decimals; None where none are owed."""
    return quotient(minutes * 100, standard)


def vietnamese_decimal(value: Decimal | None) -> str:
    """Print a figure as a page does, with a comma; a dash where there is none."""
    return "–" if value is None else str(value).replace(".", ",")


def clock(minutes: int) -> str:
    """Print minutes as `7:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"
