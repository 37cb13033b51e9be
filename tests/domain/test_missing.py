"""What a draft lacks is listed by rule, with the field where it is mended."""

from dataclasses import replace

import pytest

from catalogue.domain import missing
from catalogue.domain.description import Description, Duty, Requirement, Section, Task
from catalogue.domain.drafting import Content
from catalogue.domain.words import TaskKind
from tests.drafts import whole_record

WHOLE = whole_record("Chuyên viên tổng hợp")


def lacks(description: Description) -> list[tuple[str, str]]:
    return [(lack.anchor, lack.what) for lack in missing.find(Content(description), {}, {})]


def with_tasks(*tasks: Task, criteria: tuple[str, ...] = ()) -> Description:
    return replace(WHOLE, duties=(Duty("2.1", "Tổng hợp", tasks, criteria),))


def with_competencies(*asked: tuple[str, int | None, int | None]) -> Description:
    found = tuple(Requirement("Nhóm năng lực chung", name, low, high) for name, low, high in asked)
    return replace(WHOLE, competencies=found)


def test_a_description_that_has_everything_lacks_nothing() -> None:
    assert lacks(WHOLE) == []


def test_an_empty_description_is_told_all_that_it_lacks_at_once() -> None:
    found = missing.find(Content(Description("Chuyên viên")), {}, {})
    assert [(lack.section, lack.anchor) for lack in found] == [
        (Section.PURPOSE, "purpose"),
        (Section.DUTIES, "duties"),
        (Section.COMPETENCIES, "competencies"),
    ]
    assert all(lack.where and lack.what and lack.fix for lack in found)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        (Duty("2.1", ""), [("d0-name", "chưa có tên")]),
        (Duty("2.1", "Khác"), []),
    ],
)
def test_a_duty_without_tasks_is_itself_the_task_once_it_has_a_criterion(
    duty: Duty, expected: list[tuple[str, str]]
) -> None:
    bare = lacks(replace(WHOLE, duties=(duty,)))
    assert bare == [*expected, ("d0-criteria", "chưa có công việc cụ thể nào")]
    assert lacks(replace(WHOLE, duties=(replace(duty, criteria=("Đúng hạn",)),))) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, [("d0-t0-product", "chưa có sản phẩm")]),
        (TaskKind.PRODUCT, [("d0-t0-product", "chưa có sản phẩm")]),
        (TaskKind.MEETING, []),
    ],
)
def test_only_a_task_that_makes_a_product_lacks_one(
    kind: TaskKind | None, expected: list[tuple[str, str]]
) -> None:
    assert lacks(with_tasks(Task("Họp", None, "Đủ", kind=kind), criteria=("Đủ",))) == expected


def test_a_common_criterion_serves_every_task_but_another_tasks_own_does_not() -> None:
    bare, own = Task("Soạn", "Báo cáo"), Task("Trình", "Tờ trình", "Đúng hạn")
    assert lacks(with_tasks(bare, own, criteria=("Đúng hạn",))) == [
        ("d0-t0-criterion", "chưa có tiêu chí đánh giá")
    ]
    assert lacks(with_tasks(bare, own, criteria=("Đúng hạn", "Chung"))) == []


def test_a_task_without_words_is_not_a_task() -> None:
    assert lacks(with_tasks(Task("", "Báo cáo", "Đủ"))) == [("d0-t0-text", "chưa có nội dung")]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([("Giao tiếp", None, 3)], [("c0-min", "cấp độ còn trống")]),
        ([("Giao tiếp", 2, None)], [("c0-max", "cấp độ còn trống")]),
        ([("Giao tiếp", 3, 2)], [("c0-min", "cấp độ 3-2 ngược nhau")]),
        ([("Giao tiếp", 1, 2), ("giao  tiếp", 2, 3)], [("c1-name", "có hai lần")]),
        ([("", 1, 2)], [("c0-name", "chưa có tên")]),
    ],
)
def test_competencies_need_one_name_and_a_range_of_levels(
    asked: list[tuple[str, int | None, int | None]], expected: list[tuple[str, str]]
) -> None:
    assert lacks(with_competencies(*asked)) == expected


def test_one_competency_under_two_of_its_names_is_asked_for_twice() -> None:
    asked = with_competencies(("Phát triển nhân viên", 1, 2), ("Phát triển đội ngũ", 1, 2))
    synonyms = {"phat trien doi ngu": "phat trien nhan vien"}
    (lack,) = missing.find(Content(asked), {}, synonyms)
    assert (lack.anchor, lack.what) == (
        "c1-name",
        "cùng nghĩa với «Phát triển nhân viên» ở dòng trên",
    )
    assert missing.find(Content(asked), {}, {}) == []


def test_a_former_task_needs_a_successor_or_a_reason() -> None:
    former = {7: "Soạn công văn", 8: "Trực điện thoại", 9: "Đóng dấu"}
    described = with_tasks(Task("Soạn văn bản", "Văn bản", "Đủ", goes_on_from=(7,)))
    content = Content(described, {8: "Chuyển cho văn thư", 9: " "})
    found = missing.find(content, former, {})
    assert [(lack.where, lack.anchor) for lack in found] == [
        ("Công việc cũ «Đóng dấu»", "retired-9")
    ]
