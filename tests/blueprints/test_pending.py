"""Unplanned work as pages: told, mapped by the head, proposed, returned and sent again."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.domain.pending import PendingKind
from catalogue.extensions import db
from catalogue.models import PendingLine
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OTHER_CANARY, OWN_CANARY, World

KEY = "00000000-0000-4000-8000-000000000001"
TOLD = {
    "day": "2024-04-10",
    "content": "Đón <đoàn> công tác",
    "assigned_by": "Chánh Văn phòng",
    "hours": "1,5",
    "product": "Báo cáo đón đoàn",
    "entry_key": KEY,
}


@pytest.fixture(autouse=True)
def open_forms(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def text_of(client: FlaskClient, path: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).text).split())


def position_in(client: FlaskClient) -> str:
    found = re.search(r'name="position"\s+value="(\d+)"', client.get("/viec-phat-sinh/moi").text)
    assert found
    return found[1]


def tell(client: FlaskClient, **changes: str) -> int:
    told = TOLD | {"position": position_in(client)} | changes
    return client.post("/viec-phat-sinh/moi", data=told).status_code


def ticked(client: FlaskClient, content: str, path: str = "/cho-gan") -> str:
    """Give the tick of the row that tells this."""
    rows = client.get(path).text.split("<tr>")
    row = next(row for row in rows if content in row)
    found = re.search(r'name="line"\s+value="(\d+-\d+)"', row)
    assert found
    return found[1]


def make_unmatched(app: Flask, world: World) -> None:
    """Let the hours that wait be a spreadsheet's, which their writer may map."""
    with app.app_context():
        line = db.session.get_one(PendingLine, world.pending)
        line.kind, line.product = PendingKind.UNMATCHED, None
        db.session.commit()


def test_unplanned_work_is_told_once_and_mapped_by_the_head(sign_in: SignIn, world: World) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    asked = staff.get("/viec-phat-sinh/moi?ngay=2024-04-05&noi-dung=Đón đoàn").text
    assert 'value="2024-04-05"' in asked
    assert ">Đón đoàn</textarea>" in asked
    assert [tell(staff), tell(staff)] == [303, 303]
    assert text_of(staff, "/viec-phat-sinh").count("Đón &lt;đoàn&gt; công tác") == 1
    assert "2 việc chờ gắn nhiệm vụ" in text_of(head, "/")
    tick = ticked(head, "Đón &lt;đoàn&gt;")
    pending = tick.partition("-")[0]
    answer = head.post("/cho-gan", data={"line": tick, f"task-{pending}": world.task})
    assert answer.status_code == 303
    shown = text_of(staff, f"/viec-phat-sinh/{pending}")
    assert "Đã gắn nhiệm vụ" in shown
    line = re.search(r'href="(/dong/\d+)"', staff.get(f"/viec-phat-sinh/{pending}").text)
    assert line
    chain = text_of(staff, line[1])
    assert "Từ việc phát sinh, ghi lúc" in chain
    assert "09-ĐA/TU" in chain
    assert "1 việc chờ gắn nhiệm vụ" in text_of(head, "/")


def test_refusals_name_the_field_and_keep_what_was_typed(sign_in: SignIn) -> None:
    staff = sign_in("staff")
    told = TOLD | {"position": position_in(staff), "hours": "25", "evidence": "javascript:x"}
    answer = staff.post("/viec-phat-sinh/moi", data=told)
    assert answer.status_code == 422
    for said in ("không quá 24", "bắt đầu bằng https://", "Đón &lt;đoàn&gt; công tác"):
        assert said in answer.text
    assert tell(staff, day="2024-04-11") == 422
    assert tell(staff, content="Sao văn bản TỐI MẬT") == 422


def test_ticked_lines_are_mapped_together_or_not_at_all(sign_in: SignIn, world: World) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    assert tell(staff, product="") == 303
    first, second = ticked(head, OWN_CANARY), ticked(head, "Đón &lt;đoàn&gt;")
    tasks = {f"task-{each.partition('-')[0]}": world.task for each in (first, second)}
    answer = head.post("/cho-gan", data={"line": [first, second], **tasks})
    assert answer.status_code == 422
    assert "Nguyễn Văn staff, 10/04/2024: Sản phẩm: nhiệm vụ này phải ghi sản phẩm" in answer.text
    assert answer.text.count("checked>") == 2
    assert "2 việc chờ gắn" in text_of(head, "/")
    assert head.post("/cho-gan", data={}).status_code == 422
    assert head.post("/cho-gan", data={"line": first}).status_code == 422
    stale = {"line": f"{world.pending}-7", f"task-{world.pending}": world.task}
    assert head.post("/cho-gan", data=stale).status_code == 409
    foreign = {"line": f"{world.other_pending}-0", f"task-{world.other_pending}": world.other_task}
    assert head.post("/cho-gan", data=foreign).status_code == 404


def test_a_missing_product_is_told_beside_the_task_by_the_head(
    sign_in: SignIn, world: World
) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    tell(staff, product="")
    tick = ticked(head, "Đón &lt;đoàn&gt;")
    pending = tick.partition("-")[0]
    task, product, quantity = (f"{name}-{pending}" for name in ("task", "product", "quantity"))
    sent = {"line": tick, task: world.task}
    refused = head.post("/cho-gan", data=sent)
    assert refused.status_code == 422
    assert f'href="#{product}"' in refused.text
    assert f'id="{product}"' in refused.text
    alone = head.get(f"/cho-gan/{pending}").text
    assert f'id="{product}"' in alone
    action = re.search(r'action="(/cho-gan\?[^"]+)"', alone)
    assert action
    assert f'id="{product}"' in head.post(unescape(action[1]), data=sent).text
    mistyped = head.post("/cho-gan", data=sent | {product: "Giấy <đi> đường", quantity: "x"})
    assert f'href="#{quantity}">Số lượng: hãy ghi số nguyên' in mistyped.text
    assert 'value="Giấy &lt;đi&gt; đường"' in mistyped.text
    answer = head.post("/cho-gan", data=sent | {product: "Giấy đi đường", quantity: "2"})
    assert answer.status_code == 303
    record = text_of(staff, f"/viec-phat-sinh/{pending}")
    assert "Nguyễn Văn head" in record
    assert "Ghi thêm sản phẩm: Giấy đi đường × 2" in record


