"""An item's page: rulings, of which the second of two sees both, and the talk about it."""

import re

from catalogue.domain.reviewing import Audience
from catalogue.models import (
    Comment,
    Ruling,
)
from tests.blueprints.committee import (
    Before,
    Browser,
    Enter,
    Kept,
    all_agreed,
    ballot,
    only,
    whole,
)

SECRET = "Chỉ trong Thường trực biết"
DRAFT = "Tôi còn đang nghĩ"


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
