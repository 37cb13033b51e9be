"""Hôm nay: several lines at once, rows picked and copied, undone, and the day closed."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.judging import Verdict
from catalogue.domain.pending import PendingKind, PendingState
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import WorkItemState
from catalogue.extensions import db
from catalogue.models import (
    Absence,
    Assignment,
    DiaryRule,
    Judgement,
    LogLine,
    MonthClosing,
    PendingLine,
    PinnedTask,
    TaskVersion,
    WorkItem,
)
from catalogue.services import absences, day_sums
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import TASKS, World
from tests.day_sheets import line, sheet
from tests.making import AT, SINCE, TODAY

DAY = TODAY - timedelta(days=1)
PATH = f"/ngay-cua-toi?ngay={DAY}"


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def written(app: Flask) -> list[LogLine]:
    with app.app_context():
        lines = select(LogLine).where(LogLine.day == DAY, LogLine.current).order_by(LogLine.id)
        return list(db.session.scalars(lines))


def make_kind(app: Flask, task: int, kind: TaskKind) -> None:
    with app.app_context():
        chosen = update(TaskVersion).where(TaskVersion.id == task)
        db.session.execute(chosen.values(kind=kind, product=None))
        db.session.commit()


def lay_limit(app: Flask, limit: DiaryLimit, value: int) -> None:
    with app.app_context():
        rule = DiaryRule(limit=limit, value=value, basis="Mặc định", valid_from=SINCE)
        db.session.add(rule)
        db.session.commit()


def seen(page: str) -> str:
    """What a reader sees, its tags and folds left out."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def undo(client: FlaskClient, page: str) -> TestResponse:
    found = re.search(r'name="line"\s+value="(\d+)"', page)
    assert found
    return client.post(f"/ngay-cua-toi/hoan-tac?ngay={DAY}", data={"line": found[1]})


def of_staff() -> Assignment:
    found = db.session.scalars(select(Assignment).order_by(Assignment.id)).first()
    assert found is not None
    return found


