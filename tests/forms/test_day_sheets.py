"""A day's sheet reads what people type, says all that is wrong, and keeps the rest."""

import pytest

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Refusal
from catalogue.domain.words import WorkPlace
from catalogue.forms import diary, weeks
from catalogue.forms.diary import DaySheet
from tests.day_sheets import line, new_key, sheet


def read(**told: str) -> DaySheet:
    return diary.typed(sheet(line(7, "1:30", product="") | told))


def test_a_line_is_read_as_told() -> None:
    key = new_key()
    told = read(
        product=" Tờ trình ",
        quantity="2",
        content="a\u00a0 b",
        overtime="y",
        place="mission",
        document="12-HD/TU",
        pages="9",
        evidence="TTr-12",
        note="Gửi",
        work_item="5",
        entry_key=key,
    )
    assert told.drafts() == [
        LineDraft(
            task_version_id=7,
            minutes=90,
            content="a b",
            product="Tờ trình",
            quantity=2,
            overtime=True,
            place=WorkPlace.MISSION,
            document_number="12-HD/TU",
            pages=9,
            evidence="TTr-12",
            note="Gửi",
            work_item_id=5,
            entry_key=key,
        )
    ]
    assert told.refusals == []


def test_what_is_left_empty_is_none() -> None:
    key = new_key()
    assert read(entry_key=key).drafts() == [LineDraft(7, 90, entry_key=key)]


@pytest.mark.parametrize("quantity", ["0", "-1", "1,5", "٣", "1_0", "hai", "9" * 12])
def test_a_quantity_is_a_whole_number(quantity: str) -> None:
    told = read(quantity=quantity)
    told.drafts()
    assert [field for field, _ in told.refusals] == ["0-quantity"]


def test_every_error_is_listed_with_its_field_and_the_text_stays() -> None:
    told = read(task="x", hours="lâu", content="\x00", place="home", work_item="y")
    told.drafts()
    fields = ["0-task", "0-hours", "0-content", "0-place", "0-work_item"]
    assert [field for field, _ in told.refusals] == fields
    assert told.lines[0]["hours"] == "lâu"


def test_a_rules_refusal_stands_at_its_line_or_above_the_sheet() -> None:
    told = diary.typed(sheet(line(7), line(8)))
    told.show([Refusal(None, "day", "Chưa đến ngày này."), Refusal(1, "hours", "Hết chỗ.")])
    assert told.refusals == [(None, "Chưa đến ngày này."), ("1-hours", "Dòng 2 · Hết chỗ.")]


@pytest.mark.parametrize("key", ["1", "", "x" * 36])
def test_a_forged_key_of_sending_is_refused(key: str) -> None:
    told = read(entry_key=key)
    told.drafts()
    assert told.refusals


def test_lines_keep_their_numbers_when_one_is_taken_out_and_another_added() -> None:
    told = diary.typed(sheet(line(7), line(8), line(9)))
    told.drop("1")
    told.add(task="10")
    assert [(each.at, each["task"]) for each in told.lines] == [
        ("0-", "7"),
        ("2-", "9"),
        ("3-", "10"),
    ]


def test_an_empty_sheet_and_one_too_long_say_so() -> None:
    for count in (0, diary.MOST_LINES + 1):
        told = diary.typed(sheet(*(line(7) for _ in range(count))))
        told.drafts()
        assert len(told.errors) == 1


def test_what_the_sheet_does_not_have_is_named() -> None:
    sent = ["0-task", "csrf_token", "op", "tim", "role", "0-approved", "00-task"]
    assert diary.unexpected(sent) == ["0-approved", "00-task", "role"]
    assert weeks.unexpected(["1-0-hours", "row-3", "more", "1-7-hours"]) == ["1-7-hours"]


def test_a_weeks_cells_have_keys_of_their_own_that_a_repeat_finds_again() -> None:
    form = {"sheet_key": new_key(), "4-0-hours": "1", "4-1-hours": "1", "5-1-hours": " "}
    keys = [
        [
            draft.entry_key
            for day in (0, 1)
            for draft in weeks.typed(form).drafts(day, {4: 40, 5: 50}, overtime=False)
        ]
        for _ in range(2)
    ]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 2
