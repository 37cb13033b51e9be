"""Days left, reminders, extensions, and the arithmetic of a burn-down."""

from datetime import date, timedelta

import pytest

from catalogue.domain.deadlines import (
    Batch,
    Countdown,
    Extended,
    Point,
    Standing,
    burn_down,
    due_day,
    ideal,
    remaining,
    total,
)
from catalogue.domain.reviewing import MilestoneSubject

DUE = date(2024, 4, 15)
JANUARY = date(2024, 1, 1)


def batch(
    first: int,
    count: int,
    opened: date,
    *,
    unit: int = 1,
    closed: date | None = None,
    finished: date | None = None,
) -> Batch:
    """So many positions, numbered from the first."""
    return Batch(unit, opened, closed, finished, frozenset(range(first, first + count)))


def countdown(today: date) -> Countdown:
    return Countdown(1, "Danh mục chính thức", MilestoneSubject.CATALOGUE, DUE, today)


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (date(2024, 4, 10), "Còn 5 ngày đến 15/04/2024: Danh mục chính thức"),
        (date(2024, 4, 14), "Còn 1 ngày đến 15/04/2024: Danh mục chính thức"),
        (date(2024, 4, 15), "Hôm nay là hạn cuối (15/04/2024): Danh mục chính thức"),
        (date(2024, 4, 18), "Quá hạn 3 ngày (15/04/2024): Danh mục chính thức"),
    ],
)
def test_the_countdown_says_how_many_days(today: date, sentence: str) -> None:
    assert countdown(today).sentence == sentence


def test_reminders_are_due_five_two_and_one_day_before_and_none_once_it_is_past() -> None:
    days = range(7, -2, -1)
    assert [countdown(DUE - timedelta(days=left)).reminder for left in days] == [
        None,
        None,
        5,
        5,  # a missed day is made up for on the next
        5,
        2,
        1,
        1,
        None,
    ]


def test_an_extension_holds_for_the_units_that_it_covers_and_never_shortens() -> None:
    may, june = date(2024, 5, 15), date(2024, 6, 1)
    extensions = [
        Extended(june, frozenset({7})),
        Extended(may, None),
        Extended(date(2024, 4, 1), None),
    ]
    assert due_day(DUE, [], 7) == DUE
    assert due_day(DUE, extensions, 7) == june
    assert due_day(DUE, extensions, 8) == may
    assert due_day(DUE, extensions, None) == may


def test_what_is_left_is_what_is_wanted_that_day_and_not_finished_yet() -> None:
    batches = [
        batch(1, 5, JANUARY),
        batch(6, 3, JANUARY, finished=date(2024, 4, 12)),
        batch(9, 2, JANUARY, closed=date(2024, 2, 29)),
        batch(11, 1, date(2024, 3, 1)),
    ]
    days = [JANUARY, date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 11), date(2024, 4, 12)]
    assert [remaining(batches, day) for day in days] == [10, 10, 9, 9, 6]
    assert total(batches, date(2024, 4, 12)) == 9


def test_a_position_that_units_share_counts_once_and_is_left_until_all_have_it() -> None:
    shared = [
        batch(1, 5, JANUARY, unit=1),
        batch(1, 5, JANUARY, unit=2, finished=date(2024, 3, 1)),
    ]
    assert (total(shared, DUE), remaining(shared, DUE)) == (5, 5)
    assert remaining(shared[1:], DUE) == 0


def test_a_burn_down_shows_each_change_and_leaves_the_days_to_come_open() -> None:
    batches = [
        batch(1, 6, date(2024, 4, 1)),
        batch(7, 8, date(2024, 4, 1), finished=date(2024, 4, 4)),
    ]
    assert burn_down(batches, DUE, date(2024, 4, 10)) == [
        Point(date(2024, 4, 1), 14, 14),
        Point(date(2024, 4, 4), 6, 11),
        Point(date(2024, 4, 8), 6, 7),
        Point(date(2024, 4, 10), 6, 5),
        Point(date(2024, 4, 15), None, 0),
    ]


def test_a_burn_down_goes_on_past_the_deadline() -> None:
    points = burn_down([batch(1, 4, JANUARY)], DUE, date(2024, 4, 20))
    assert points[-1] == Point(date(2024, 4, 20), 4, 0)
    assert burn_down([], DUE, DUE) == []


def test_the_even_pace_ends_at_nothing_on_the_due_day() -> None:
    days = [JANUARY + timedelta(days=n) for n in range(5)]
    assert [ideal(10, days[0], days[4], day) for day in days] == [10, 8, 5, 3, 0]
    assert ideal(10, DUE, DUE, DUE) == 0


@pytest.mark.parametrize(
    ("left", "today", "state", "late"),
    [
        (0, date(2024, 4, 20), "Đã xong", False),
        (2, date(2024, 4, 20), "Quá hạn 5 ngày (15/04/2024)", True),
        (2, date(2024, 4, 10), "Còn 5 ngày đến 15/04/2024", False),
    ],
)
def test_a_unit_is_late_only_with_something_left(
    left: int, today: date, state: str, *, late: bool
) -> None:
    standing = Standing(9, left, countdown(today))
    assert (standing.state, standing.late) == (state, late)
