"""A row's words mean a task only beyond doubt: the same words, its number, or near alone."""

import pytest
from rapidfuzz import fuzz

from catalogue.domain.task_matching import KnownTask, likely, sure
from catalogue.domain.text import fold

TEXTS = (
    ("2.1", "Soạn thảo kế hoạch công tác năm"),
    ("2.1", "Theo dõi việc thực hiện kế hoạch"),
    ("2.2", "Trực cơ quan"),
    ("2.3", "Báo cáo tháng của Đảng ủy"),
    ("2.3", "Báo cáo tuần của Đảng ủy"),
)
TASKS = [
    KnownTask(number, no, text, fold(text)) for number, (no, text) in enumerate(TEXTS, start=1)
]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("SOAN THAO kế hoạch công tác năm.", 1),
        ("2.1. Soạn thảo kế hoạch công tác năm", 1),
        ("2.1 Theo dõi việc thực hiện các kế hoạch", 2),
        ("2.2", 3),
        ("02.02", 3),
        ("7. Trực cơ quan", 3),
        ("Theo dõi thực hiện việc kế hoạch", 2),
        ("2.1", None),
        ("2.9", None),
        ("Báo cáo của Đảng ủy", None),
        ("Đi họp dân phố", None),
        ("", None),
    ],
)
def test_a_task_is_sure_or_left_to_a_person(told: str, meant: int | None) -> None:
    found = sure(told, TASKS, fuzz.token_sort_ratio)
    assert (found.task_version_id if found else None) == meant


def test_the_same_words_in_two_positions_are_not_sure() -> None:
    assert sure("Trực cơ quan", [*TASKS, TASKS[2]._replace(task_version_id=9)], fuzz.ratio) is None


def test_the_nearest_few_are_proposed_first() -> None:
    found = likely("báo cáo của đảng ủy", TASKS, fuzz.token_set_ratio)
    assert {each.task.task_version_id for each in found[:2]} == {4, 5}
    assert len(found) <= 3
