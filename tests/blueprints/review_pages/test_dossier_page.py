"""The committee's page of a dossier: what it shows, offers and refuses, through both stages."""

import re

import pytest
from flask import Flask

from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState
from catalogue.models import (
    Dossier,
)
from tests.blueprints.committee import (
    Before,
    Enter,
    Kept,
    agree_to_all,
    all_agreed,
    ballot,
    whole,
)
from tests.blueprints.test_every_page import asked, statements
from tests.blueprints.test_permissions import digest


def test_the_page_shows_what_differs_and_folds_the_rest(enter: Enter, before: Before) -> None:
    page = enter("chief").get(before.path).text

    whole(page)
    open_part, folded = page.split("<details>\n      <summary>Các mục không thay đổi (2)")
    assert re.findall(r"<h3>Mục (\d)\.", open_part) == list("345678")
    assert re.findall(r"<h3>Mục (\d)\.", folded) == list("12")
    assert re.search(r'href="/dong-phu-luc/\d+">Nguồn gốc: 2752-QĐ/BTCTW, bảng 1, dòng', page)
    assert "Nhận xem xét" in page
    assert "Thông qua từng mục</button>" not in page


@pytest.mark.parametrize("name", ["organiser", "secretary", "unseated", "auditor", "unit_officer"])
def test_nobody_is_offered_what_is_not_theirs_to_do(
    enter: Enter, taken_up: Before, name: str
) -> None:
    page = enter(name).get(taken_up.path).text

    whole(page)
    for offered in ("Chuyển Ban Thường vụ</button>", "Trả lại</button>", "ý kiến của tôi</a>"):
        assert offered not in page
    assert ("Nhập phiếu giấy" in page) == (name == "secretary")


@pytest.mark.parametrize(
    ("name", "status"),
    [("organiser", 403), ("unit_officer", 403), ("auditor", 403), ("unseated", 403)],
)
def test_what_is_not_offered_is_refused_too(
    app: Flask, enter: Enter, taken_up: Before, name: str, status: int
) -> None:
    browser = enter(name)
    before = digest(app)
    path = taken_up.path
    for deed in ("chuyen", "thong-qua", "tra-lai"):
        expected = 409 if name == "unseated" and deed == "thong-qua" else status
        assert browser.post(f"{path}/{deed}", reason="Lý do").status_code == expected
    assert browser.post(f"{path}/phieu", **ballot(taken_up, "luu")).status_code == status
    fields = {"stage": "standing", "seen": "0", "verdict": "adopt"}
    assert browser.post(f"{path}/muc/3/ket-luan", **fields).status_code == status
    for page in ("phieu", "phieu-giay", "cuoc-hop"):
        assert browser.get(f"{path}/{page}").status_code == status

    assert digest(app) == before


def test_a_dossier_of_others_is_not_there(enter: Enter, taken_up: Before) -> None:
    browser = enter("stranger")
    assert browser.get(taken_up.path).status_code == 404
    assert browser.get(f"{taken_up.path}/muc/3").status_code == 404
    fields = {"audience": "unit", "text": "Xin chào", "deed": "gui"}
    assert browser.post(f"{taken_up.path}/y-kien", **fields).status_code == 404


def state(kept: Kept) -> DossierState:
    return kept(Dossier)[0].state


def test_two_stages_from_taking_up_to_the_conclusion(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    path = taken_up.path
    refused = enter("chief").post(f"{path}/chuyen")
    assert (refused.status_code, state(kept)) == (409, DossierState.STANDING_REVIEW)
    assert "mới có 0 phiếu được tính" in refused.text
    whole(refused.text)

    agree_to_all(enter("chief"), taken_up)
    assert enter("chief").get(f"{path}/phieu").status_code == 409
    assert "Bạn đã có phiếu ở bước này" in enter("chief").get(path).text
    against = all_agreed(taken_up) | ballot(taken_up, "gui", item_3="disagree: giữ tên cũ")
    assert enter("member").post(f"{path}/phieu", **against).status_code == 303
    refused = enter("chief").post(f"{path}/chuyen")
    assert refused.status_code == 409
    assert "mục 3 «Chuyên viên về tổng hợp»" in refused.text
    fields = {"stage": "standing", "seen": "0", "verdict": "adopt"}
    assert enter("chief").post(f"{path}/muc/3/ket-luan", **fields).status_code == 303
    assert enter("chief").post(f"{path}/chuyen").status_code == 303

    page = enter("third").get(path).text
    whole(page)
    assert "Đã tính <strong>2/3</strong> phiếu" in page
    assert "Trần Ủy Viên: Không đồng ý – giữ tên cũ" in page
    assert "Ban hành khẩn</a>" in page
    for name in ("chief", "third"):
        agree_to_all(enter(name), taken_up, Stage.COMMITTEE)
    assert enter("third").post(f"{path}/thong-qua").status_code == 303
    assert state(kept) is DossierState.CONCLUDED
    assert "Ban hành</a>" in enter("third").get(path).text
    assert "Ban hành</a>" not in enter("unseated").get(path).text
    told = enter("unit_officer").get(f"{path}/muc/3").text
    assert "– Nguyễn Thường Trực" in told
    assert "giữ tên cũ" not in told


def test_a_dossier_goes_back_with_its_reason(enter: Enter, taken_up: Before, kept: Kept) -> None:
    chief = enter("chief")
    empty = chief.post(f"{taken_up.path}/tra-lai", reason="")
    assert (empty.status_code, state(kept)) == (422, DossierState.STANDING_REVIEW)
    assert "Lý do trả lại" in empty.text
    assert chief.post(f"{taken_up.path}/tra-lai", reason="Thiếu căn cứ mục 4").status_code == 303

    assert "Thiếu căn cứ mục 4" in enter("unit_officer").get(taken_up.path).text
    following = kept(Dossier)[-1]
    page = enter("organiser").get(f"/ho-so/{following.id}").text
    assert "trả lại, lý do: Thiếu căn cứ mục 4" in page
    assert f'href="/ho-so/{following.id}/soan">Soạn tiếp' in page


def test_the_number_of_statements_does_not_grow_with_the_items(
    app: Flask, enter: Enter, taken_up: Before
) -> None:
    chief = enter("chief")
    with statements(app) as heard:
        chief.get(taken_up.path)

    assert len(asked(heard)) <= 20, asked(heard)
