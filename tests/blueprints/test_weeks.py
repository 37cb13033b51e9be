"""Tuần: a grid of tasks by days, written whole or not at all, lowered by leave and holidays."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, select
from werkzeug.test import TestResponse

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.words import DayKind
from catalogue.extensions import db
from catalogue.models import Assignment, CalendarDay, LogLine, Task, TaskVersion
from catalogue.services import absences, closing_days
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import TASKS, World
from tests.day_sheets import line, new_key, sheet
from tests.making import AT, TODAY

MONDAY = TODAY - timedelta(days=2)
PATH = f"/tuan-cua-toi?ngay={TODAY}"


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def person(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Assignment.person_id).order_by(Assignment.id)).first() or 0


def written(app: Flask, *wanted: ColumnElement[bool]) -> list[tuple[int, int, bool]]:
    """Day of the week, minutes and overtime of the lines that were written here."""
    with app.app_context():
        here = LogLine.entry_key.is_not(None), *wanted
        lines = select(LogLine).where(*here).order_by(LogLine.day)
        return [
            ((each.day - MONDAY).days, each.minutes, each.overtime)
            for each in db.session.scalars(lines)
        ]


def add_tasks(app: Flask, world: World, count: int) -> None:
    """Give the person's description more tasks, worded as its first."""
    with app.app_context():
        first = db.session.get_one(TaskVersion, world.task)
        columns = ("duty_id", "text", "text_folded", "product")
        told = {name: getattr(first, name) for name in columns}
        for number in range(count):
            task = Task(position_id=first.task.position_id)
            db.session.add(TaskVersion(task=task, ordinal=100 + number, **told))
        db.session.commit()


def undo(client: FlaskClient, page: str) -> TestResponse:
    found = re.search(r'action="([^"]*hoan-tac[^"]*)"[\s\S]*?name="line" value="(\d+)"', page)
    assert found
    return client.post(unescape(found[1]), data={"line": found[2]})


def grid(**cells: str) -> dict[str, str]:
    """A grid as its page sends it: `d0_hours` is Monday's cell of the first task."""
    named = {f"1-{name[1]}-{name[3:]}": text for name, text in cells.items()}
    return named | {"sheet_key": new_key(), "op": "save"}


