"""The committee's pages, as several people use them one after the other."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from flask import Flask
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.domain.reviewing import Audience, Stage
from catalogue.domain.states import DossierState
from catalogue.extensions import db
from catalogue.models import (
    Account,
    Ballot,
    Base,
    Comment,
    Dossier,
    LoginSession,
    Meeting,
    MeetingCount,
    Ruling,
)
from catalogue.services import passwords
from tests.blueprints.committee import Before, Browser, Enter, copy_into, lay, open_for
from tests.blueprints.test_every_page import asked, statements
from tests.blueprints.test_permissions import digest
from tests.making import PASSWORD

T = TypeVar("T", bound=Base)


class Kept(Protocol):
    """Reads all rows of a table."""

    def __call__(self, table: type[T]) -> Sequence[T]: ...


SECRET = "Chỉ trong Thường trực biết"
DRAFT = "Tôi còn đang nghĩ"
PDF = b"%PDF-1.7 ban quet"
NO_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Before]:
    path = tmp_path_factory.mktemp("committee") / "committee.db"
    return path, lay(path)


@pytest.fixture
def before(made: tuple[Path, Before]) -> Before:
    return made[1]


@pytest.fixture
def app(made: tuple[Path, Before], only_app: Flask) -> Iterator[Flask]:
    copy_into(only_app, made[0])
    yield only_app
    with only_app.app_context():
        db.engine.dispose()


@pytest.fixture
def enter(app: Flask, before: Before) -> Enter:
    return lambda name: open_for(app, before, name)


@pytest.fixture
def kept(app: Flask) -> Kept:
    """Read rows in a transaction that has ended before the next request."""

    def kept(table: type[T]) -> Sequence[T]:
        with app.app_context(), Session(db.engine) as session:
            return session.scalars(select(table).order_by(inspect(table).primary_key[0])).all()

    return kept


@pytest.fixture
def taken_up(enter: Enter, before: Before) -> Before:
    answer = enter("chief").post(f"{before.path}/nhan")
    assert answer.status_code == 303
    return before


def only(rows: Sequence[T]) -> T:
    (one,) = rows
    return one


def state(kept: Kept) -> DossierState:
    return kept(Dossier)[0].state


def ballot(before: Before, deed: str, **marks: str) -> dict[str, str]:
    """The fields of a ballot; `item_3="disagree: vì sao"` marks item 3."""
    fields = {"stage": Stage.STANDING.value, "deed": deed}
    for name, said in marks.items():
        item = before.items[int(name.removeprefix("item_")) - 1]
        choice, _, remark = said.partition(": ")
        fields |= {f"choice-{item}": choice, f"remark-{item}": remark}
    return fields


def agree_to_all(browser: Browser, before: Before, stage: Stage = Stage.STANDING) -> None:
    for deed in ("con-lai", "gui"):
        fields = all_agreed(before) if deed == "gui" else {}
        fields |= {"stage": stage.value, "deed": deed}
        assert browser.post(f"{before.path}/phieu", **fields).status_code == 303


def all_agreed(before: Before) -> dict[str, str]:
    return {f"choice-{item}": "agree" for item in before.items}


def whole(page: str) -> None:
    """What holds for every page: labelled fields, one heading, nothing inline."""
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not NO_SCRIPT.search(page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
        if 'type="hidden"' not in field and 'type="radio"' not in field:
            found = re.search(r'\sid="([^"]+)"', field)
            assert found, field
            assert found[1] in labelled, field
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert "None" not in re.sub(r"<[^>]*>", "", page)


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


def forget_password(app: Flask, before: Before) -> None:
    """Let six minutes pass since anybody gave their password."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.get_one(Account, before.accounts["chief"])
        account.password_hash = passwords.hashed(PASSWORD)
        session.execute(update(LoginSession).values(opened_at=clock.now() - timedelta(minutes=6)))


@pytest.mark.parametrize("deed", ["chuyen", "thong-qua", "muc/3/ket-luan"])
def test_what_weighs_most_asks_for_the_password(
    app: Flask, enter: Enter, taken_up: Before, deed: str
) -> None:
    chief = enter("chief")
    forget_password(app, taken_up)

    answer = chief.post(f"{taken_up.path}/{deed}", reason="vì thế")

    assert answer.status_code == 403
    assert "Nhập lại mật khẩu" in answer.text


