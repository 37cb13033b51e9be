"""Products and criteria keep their printed order through every edit that does not touch them."""

import pytest

from catalogue.domain.results import Edited, loose, recompose

PRINTED = ("a", "chung 1", "b", "c", "chung 2")
TIED = ("a", "b", "c")
COMMON = ("chung 1", "chung 2")


def same(*places: int) -> list[Edited]:
    return [Edited(place, TIED[place]) for place in places]


def test_lines_that_no_task_has_are_the_common_ones() -> None:
    assert loose(PRINTED, TIED) == ["chung 1", "chung 2"]
    assert loose(("x", "x", "x"), ("x", None, "x")) == ["x"]


def test_one_task_may_have_several_printed_lines() -> None:
    assert loose(("a", "b", "c"), ("a\nb",)) == ["c"]
    assert recompose(("a", "b", "c"), ("a\nb",), [Edited(0, "a\nB")], ["c"]) == ("a", "B", "c")


def test_a_line_with_a_break_inside_stays_one_line() -> None:
    assert recompose(("a\nb", "c"), ("a\nb",), [Edited(0, "a\nb")], ["c"]) == ("a\nb", "c")


@pytest.mark.parametrize(
    ("edited", "common", "expected"),
    [
        (same(0, 1, 2), COMMON, PRINTED),
        ([*same(0), Edited(1, "B"), *same(2)], COMMON, ("a", "chung 1", "B", "c", "chung 2")),
        ([Edited(0, None), *same(1, 2)], COMMON, ("chung 1", "b", "c", "chung 2")),
        (same(1, 2), COMMON, ("chung 1", "b", "c", "chung 2")),
        (same(2, 0, 1), COMMON, ("c", "chung 1", "a", "b", "chung 2")),
        (
            [*same(0), Edited(None, "mới"), *same(1, 2)],
            COMMON,
            ("a", "mới", "chung 1", "b", "c", "chung 2"),
        ),
        ([Edited(None, "mới"), *same(0, 1, 2)], COMMON, ("mới", *PRINTED)),
        (same(0, 1, 2), ("chung 2",), ("a", "b", "c", "chung 2")),
        (
            same(0, 1, 2),
            ("chung 1", "thêm", "chung 2"),
            ("a", "chung 1", "thêm", "b", "c", "chung 2"),
        ),
        (same(0, 1, 2), ("đầu", *COMMON), ("đầu", *PRINTED)),
        (same(0, 1, 2), ("chung khác", "chung 2"), ("a", "chung khác", "b", "c", "chung 2")),
        ([], (), ()),
    ],
)
def test_only_what_was_touched_changes(
    edited: list[Edited], common: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert recompose(PRINTED, TIED, edited, common) == expected


def test_order_that_never_followed_the_tasks_is_left_alone() -> None:
    assert recompose(("b", "a"), ("a", "b"), [Edited(0, "a"), Edited(1, "b")], ()) == ("b", "a")


def test_what_was_never_printed_by_itself_is_not_printed_by_an_edit_elsewhere() -> None:
    tied = ("Đúng hạn", "Đủ")
    assert recompose(("Đủ",), tied, [Edited(0, "Đúng hạn"), Edited(1, "Đủ 2")], ()) == ("Đủ 2",)


def test_a_line_that_two_tasks_share_is_not_lost_when_one_of_them_changes() -> None:
    tied = ("Đúng hạn", "Đúng hạn")
    edited = [Edited(0, "Đủ"), Edited(1, "Đúng hạn")]
    assert recompose(("Đúng hạn",), tied, edited, ()) == ("Đủ", "Đúng hạn")


def test_first_results_stand_in_the_order_of_their_tasks_behind_which_the_common_ones_go() -> None:
    edited = [Edited(None, "a"), Edited(None, None), Edited(None, "b")]
    assert recompose((), (), edited, ["chung"]) == ("chung", "a", "b")
