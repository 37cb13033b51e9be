"""A line is mended on its page: whatever stands in the way, nothing that was typed is lost."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.judging import Verdict
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import WorkItemState
from catalogue.extensions import db
from catalogue.models import (
    Account,
    CalendarDay,
    DiaryRule,
    LogLine,
    PinnedTask,
    TaskVersion,
    WorkItem,
)
from catalogue.services import absences, closing_days, pins
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OWN_CANARY, TASKS, World
from tests.day_sheets import line, new_key, sheet
from tests.making import AT, SINCE, TODAY

DAY = TODAY - timedelta(days=1)
PATH = f"/ngay-cua-toi?ngay={DAY}"
JUDGED_ON = TODAY - timedelta(days=22)


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def lay_limit(app: Flask, limit: DiaryLimit, value: int) -> None:
    with app.app_context():
        rule = DiaryRule(limit=limit, value=value, basis="Mặc định", valid_from=SINCE)
        db.session.add(rule)
        db.session.commit()


def change(app: Flask, line_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(LogLine).where(LogLine.id == line_id).values(**values))
        db.session.commit()


def person_of(world: World, persona: str = "staff") -> int:
    return db.session.get_one(Account, world.people[persona]).person_id


def save(app: Flask, client: FlaskClient, told: dict[str, str]) -> int:
    """Write one line; answers which it is."""
    assert client.post(PATH, data=sheet(told)).status_code == 303
    with app.app_context():
        return db.session.scalars(
            select(LogLine.id).where(LogLine.entry_key == told["entry_key"])
        ).one()


def minutes(app: Flask) -> list[int]:
    with app.app_context():
        lines = select(LogLine.minutes).where(LogLine.day == DAY, LogLine.current)
        return list(db.session.scalars(lines.order_by(LogLine.id)))


def options(page: str, name: str) -> dict[str, bool]:
    """What a choice offers, and what of it is chosen."""
    (body,) = re.findall(rf'name="0-{name}">(.*?)</select>', page, re.DOTALL)
    return {
        " ".join(text.split()): "selected" in attributes
        for attributes, text in re.findall(r"<option([^>]*)>(.*?)</option>", body, re.DOTALL)
    }


def test_what_the_head_sent_back_is_mended_from_my_results_however_late(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    lay_limit(app, DiaryLimit.BACKFILL_DAYS, 7)
    path = f"/ngay-cua-toi/sua/{world.judged_line}"
    assert f'href="{path}"' in staff.get(f"/ket-qua-cua-toi?thang={JUDGED_ON:%Y-%m}").text
    assert f'href="{path}"' in staff.get(f"/ngay-cua-toi?ngay={JUDGED_ON}").text
    assert f'href="{path}"' in staff.get(f"/tuan-cua-toi?ngay={JUDGED_ON}").text
    page = staff.get(path).text
    assert OWN_CANARY in page
    assert "Bỏ dòng này" not in page
    answer = staff.post(path, data=sheet(line(world.task, "1,5", product="Bản đã sửa")))
    assert "Bản đã sửa" in staff.get(answer.location).text


def test_a_line_that_stays_as_it_is_says_why_and_leads_on(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    path = f"/ngay-cua-toi/sua/{world.judged_line}"
    change(app, world.judged_line, verdict=None)
    lay_limit(app, DiaryLimit.BACKFILL_DAYS, 7)
    page = staff.get(path).text
    assert 'href="/ghi-bu"' in page
    assert "Ghi dòng sửa" not in page
    with app.app_context():
        own = person_of(world)
        closing_days.close(db.session(), JUDGED_ON, today=TODAY, by=own, at=AT)
        db.session.commit()
    assert "mở lại ngày" in staff.get(path).text


def test_a_correction_keeps_the_work_of_the_line_though_it_was_handed_in(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    told = line(world.task, "2", product="", work_item=str(world.work_item))
    line_id = save(app, staff, told)
    with app.app_context():
        db.session.execute(
            update(WorkItem)
            .where(WorkItem.id == world.work_item)
            .values(state=WorkItemState.HANDED_IN)
        )
        db.session.commit()
    page = staff.get(f"/ngay-cua-toi/sua/{line_id}").text
    assert any(chosen for text, chosen in options(page, "work_item").items() if "hạn" in text)
    sent = told | {"hours": "1", "entry_key": new_key()}
    assert staff.post(f"/ngay-cua-toi/sua/{line_id}", data=sheet(sent)).status_code == 303
    with app.app_context():
        kept = select(LogLine.work_item_id).where(LogLine.supersedes_id == line_id)
        assert db.session.scalar(kept) == world.work_item


def test_the_page_of_a_correction_asks_what_its_task_asks(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    line_id = save(app, staff, line(world.task, "2"))
    page = staff.get(f"/ngay-cua-toi/sua/{line_id}").text
    assert options(page, "task") == {
        TASKS[0]: True,
        TASKS[1]: False,
        "Thực hiện nhiệm vụ khác": False,
    }
    assert 'name="0-pages"' not in page
    change(app, line_id, document_number="12-HD/TU")
    assert 'value="12-HD/TU"' in staff.get(f"/ngay-cua-toi/sua/{line_id}").text
    with app.app_context():
        secret = update(TaskVersion).where(TaskVersion.id == world.task)
        db.session.execute(secret.values(kind=TaskKind.SECRET))
        db.session.commit()
    page = staff.get(f"/ngay-cua-toi/sua/{line_id}").text
    assert "chỉ ghi số giờ" in page
    assert 'name="0-content"' not in page


def test_a_task_that_is_mine_no_more_stays_chosen_and_no_other_takes_its_place(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    line_id = save(app, staff, line(world.task, "2"))
    change(app, line_id, task_version_id=world.other_task)
    chosen = options(staff.get(f"/ngay-cua-toi/sua/{line_id}").text, "task")
    (only,) = (text for text, is_chosen in chosen.items() if is_chosen)
    assert "không còn thuộc vị trí ngày này" in only


def test_a_line_mended_elsewhere_meanwhile_keeps_what_was_typed_and_can_be_sent_again(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    line_id = save(app, staff, line(world.task, "2"))
    path = f"/ngay-cua-toi/sua/{line_id}"
    sent = line(world.task, "3", content="Bản của tôi")
    assert staff.post(path, data=sheet(line(world.task, "1"))).status_code == 303
    refused = staff.post(path, data=sheet(sent))
    assert refused.status_code == 409
    assert 'value="Bản của tôi"' in refused.text
    assert "sửa ở nơi khác" in refused.text
    (again,) = re.findall(r'action="(/ngay-cua-toi/sua/\d+)"', refused.text)
    assert [staff.post(again, data=sheet(sent)).status_code for _ in range(2)] == [303, 303]
    assert minutes(app) == [180]


def test_a_line_taken_away_meanwhile_is_told_and_what_was_typed_is_written_as_a_new_one(
    app: Flask, staff: FlaskClient, sign_in: SignIn, world: World
) -> None:
    line_id = save(app, staff, line(world.task, "2"))
    path, sent = f"/ngay-cua-toi/sua/{line_id}", line(world.task, "3", content="Bản của tôi")
    staff.post(f"/ngay-cua-toi/bo/{line_id}")
    refused = staff.post(path, data=sheet(sent))
    assert refused.status_code == 409
    assert "đã được bỏ ở nơi khác" in refused.text
    assert 'value="Bản của tôi"' in refused.text
    mistyped = staff.post(path, data=sheet(sent | {"hours": "lâu"}))
    assert [mistyped.status_code, 'value="lâu"' in mistyped.text] == [422, True]
    (action,) = re.findall(r'action="(/ngay-cua-toi\?ngay=[\d-]+)"\s+data-unsaved', refused.text)
    (key,) = re.findall(r'name="0-entry_key"\s+value="([0-9a-f-]{36})"', refused.text)
    assert staff.post(action, data=sheet(sent | {"entry_key": key})).status_code == 303
    assert minutes(app) == [180]
    assert sign_in("head").post(path, data=sheet(sent)).status_code == 404


def test_a_line_judged_meanwhile_keeps_what_was_typed(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    line_id = save(app, staff, line(world.task, "2"))
    change(app, line_id, verdict=Verdict.ACCEPTED)
    sent = sheet(line(world.task, "3", content="Bản của tôi"))
    refused = staff.post(f"/ngay-cua-toi/sua/{line_id}", data=sent)
    assert refused.status_code == 409
    assert 'value="Bản của tôi"' in refused.text
    assert "đã được đánh giá" in refused.text


def test_one_pin_too_many_loses_nothing_that_was_typed(
    app: Flask, staff: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "_MOST", 0)
    with app.app_context():
        task_id = db.session.get_one(TaskVersion, world.task).task_id
    typed = sheet(line(world.task, "3", content="Đang gõ")) | {"op": f"pin:{task_id}"}
    page = staff.post(PATH, data=typed).text
    assert "Hãy bỏ ghim một việc" in page
    assert 'value="Đang gõ"' in page
    with app.app_context():
        assert db.session.scalars(select(PinnedTask)).all() == []


def test_going_back_and_changing_a_figure_is_told_and_not_lost(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    told = line(world.task, "2")
    line_id = save(app, staff, told)
    refused = staff.post(PATH, data=sheet(told | {"hours": "3,25"}))
    assert refused.status_code == 422
    assert "với nội dung khác" in refused.text
    assert 'value="3,25"' in refused.text
    staff.post(f"/ngay-cua-toi/bo/{line_id}")
    asked = staff.post(PATH, data=sheet(told))
    assert [asked.status_code, minutes(app)] == [422, []]
    assert "Bấm Ghi lần nữa" in asked.text
    (key,) = re.findall(r'name="0-entry_key"\s+value="([0-9a-f-]{36})"', asked.text)
    assert staff.post(PATH, data=sheet(told | {"entry_key": key})).status_code == 303
    assert minutes(app) == [120]


def test_a_year_without_a_calendar_owes_nothing_that_is_known(
    app: Flask, staff: FlaskClient
) -> None:
    assert "/ 8 giờ" in staff.get(PATH).text
    with app.app_context():
        db.session.execute(delete(CalendarDay))
        db.session.commit()
    for path, owed in ((PATH, "/ 8 giờ"), ("/tuan-cua-toi", "/ 40 giờ"), ("/", "/ 8 giờ")):
        page = staff.get(path).text
        assert owed not in page
        assert "Chưa có lịch làm việc năm 2024" in page
    assert "Ngày làm việc chưa có dòng nào" not in staff.get("/").text


def test_the_whole_of_a_long_absence_is_named_before_it_is_taken_back(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    first, last = DAY - timedelta(days=4), DAY
    with app.app_context():
        own = person_of(world)
        absences.enter(db.session(), own, AbsenceKind.LEAVE, first, last, by=own, at=AT)
        db.session.commit()
    span = f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"
    assert f"Rút cả lần vắng mặt, {span}" in staff.get(PATH).text
    taken = staff.post(f"/ngay-cua-toi/vang?ngay={DAY}", data={"op": "back"})
    assert f"Đã rút nghỉ phép {span}" in staff.get(taken.location).text
    with app.app_context():
        absences.enter(
            db.session(),
            person_of(world),
            AbsenceKind.LEAVE,
            DAY,
            DAY,
            by=person_of(world, "head"),
            at=AT,
        )
        db.session.commit()
    page = staff.get(PATH).text
    assert "do người khác ghi" in page
    assert 'value="back"' not in page
