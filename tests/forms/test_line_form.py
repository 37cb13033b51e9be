"""The form of a line reads what people type, says all that is wrong, and keeps the rest."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Invalid
from catalogue.forms.diary import LineForm, new_entry_key

TYPED = {"task": "7", "hours": "1:30", "entry_key": new_entry_key()}


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask("forms")
    app.secret_key = "forms"
    with app.test_request_context():
        yield


def form(**typed: str) -> LineForm:
    return LineForm(MultiDict(TYPED | typed), meta={"csrf": False})


def test_a_line_is_read_as_told() -> None:
    read = form(product=" Tờ trình ", quantity="2", content="a\u00a0 b", overtime="y")
    assert read.validate()
    told = LineDraft(7, 90, "a b", "Tờ trình", 2, overtime=True)
    assert read.draft() == replace(told, entry_key=read.entry_key.value)


def test_what_is_left_empty_is_none() -> None:
    read = form()
    assert read.validate()
    told = LineDraft(7, 90, "", None, None, overtime=False)
    assert read.draft() == replace(told, entry_key=read.entry_key.value)


@pytest.mark.parametrize("quantity", ["0", "-1", "1,5", "٣", "1_0", "hai", "9" * 12])
def test_a_quantity_is_a_whole_number(quantity: str) -> None:
    read = form(quantity=quantity)
    assert not read.validate()
    assert [field for field, _ in read.refusals] == ["quantity"]


def test_every_error_is_listed_with_its_field_and_the_text_stays() -> None:
    read = form(task="x", hours="lâu", content="\x00")
    assert not read.validate()
    assert [field for field, _ in read.refusals] == ["task", "hours", "content"]
    assert read.hours.data == "lâu"


def test_a_rules_refusal_stands_beside_its_field_or_above_the_form() -> None:
    read = form()
    assert read.validate()
    read.refuse(Invalid("Số giờ: hết chỗ.", field="hours"))
    read.refuse(Invalid("Chưa đến ngày này.", field="day"))
    assert read.refusals == [(None, "Chưa đến ngày này."), ("hours", "Số giờ: hết chỗ.")]


def test_a_forged_key_of_sending_is_refused() -> None:
    assert not form(entry_key="1").validate()


def test_what_the_form_does_not_have_is_named() -> None:
    assert form().unexpected(["task", "csrf_token", "role", "approved"]) == ["approved", "role"]
