"""What a group of positions usually asks, and which cells of the matrix are marked by it."""

import pytest

from catalogue.domain.framework import (
    Cell,
    Competence,
    Described,
    Levels,
    Oddity,
    Usual,
    both,
    judged,
    lay_out,
    spelled,
    told,
)
from catalogue.domain.words import CompetencyGroup, PositionGroup, SourceState

LOW, HIGH = Levels(2, 3), Levels(3, 4)
BLANK = Levels(None, None)


@pytest.mark.parametrize(
    ("ranges", "usual"),
    [
        ({LOW: 5}, LOW),
        ({LOW: 4}, None),  # four positions show no custom
        ({LOW: 6, HIGH: 4}, LOW),  # exactly 60 %
        ({LOW: 5, HIGH: 4}, None),
        ({}, None),
    ],
)
def test_a_range_is_usual_where_enough_positions_share_it(
    ranges: dict[Levels, int], usual: Levels | None
) -> None:
    assert Usual(20, ranges).levels == usual


def test_a_cell_that_departs_from_the_usual_levels_is_marked_and_says_them() -> None:
    usual = Usual(10, {LOW: 9, HIGH: 1})
    assert judged(HIGH, usual) == Cell(HIGH, Oddity.DIFFERENT, LOW)
    assert judged(BLANK, usual).oddity is Oddity.DIFFERENT
    assert judged(LOW, usual) == Cell(LOW)
    assert judged(HIGH, None) == Cell(HIGH)


def test_a_competency_that_four_fifths_ask_for_is_missing_elsewhere() -> None:
    assert judged(None, Usual(10, {LOW: 8})) == Cell(None, Oddity.MISSING, LOW)
    assert judged(None, Usual(10, {LOW: 7})) == Cell()
    assert judged(None, Usual(4, {LOW: 4})) == Cell()
    assert judged(None, Usual(10, {LOW: 4, HIGH: 4})) == Cell(None, Oddity.MISSING, None)


def test_lines_stand_in_the_order_of_the_columns_and_of_no_description_nothing_is_missing() -> None:
    group, source = PositionGroup.SPECIALIST, SourceState.REFERENCE
    described = Described(1, "A", None, "VP", group, source, 11, 21)
    undescribed = described._replace(position_id=2, description_id=None)
    columns = [Competence(key, str(key), CompetencyGroup.GENERAL) for key in (7, 8)]
    usuals = {(group, 7): Usual(10, {LOW: 10})}
    lines = lay_out([described, undescribed], columns, {(21, 8): HIGH}, usuals)
    assert [line.cells for line in lines] == [
        (Cell(None, Oddity.MISSING, LOW), Cell(HIGH)),
        (Cell(), Cell()),
    ]
    assert [line.odd for line in lines] == [1, 0]


def test_two_names_of_one_competency_ask_for_the_range_of_both() -> None:
    assert both(LOW, HIGH) == Levels(2, 4)
    assert both(BLANK, HIGH) == HIGH
    assert both(BLANK, BLANK) == BLANK


def test_levels_are_printed_so_that_no_spreadsheet_makes_a_day_of_them() -> None:
    assert [spelled(each) for each in (LOW, Levels(2, 2), Levels(2, None), BLANK, None)] == [
        "2–3",
        "2",
        "2",
        "chưa ghi cấp",
        "",
    ]


def test_a_marked_cell_is_told_in_words_alone() -> None:
    assert told(Cell(HIGH, Oddity.DIFFERENT, LOW)) == "3–4 (khác thường lệ 2–3)"
    assert told(Cell(None, Oddity.MISSING, LOW)) == "(thiếu 2–3)"
    assert told(Cell(LOW)) == "2–3"
