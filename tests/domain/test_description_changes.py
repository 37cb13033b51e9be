"""What differs between two descriptions: nothing that is equal, and everything that is not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Requirement,
    Section,
    Task,
)
from catalogue.domain.description_changes import by_section, compare
from catalogue.domain.drafting import FIELDS
from catalogue.domain.item_changes import Change, ChangeKind
from catalogue.domain.text_changes import changed
from catalogue.domain.words import TaskKind
from tests.description_kit import Maker
from tests.drafts import whole_record

RECORD = whole_record("Chuyên viên tổng hợp")
WEEKLY, CALENDAR = RECORD.duties[0].tasks


def with_tasks(*tasks: Task, record: Description = RECORD) -> Description:
    """The record with these tasks in its first duty, whose lists follow them."""
    first, *others = record.duties
    edited = replace(
        first,
        tasks=tasks,
        criteria=tuple(task.criterion for task in tasks if task.criterion),
        products=tuple(task.product for task in tasks if task.product),
    )
    return replace(record, duties=(edited, *others))


def told(changes: Sequence[Change]) -> list[tuple[ChangeKind, str, str]]:
    return [(change.kind, change.where, change.label) for change in changes]


def same(one: Description, other: Description) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for names in FIELDS.values() for name in names
    )


@pytest.mark.parametrize("seed", range(30))
def test_a_difference_is_told_exactly_where_there_is_one(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    before = Maker(random).description()
    after = before
    for _ in range(random.randint(1, 4)):
        assert (compare(before, after) == []) is same(before, after)
        assert (compare(after, before) == []) is same(before, after)
        after = edited(after, random)
    assert compare(after, after) == []


def edited(record: Description, random: Random) -> Description:
    """Change one thing somewhere, as a person might, or now and then nothing at all."""
    whole = random.choice(EDITS)(record)
    if whole is not record:
        return whole
    duties = list(record.duties)
    place = random.randrange(len(duties))
    duties[place] = random.choice(DUTY_EDITS)(duties[place])
    random.shuffle(duties)
    return replace(record, duties=tuple(duties))


EDITS: tuple[Callable[[Description], Description], ...] = (
    lambda record: record,
    lambda record: replace(record, duties=record.duties[1:] or record.duties),
    lambda record: replace(record, competencies=tuple(reversed(record.competencies))),
    lambda record: replace(record, particulars={"Người thay thế": "Phó phòng"}, code=None),
    lambda record: replace(record, authority=record.authority[1:], marks=("dự thảo",)),
    lambda record: replace(record, purpose=record.purpose + " "),
)
DUTY_EDITS: tuple[Callable[[Duty], Duty], ...] = (
    lambda duty: duty,
    lambda duty: replace(duty, tasks=duty.tasks[::-1]),
    lambda duty: replace(duty, tasks=(*duty.tasks, Task("Dự họp", kind=TaskKind.MEETING))),
    lambda duty: replace(
        duty, tasks=tuple(replace(task, goes_on_from=(11,)) for task in duty.tasks)
    ),
    lambda duty: replace(duty, tasks=tuple(replace(task, norm_minutes=90) for task in duty.tasks)),
    lambda duty: replace(duty, criteria=(*duty.criteria, "Đúng hạn")),
    lambda duty: replace(duty, goes_on_from=(3, 4)),
)


@pytest.mark.parametrize(
    ("section", "edit"),
    [
        (Section.GENERAL, {"name": "Khác"}),
        (Section.GENERAL, {"code": "VP-01"}),
        (Section.GENERAL, {"starts": "Khi ký"}),
        (Section.GENERAL, {"workplace": "Xã"}),
        (Section.GENERAL, {"procedures": "Quy trình 3"}),
        (Section.GENERAL, {"particulars": {"Số người": "2"}}),
        (Section.GENERAL, {"marks": ("dự thảo",)}),
        (Section.GENERAL, {"preface": ("Phụ lục 1",)}),
        (Section.PURPOSE, {"purpose": ""}),
        (Section.DUTIES, {"duties": ()}),
        (Section.RELATIONS, {"relations": replace(RECORD.relations, manages=("Ai đó",))}),
        (
            Section.RELATIONS,
            {"relations": replace(RECORD.relations, outside=(OutsideRelation("Sở Nội vụ", None),))},
        ),
        (Section.AUTHORITY, {"authority": (Authority("1", "Được cung cấp thông tin", "I"),)}),
        (Section.QUALIFICATIONS, {"qualifications": {"Trình độ đào tạo": ("Thạc sĩ",)}}),
        (Section.COMPETENCIES, {"competencies": (Requirement("Khác", "Tin học", 1, 1),)}),
    ],
)
def test_a_field_is_told_under_its_own_section(section: Section, edit: dict[str, object]) -> None:
    changes = compare(RECORD, replace(RECORD, **edit))  # type: ignore[arg-type]
    assert {change.section for change in changes} == {section}
    assert [each for each, found in by_section(changes) if found] == [section]


def test_a_task_is_known_by_its_identity_even_where_all_its_words_changed() -> None:
    before = with_tasks(replace(WEEKLY, goes_on_from=(7,)), CALENDAR)
    after = with_tasks(
        replace(WEEKLY, text="Giữ sổ", goes_on_from=(7,)),
        CALENDAR,
    )
    (change,) = compare(before, after)
    assert change == Change(
        Section.DUTIES,
        "Nhiệm vụ 2.1, công việc 1",
        "Công việc",
        "Soạn thảo báo cáo tuần",
        "Giữ sổ",
        ChangeKind.CHANGED,
    )


def test_without_identity_a_task_is_known_by_its_text_then_by_its_likeness() -> None:
    reworded = replace(CALENDAR, text="Theo dõi lịch công tác tuần", criterion="Đủ")
    assert told(compare(RECORD, with_tasks(WEEKLY, reworded))) == [
        (ChangeKind.CHANGED, "Nhiệm vụ 2.1, công việc 2", "Công việc"),
        (ChangeKind.CHANGED, "Nhiệm vụ 2.1, công việc 2", "Tiêu chí đánh giá"),
    ]


def test_a_task_unlike_any_other_is_added_and_the_former_one_removed() -> None:
    after = with_tasks(WEEKLY, Task("Lái xe đưa đón khách", "Lệnh điều xe"))
    assert told(compare(RECORD, after)) == [
        (ChangeKind.ADDED, "Nhiệm vụ 2.1, công việc 2", "Công việc"),
        (ChangeKind.REMOVED, "Nhiệm vụ 2.1, công việc 2", "Công việc"),
    ]
    added = compare(RECORD, after)[0]
    assert added.after == "Lái xe đưa đón khách\nSản phẩm: Lệnh điều xe"


def test_of_two_tasks_that_changed_places_one_is_told_to_have_moved() -> None:
    (change,) = compare(RECORD, with_tasks(CALENDAR, WEEKLY))
    assert change.kind is ChangeKind.MOVED


def test_a_task_under_another_duty_has_moved_and_is_neither_added_nor_removed() -> None:
    first, second = RECORD.duties
    second = replace(second, tasks=(*second.tasks, CALENDAR))
    after = replace(with_tasks(WEEKLY), duties=(with_tasks(WEEKLY).duties[0], second))
    (change,) = compare(RECORD, after)
    assert (change.kind, change.before) == (
        ChangeKind.MOVED,
        "Nhiệm vụ 2.1, công việc 2: Theo dõi lịch công tác",
    )
    assert first.tasks[1] == CALENDAR


def test_what_a_duty_says_for_all_its_tasks_is_told_once_and_not_with_each_task() -> None:
    duty = Duty("1", "Trực", (Task("Trực cổng", None, "Có mặt"), Task("Ghi sổ")), ("Có mặt", "Đủ"))
    before = replace(RECORD, duties=(duty,))
    strict = replace(duty, criteria=("Có mặt", "Đủ, đúng"))
    assert told(compare(before, replace(RECORD, duties=(strict,)))) == [
        (ChangeKind.CHANGED, "Nhiệm vụ 1", "Tiêu chí của cả nhiệm vụ")
    ]
    of_a_task = replace(duty.tasks[0], criterion="Có mặt sớm")
    early = replace(duty, tasks=(of_a_task, duty.tasks[1]), criteria=("Có mặt sớm", "Đủ"))
    assert told(compare(before, replace(RECORD, duties=(early,)))) == [
        (ChangeKind.CHANGED, "Nhiệm vụ 1, công việc 1", "Tiêu chí đánh giá")
    ]


def test_a_level_that_rose_is_told_as_the_form_prints_it() -> None:
    raised = replace(RECORD.competencies[0], level_min=3)
    (change,) = compare(RECORD, replace(RECORD, competencies=(raised, *RECORD.competencies[1:])))
    assert (change.where, change.before, change.after) == ("Đạo đức và bản lĩnh", "2–3", "3")


def test_two_endless_texts_are_told_as_wholes() -> None:
    one, other = "a " * 6_000, "b " * 6_000
    assert [how for how, _ in changed(one, other)] == ["del", "ins"]


def test_what_a_task_goes_on_from_is_told_by_its_words() -> None:
    weekly, calendar = replace(WEEKLY, goes_on_from=(7,)), replace(CALENDAR, goes_on_from=(8,))
    merged, stranger = (replace(WEEKLY, goes_on_from=(7, other)) for other in (8, 99))
    told = [
        change.after
        for task in (merged, stranger)
        for change in compare(with_tasks(weekly, calendar), with_tasks(task, calendar))
    ]
    assert told == [
        f"«{WEEKLY.text}»; «{CALENDAR.text}»",
        f"«{WEEKLY.text}»; công việc không có ở bản trước",
    ]
