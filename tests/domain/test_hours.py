"""Hours: whole minutes in, decimals rounded half up once, months by the calendar."""

from datetime import date

import pytest

from catalogue.domain.hours import (
    Month,
    MonthlyHours,
    NoCalendar,
    clock,
    months_between,
    vietnamese_decimal,
    working_days,
)
from catalogue.domain.words import DayKind

FEBRUARY = Month(2024, 2)


def test_a_half_cent_is_rounded_up_as_people_do_it() -> None:
    february = MonthlyHours(FEBRUARY, people=1, minutes=6965, working_days=16)
    assert str(february.hours_per_person) == "116.08"
    exactly_half = MonthlyHours(FEBRUARY, people=100, minutes=696_480, working_days=16)
    assert str(exactly_half.hours_per_person_day) == "7.26"  # 7.255 exactly


def test_the_figure_a_day_comes_from_the_minutes_and_not_from_a_rounded_figure() -> None:
    march = MonthlyHours(Month(2024, 3), people=736, minutes=5_772_154, working_days=21)
    assert (str(march.hours_per_person), str(march.hours_per_person_day)) == ("130.71", "6.22")
    assert str(march.share_of_standard) == "77.80"


def test_nobody_has_no_mean() -> None:
    nobody = MonthlyHours(FEBRUARY, people=0, minutes=0, working_days=16)
    assert nobody.hours_per_person is None
    assert vietnamese_decimal(nobody.hours_per_person_day) == "–"


def test_swapped_and_made_up_days_move_between_months() -> None:
    calendar = {
        date(2024, 4, 18): DayKind.HOLIDAY,
        date(2024, 4, 29): DayKind.SWAPPED_OFF,
        date(2024, 4, 30): DayKind.HOLIDAY,
        date(2024, 5, 1): DayKind.HOLIDAY,
        date(2024, 5, 4): DayKind.MADE_UP,
    }
    assert working_days(Month(2024, 4), calendar) == 19
    assert working_days(Month(2024, 5), calendar) == 23


def test_a_year_without_a_calendar_is_refused_by_name() -> None:
    with pytest.raises(NoCalendar, match="2023"):
        working_days(Month(2023, 1), {date(2024, 1, 1): DayKind.HOLIDAY})


def test_months_run_over_the_turn_of_the_year() -> None:
    months = months_between(Month(2023, 11), Month(2024, 2))
    assert [str(month) for month in months] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert FEBRUARY.last == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-3", "24-03", "2024-03-01", "", "２０２４-03", "9999-12"]
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    try:
        month = Month.parse(text)
    except ValueError:
        return
    pytest.fail(f"{text!r} was read as {month}")


def test_figures_print_with_a_comma_and_times_with_a_colon() -> None:
    month = MonthlyHours(FEBRUARY, people=2, minutes=900, working_days=16)
    assert vietnamese_decimal(month.hours_per_person) == "7,50"
    assert clock(455) == "7:35"
