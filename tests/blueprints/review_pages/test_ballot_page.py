"""A member's ballot: saved as a page or row by row, and sent with the password."""

import re

import pytest
from flask import Flask

from catalogue.models import (
    Ballot,
)
from tests.blueprints.committee import (
    Before,
    Enter,
    Kept,
    all_agreed,
    ballot,
    forget_password,
    only,
    whole,
)
from tests.blueprints.test_permissions import digest
from tests.making import PASSWORD


def test_a_ballot_is_saved_as_a_whole_page_and_changed_until_sent(
    enter: Enter, taken_up: Before
) -> None:
    chief, path = enter("chief"), f"{taken_up.path}/phieu"
    marks = {"item_3": "disagree: giữ tên cũ", "item_4": "agree"}
    assert chief.post(path, **ballot(taken_up, "luu", **marks)).status_code == 303
    page = chief.get(path).text
    whole(page)
    assert "Đã chọn <strong>2/8</strong>" in page
    assert "giữ tên cũ" in page
    assert "giữ tên cũ" not in enter("member").get(taken_up.path).text

    again = chief.post(path, **ballot(taken_up, "con-lai", item_3="agree_amended: sửa lại"))
    assert again.status_code == 303
    assert "Đã chọn <strong>8/8</strong>" in chief.get(path).text


def test_one_row_saves_itself_and_says_how_many_are_marked(enter: Enter, taken_up: Before) -> None:
    chief = enter("chief")
    item = taken_up.items[2]
    path = f"{taken_up.path}/phieu/{item}"

    answer = chief.post(path, stage="standing", **{f"choice-{item}": "agree"})
    assert "Đã chọn <strong>1/8</strong> mục" in answer.text
    refused = chief.post(path, stage="committee", **{f"choice-{item}": "disagree"})
    assert "CHƯA được lưu" in refused.text
    refused = chief.post(path, stage="standing", **{f"remark-{item}": "chưa chọn"})
    assert "chưa chọn đồng ý hay không" in refused.text

    assert "Đã chọn <strong>1/8</strong>" in chief.get(f"{taken_up.path}/phieu").text


def test_a_ballot_with_gaps_is_not_sent_and_keeps_what_was_typed(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    answer = enter("chief").post(
        f"{taken_up.path}/phieu", **ballot(taken_up, "gui", item_3="disagree: giữ tên cũ")
    )

    assert answer.status_code == 422
    assert "1/8 mục" in answer.text
    assert "giữ tên cũ" in answer.text
    assert kept(Ballot) == []


def test_what_cannot_be_read_of_a_ballot_is_told_row_by_row(enter: Enter, taken_up: Before) -> None:
    marks = {"item_3": "perhaps", "item_4": ": chỉ có ý kiến", "item_5": "agree: " + "x" * 2001}
    answer = enter("chief").post(f"{taken_up.path}/phieu", **ballot(taken_up, "luu", **marks))

    assert answer.status_code == 422
    assert len(re.findall(r'<p class="field-error">', answer.text)) == 3
    assert "chỉ có ý kiến" in answer.text


def test_sending_asks_for_the_password_and_loses_nothing(
    app: Flask, enter: Enter, taken_up: Before, kept: Kept
) -> None:
    chief = enter("chief")
    forget_password(app, taken_up)
    fields = ballot(taken_up, "gui", item_3="disagree: giữ tên cũ")
    fields = all_agreed(taken_up) | fields
    path = f"{taken_up.path}/phieu"
    before = digest(app)
    for typed in ({}, {"password": "sai rồi"}):
        asked = chief.post(path, **fields, **typed)
        assert asked.status_code == 403
        assert 'value="giữ tên cũ"' in asked.text
        assert kept(Ballot) == []
    assert digest(app) != before, "the wrong password was not written down"

    assert chief.post(path, **fields, password=PASSWORD).status_code == 303
    assert only(kept(Ballot)).sent_at is not None


@pytest.mark.parametrize("deed", ["chuyen", "thong-qua", "muc/3/ket-luan"])
def test_what_weighs_most_asks_for_the_password(
    app: Flask, enter: Enter, taken_up: Before, deed: str
) -> None:
    chief = enter("chief")
    forget_password(app, taken_up)

    answer = chief.post(f"{taken_up.path}/{deed}", reason="vì thế")

    assert answer.status_code == 403
    assert "Nhập lại mật khẩu" in answer.text
