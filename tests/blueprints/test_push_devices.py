"""A browser hands itself in to be told; only push services that are named are taken down."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.config import Push
from catalogue.domain.push import MOST_DEVICES, USUAL_HOSTS, decoded
from catalogue.exporters import push_message
from catalogue.extensions import db
from catalogue.models import PushSubscription
from tests.blueprints.conftest import SignIn
from tests.push_service import SIGNING_KEY, Browser

PATH = "/loi-nhac/thiet-bi"
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
KEY = decoded(SIGNING_KEY)


@pytest.fixture
def keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's application, with keys to sign notices with."""
    push = Push(KEY, "mailto:quan-tri@tinh.example", USUAL_HOSTS)
    config = replace(app.extensions["catalogue_config"], push=push)
    monkeypatch.setitem(app.extensions, "catalogue_config", config)


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def kept(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        rows = db.session.execute(select(PushSubscription.person_id, PushSubscription.endpoint))
        return [(person, endpoint) for person, endpoint in rows]


def hand_in(client: FlaskClient, endpoint: str = ENDPOINT) -> tuple[int, Any]:
    answer = client.post(PATH, json=Browser().told(endpoint))
    return answer.status_code, answer.get_json()


def test_without_keys_the_page_says_so_and_no_device_is_taken(
    app: Flask, staff: FlaskClient
) -> None:
    page = staff.get("/loi-nhac").text
    assert "Nơi cài đặt chưa có khóa" in page
    assert "push.js" not in page
    status, told = hand_in(staff)
    assert (status, "chưa có khóa" in told["loi"][0]["thong_bao"]) == (409, True)
    assert kept(app) == []


@pytest.mark.usefixtures("keys")
def test_a_device_is_taken_shown_and_let_go(app: Flask, staff: FlaskClient) -> None:
    page = staff.get("/loi-nhac").text
    assert f'data-key="{push_message.public_key(KEY)}"' in page
    assert "Chưa có thiết bị nào" in page
    assert hand_in(staff)[0] == 201
    assert "Chrome hoặc trình duyệt cùng họ" in staff.get("/loi-nhac").text
    with app.app_context():
        device_id = db.session.scalars(select(PushSubscription.id)).one()
    assert staff.post(f"{PATH}/{device_id}/bo").status_code == 303
    assert kept(app) == []
    assert staff.post(f"{PATH}/{device_id}/bo").status_code == 404


@pytest.mark.usefixtures("keys")
def test_the_same_browser_again_is_one_device_with_its_newest_keys(
    app: Flask, staff: FlaskClient
) -> None:
    hand_in(staff)
    newest = Browser()
    assert staff.post(PATH, json=newest.told(ENDPOINT)).status_code == 201
    with app.app_context():
        (device,) = db.session.scalars(select(PushSubscription))
        assert (decoded(device.p256dh), decoded(device.auth)) == (newest.point, newest.secret)


@pytest.mark.usefixtures("keys")
def test_a_shared_browser_tells_who_asked_last_and_strangers_remove_nothing(
    app: Flask, staff: FlaskClient, sign_in: SignIn
) -> None:
    hand_in(staff)
    ((first, _),) = kept(app)
    other = sign_in("other_staff")
    with app.app_context():
        device_id = db.session.scalars(select(PushSubscription.id)).one()
    assert other.post(f"{PATH}/{device_id}/bo").status_code == 404
    assert hand_in(other)[0] == 201
    ((second, _),) = kept(app)
    assert second != first
    assert "Chưa có thiết bị nào" in staff.get("/loi-nhac").text


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://evil.example/x",
        "http://127.0.0.1:5432/",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
    ],
)
def test_an_address_elsewhere_is_refused(app: Flask, staff: FlaskClient, endpoint: str) -> None:
    status, told = hand_in(staff, endpoint)
    assert (status, "chưa được chương trình chấp nhận" in told["loi"][0]["thong_bao"]) == (
        400,
        True,
    )
    assert kept(app) == []


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    "changes",
    [
        {"p256dh": "AAAA"},
        {"p256dh": "BA" + "A" * 85},
        {"p256dh": 1},
        {"auth": "AAAA"},
        {"auth": "không"},
        {"person_id": "1"},
        {"endpoint": None},
    ],
)
def test_what_is_not_plainly_a_subscription_is_refused(
    app: Flask, staff: FlaskClient, changes: dict[str, object]
) -> None:
    told = Browser().told(ENDPOINT) | changes
    answer = staff.post(PATH, json=told)
    assert answer.status_code == 400
    assert "không đúng dạng" in answer.get_json()["loi"][0]["thong_bao"]
    assert kept(app) == []


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"endpoint": NaN}', 400),
        (b'{"auth": "a", "auth": "b"}', 400),
        (b"\xff", 400),
        (json.dumps({"endpoint": "a" * 9000}).encode(), 413),
    ],
)
def test_json_is_read_strictly_and_in_small(
    app: Flask, staff: FlaskClient, sent: bytes, status: int
) -> None:
    answer = staff.post(PATH, data=sent, content_type="application/json")
    assert answer.status_code == status
    assert staff.post(PATH, data={"endpoint": ENDPOINT}).status_code == 415
    assert kept(app) == []


@pytest.mark.usefixtures("keys")
def test_nobody_keeps_devices_without_end(app: Flask, staff: FlaskClient) -> None:
    for number in range(MOST_DEVICES):
        assert hand_in(staff, f"{ENDPOINT}{number}")[0] == 201
    status, told = hand_in(staff)
    assert (status, "nhiều nhất" in told["loi"][0]["thong_bao"]) == (409, True)
    assert hand_in(staff, f"{ENDPOINT}0")[0] == 201
    assert len(kept(app)) == MOST_DEVICES


@pytest.mark.usefixtures("keys")
def test_without_the_pages_token_no_device_is_taken(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("staff")
    told = Browser().told(ENDPOINT)
    assert client.post(PATH, json=told).status_code == 400
    token = client.get("/ngay-cua-toi/tren-may.json").get_json()["csrf"]
    assert client.post(PATH, json=told, headers={"X-CSRFToken": token}).status_code == 201
    assert len(kept(app)) == 1


def test_who_is_not_signed_in_hands_nothing_in(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(PATH, json=Browser().told(ENDPOINT)).status_code == 401
    assert kept(app) == []
