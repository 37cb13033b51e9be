"""Work of several days as pages: given, worked on, handed in, judged; stale answers shown."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn
from tests.blueprints.test_pending import text_of
from tests.blueprints.world import OWN_CANARY, World

KEY = "00000000-0000-4000-8000-00000000000{}"
WORK = {
    "title": "Chuẩn bị hội nghị <sơ kết>",
    "product": "Báo cáo sơ kết",
    "quantity": "1",
    "due_on": "2024-04-12",
}


@pytest.fixture(autouse=True)
def open_forms(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def revision(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', client.get(path).text)
    assert found
    return found[1]


def given(head: FlaskClient, world: World) -> str:
    """Give the staff persona a piece of work through the page; answers its address."""
    options = head.get("/giao-viec/moi").text
    found = re.search(r'value="(\d+)"\s*>Nguyễn Văn staff', options)
    assert found
    form = head.get(f"/giao-viec/moi?nguoi={found[1]}")
    assert "Giao việc cho Nguyễn Văn staff" in form.text
    sent = WORK | {"position": found[1], "task": str(world.task)}
    answer = head.post("/giao-viec/moi", data=sent)
    assert answer.status_code == 303, answer.text
    assert head.post("/giao-viec/moi", data=sent).status_code == 409
    return answer.headers["Location"]


def test_work_goes_from_the_head_to_the_holder_and_back(sign_in: SignIn, world: World) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = given(head, world)
    decide = path.replace("/viec-nhieu-ngay/", "/giao-viec/")
    assert "2 việc nhiều ngày đang làm" in text_of(staff, "/")
    hours = {"day": "2024-04-09", "hours": "3", "content": "Soạn", "entry_key": KEY.format(2)}
    assert [staff.post(f"{path}/gio", data=hours).status_code for _ in "ab"] == [303, 303]
    assert "Giờ đã ghi 3 giờ" in text_of(staff, path)
    put_off = {"due_on": "2024-04-15", "reason": "Chờ số liệu", "revision": "0"}
    assert head.post(f"{decide}/doi-han", data=put_off | {"reason": ""}).status_code == 422
    assert head.post(f"{decide}/doi-han", data=put_off).status_code == 303
    handed = {"result": "Đã xong", "quantity": "1", "revision": "0"}
    answer = staff.post(f"{path}/nop", data=handed)
    assert answer.status_code == 409
    assert "Đã xong</textarea>" in answer.text
    assert staff.post(f"{path}/nop", data=handed | {"revision": "1"}).status_code == 303
    assert "1 việc nhiều ngày đã nộp" in text_of(head, "/")
    judged = {"deed": "chua-dat", "reason": "", "revision": "2"}
    assert head.post(f"{decide}/danh-gia", data=judged).status_code == 422
    assert head.post(f"{decide}/danh-gia", data=judged | {"deed": "dat"}).status_code == 303
    page = text_of(staff, path)
    assert "09/04/2024 3 Soạn Đạt" in page
    assert "hạn trước: 12/04/2024" in page
    line = re.search(r'href="(/dong/\d+)"', staff.get(path).text)
    assert line
    assert "Thuộc việc nhiều ngày: Chuẩn bị hội nghị &lt;sơ kết&gt;" in text_of(staff, line[1])
    late = {"deed": "dat", "reason": "", "revision": "3"}
    assert head.post(f"{decide}/danh-gia", data=late).status_code == 409


def test_work_is_proposed_agreed_to_sent_back_and_dropped(sign_in: SignIn, world: World) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    page = staff.get("/viec-nhieu-ngay/moi").text
    place = re.search(r'name="position"\s+value="(\d+)"', page)
    assert place
    sent = WORK | {"position": place[1], "task": str(world.task)}
    assert staff.post("/viec-nhieu-ngay/moi", data=sent | {"title": ""}).status_code == 422
    answer = staff.post("/viec-nhieu-ngay/moi", data=sent)
    assert answer.status_code == 303
    path = answer.headers["Location"]
    decide = path.replace("/viec-nhieu-ngay/", "/giao-viec/")
    assert "1 việc nhiều ngày chờ đồng ý" in text_of(head, "/")
    assert staff.post(f"{decide}/dong-y", data={"revision": "0"}).status_code == 403
    agreed = {"revision": revision(head, path), "reason": ""}
    assert head.post(f"{decide}/dong-y", data=agreed).status_code == 303
    handed = {"result": "Đã xong", "quantity": "1", "revision": "1"}
    assert staff.post(f"{path}/nop", data=handed).status_code == 303
    back = {"reason": "Thêm phụ lục", "revision": "2"}
    assert head.post(f"{decide}/lam-tiep", data=back).status_code == 303
    assert "Thêm phụ lục" in text_of(staff, path)
    assert head.post(f"{decide}/bo", data={"reason": "", "revision": "3"}).status_code == 422
    assert head.post(f"{decide}/bo", data=back | {"revision": "3"}).status_code == 303
    hours = {"day": "2024-04-10", "hours": "1", "entry_key": KEY.format(3)}
    assert staff.post(f"{path}/gio", data=hours).status_code == 422


def test_another_units_work_is_not_there_for_a_head(sign_in: SignIn, world: World) -> None:
    head = sign_in("head")
    said = {"revision": "0", "reason": "Thử", "deed": "dat", "due_on": "2024-04-30"}
    for deed in ("dong-y", "doi-han", "lam-tiep", "danh-gia", "bo"):
        path = f"/giao-viec/{world.other_work_item}/{deed}"
        assert head.post(path, data=said).status_code == 404, deed
    own = f"/viec-nhieu-ngay/{world.work_item}"
    for deed in ("gio", "nop", "bo"):
        assert head.post(f"{own}/{deed}", data=said).status_code == 404, deed


def test_lists_are_filtered_and_taken_away_as_files(sign_in: SignIn) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    assert OWN_CANARY in staff.get("/viec-nhieu-ngay.csv").text
    assert OWN_CANARY in head.get("/giao-viec.csv?tinh-trang=open&tim=staff").text
    assert OWN_CANARY not in head.get("/giao-viec.csv?tinh-trang=dropped").text
