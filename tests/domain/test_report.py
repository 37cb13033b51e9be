"""Ranking the units of a month."""

from catalogue.domain.hours import Month, MonthlyHours, UnitMonth
from catalogue.domain.report import MonthReport

MARCH = Month(2024, 3)


def unit(name: str, people: int, minutes: int) -> UnitMonth:
    return UnitMonth(1, name, MonthlyHours(MARCH, people, minutes, 21))


def test_units_are_ranked_by_their_printed_figure_and_those_alike_share_a_rank() -> None:
    units = (unit("thấp", 1, 5000), unit("cao", 2, 20_000), unit("cao nữa", 1, 10_001))
    report = MonthReport(MonthlyHours(MARCH, 4, 35_001, 21), units)
    assert [(rank, each.unit) for rank, each in report.ranking()] == [
        (1, "cao"),
        (1, "cao nữa"),
        (3, "thấp"),
    ]


def test_a_unit_without_people_stands_last_without_a_rank() -> None:
    units = (unit("trống", 0, 0), unit("không ghi", 3, 0), unit("có ghi", 3, 600))
    report = MonthReport(MonthlyHours(MARCH, 6, 600, 21), units)
    assert [rank for rank, _ in report.ranking()] == [1, 2, None]
