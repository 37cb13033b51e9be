"""What a diary may and does contain."""

from collections import Counter, defaultdict
from datetime import date
from hashlib import sha256
from itertools import islice

import pytest

from catalogue.demonstration.diaries import SHORTEST_LINE, lines
from catalogue.demonstration.people import people
from catalogue.demonstration.records import Line, Person, ReportingUnit

COURSE = {date(2024, 3, 23), date(2024, 3, 24)}


@pytest.fixture(scope="module")
def day_lengths(diary: list[Line]) -> Counter[tuple[int, date]]:
    lengths: Counter[tuple[int, date]] = Counter()
    for line in diary:
        lengths[line.person, line.day] += line.minutes
    return lengths


def digest(written: list[Line]) -> str:
    hashed = sha256()
    for line in written:
        hashed.update(repr(line).encode())
    return hashed.hexdigest()


def test_there_are_about_260_000_lines(diary: list[Line]) -> None:
    assert 250_000 <= len(diary) <= 270_000


def test_the_same_units_give_the_same_diaries(
    units: list[ReportingUnit], standard_days: list[date], diary: list[Line]
) -> None:
    again = list(islice(lines(people(units), set(standard_days)), 40_000))
    assert digest(again) == digest(diary[:40_000])


def test_a_line_names_a_task_of_a_position_that_its_person_holds(
    staff: list[Person], diary: list[Line]
) -> None:
    tasks = {
        (person.number, position.key, task.key)
        for person in staff
        for position in person.positions
        for task in position.tasks
    }
    assert all((line.person, line.position, line.task) in tasks for line in diary)


def test_a_product_is_the_tasks_own_and_comes_with_a_quantity(
    staff: list[Person], diary: list[Line]
) -> None:
    products = {
        task.key: task.product for p in staff for position in p.positions for task in position.tasks
    }
    assert all(line.product in (None, products[line.task]) for line in diary)
    assert all((line.product is None) == (line.quantity is None) for line in diary)
    assert all(line.quantity is None or line.quantity >= 1 for line in diary)


def test_no_line_is_shorter_than_five_minutes(diary: list[Line]) -> None:
    assert min(line.minutes for line in diary) >= SHORTEST_LINE == 5


def test_no_day_is_longer_than_a_working_day_can_be(
    day_lengths: Counter[tuple[int, date]],
) -> None:
    assert max(day_lengths.values()) <= 14 * 60


def test_standard_hours_stop_at_eight_and_never_fall_on_days_off(
    diary: list[Line], standard_days: list[date]
) -> None:
    within: Counter[tuple[int, date]] = Counter()
    for line in diary:
        if not line.overtime:
            within[line.person, line.day] += line.minutes
    assert max(within.values()) == 480
    assert {day for _, day in within} == set(standard_days)


def test_a_standard_day_holds_overtime_only_beyond_eight_hours(
    diary: list[Line], standard_days: list[date], day_lengths: Counter[tuple[int, date]]
) -> None:
    evenings = {
        (line.person, line.day)
        for line in diary
        if line.overtime and line.day in set(standard_days)
    }
    assert evenings
    assert min(day_lengths[evening] for evening in evenings) > 480


def test_nobody_works_through_tet(diary: list[Line]) -> None:
    assert not {line.day for line in diary} & {date(2024, 2, day) for day in range(8, 15)}


def test_some_days_are_missing(day_lengths: Counter[tuple[int, date]]) -> None:
    per_person = Counter(person for person, _ in day_lengths)
    assert sum(days < 59 for days in per_person.values()) > 736 / 2


def test_some_write_down_eight_hours_day_after_day(
    day_lengths: Counter[tuple[int, date]],
) -> None:
    february: defaultdict[int, list[int]] = defaultdict(list)
    for (person, day), minutes in day_lengths.items():
        if day.month == 2:
            february[person].append(minutes)
    padding = [lengths for lengths in february.values() if lengths.count(480) >= 12]
    assert 20 <= len(padding) <= 150


def test_some_leave_half_of_their_lines_without_a_product(diary: list[Line]) -> None:
    written = Counter(line.person for line in diary)
    vague = Counter(line.person for line in diary if line.product is None)
    assert sum(vague[person] * 2 >= written[person] for person in written) > 100
    assert sum(vague[person] * 3 <= written[person] for person in written) > 100


def test_the_newsroom_works_every_weekend(staff: list[Person], diary: list[Line]) -> None:
    newsroom = {person.number for person in staff if person.unit == "BHG"}
    weekends = {
        line.day.isocalendar().week
        for line in diary
        if line.person in newsroom and line.day.weekday() >= 5
    }
    tet = date(2024, 2, 10).isocalendar().week
    assert weekends == set(range(1, 14)) - {tet}


def test_party_and_mass_bodies_sit_in_the_course_of_a_march_weekend(
    staff: list[Person], diary: list[Line]
) -> None:
    unit = {person.number: person.unit for person in staff}
    course = [line for line in diary if "phòng, chống tham nhũng" in line.content]
    assert {line.day for line in course} == COURSE
    assert all(line.overtime and line.product is None for line in course)
    assert len({unit[line.person] for line in course}) == 13


@pytest.mark.parametrize(
    ("journey", "people_away", "days", "weekend_days"),
    [("ngoài tỉnh", 3, 6, 2), ("nước ngoài", 1, 7, 2)],
)
def test_the_womens_union_travels_over_a_weekend(
    diary: list[Line], journey: str, people_away: int, days: int, weekend_days: int
) -> None:
    away = {(line.person, line.day) for line in diary if journey in line.content}
    assert len({person for person, _ in away}) == people_away
    assert len({day for _, day in away}) == days
    assert len({day for _, day in away if day.weekday() >= 5}) == weekend_days