def test_cells_of_several_days_are_saved_at_once_and_a_repeat_adds_nothing(
    app: Flask, staff: FlaskClient
) -> None:
    told = grid(d0_hours="7,5", d0_product="Dự thảo", d1_hours="2:30", d1_product="Tờ trình")
    answers = [staff.post(PATH, data=told) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert written(app) == [(0, 450, False), (1, 150, False)]
    page = staff.get(answers[0].location).text
    assert "Đã ghi 2 dòng của 2 ngày." in page
    assert "2 dòng đã được ghi từ lần gửi trước." in page
    assert "11,5 / 40 giờ" in page
    assert "Dự thảo" in page
    back = staff.get(undo(staff, page).location)
    assert "Đã hoàn tác" in back.text
    assert "<h1>Tuần của tôi</h1>" in back.text
    assert "<strong>1,5 / 40 giờ</strong>" in back.text


def test_a_week_of_many_lines_is_undone_at_once_and_what_was_saved_before_stays(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    add_tasks(app, world, 24)
    assert staff.post(PATH, data=grid(d0_hours="1", d0_product="Dự thảo")).status_code == 303
    tasks = re.findall(r'<option value="(\d+)">', staff.get(PATH).text)
    cells = {f"{task}-{day}-hours": "10p" for task in tasks for day in range(3)}
    told = cells | {name.replace("hours", "product"): "Bản" for name in cells}
    saved = staff.post(PATH, data=told | {"sheet_key": new_key(), "op": "save"})
    page = staff.get(saved.location).text
    assert len(cells) > 60
    assert f"Ghi nhầm thì bỏ cả {len(cells)} dòng vừa ghi." in page
    assert [undo(staff, page).status_code for _ in range(2)] == [303, 303]
    assert written(app, LogLine.current.is_(True)) == [(0, 60, False)]


def test_one_refused_cell_keeps_the_whole_week_from_being_written(
    app: Flask, staff: FlaskClient
) -> None:
    told = grid(d0_hours="8", d0_product="Dự thảo", d1_hours="2", d3_hours="1", d3_product="Sớm")
    refused = staff.post(PATH, data=told)
    assert [refused.status_code, written(app)] == [422, []]
    assert (
        f'href="#1-1-product">Thứ ba, «{TASKS[0]}» · Sản phẩm: nhiệm vụ này phải ghi'
        in refused.text
    )
    assert "Thứ năm · Ngày: chưa đến ngày này." in refused.text
    assert 'value="Dự thảo"' in refused.text


def test_a_cell_that_cannot_be_read_is_named_with_its_day_and_task(
    app: Flask, staff: FlaskClient
) -> None:
    refused = staff.post(PATH, data=grid(d1_hours="lâu", d0_content="Quên giờ"))
    row = f"«{TASKS[0]}»"
    assert f'href="#1-0-hours">Thứ hai, {row} · Số giờ: chưa ghi;' in refused.text
    assert f'href="#1-1-hours">Thứ ba, {row} · Số giờ: hãy ghi như' in refused.text
    assert [refused.status_code, written(app)] == [422, []]


def test_holidays_and_leave_lower_the_standard_and_such_days_take_overtime(
    app: Flask, staff: FlaskClient
) -> None:
    with app.app_context():
        session = db.session()
        session.add(CalendarDay(day=MONDAY, kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
        own, leave, day = person(app), AbsenceKind.LEAVE, MONDAY + timedelta(days=1)
        absences.enter(session, own, leave, day, day, by=own, at=AT)
        session.commit()
    page = staff.get(PATH).text
    assert "1,5 / 24 giờ" in page
    assert "Ngày nghỉ. Giờ ghi ở đây là ngoài giờ chuẩn." in page
    assert "Nghỉ phép. Giờ ghi ở đây là ngoài giờ chuẩn." in page
    told = grid(d0_hours="2", d0_product="Trực", d1_hours="1", d1_product="Họp gấp")
    assert staff.post(PATH, data=told).status_code == 303
    assert written(app) == [(0, 120, True), (1, 60, True)]


def test_a_closed_day_offers_no_cell(app: Flask, staff: FlaskClient) -> None:
    with app.app_context():
        own = person(app)
        closing_days.close(db.session(), MONDAY, today=TODAY, by=own, at=AT)
        db.session.commit()
    page = staff.get(PATH).text
    assert "Đã chốt." in page
    assert 'name="1-0-hours"' not in page
    assert 'name="1-1-hours"' in page


def test_rows_are_added_and_last_weeks_are_copied_without_their_hours(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    row = f"<legend>{TASKS[1]}</legend>"
    assert row not in staff.get(PATH).text
    typed = grid(d0_content="Đang gõ")
    added = staff.post(PATH, data=typed | {"op": "add", "more": "2"}).text
    assert row in added
    assert 'value="Đang gõ"' in added
    before = MONDAY - timedelta(days=3)
    staff.post(f"/ngay-cua-toi?ngay={before}", data=sheet(line(world.task + 1, "3,75")))
    next_week = f"/tuan-cua-toi?ngay={MONDAY}"
    copied = staff.post(next_week, data=typed | {"op": "copy"}).text
    assert row in copied
    assert "3,75" not in copied
    assert 'value="Đang gõ"' in copied
    assert written(app) == [(-3, 225, False)]


def test_the_weeks_lines_can_be_taken_away_as_a_table(staff: FlaskClient) -> None:
    staff.post(PATH, data=grid(d0_hours="7,5", d0_product="Dự thảo"))
    table = staff.get(f"/tuan-cua-toi.csv?ngay={TODAY}").get_data().decode("utf-8-sig")
    days = re.findall(r"^(\d\d/\d\d/\d{4}),", table, re.MULTILINE)
    assert days == [f"{MONDAY:%d/%m/%Y}", f"{TODAY:%d/%m/%Y}"]
