"""One's own standard hours: working days in office, less leave."""

from datetime import date

import pytest

from catalogue.domain.absences import AbsenceKind, Away, days_between, excess, standard_minutes
from catalogue.domain.words import DayKind

WEEK = days_between(date(2024, 4, 15), date(2024, 4, 21))
HOLIDAY = {date(2024, 4, 18): DayKind.HOLIDAY, date(2024, 4, 20): DayKind.MADE_UP}
ALWAYS = [(date(2020, 1, 1), None)]


def hours(*absences: Away, employed: list[tuple[date, date | None]] | None = None) -> int:
    return standard_minutes(WEEK, HOLIDAY, employed or ALWAYS, absences) // 60


def test_a_week_with_a_holiday_and_a_worked_saturday_has_forty_hours() -> None:
    assert hours() == 40


def test_leave_lowers_the_standard_and_a_mission_does_not() -> None:
    day = date(2024, 4, 16)
    assert hours(Away(day, day, AbsenceKind.LEAVE)) == 32
    assert hours(Away(day, day, AbsenceKind.ILLNESS, half=True)) == 36
    assert hours(Away(day, day, AbsenceKind.MISSION)) == 40


def test_leave_on_a_day_off_lowers_nothing() -> None:
    assert hours(Away(date(2024, 4, 18), date(2024, 4, 18), AbsenceKind.LEAVE)) == 40


def test_who_joins_or_leaves_in_between_owes_the_days_in_office() -> None:
    assert hours(employed=[(date(2024, 4, 17), None)]) == 24
    assert hours(employed=[(date(2020, 1, 1), date(2024, 4, 16))]) == 16


def test_two_halves_make_a_whole_day() -> None:
    day = date(2024, 4, 16)
    halves = [Away(day, day, kind, half=True) for kind in (AbsenceKind.LEAVE, AbsenceKind.ILLNESS)]
    assert hours(*halves) == 32


@pytest.mark.parametrize(
    ("minutes", "standard", "beyond"), [(960, 480, 480), (540, 480, 60), (539, 480, 0), (0, 480, 0)]
)
def test_hours_beyond_the_standard_are_remarked_from_an_hour_on(
    minutes: int, standard: int, beyond: int
) -> None:
    assert excess(minutes, standard) == beyond
