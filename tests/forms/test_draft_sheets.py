"""Sections of a draft go through the page and back: nothing is lost, nothing untouched moves."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from catalogue.domain.description import Description, Duty, Section, Task, from_json
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Invalid
from catalogue.forms import sheet_moves
from catalogue.forms.drafts import EDITORS
from catalogue.forms.sheet_reading import Reading
from catalogue.forms.sheets import Sheet, typed
from tests.drafts import whole_record

EXPECTED = Path(__file__).parents[2] / "seed/btctw_2752_2765/expected/descriptions"
WHOLE = whole_record("Chuyên viên tổng hợp")
FORMER = {41: "Soạn công văn", 57: "Trực điện thoại"}


def as_form(sheet: Sheet) -> dict[str, str]:
    """What a browser sends of a section: every field, each break as CR LF."""
    form = {each.name: each.text.replace("\n", "\r\n") for each in sheet.fields()}
    return form | was_of(sheet)


def was_of(sheet: Sheet) -> dict[str, str]:
    own = {f"{row.at}was": "" if row.was is None else str(row.was) for row in sheet.rows}
    for row in sheet.rows:
        own |= was_of(row)
    return own


def edited(
    section: Section, content: Content, changes: dict[str, str], *asked: str
) -> tuple[Content, dict[str, str]]:
    """Send the section as it stands with some fields changed, after some moves of its rows."""
    editor = EDITORS[section]
    form = as_form(editor.show(content, FORMER)) | changes
    sheet = typed(editor.shape(FORMER), form)
    for each in asked:
        sheet_moves.carry_out(sheet, each)
    reading = Reading(FORMER)
    return editor.read(sheet, content, reading), reading.errors


@cache
def seeded() -> list[Description]:
    found: list[Description] = []
    for path in sorted(EXPECTED.glob("*.json")):
        plain = json.loads(path.read_text())
        found += map(from_json, plain if isinstance(plain, list) else [plain])
    return found


@pytest.mark.parametrize("section", Section)
def test_a_section_sent_as_it_stands_is_what_it_was(section: Section) -> None:
    descriptions = [WHOLE, *seeded()]
    assert len(descriptions) > 300
    for description in descriptions:
        content = Content(description, {41: "Chuyển cho văn thư"})
        assert edited(section, content, {}) == (content, {})


def tasks(content: Content, duty: int = 0) -> list[str]:
    return [task.text for task in content.description.duties[duty].tasks]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("up:d0-t1-", ["Theo dõi lịch công tác", "Soạn thảo báo cáo tuần"]),
        ("down:d0-t1-", ["Soạn thảo báo cáo tuần", "Theo dõi lịch công tác"]),
        ("after:d0-t0-", ["Soạn thảo báo cáo tuần", "", "Theo dõi lịch công tác"]),
        ("add:d0-t", ["Soạn thảo báo cáo tuần", "Theo dõi lịch công tác", ""]),
        ("remove:d0-t0-", ["Theo dõi lịch công tác"]),
    ],
)
def test_rows_move_with_all_that_was_typed(asked: str, expected: list[str]) -> None:
    content, errors = edited(Section.DUTIES, Content(WHOLE), {}, asked)
    assert errors == {}
    assert tasks(content) == expected


def test_a_whole_duty_moves_with_its_tasks() -> None:
    content, _ = edited(Section.DUTIES, Content(WHOLE), {}, "up:d1-")
    assert [duty.name for duty in content.description.duties] == ["Hội họp", "Tổng hợp"]
    assert content.description.duties[1] == WHOLE.duties[0]


@pytest.mark.parametrize("asked", ["up:d0-t9-", "up:x", "add:t", "remove:d7-", "after:a0-"])
def test_a_row_that_is_not_there_is_refused(asked: str) -> None:
    with pytest.raises(Invalid, match="mở lại trang"):
        edited(Section.DUTIES, Content(WHOLE), {}, asked)


def test_many_lines_are_pasted_at_the_end_of_a_duty_or_in_the_place_of_a_blank_task() -> None:
    pasted = {"d0-paste": "1. Họp\tBiên bản\t\t\t1,5 giờ\thọp\n2. Trực\t\t\t\t\tTrực"}
    content, errors = edited(Section.DUTIES, Content(WHOLE), pasted, "paste:d0-")
    assert errors == {}
    assert tasks(content)[2:] == ["Họp", "Trực"]
    assert content.description.duties[0].tasks[2].norm_minutes == 90
    blank = replace(WHOLE, duties=(Duty("1", "A", (Task("đầu"), Task(""), Task("cuối"))),))
    content, _ = edited(Section.DUTIES, Content(blank), pasted, "paste:d0-t1-")
    assert tasks(content) == ["đầu", "Họp", "Trực", "cuối"]


def test_every_field_that_cannot_stand_is_told_at_once() -> None:
    changes = {
        "d0-paste": "Họp\t\t\t\thai buổi\thội nghị",
        "d0-t0-norm": "0",
        "d0-t1-from": "N1, N7",
        "d1-no": "x" * 201,
        "d1-t0-text": "a\x07b",
    }
    _, errors = edited(Section.DUTIES, Content(WHOLE), changes, "paste:d0-")
    assert set(errors) == {
        *("d0-t0-norm", "d0-t1-from", "d0-t2-norm", "d0-t2-kind", "d1-no", "d1-t0-text")
    }
    assert "«hội nghị»" in errors["d0-t2-kind"]


def test_a_task_says_which_former_tasks_it_goes_on_from() -> None:
    changes = {"d0-t0-from": "N2, n1", "d0-t1-from": "2", "retired-41": " Thôi "}
    content, errors = edited(Section.DUTIES, Content(WHOLE), changes)
    assert errors == {}
    first, second = content.description.duties[0].tasks
    assert (first.goes_on_from, second.goes_on_from) == ((57, 41), (57,))
    assert content.retired == {41: "Thôi"}


def test_levels_and_labels_are_held_to_what_there_is() -> None:
    _, errors = edited(Section.COMPETENCIES, Content(WHOLE), {"c0-min": "6", "c1-max": ""})
    assert list(errors) == ["c0-min"]
    two = replace(WHOLE, qualifications={"Trình độ": ("Đại học",), "Kinh nghiệm": ("2 năm",)})
    _, errors = edited(Section.QUALIFICATIONS, Content(two), {"q1-label": "Trình độ"})
    assert set(errors) == {"q0-label", "q1-label"}


def test_what_is_kept_on_top_of_anothers_work_is_matched_by_its_words() -> None:
    editor = EDITORS[Section.DUTIES]
    mine = typed(editor.shape({}), as_form(editor.show(Content(WHOLE), {})))
    theirs = replace(WHOLE, duties=(Duty("2.0", "Mới", (Task("Mới"),)), *WHOLE.duties))
    mine.rest_on(editor.show(Content(theirs), {}))
    assert [row.was for row in mine.rows] == [1, 2]
    assert [row.was for row in mine.rows[0].rows] == [0, 1]
    assert editor.read(mine, Content(theirs), Reading()).description.duties == WHOLE.duties
