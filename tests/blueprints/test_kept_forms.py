"""What was typed is never lost to an expired session."""

import re

from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.day_sheets import line, sheet


def fields(world: World) -> dict[str, str]:
    return sheet(line(world.task, content="Đã <soạn> xong"))


def test_an_expired_form_comes_back_with_what_was_typed(sign_in: SignIn, world: World) -> None:
    client = sign_in("staff")
    answer = client.post("/ngay-cua-toi", data=fields(world) | {"csrf_token": "cũ"})
    assert answer.status_code == 400
    assert "Nội dung bạn nhập vẫn còn bên dưới" in answer.text
    assert "Đã &lt;soạn&gt; xong" in answer.text
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text.split("<main")[1])
    assert found
    again = client.post("/ngay-cua-toi", data=fields(world) | {"csrf_token": found[1]})
    assert again.status_code == 303


def test_kept_fields_are_called_as_on_the_page_they_were_typed_on(
    sign_in: SignIn, world: World
) -> None:
    typed = {"d0-t1-product": "Báo cáo tuần", "level-7": "3", "valid_from": "2024-04-10"}
    path = f"/soan-mo-ta/{world.description_draft}/nhiem-vu"
    page = sign_in("unit_officer").post(path, data=typed | {"csrf_token": "cũ"}).text
    assert "Báo cáo tuần" in page
    labels = re.findall(r'<label for="giu-\d+">([^<]+)</label>', page)
    assert labels == [
        "Nhiệm vụ 1 · Việc 2 · Sản phẩm",
        "Cấp độ, dòng 7",
        "Có hiệu lực từ ngày",
    ]


def test_another_persons_token_is_refused(sign_in: SignIn, world: World) -> None:
    other, client = sign_in("head"), sign_in("staff")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', other.get("/").text)
    assert found
    client.get("/")
    answer = client.post("/ngay-cua-toi", data=fields(world) | {"csrf_token": found[1]})
    assert answer.status_code == 400


def test_a_form_sent_after_the_session_ended_is_kept(client: FlaskClient, world: World) -> None:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/dang-nhap").text)
    assert found
    answer = client.post("/ngay-cua-toi", data=fields(world) | {"csrf_token": found[1]})
    assert answer.status_code == 401
    assert "Đã &lt;soạn&gt; xong" in answer.text
    assert "CHƯA được lưu" in answer.text


def test_a_password_is_never_shown_again(client: FlaskClient) -> None:
    answer = client.post("/dang-nhap", data={"username": "ai", "password": "bí mật của tôi"})
    assert answer.status_code == 400
    assert "bí mật của tôi" not in answer.text


def test_signing_in_asks_for_its_own_token(client: FlaskClient) -> None:
    assert client.post("/dang-nhap", data={"username": "a", "password": "b"}).status_code == 400
