"""How a month's minutes fall on its days."""

from datetime import date

import pytest

from catalogue.demonstration.chance import chance
from catalogue.demonstration.days import MonthDays, pad, spread, within_standard_hours
from catalogue.domain.hours import Month


@pytest.fixture
def february(standard_days: list[date]) -> MonthDays:
    return MonthDays.of(Month(2024, 2), standard_days)


def test_the_weekend_within_tet_is_nobodys_working_day(february: MonthDays) -> None:
    assert len(february.standard) == 16
    assert [day.day for day in february.weekend] == [3, 4, 17, 18, 24, 25]


@pytest.mark.parametrize(
    ("minutes", "weekend", "standard"),
    [(300, False, 300), (480, False, 480), (481, False, 466), (600, False, 480), (300, True, 0)],
)
def test_overtime_begins_after_eight_hours_and_lasts_a_quarter_at_least(
    *, minutes: int, weekend: bool, standard: int
) -> None:
    assert within_standard_hours(minutes, weekend=weekend) == standard


def test_a_month_that_its_standard_days_cannot_hold_spills_into_weekends(
    february: MonthDays,
) -> None:
    worked = spread(160 * 60, february, chance("spill"))
    assert sum(minutes for _, minutes in worked) == 160 * 60
    assert set(february.standard) < {day for day, _ in worked}


def test_booked_days_are_worked_whatever_else_is_left_out(february: MonthDays) -> None:
    booked = (date(2024, 2, 24), date(2024, 2, 29))
    worked = spread(30 * 60, february, chance("booked"), booked=booked, count=5)
    assert len(worked) == 5
    assert {day for day, _ in worked} >= set(booked)


@pytest.mark.parametrize(("rest", "lengths"), [(0, {480}), (20, {480, 500}), (300, {480, 300})])
def test_padding_writes_eight_hours_a_day_and_what_is_left_on_one(
    february: MonthDays, rest: int, lengths: set[int]
) -> None:
    worked = pad(12 * 480 + rest, february, chance("pad"))
    assert sum(minutes for _, minutes in worked) == 12 * 480 + rest
    assert {minutes for _, minutes in worked} == lengths