def test_a_day_of_several_lines_is_saved_whole_and_undone_with_one_tap(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    told = sheet(
        line(world.task, "1,5", place="grass_roots", evidence="TTr-12", note="Gửi qua văn thư"),
        line(world.task + 1, "90p", overtime="y"),
    )
    answer = staff.post(PATH, data=told)
    page = staff.get(answer.location).text
    assert "Đã ghi 2 dòng, 3 giờ." in seen(page)
    assert "1,5 / 8 giờ · ngoài giờ 1,5 giờ" in seen(page)
    assert "Ở cơ sở TTr-12 Gửi qua văn thư" in seen(page)
    undone = undo(staff, page)
    assert "0 / 8 giờ" in staff.get(undone.location).text
    assert written(app) == []


def test_a_save_of_which_a_line_was_judged_is_not_undone(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    saved = staff.post(PATH, data=sheet(line(world.task, "1"), line(world.task, "2")))
    page = staff.get(saved.location).text
    with app.app_context():
        (first, *_) = db.session.scalars(select(LogLine).where(LogLine.day == DAY)).all()
        first.verdict = Verdict.ACCEPTED
        db.session.commit()
    refused = undo(staff, page)
    assert [refused.status_code, len(written(app))] == [409, 2]
    assert "đã được đánh giá" in refused.text
    assert "Hoàn tác" not in staff.get(saved.location).text


def test_a_day_well_over_its_standard_is_accepted_and_said_to_writer_and_head(
    sign_in: SignIn, staff: FlaskClient, world: World
) -> None:
    told = line(world.task, "9"), line(world.task + 1, "7"), line(world.task, "2", overtime="y")
    page = staff.get(staff.post(PATH, data=sheet(*told)).location).text
    assert "Nhiều hơn giờ chuẩn của ngày này 8 giờ." in seen(page)
    assert "nhiều hơn một ngày chuẩn 8 giờ" in sign_in("head").get("/danh-gia-ngay").text
    assert "Nhiều hơn giờ chuẩn" not in staff.get(f"/ngay-cua-toi?ngay={TODAY}").text


def test_every_refusal_stands_at_its_line_and_nothing_is_written_or_lost(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    told = sheet(
        line(world.task, "2", content="Đã xong"),
        line(world.task + 1, "2", product=""),
        line(world.other_task, "2"),
        line(world.task, "nhiều", quantity="hai"),
    )
    unread = staff.post(PATH, data=told)
    assert [unread.status_code, written(app)] == [422, []]
    for field in ("3-hours", "3-quantity"):
        assert f'href="#{field}">Dòng 4 · ' in unread.text
    refused = staff.post(PATH, data={**told, "3-hours": "1", "3-quantity": ""})
    assert [refused.status_code, written(app)] == [422, []]
    assert 'href="#1-product">Dòng 2 · Sản phẩm: nhiệm vụ này phải ghi sản phẩm' in refused.text
    assert 'href="#2-task">Dòng 3 · Nhiệm vụ không thuộc vị trí' in refused.text
    assert 'value="Đã xong"' in refused.text


def test_a_task_is_picked_and_its_line_taken_out_without_scripts(
    staff: FlaskClient, world: World
) -> None:
    first = sheet(line(world.task, "3", content="Đang gõ"))
    picked = staff.post(PATH, data=first | {"op": f"add:{world.task + 1}"}).text
    assert f"<legend>{TASKS[1]}</legend>" in picked
    assert 'value="Đang gõ"' in picked
    keys = re.findall(r'name="(\d)-entry_key"\s+value="([0-9a-f-]{36})"', picked)
    assert [number for number, _ in keys] == ["0", "1"]
    left = staff.post(PATH, data=first | {"1-entry_key": keys[1][1], "op": "drop:0"}).text
    assert 'value="Đang gõ"' not in left
    assert 'name="1-entry_key"' in left


def test_a_pinned_task_stands_first_and_what_was_typed_stays(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    with app.app_context():
        task_id = db.session.get_one(TaskVersion, world.task + 1).task_id
    typed = sheet(line(world.task, "3", content="Đang gõ"))
    page = staff.post(PATH, data=typed | {"op": f"pin:{task_id}"}).text
    assert 'value="Đang gõ"' in page
    pinned = page.split("<h3>Đã ghim</h3>")[1].split("</ul>")[0]
    assert TASKS[1] in pinned
    page = staff.post(PATH, data={"op": f"unpin:{task_id}"}).text
    assert "Đã ghim" not in page
    assert staff.post(PATH, data={"op": "pin:999999"}).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(PinnedTask)).all() == []


def test_rows_are_copied_and_never_their_hours(staff: FlaskClient, world: World) -> None:
    staff.post(PATH, data=sheet(line(world.task, "2,75", content="Họp tuần")))
    page = staff.post("/ngay-cua-toi", data={"op": "copy"}).text
    copied = page.split('id="cac-dong"')[1].split('class="save"')[0]
    assert 'value="Họp tuần"' in copied
    assert re.search(r'name="0-hours"\s+value=""', copied)
    assert "2,75" not in copied
    assert f"Đã chép 1 dòng của ngày {DAY:%d/%m/%Y}" in page


def test_what_cannot_be_copied_is_said_and_is_no_error(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    long_before = f"/ngay-cua-toi?ngay={TODAY - timedelta(days=60)}"
    page = staff.post(long_before, data={"op": "copy"}).text
    assert "chưa có dòng nào để chép" in page
    assert "Chưa ghi được" not in page
    staff.post(PATH, data=sheet(line(world.task, "2"), line(world.task + 1, "1")))
    with app.app_context():
        line_id = db.session.scalars(select(LogLine.id).where(LogLine.day == DAY)).first()
        strange = update(LogLine).where(LogLine.id == line_id)
        db.session.execute(strange.values(task_version_id=world.other_task))
        db.session.commit()
    page = staff.post("/ngay-cua-toi", data={"op": "copy"}).text
    assert "Đã chép 1 dòng" in page
    assert "1 dòng không chép" in page


def test_a_line_is_taken_away_and_put_back(app: Flask, staff: FlaskClient, world: World) -> None:
    staff.post(PATH, data=sheet(line(world.task, "2")))
    (kept,) = written(app)
    removed = staff.post(f"/ngay-cua-toi/bo/{kept.id}")
    page = staff.get(removed.location).text
    assert "Đã bỏ một dòng." in page
    assert written(app) == []
    path = f"/ngay-cua-toi/dat-lai/{kept.id}"
    assert path in page
    assert [staff.post(path).status_code for _ in range(2)] == [303, 303]
    assert [each.minutes for each in written(app)] == [120]


def test_a_secret_task_asks_for_hours_and_takes_nothing_else(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    make_kind(app, world.task, TaskKind.SECRET)
    secret = line(world.task, "2", product="")
    drawn = staff.post(PATH, data=sheet(secret) | {"op": "find"}).text
    row = drawn.split('id="cac-dong"')[1].split('class="save"')[0]
    assert 'name="0-hours"' in row
    assert "chỉ ghi số giờ" in row
    for name in ("product", "quantity", "content", "document", "evidence", "note"):
        assert f'name="0-{name}"' not in row
    refused = staff.post(PATH, data=sheet(secret | {"content": "Công văn số 12"}))
    assert refused.status_code == 422
    assert staff.post(PATH, data=sheet(secret)).status_code == 303


def test_studying_takes_number_and_pages_and_what_is_over_the_norm_is_flagged(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    make_kind(app, world.task, TaskKind.STUDY)
    lay_limit(app, DiaryLimit.MINUTES_A_PAGE, 5)
    told = line(world.task, "1", product="", document="12-HD/BTCTW", pages="10")
    page = staff.get(staff.post(PATH, data=sheet(told)).location).text
    assert "12-HD/BTCTW 10 trang" in page
    assert "Vượt định mức nghiên cứu 10 phút (5 phút một trang)" in page
    assert "Chưa ghi số trang" not in page
    untold = line(world.task, "1", product="")
    page = staff.get(staff.post(PATH, data=sheet(untold)).location).text
    assert "Chưa ghi số trang, chưa so được với định mức" in page


def test_a_day_long_past_says_so_and_a_late_one_bears_its_mark(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    lay_limit(app, DiaryLimit.BACKFILL_DAYS, 7)
    lay_limit(app, DiaryLimit.ON_TIME_DAYS, 1)
    late, long_past = TODAY - timedelta(days=5), TODAY - timedelta(days=20)
    answer = staff.post(f"/ngay-cua-toi?ngay={late}", data=sheet(line(world.task)))
    assert "Ghi bù lúc" in staff.get(answer.location).text
    page = staff.get(f"/ngay-cua-toi?ngay={long_past}").text
    assert "quá 7 ngày được ghi bù" in page
    assert "data-sheet" not in page
    asked = f"/ghi-bu?ngay={long_past}"
    assert f'href="{asked}"' in page
    assert staff.get(asked).text.count(f'value="{long_past}"') == 2
    kept = staff.post(f"/ngay-cua-toi?ngay={long_past}", data=sheet(line(world.task, "3,25")))
    assert kept.status_code == 422
    assert 'value="3,25"' in kept.text
    assert f'href="{asked}"' in kept.text


def test_a_closed_month_leads_to_an_adjustment_of_the_day(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    with app.app_context():
        person = of_staff().person_id
        closing = MonthClosing(
            unit_id=world.unit, month=DAY.replace(day=1), closed_by_id=person, closed_at=AT
        )
        db.session.add(closing)
        db.session.commit()
    path = f"/dieu-chinh/moi?ngay={DAY}"
    assert f'href="{path}"' in staff.get(PATH).text
    assert f"Gửi đề nghị cho ngày {DAY:%d/%m/%Y}" in staff.get(path).text


def test_a_closed_day_takes_nothing_until_it_is_opened_again(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    closing = f"/ngay-cua-toi/chot?ngay={DAY}"
    assert "đã đủ" in staff.post(closing, data={"op": "close"}, follow_redirects=True).text
    refused = staff.post(PATH, data=sheet(line(world.task)))
    assert "đã chốt" in refused.text
    assert [refused.status_code, written(app)] == [422, []]
    assert "Đã mở lại" in staff.post(closing, data={"op": "reopen"}, follow_redirects=True).text
    assert staff.post(PATH, data=sheet(line(world.task))).status_code == 303


def test_a_refusal_about_a_day_leads_back_to_that_day(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    staff.post(PATH, data=sheet(line(world.task)))
    back = f'href="/ngay-cua-toi?ngay={DAY}">Về ngày'
    leave = staff.post(f"/ngay-cua-toi/vang?ngay={DAY}", data={"op": "leave"})
    assert (leave.status_code, back in leave.text) == (409, True)
    (kept,) = written(app)
    removing = f"/ngay-cua-toi/bo/{kept.id}?ngay={DAY}"
    assert f'action="{removing}"' in staff.get(f"/ngay-cua-toi/sua/{kept.id}").text
    staff.post(f"/ngay-cua-toi/chot?ngay={DAY}", data={"op": "close"})
    gone = staff.post(removing)
    assert (gone.status_code, back in gone.text) == (422, True)
    odd = staff.post("/ngay-cua-toi/chot?ngay=hom-qua", data={"op": "close"})
    assert (odd.status_code, "Về ngày" in odd.text) == (422, False)


def test_a_day_without_hours_is_not_offered_for_closing(staff: FlaskClient, world: World) -> None:
    offered = 'value="close"'
    assert offered not in staff.get(PATH).text
    leave = f"/ngay-cua-toi/vang?ngay={DAY}"
    assert offered in staff.post(leave, data={"op": "leave"}, follow_redirects=True).text
    assert offered not in staff.post(leave, data={"op": "back"}, follow_redirects=True).text
    staff.post(PATH, data=sheet(line(world.task)))
    assert offered in staff.get(PATH).text


def test_an_empty_day_leads_to_the_tasks_only_where_it_takes_lines(staff: FlaskClient) -> None:
    leads = "Chọn một việc bên dưới"
    assert leads in staff.get(PATH).text
    assert leads not in staff.get(f"/ngay-cua-toi?ngay={TODAY + timedelta(days=1)}").text
    closing = f"/ngay-cua-toi/chot?ngay={DAY}"
    assert leads not in staff.post(closing, data={"op": "close"}, follow_redirects=True).text


def test_leave_lowers_the_standard_and_is_taken_back_by_who_entered_it(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    others = f"/vang-mat?ngay={DAY}"
    assert f'href="{others}"' in staff.get(PATH).text
    assert staff.get(others).text.count(f'value="{DAY}"') == 2
    path = f"/ngay-cua-toi/vang?ngay={DAY}"
    half = staff.post(path, data={"op": "half-leave"}, follow_redirects=True).text
    assert "0 / 4 giờ" in half
    assert "nghỉ phép nửa ngày" in half
    assert "0 / 8 giờ" in staff.post(path, data={"op": "back"}, follow_redirects=True).text
    assert "0 / 0 giờ" in staff.post(path, data={"op": "leave"}, follow_redirects=True).text
    refused = staff.post(PATH, data=sheet(line(world.task)))
    assert "bạn nghỉ" in refused.text
    with app.app_context():
        session = db.session()
        session.execute(update(Absence).values(entered_by_id=of_staff().person_id + 1))
        session.commit()
    assert staff.post(path, data={"op": "back"}).status_code == 409


def test_on_a_mission_one_works_and_the_place_is_known(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    with app.app_context():
        person = of_staff().person_id
        absences.enter(db.session(), person, AbsenceKind.MISSION, DAY, DAY, by=person, at=AT)
        db.session.commit()
    page = staff.post(PATH, data={"op": f"add:{world.task}"}).text
    assert "0 / 8 giờ" in page
    assert re.search(r'<option value="mission"\s+selected', page)


def test_hours_that_wait_for_a_task_stand_beside_the_total(app: Flask, staff: FlaskClient) -> None:
    with app.app_context():
        session, assignment = db.session(), of_staff()
        waiting = PendingLine(
            assignment_id=assignment.id,
            day=DAY,
            kind=PendingKind.UNPLANNED,
            state=PendingState.WAITING,
            content="Đón đoàn kiểm tra",
            minutes=90,
            overtime=False,
            written_at=AT,
        )
        session.add(waiting)
        session.flush()
        day_sums.sum_day(session, assignment.id, DAY)
        session.commit()
    page = staff.get(PATH).text
    assert "0 / 8 giờ · chờ gắn 1,5 giờ" in seen(page)
    assert "Đón đoàn kiểm tra" in page


def test_a_judged_line_bears_its_verdict_and_is_not_offered_for_correction(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    staff.post(PATH, data=sheet(line(world.task, "2")))
    (kept,) = written(app)
    with app.app_context():
        db.session.execute(update(LogLine).values(verdict=Verdict.LATE))
        for reason in ("Lần đầu", "Nộp sau hạn"):
            db.session.add(
                Judgement(
                    log_line_id=kept.id,
                    verdict=Verdict.LATE,
                    reason=reason,
                    by_id=of_staff().person_id,
                    at=AT,
                )
            )
        db.session.commit()
    page = staff.get(PATH).text
    assert '<span class="chip">Chậm</span>' in page
    assert '<span class="about">Nộp sau hạn</span>' in page
    assert f"/ngay-cua-toi/sua/{kept.id}" not in page
    assert staff.get(f"/ngay-cua-toi/sua/{kept.id}").status_code == 409


def test_work_of_several_days_is_offered_at_its_task_and_needs_no_product(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    with app.app_context():
        session = db.session()
        item = WorkItem(
            assignment_id=of_staff().id,
            task_id=session.get_one(TaskVersion, world.task).task_id,
            title="Đề án sắp xếp",
            product="Đề án",
            quantity=1,
            assigned_on=DAY,
            due_on=TODAY + timedelta(days=9),
            state=WorkItemState.OPEN,
        )
        session.add(item)
        session.commit()
        chosen = str(item.id)
    told = sheet(line(world.task, "2", product="", work_item=chosen), line(world.task + 1, "1"))
    drawn = staff.post(PATH, data=told | {"op": "find"}).text
    assert 'name="0-work_item"' in drawn
    assert 'name="1-work_item"' not in drawn
    page = staff.get(staff.post(PATH, data=told).location).text
    assert "Việc nhiều ngày: Đề án sắp xếp" in page


def test_the_row_to_copy_offers_work_of_several_days_only_while_it_is_open(
    app: Flask, staff: FlaskClient
) -> None:
    for state in (WorkItemState.OPEN, WorkItemState.DROPPED, WorkItemState.OPEN):
        with app.app_context():
            db.session.execute(update(WorkItem).values(state=state))
            db.session.commit()
        page = staff.get(PATH).text
        assert 'name="999-hours"' in page
        assert ('name="999-work_item"' in page) is (state is WorkItemState.OPEN)


def test_a_key_of_somebody_elses_line_is_refused_and_the_sheet_kept(
    sign_in: SignIn, staff: FlaskClient, world: World
) -> None:
    other = line(world.other_task, "1")
    assert sign_in("other_staff").post(PATH, data=sheet(other)).status_code == 303
    mine = line(world.task, "2", content="Của tôi") | {"entry_key": other["entry_key"]}
    refused = staff.post(PATH, data=sheet(mine))
    assert refused.status_code == 409
    assert 'value="Của tôi"' in refused.text
    assert other["entry_key"] not in refused.text
