"""Closing a month and adjusting it afterwards, as pages, each with the password and two persons."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.judging import Verdict
from catalogue.extensions import db
from catalogue.models import Adjustment, LogLine, MonthClosing
from tests.blueprints.conftest import SignIn
from tests.blueprints.test_approving import forget_passwords, give_password
from tests.blueprints.world import OTHER_PERSON, OWN_CANARY, World
from tests.making import PASSWORD

Act = Callable[[str], FlaskClient]


@pytest.fixture
def act(app: Flask, sign_in: SignIn) -> Act:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in


def closed(app: Flask) -> int:
    with app.app_context(), Session(db.engine) as session:
        return session.scalar(select(func.count(MonthClosing.id))) or 0


def test_a_head_closes_the_month_over_the_list_with_the_password(
    app: Flask, act: Act, world: World
) -> None:
    give_password(app, world, "head")
    head, path = act("head"), f"/khoa-thang/{world.unit}?thang=2024-03"
    forget_passwords(app)
    page = head.get(path).text
    assert "Nguyễn Văn staff" in page
    assert "21 ngày: 01/03/2024" in page
    assert "Tháng 03/2024 chưa khóa ở 1 đơn vị" in head.get("/").text
    assert head.post(path, data={"acknowledged": "y"}).status_code == 403
    with_password = {"password": PASSWORD}
    unread = head.post(path, data=with_password)
    assert unread.status_code == 422
    assert "Tôi đã xem danh sách còn thiếu" in unread.text
    assert closed(app) == 0
    done = head.post(path, data={"acknowledged": "y"}, follow_redirects=True).text
    assert "Nguyễn Văn head đã khóa tháng 03/2024 lúc" in done
    assert head.post(path, data={"acknowledged": "y"}).status_code == 422
    assert "chưa khóa ở" not in head.get("/").text


def test_only_the_head_of_the_reporting_unit_and_the_organiser_close(
    app: Flask, act: Act, world: World
) -> None:
    path, read = f"/khoa-thang/{world.unit}?thang=2024-03", {"acknowledged": "y"}
    assert act("other_head").post(path, data=read).status_code == 404
    assert act("unit_officer").post(path, data=read).status_code == 403
    assert act("auditor").post(path, data=read).status_code == 403
    assert act("head").post("/khoa-thang?thang=2024-03", data=read).status_code == 403
    assert closed(app) == 0


def test_the_organiser_closes_what_is_open_and_a_month_that_is_not_over_stays(
    app: Flask, act: Act
) -> None:
    organiser, read = act("organiser"), {"acknowledged": "y"}
    assert OTHER_PERSON in organiser.get("/khoa-thang.csv?thang=2024-03").text
    early = organiser.post("/khoa-thang?thang=2024-04", data=read)
    assert "Chưa hết tháng 04/2024" in early.text
    assert "3 đơn vị" in organiser.get("/khoa-thang?thang=2024-03").text
    done = organiser.post("/khoa-thang?thang=2024-03", data=read, follow_redirects=True)
    assert "Đã khóa tháng 03/2024 của 3 đơn vị." in done.text
    assert closed(app) == 3


def test_a_year_without_a_calendar_is_refused_by_name(act: Act) -> None:
    assert (
        "Chưa có lịch làm việc năm 2023" in act("organiser").get("/khoa-thang?thang=2023-03").text
    )


def test_an_adjustment_is_asked_for_decided_and_marked_on_its_line(
    app: Flask, act: Act, world: World
) -> None:
    staff, head = act("staff"), act("head")
    line = {"task": world.task, "hours": "1,5", "product": "Tờ trình", "reason": "Quên ghi"}
    open_month = staff.post("/dieu-chinh/moi?ngay=2024-03-05", data=line)
    assert "hãy ghi hoặc sửa ngay trong nhật ký" in open_month.text
    act("organiser").post("/khoa-thang?thang=2024-03", data={"acknowledged": "y"})
    lacking = staff.post("/dieu-chinh/moi?ngay=2024-03-05", data=line | {"reason": ""})
    assert "Lý do: chưa ghi." in lacking.text
    asked = staff.post("/dieu-chinh/moi?ngay=2024-03-05", data=line)
    path = asked.headers["Location"]
    assert "2 đề nghị điều chỉnh chờ bạn quyết định" in head.get("/").text
    yes = {"accepted": "yes", "answer": "Có biên bản"}
    assert staff.post(path, data=yes).status_code == 403
    assert act("organiser").post(path, data=yes).status_code == 403
    assert "chưa ghi" in head.post(path, data=yes | {"answer": ""}).text
    assert "Đã ghi điều chỉnh" in head.post(path, data=yes, follow_redirects=True).text
    with app.app_context(), Session(db.engine) as session:
        made = session.scalars(
            select(Adjustment.log_line_id).where(Adjustment.accepted.is_(True))
        ).one()
    page = " ".join(staff.get(f"/dong/{made}").text.split())
    assert "điều chỉnh sau khóa tháng" in page
    assert "Nguyễn Văn staff đề nghị, Nguyễn Văn head đồng ý" in page
    assert "Lý do: Quên ghi. Ý kiến: Có biên bản." in page
    assert "Tờ trình" not in act("other_head").get("/dieu-chinh.csv").text


def test_a_line_is_asked_to_be_corrected_or_taken_away_from_its_own_page(
    app: Flask, act: Act, world: World
) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.get_one(LogLine, world.line).verdict = Verdict.ACCEPTED
    staff, path = act("staff"), f"/dieu-chinh/dong/{world.line}"
    assert path in staff.get(f"/dong/{world.line}").text
    page = staff.get(path).text
    assert 'value="1,5"' in page
    assert OWN_CANARY in page
    assert "Lý do bỏ dòng: chưa ghi." in staff.post(f"{path}/bo", data={}).text
    too_long = {"task": world.task, "hours": "24", "product": "x", "reason": "Ghi nhầm"}
    assert staff.post(path, data=too_long).status_code == 303
    waiting = staff.post(f"{path}/bo", data={"removal_reason": "Ghi nhầm ngày"})
    assert "đang chờ quyết định" in waiting.text
    rows = staff.get("/dieu-chinh.csv?cua-toi=1&tinh-trang=waiting").text
    assert rows.count("Sửa dòng") == 1


def test_the_auditor_alone_sees_who_decided_for_each_other(act: Act) -> None:
    assert "Chưa có hai người nào" in act("auditor").get("/dieu-chinh?doi-ung=1").text
    for persona in ("head", "organiser", "staff"):
        assert act(persona).get("/dieu-chinh?doi-ung=1").status_code == 403