def test_a_missing_product_is_told_beside_the_task_by_the_writer(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    staff = sign_in("staff")
    make_unmatched(app, world)
    path = f"/viec-phat-sinh/{world.pending}"
    task, product = f"task-{world.pending}", f"product-{world.pending}"
    sent = {"line": f"{world.pending}-0", task: str(world.task)}
    refused = staff.post(f"{path}/gan", data=sent)
    assert refused.status_code == 422
    assert f'href="#{product}"' in refused.text
    assert f'id="{product}"' in refused.text
    assert re.search(rf'value="{world.task}"\s+selected', refused.text)
    assert staff.post(f"{path}/gan", data=sent | {product: "Giấy đi đường"}).status_code == 303
    assert "Ghi thêm sản phẩm: Giấy đi đường" in text_of(staff, path)


def test_a_task_chosen_for_what_somebody_handled_meanwhile_is_told_on_the_lines_own_page(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    make_unmatched(app, world)
    path, task, product = (
        f"/viec-phat-sinh/{world.pending}",
        f"task-{world.pending}",
        f"product-{world.pending}",
    )
    sent = {"line": f"{world.pending}-0", task: str(world.task), product: "Giấy <đi> đường"}
    said = {"reason": "Việc làm hằng tuần", "seen": "0"}
    assert head.post(f"/cho-gan/{world.pending}/de-nghi", data=said).status_code == 303
    stale = staff.post(f"{path}/gan", data=sent)
    assert stale.status_code == 409
    assert "đã được người khác xử lý" in stale.text
    assert "Việc làm hằng tuần" in stale.text
    back = {"reason": "Đã có", "seen": "1"}
    officer = sign_in("unit_officer")
    assert officer.post(f"/de-xuat-nhiem-vu/{world.pending}/tra-lai", data=back).status_code == 303
    again = staff.post(f"{path}/gan", data=sent)
    assert again.status_code == 409
    assert 'value="Giấy &lt;đi&gt; đường"' in again.text
    seen = re.search(r'name="line" value="(\d+-\d+)"', again.text)
    assert seen
    assert staff.post(f"{path}/gan", data=sent | {"line": seen[1]}).status_code == 303


def test_what_is_returned_is_mended_and_sent_again(sign_in: SignIn, world: World) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = f"/cho-gan/{world.pending}/tra-lai"
    assert head.post(path, data={"reason": "", "seen": "0"}).status_code == 422
    said = {"reason": "Ghi rõ ai giao", "seen": "0"}
    assert head.post(path, data=said).status_code == 303
    assert head.post(path, data=said).status_code == 409
    assert "1 việc phát sinh bị trả lại" in text_of(staff, "/")
    page = text_of(staff, f"/viec-phat-sinh/{world.pending}")
    assert "Ghi rõ ai giao" in page
    told = TOLD | {"position": position_in(staff), "hours": "0,5"}
    again = f"/viec-phat-sinh/{world.pending}"
    assert staff.post(f"{again}/gui-lai", data=told | {"hours": "x"}).status_code == 422
    assert staff.post(f"{again}/gui-lai", data=told).status_code == 303
    assert "Đón &lt;đoàn&gt;" in head.get("/cho-gan").text
    assert staff.post(f"{again}/bo").status_code == 303
    assert staff.post(f"{again}/bo").status_code == 409


def test_a_proposal_stands_in_the_officers_list_by_position(sign_in: SignIn, world: World) -> None:
    head, officer = sign_in("head"), sign_in("unit_officer")
    path, said = f"/cho-gan/{world.pending}", {"reason": "Việc làm hằng tuần", "seen": "0"}
    assert head.post(f"{path}/de-nghi", data=said).status_code == 303
    assert "1 đề xuất bổ sung nhiệm vụ" in text_of(officer, "/")
    listed = officer.get("/de-xuat-nhiem-vu").text
    assert "Việc làm hằng tuần" in listed
    assert f"/soan-mo-ta/moi?vi-tri={world.position}&amp;don-vi={world.unit}" in listed
    assert OTHER_CANARY not in listed
    back = f"/de-xuat-nhiem-vu/{world.pending}/tra-lai"
    assert officer.post(back, data={"reason": "", "seen": "1"}).status_code == 422
    assert officer.post(back, data={"reason": "Đã có", "seen": "0"}).status_code == 409
    assert officer.post(back, data={"reason": "Đã có", "seen": "1"}).status_code == 303
    assert "Đã có" in text_of(head, "/cho-gan")


def test_lists_are_taken_away_as_files(sign_in: SignIn) -> None:
    for persona, path in (
        ("staff", "/viec-phat-sinh.csv"),
        ("head", "/cho-gan.csv?tinh-trang=waiting&tim=nguyen"),
    ):
        assert OWN_CANARY in sign_in(persona).get(path).text
    assert OWN_CANARY not in sign_in("head").get("/cho-gan.csv?tim=khong-ai").text
