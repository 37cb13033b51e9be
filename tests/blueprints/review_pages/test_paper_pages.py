"""What the secretary enters from paper, and who confirms it and opens its scan."""

import io
import re

import pytest

from catalogue.models import (
    Ballot,
    Meeting,
    MeetingCount,
)
from tests.blueprints.committee import (
    Before,
    Enter,
    Kept,
    all_agreed,
    only,
    whole,
)

PDF = b"%PDF-1.7 ban quet"


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
