"""The working calendar and the diary's limits as pages: read by all, kept by the few."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn
from tests.blueprints.test_approving import forget_passwords, give_password
from tests.blueprints.world import World
from tests.making import PASSWORD

Act = Callable[[str], FlaskClient]
YEAR = "/lich-lam-viec?nam=2027"
YEAR_NOW = "/lich-lam-viec?nam=2024"
SWAP = {"day": "2024-04-29", "kind": "swapped_off", "source": "2450/VPCP-KGVX"}


@pytest.fixture
def act(app: Flask, sign_in: SignIn) -> Act:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in


def test_a_year_without_a_calendar_says_how_to_begin_and_begins(act: Act) -> None:
    organiser = act("organiser")
    assert "Chưa có lịch năm 2027" in organiser.get(YEAR).text
    wrong = {"year": "2027", "lines": "01/01/2027;Nghỉ mát;x\n30/04/2027;Nghỉ lễ;BLLĐ 2019"}
    refused = organiser.post("/lich-lam-viec/nhap", data=wrong)
    assert refused.status_code == 422
    assert "Dòng 1" in refused.text
    assert "không có loại «Nghỉ mát»" in refused.text
    assert "Chưa có lịch năm 2027" in organiser.get(YEAR).text
    file = io.BytesIO("Ngày,Loại,Căn cứ\r\n30/04/2027,Nghỉ lễ,BLLĐ 2019\r\n".encode("utf-8-sig"))
    sent = {"year": "2027", "file": (file, "lich.csv")}
    page = organiser.post("/lich-lam-viec/nhap", data=sent, follow_redirects=True).text
    assert "Đã nhập lịch năm 2027: 1 ngày" in page
    assert "Thứ sáu, 30/04/2027" in page
    again = {
        "year": "2027",
        "file": (io.BytesIO(organiser.get(YEAR.replace("?", ".csv?")).data), "a.csv"),
    }
    same = organiser.post("/lich-lam-viec/nhap", data=again, follow_redirects=True).text
    assert "0 ngày được thêm hoặc đổi" in same


def test_cells_pasted_from_a_spreadsheet_are_taken(act: Act) -> None:
    pasted = {"year": "2027", "lines": "01/01/2027\tNghỉ lễ\tBLLĐ 2019, Điều 112"}
    page = act("organiser").post("/lich-lam-viec/nhap", data=pasted, follow_redirects=True).text
    assert "BLLĐ 2019, Điều 112" in page


def test_marked_days_are_shown_once_more_before_they_go(act: Act) -> None:
    organiser = act("organiser")
    organiser.post(YEAR_NOW, data=SWAP | {"made_up": "2024-05-04"})
    marked = "/lich-lam-viec/bo?nam=2024&bo-2024-05-04=y&bo-2024-04-29=y"
    assert re.search('method="get"\\s+action="/lich-lam-viec/bo"', organiser.get(YEAR_NOW).text)
    page = organiser.get(marked).text
    assert "Thứ hai, 29/04/2024: Hoán đổi nghỉ" in page
    assert page.count('name="day"') == 2
    assert "Bỏ 2 ngày khỏi lịch" in page
    assert "Thứ hai, 29/04/2024" in organiser.get(YEAR_NOW).text


def test_days_are_added_and_taken_out_by_the_organiser(act: Act) -> None:
    organiser = act("organiser")
    alone = organiser.post(YEAR_NOW, data=SWAP)
    assert "hãy chọn thứ bảy hoặc chủ nhật làm bù" in alone.text
    both = SWAP | {"made_up": "2024-05-04"}
    page = organiser.post("/lich-lam-viec", data=both, follow_redirects=True).text
    assert "Thứ bảy, 04/05/2024" in page
    half = organiser.post("/lich-lam-viec/bo?nam=2024", data={"day": "2024-04-29"})
    assert (half.status_code, "cả hai cùng lúc" in half.text) == (409, True)
    chosen = {"day": ["2024-04-29", "2024-05-04"]}
    gone = organiser.post("/lich-lam-viec/bo?nam=2024", data=chosen, follow_redirects=True)
    assert "Đã bỏ 2 ngày" in gone.text
    for persona in ("staff", "head", "committee", "auditor"):
        assert act(persona).post("/lich-lam-viec", data=both).status_code == 403


def test_the_committee_sets_a_limit_with_the_password(app: Flask, act: Act, world: World) -> None:
    give_password(app, world, "committee")
    member, path = act("committee"), "/gioi-han-nhat-ky"
    forget_passwords(app)
    wish = {"limit": "backfill_days", "value": "5", "since": "2024-04-11", "basis": "Quy định 12"}
    assert member.post(path, data=wish).status_code == 403
    past = wish | {"password": PASSWORD, "since": "2024-04-09"}
    assert "hãy chọn từ 10/04/2024" in member.post(path, data=past).text
    assert "Đã ghi giới hạn mới." in member.post(path, data=wish, follow_redirects=True).text
    assert "Quy định 12" in act("staff").get(f"{path}.csv").text
    assert act("organiser").post(path, data=wish).status_code == 403


def test_the_organiser_adds_a_heading(act: Act) -> None:
    organiser, path = act("organiser"), "/gioi-han-nhat-ky/cot"
    wish = {"column": "hours", "heading": "Tổng giờ", "heading_basis": "Mẫu của huyện"}
    page = organiser.post(path, data=wish, follow_redirects=True).text
    assert "Tổng giờ" in page
    again = organiser.post(path, data=wish | {"heading": "TONG GIO"})
    assert "đã là cột «Thời gian»" in again.text
    assert act("committee").post(path, data=wish).status_code == 403


def test_ones_own_standard_hours_stand_beside_the_reports_figures(act: Act, world: World) -> None:
    head = act("head")
    path = f"/gio/{world.unit}"
    before = head.get(f"{path}.csv?thang=2024-04").text.splitlines()[1].split(",")
    head.post("/vang-mat", data={"kind": "leave", "first": "2024-04-01", "last": "2024-04-05"})
    rows = head.get(f"{path}.csv?thang=2024-04").text.splitlines()
    mine = next(row for row in rows if "Nguyễn Văn head" in row)
    assert before
    assert mine.endswith('136,"0,00"')
    assert "Giờ chuẩn riêng" in head.get(f"{path}?thang=2024-04").text
