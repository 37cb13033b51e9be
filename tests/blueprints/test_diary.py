"""Logging a day: what is kept, what is refused, and where each line leads."""

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalogue.extensions import db
from catalogue.models import AuditEntry, LogLine, PersonDay
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import TASKS, World
from tests.day_sheets import line, new_key, sheet
from tests.making import TODAY

DAY = TODAY - timedelta(days=1)
PATH = f"/ngay-cua-toi?ngay={DAY}"


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def send(client: FlaskClient, world: World, path: str = PATH, **fields: str) -> TestResponse:
    return client.post(path, data=sheet(line(world.task) | fields))


def written(app: Flask) -> list[LogLine]:
    with app.app_context():
        lines = select(LogLine).where(LogLine.day == DAY).order_by(LogLine.id)
        return list(db.session.scalars(lines))


@pytest.mark.parametrize(
    ("typed", "minutes"), [("7,5", 450), ("7.5", 450), ("7:30", 450), ("90p", 90), ("0,25", 15)]
)
def test_hours_are_taken_as_people_write_them(
    app: Flask, staff: FlaskClient, world: World, typed: str, minutes: int
) -> None:
    assert send(staff, world, hours=typed).status_code == 303
    assert [each.minutes for each in written(app)] == [minutes]


def test_a_line_is_shown_with_its_day_and_leads_to_its_decision(
    staff: FlaskClient, world: World
) -> None:
    answer = send(staff, world, hours="6,5", product="Tờ trình", content="Đã gửi")
    day = staff.get(answer.location).text
    assert "6,5 / 8 giờ" in day
    assert "Tờ trình" in day
    origin = re.search(r'href="(/dong/\d+)">Nguồn gốc', day)
    assert origin
    chain = staff.get(origin[1]).text
    for link in re.findall(r'href="(/(?:mo-ta|vi-tri|dong-phu-luc|van-ban)/\d+)', chain):
        assert staff.get(link).status_code == 200
    assert "09-ĐA/TU" in chain
    assert "Tham khảo – chưa kiểm chứng với văn bản gốc" in chain


def test_a_form_sent_twice_writes_once(app: Flask, staff: FlaskClient, world: World) -> None:
    key = new_key()
    first, second = (send(staff, world, entry_key=key) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert "lần gửi trước" in staff.get(second.location).text
    assert len(written(app)) == 1


def test_all_errors_are_shown_at_once_and_what_was_typed_stays(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    answer = send(staff, world, task="", hours="nhiều", product="Bản thảo", quantity="hai")
    assert answer.status_code == 422
    for words in ("hãy chọn một việc", "hãy ghi như 7,5", "hãy ghi số nguyên", "Bản thảo", "nhiều"):
        assert words in answer.text
    assert written(app) == []


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "-1",
            "0",
            "24,01",
            "1e2",
            "1E+999999999",
            "NaN",
            "sNaN",
            "Infinity",
            "1_0",
            "７.５",
            "٣",
        ),
        *("-0", "+7", "0x7", "", " ", "\u200b", "\u0301", "7,5,5", "9" * 5_000, "25:00"),
    ],
)
def test_hours_that_are_none_are_a_field_error(
    app: Flask, staff: FlaskClient, world: World, typed: str
) -> None:
    assert send(staff, world, hours=typed).status_code == 422
    assert written(app) == []


def test_a_day_has_no_more_than_its_hours(app: Flask, staff: FlaskClient, world: World) -> None:
    assert send(staff, world, hours="20").status_code == 303
    answer = send(staff, world, hours="5")
    assert answer.status_code == 422
    assert "đã ghi 20 giờ, chỉ còn chỗ cho 4 giờ." in answer.text
    assert len(written(app)) == 1


@pytest.mark.parametrize(
    "day",
    ["2024-04-11", "2023-12-31", "2024-02-30", "9999-12-31", "0001-01-01", "x", "31/04/2024"],
)
def test_a_day_that_cannot_be_logged_is_refused(
    app: Flask, staff: FlaskClient, world: World, day: str
) -> None:
    assert send(staff, world, f"/ngay-cua-toi?ngay={day}").status_code == 422
    with app.app_context():
        assert db.session.scalars(select(func.count(LogLine.id))).one() == 5


