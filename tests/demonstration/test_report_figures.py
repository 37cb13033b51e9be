"""The means of the report's section II, found by someone who only sums the lines."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest

from catalogue.demonstration.records import Line, Person
from catalogue.domain.hours import Month, MonthlyHours

JANUARY, FEBRUARY, MARCH = Month(2024, 1), Month(2024, 2), Month(2024, 3)
WORKING_DAYS = {JANUARY: 22, FEBRUARY: 16, MARCH: 21}
NAMED = {
    JANUARY: {
        "LDLD": "8.00",
        "CTA": "7.72",
        "NB": "7.68",
        "CT": "7.68",
        "UBKTTU": "6.09",
        "HND": "6.33",
        "DUK": "6.33",
    },
    FEBRUARY: {"TCT": "8.65", "LDLD": "8.00", "VPTU": "4.92", "UBKTTU": "5.16", "BTCTU": "5.50"},
    MARCH: {
        "VTH": "7.00",
        "UBKTTU": "5.06",
        "HND": "5.10",
        "DUK": "5.10",
        "BDVTU": "5.10",
        "BTCTU": "5.20",
        "VPTU": "5.42",
    },
}
HIGH_IN_MARCH = {"VTP", "NB", "PH", "CT", "CTA", "TCT"}
LOW_IN_MARCH = {"UBKTTU", "HND", "DUK", "BDVTU", "BTCTU", "VPTU"}
UNNAMED_BETWEEN = {
    JANUARY: ("6.34", "7.67"),
    FEBRUARY: ("5.51", "7.99"),
    MARCH: ("5.43", "6.49"),
}
UnitMonths = Mapping[tuple[str, Month], MonthlyHours]


@pytest.fixture(scope="module")
def months(staff: list[Person], diary: list[Line]) -> dict[Month, MonthlyHours]:
    minutes: Counter[Month] = Counter()
    for line in diary:
        minutes[Month.of(line.day)] += line.minutes
    return {
        month: MonthlyHours(month, len(staff), minutes[month], days)
        for month, days in WORKING_DAYS.items()
    }


@pytest.fixture(scope="module")
def unit_months(staff: list[Person], diary: list[Line]) -> UnitMonths:
    unit = {person.number: person.unit for person in staff}
    size = Counter(unit.values())
    minutes: Counter[tuple[str, Month]] = Counter()
    for line in diary:
        minutes[unit[line.person], Month.of(line.day)] += line.minutes
    return {
        (code, month): MonthlyHours(month, size[code], minutes[code, month], WORKING_DAYS[month])
        for code in size
        for month in WORKING_DAYS
    }


def a_day(hours: MonthlyHours) -> Decimal:
    ratio = hours.hours_per_person_day
    assert ratio is not None
    return ratio


@pytest.mark.parametrize(
    ("month", "per_person", "per_day"),
    [(JANUARY, "157.98", "7.18"), (FEBRUARY, "116.08", "7.26"), (MARCH, "130.71", "6.22")],
)
def test_the_means_of_all_736_people_are_the_reports(
    months: dict[Month, MonthlyHours], month: Month, per_person: str, per_day: str
) -> None:
    hours = months[month]
    assert (hours.people, hours.hours_per_person, a_day(hours)) == (
        736,
        Decimal(per_person),
        Decimal(per_day),
    )


@pytest.mark.parametrize(
    ("month", "unit", "mean"),
    [(month, unit, mean) for month, means in NAMED.items() for unit, mean in means.items()],
    ids=str,
)
def test_a_named_unit_has_the_mean_that_the_report_prints(
    unit_months: UnitMonths, month: Month, unit: str, mean: str
) -> None:
    assert a_day(unit_months[unit, month]) == Decimal(mean)


def test_the_six_high_units_of_march_lie_between_6_5_and_6_8(unit_months: UnitMonths) -> None:
    means = {a_day(unit_months[unit, MARCH]) for unit in HIGH_IN_MARCH}
    assert Decimal("6.5") <= min(means) <= max(means) <= Decimal("6.8")


@pytest.mark.parametrize("month", WORKING_DAYS, ids=str)
def test_no_unnamed_unit_outdoes_a_named_one(unit_months: UnitMonths, month: Month) -> None:
    named = NAMED[month].keys() | (HIGH_IN_MARCH if month == MARCH else set())
    unnamed = {
        a_day(hours)
        for (unit, of_month), hours in unit_months.items()
        if of_month == month and unit not in named
    }
    low, high = map(Decimal, UNNAMED_BETWEEN[month])
    assert low <= min(unnamed) <= max(unnamed) <= high


def test_the_low_units_of_march_are_few_and_the_high_ones_many(unit_months: UnitMonths) -> None:
    high = [unit_months[unit, MARCH] for unit in (*HIGH_IN_MARCH, "VTH")]
    people = sum(hours.people for hours in high)
    mean = a_day(MonthlyHours(MARCH, people, sum(hours.minutes for hours in high), 21))
    assert sum(unit_months[unit, MARCH].people for unit in LOW_IN_MARCH) <= 180
    assert people >= 300
    assert Decimal("6.6") <= mean <= Decimal("6.7")
