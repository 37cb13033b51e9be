"""The people whom the report singles out of March, and that nobody else stands out."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from catalogue.demonstration.records import Line, Person
from catalogue.domain.hours import Month, MonthlyHours

MARCH = Month(2024, 3)
LOWEST = {
    "TD": ("2.60", "2.60"),
    "DUK": ("2.86", "2.86"),
    **dict.fromkeys(("VPTU", "BHG", "LDLD"), ("3.1", "3.2")),
}
HIGHEST = {
    "LMX-DTN": ("10.19", "10.19"),
    **dict.fromkeys(("VTH-HPN", "BTGTU", "HPN", "TCT", "BHG"), ("8.2", "8.76")),
}

Pick = Callable[[Iterable[Decimal]], Decimal]


@pytest.fixture(scope="module")
def minutes(diary: list[Line]) -> Counter[int]:
    minutes: Counter[int] = Counter()
    for line in diary:
        if line.day >= MARCH.first:
            minutes[line.person] += line.minutes
    return minutes


def mean(minutes: int) -> Decimal:
    hours = MonthlyHours(MARCH, 1, minutes, 21).hours_per_person_day
    assert hours is not None
    return hours


@pytest.mark.parametrize(
    ("pick", "body", "low", "high"),
    [
        *((min, body, *bounds) for body, bounds in LOWEST.items()),
        *((max, body, *bounds) for body, bounds in HIGHEST.items()),
    ],
)
def test_a_body_has_the_extreme_that_the_report_tells_of(
    staff: list[Person], minutes: Counter[int], pick: Pick, body: str, low: str, high: str
) -> None:
    members = [mean(minutes[p.number]) for p in staff if body in (p.unit, p.body)]
    assert Decimal(low) <= pick(members) <= Decimal(high)


def test_everyone_else_lies_between_3_3_and_8_1_hours(minutes: Counter[int]) -> None:
    ranked = sorted(mean(of_person) for of_person in minutes.values())
    others = ranked[len(LOWEST) : -len(HIGHEST)]
    assert Decimal("3.3") <= others[0] <= others[-1] <= Decimal("8.1")


def test_the_one_person_left_at_thi_doan_long_my_works_27_days(
    staff: list[Person], diary: list[Line], minutes: Counter[int]
) -> None:
    (alone,) = (person.number for person in staff if person.body == "LMX-DTN")
    days = {line.day for line in diary if line.person == alone and line.day >= MARCH.first}
    assert len(days) == 27
    assert 12_833 <= minutes[alone] <= 12_845