@pytest.mark.parametrize("task", ["other_task", "999999999", "-1", "99999999999999999999", "1_0"])
def test_a_task_that_is_not_mine_is_refused(
    app: Flask, staff: FlaskClient, world: World, task: str
) -> None:
    sent = str(world.other_task) if task == "other_task" else task
    assert send(staff, world, task=sent).status_code == 422
    assert written(app) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</textarea>",
        "{{7*7}} {% raw %} %s {0.__class__}",
        "' OR 1=1--",
        "😀 𠀀 Ê-ban H'Linh Niê",
    ],
)
def test_text_is_kept_and_shown_to_the_letter(
    app: Flask, staff: FlaskClient, world: World, text: str
) -> None:
    send(staff, world, content=text, product=text)
    (kept,) = written(app)
    assert kept.content == kept.product == text
    shown = staff.get(PATH).text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("text", ["a\x00b", "a\x0cb", "a\x1bb", "a\ufffeb", "x" * 4_001])
def test_text_that_would_break_a_document_is_refused(
    app: Flask, staff: FlaskClient, world: World, text: str
) -> None:
    assert send(staff, world, content=text).status_code == 422
    assert written(app) == []


def test_what_is_not_asked_for_is_left_out_and_noted(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    assert send(staff, world, employee_id="1", status="approved").status_code == 303
    with app.app_context():
        noted = select(AuditEntry.detail).where(AuditEntry.action == "unexpected_field")
        assert db.session.scalars(noted).one() == {"fields": ["0-employee_id", "0-status"]}


def test_a_correction_is_a_new_line_in_place_of_the_old(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    send(staff, world, hours="2")
    (kept,) = written(app)
    form = staff.get(f"/ngay-cua-toi/sua/{kept.id}").text
    assert 'value="2"' in form
    answer = send(staff, world, f"/ngay-cua-toi/sua/{kept.id}", hours="3")
    assert answer.status_code == 303
    old, new = written(app)
    assert (old.current, new.current, new.supersedes_id) == (False, True, old.id)
    with app.app_context():
        (minutes,) = db.session.scalars(
            select(PersonDay.standard_minutes).where(PersonDay.day == DAY)
        )
    assert minutes == 180
    assert f"/dong/{new.id}" in staff.get(f"/dong/{old.id}").text


def test_a_line_corrected_elsewhere_is_a_conflict(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    send(staff, world)
    (kept,) = written(app)
    path = f"/ngay-cua-toi/sua/{kept.id}"
    assert send(staff, world, path, hours="2").status_code == 303
    answer = send(staff, world, path, hours="3")
    assert answer.status_code == 409
    assert len(written(app)) == 2


def test_nobody_corrects_a_colleagues_line(app: Flask, sign_in: SignIn, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = send(sign_in("head"), world, f"/ngay-cua-toi/sua/{world.line}")
    assert answer.status_code == 404


def test_tasks_are_found_without_marks(staff: FlaskClient) -> None:
    found = staff.get("/ngay-cua-toi?tim=KE+HOACH+cong+tac").text
    assert TASKS[0] in found
    assert TASKS[1] not in found.split("chon-viec")[1].split("nothing-found")[0]


def test_the_tasks_used_most_come_first(staff: FlaskClient, world: World) -> None:
    before = staff.get("/ngay-cua-toi").text
    for _ in range(4):
        send(staff, world, task=str(world.task + 1))
    after = staff.get("/ngay-cua-toi").text
    assert before.index(f">{TASKS[0]}</button>") < before.index(f">{TASKS[1]}</button>")
    assert after.index(f">{TASKS[1]}</button>") < after.index(f">{TASKS[0]}</button>")


def test_the_form_warns_of_state_secrets(staff: FlaskClient) -> None:
    assert "Không ghi nội dung, số, trích yếu văn bản mật" in staff.get("/ngay-cua-toi").text


def test_the_export_is_no_formula(staff: FlaskClient, world: World) -> None:
    for start in "=+-@":
        send(staff, world, hours="0,5", content=f"{start}1+1")
    table = staff.get(f"/ngay-cua-toi.csv?ngay={DAY}").get_data().decode("utf-8-sig")
    assert [row["Nội dung"] for row in csv.DictReader(io.StringIO(table))] == [
        "'=1+1",
        "'+1+1",
        "'-1+1",
        "'@1+1",
    ]