def test_of_two_who_rule_at_once_the_second_sees_both(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    path = f"{taken_up.path}/muc/3"
    fields = {"stage": "standing", "seen": "0"}
    whole(enter("chief").get(path).text)
    first = enter("chief").post(f"{path}/ket-luan", **fields, verdict="adopt", reason="đúng")
    assert first.status_code == 303

    second = enter("member").post(
        f"{path}/ket-luan", **fields, verdict="adopt_amended", amended_name="Tổng hợp", reason="gọn"
    )

    assert second.status_code == 409
    whole(second.text)
    both = second.text.split('class="both"')[1]
    assert "Nguyễn Thường Trực" in both
    assert "thành «Tổng hợp»" in both
    assert '<input type="hidden" name="seen" value="1">' in second.text
    assert 'name="amended_name"' in second.text
    assert re.search(r"<textarea[^>]*>Tổng hợp</textarea>", second.text)
    assert len(kept(Ruling)) == 1
    again = fields | {"seen": "1", "verdict": "reject", "reason": "trùng"}
    assert enter("member").post(f"{path}/ket-luan", **again).status_code == 303
    assert "Các kết luận trước ở bước này (1)" in enter("chief").get(path).text


def test_a_ruling_without_what_it_needs_is_refused_beside_its_field(
    enter: Enter, taken_up: Before
) -> None:
    path = f"{taken_up.path}/muc/3/ket-luan"
    fields = {"stage": "standing", "seen": "0", "verdict": "adopt_amended", "reason": "cho gọn"}

    answer = enter("chief").post(path, **fields)

    assert answer.status_code == 422
    assert '<a href="#amended_name">Tên sau khi sửa' in answer.text
    assert "cho gọn" in answer.text
    assert enter("chief").post(path, stage="standing", seen="0").status_code == 422


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
    for name in ("chief", "third"):
        agree_to_all(enter(name), taken_up, Stage.COMMITTEE)
    assert enter("third").post(f"{path}/thong-qua").status_code == 303
    assert state(kept) is DossierState.CONCLUDED
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


def test_paper_is_entered_confirmed_by_another_and_marked_everywhere(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    secretary, path = enter("secretary"), f"{taken_up.path}/phieu-giay"
    whole(secretary.get(path).text)
    fields = all_agreed(taken_up) | {"stage": "standing", "person": taken_up.people["member"]}
    wrong = secretary.post(path, **fields, scan=(io.BytesIO(b"PK\x03\x04"), "phieu.pdf"))
    assert wrong.status_code == 422
    assert "chỉ nhận PDF, JPG hoặc PNG" in wrong.text
    assert kept(Ballot) == []
    right = secretary.post(path, **fields, scan=(io.BytesIO(PDF), '../"phiếu".pdf'))
    assert right.status_code == 303

    entered = only(kept(Ballot))
    entry = f"{path}/{entered.id}"
    assert secretary.post(f"{entry}/xac-nhan").status_code == 403
    assert "Đã tính <strong>0/3</strong> phiếu" in secretary.get(taken_up.path).text
    whole(enter("member").get(entry).text)
    scan = enter("member").get(f"{entry}/ban-quet")
    assert (scan.data, scan.mimetype) == (PDF, "application/pdf")
    assert re.fullmatch(
        r'attachment; filename="ban-quet-[0-9a-f]{12}.pdf"', scan.headers["Content-Disposition"]
    )
    assert enter("member").post(f"{entry}/xac-nhan").status_code == 303
    page = enter("third").get(taken_up.path).text
    assert "Đã tính <strong>1/3</strong> phiếu" in page
    assert "nhập hộ" in page


@pytest.mark.parametrize("name", ["unit_officer", "stranger", "auditor"])
def test_a_scan_is_not_for_everybody(enter: Enter, taken_up: Before, name: str) -> None:
    fields = all_agreed(taken_up) | {"stage": "standing", "person": taken_up.people["member"]}
    path = f"{taken_up.path}/phieu-giay"
    secretary = enter("secretary")
    secretary.post(path, **fields, scan=(io.BytesIO(PDF), "phieu.pdf"))
    assert secretary.get(f"{path}/1/ban-quet").status_code == 200

    assert enter(name).get(f"{path}/1").status_code == 403
    assert enter(name).get(f"{path}/1/ban-quet").status_code == 403


def test_a_meeting_is_entered_and_confirmed_by_another(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    secretary, path = enter("secretary"), f"{taken_up.path}/cuoc-hop"
    whole(secretary.get(path).text)
    groups = [*taken_up.items[2:], "same"]
    fields = {f"agree-{group}": "3" for group in groups} | {"stage": "standing", "present": "3"}
    fields |= {"held_on": "2024-04-09", f"disagree-{taken_up.items[4]}": "1"}
    over = secretary.post(path, **fields, scan=(io.BytesIO(PDF), "bien-ban.pdf"))
    assert over.status_code == 422
    assert "cộng lại là 4 người" in over.text
    assert 'value="2024-04-09"' in over.text
    fields[f"agree-{taken_up.items[4]}"] = "hai"
    assert "hãy ghi số người" in secretary.post(path, **fields).text
    fields[f"agree-{taken_up.items[4]}"] = "1"
    right = secretary.post(path, **fields, scan=(io.BytesIO(PDF), "bien-ban.pdf"))
    assert right.status_code == 303

    held = only(kept(Meeting))
    assert len(kept(MeetingCount)) == len(taken_up.items)
    assert secretary.post(f"{path}/{held.id}/xac-nhan").status_code == 403
    whole(enter("chief").get(f"{path}/{held.id}").text)
    assert enter("chief").get(f"{path}/{held.id}/ban-quet").data == PDF
    assert enter("chief").post(f"{path}/{held.id}/xac-nhan").status_code == 303
    refused = enter("chief").post(f"{taken_up.path}/chuyen")
    assert "chưa kết luận 1 mục còn ý kiến khác: mục 5" in refused.text


def test_a_unit_never_sees_what_the_committee_says_among_itself(
    enter: Enter, taken_up: Before
) -> None:
    path = taken_up.path
    chief = enter("chief")
    for place in ("", "/muc/3"):
        sent = {"audience": Audience.COMMITTEE.value, "text": SECRET, "deed": "gui"}
        assert chief.post(f"{path}{place}/y-kien", **sent).status_code == 303
        kept = {"audience": Audience.UNIT.value, "text": DRAFT, "deed": "nhap"}
        assert chief.post(f"{path}{place}/y-kien", **kept).status_code == 303
    unsent = ballot(taken_up, "luu", item_3="disagree: phiếu chưa gửi")
    chief.post(f"{path}/phieu", **unsent)
    agreed = all_agreed(taken_up) | ballot(taken_up, "gui", item_3="disagree: phiếu đã gửi")
    enter("member").post(f"{path}/phieu", **agreed)
    ruling = {"stage": "standing", "seen": "0", "verdict": "reject", "reason": "kết luận kín"}
    chief.post(f"{path}/muc/3/ket-luan", **ruling)

    said = (SECRET, DRAFT, "phiếu chưa gửi", "phiếu đã gửi", "kết luận kín")
    seen = {
        name: {text for text in said for page in pages(enter(name), path) if text in page}
        for name in ("chief", "third", "organiser", "unit_officer", "auditor")
    }

    assert seen["unit_officer"] == set()
    assert seen["organiser"] == {"phiếu đã gửi", "kết luận kín"}
    assert seen["third"] == seen["auditor"] == {SECRET, "phiếu đã gửi", "kết luận kín"}
    assert seen["chief"] == {*said} - {"phiếu chưa gửi"}


def pages(browser: Browser, path: str) -> list[str]:
    found = [browser.get(path).text, browser.get(f"{path}/muc/3").text]
    for page in found:
        whole(page)
    return found


def test_a_remark_is_sent_or_undone_by_its_author(
    enter: Enter, taken_up: Before, kept: Kept
) -> None:
    officer = enter("unit_officer")
    path = f"{taken_up.path}/muc/3/y-kien"
    fields = {"audience": "unit", "text": "Xin giữ tên cũ", "deed": "nhap"}
    officer.post(path, **fields)
    first = only(kept(Comment))
    assert enter("chief").post(f"/y-kien/{first.id}/gui").status_code == 404
    assert officer.post(f"/y-kien/{first.id}/bo").status_code == 303
    officer.post(path, **fields)
    second = only(kept(Comment))
    assert officer.post(f"/y-kien/{second.id}/gui").status_code == 303

    assert "Xin giữ tên cũ" in enter("chief").get(taken_up.path).text
    assert officer.post(path, **fields | {"audience": "committee"}).status_code == 403
    empty = officer.post(path, **fields | {"text": ""})
    assert (empty.status_code, "chưa ghi gì" in empty.text) == (422, True)
    whole(empty.text)


def test_seats_are_read_by_all_concerned_and_given_by_the_organiser(
    enter: Enter, before: Before
) -> None:
    page = enter("unit_officer").get("/ban-thuong-vu").text
    whole(page)
    assert "Phạm Thư Ký" in page
    assert "Căn cứ: Quy tắc của bộ kiểm thử" in page
    fields = {
        "stage": "committee",
        "person": before.people["unseated"],
        "office": "Ủy viên Ban Thường vụ",
        "since": "2024-04-10",
    }
    assert enter("chief").post("/ban-thuong-vu/ghe", **fields).status_code == 403
    organiser = enter("organiser")
    whole(organiser.get("/ban-thuong-vu").text)
    assert organiser.post("/ban-thuong-vu/ghe", **fields).status_code == 303
    again = organiser.post("/ban-thuong-vu/ghe", **fields)
    assert again.status_code == 422
    assert "đã có ghế" in again.text
    long_ago = organiser.post("/ban-thuong-vu/ghe", **fields | {"since": "0001-01-01"})
    assert (long_ago.status_code, "từ năm 2000" in long_ago.text) == (422, True)
    assert "Mai Chưa Có Ghế" in enter("auditor").get("/ban-thuong-vu").text
    assert organiser.post("/ban-thuong-vu/ghe/1/thoi").status_code == 303
    assert "đến 10/04/2024" in organiser.get("/ban-thuong-vu").text
    assert enter("chief").post("/ban-thuong-vu/ghe/2/thoi").status_code == 403


def test_the_number_of_statements_does_not_grow_with_the_items(
    app: Flask, enter: Enter, taken_up: Before
) -> None:
    chief = enter("chief")
    with statements(app) as heard:
        chief.get(taken_up.path)

    assert len(asked(heard)) <= 20, asked(heard)
