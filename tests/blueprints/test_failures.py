"""When something goes wrong: one page, nothing written, nothing told to a stranger."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from catalogue.blueprints import positions
from catalogue.services import logging_work
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.day_sheets import line, sheet


def failing(error: Exception) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_bug_is_an_incident_with_a_number(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(positions, "_wanted", failing(RuntimeError("bí mật bên trong")))
    answer = sign_in("staff").get("/danh-muc")
    assert answer.status_code == 500
    assert "số sự cố" in answer.text
    assert "bí mật bên trong" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_busy_database_asks_to_come_back(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = OperationalError("INSERT", {}, Exception("database is locked"))
    monkeypatch.setattr(positions, "_wanted", failing(busy))
    answer = sign_in("staff").get("/danh-muc")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Hãy mở lại trang" in answer.text


def test_a_busy_database_gives_back_what_was_typed(
    app: Flask, sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    busy = OperationalError("INSERT", {}, Exception("database is locked"))
    monkeypatch.setattr(logging_work, "save_sheet", failing(busy))
    fields = sheet(line(world.task, content="Đã soạn"))
    answer = sign_in("staff").post("/ngay-cua-toi", data=fields)
    assert answer.status_code == 503
    assert "CHƯA được lưu" in answer.text
    assert "Đã soạn" in answer.text


def test_too_much_at_once_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/dang-nhap", data={"username": "x" * 600_000})
    assert answer.status_code == 413
    assert "vượt giới hạn" in answer.text
    many = {f"field{n}": "x" for n in range(1_500)}
    answer = client.post("/dang-nhap", data=many, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil"])
def test_a_strange_host_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/dang-nhap", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PUT", "DELETE", "XYZ"])
def test_a_strange_method_is_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/danh-muc", method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/files/..%2f..%2fapp.db",
        "/static/../.git/config",
        "/static/%2e%2e/app.py",
        "/console",
        "/metrics",
        "/%ff",
        "/%c0%ae",
        "/danh-muc%00",
        "/vi-tri/%00",
    ],
)
def test_a_strange_address_is_not_found(sign_in: SignIn, path: str) -> None:
    assert sign_in("staff").get(path).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["tim=%ff", "tim=%00", "tim=%c0%ae", "trang=%ff", "__debugger__=yes", "tim=%ed%a0%80", "x[]=1"],
)
def test_a_strange_query_is_answered(sign_in: SignIn, query: str) -> None:
    assert sign_in("staff").get(f"/danh-muc?{query}").status_code in (200, 422)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "\xff;q=x"},
        {"Range": "bytes=5-1"},
        {"If-None-Match": '"'},
        {"X-Forwarded-Host": "evil.example"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
)
def test_strange_headers_change_nothing(sign_in: SignIn, headers: dict[str, str]) -> None:
    answer = sign_in("staff").get("/danh-muc", headers=headers)
    assert answer.status_code == 200
    assert "evil" not in answer.text


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_asking_about_a_page_changes_nothing(sign_in: SignIn, method: str) -> None:
    assert sign_in("staff").open("/ngay-cua-toi", method=method).status_code == 200


@pytest.mark.parametrize("body", [b"[1]", b"{" * 100_000, b"\xff\xfe", b""])
def test_a_body_that_is_no_form_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/dang-nhap", data=body, content_type="application/json")
    assert answer.status_code == 400
