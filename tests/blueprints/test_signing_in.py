"""Signing in and out as a browser does it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.blueprints import clock
from catalogue.extensions import db
from catalogue.models import Account, LoginFailure, LoginSession
from catalogue.services import accounts
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.making import AT, PASSWORD


def token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def enter(client: FlaskClient, username: str, password: str, **more: str) -> TestResponse:
    fields = {"csrf_token": token(client, "/dang-nhap"), "username": username, **more}
    return client.post("/dang-nhap", data=fields | {"password": password})


@pytest.fixture
def staff(app: Flask, world: World) -> str:
    """The staff's account with a password."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.get_one(Account, world.people["staff"])
        accounts.set_password(session, account, PASSWORD, by=None, at=AT)
        return account.username


def test_the_right_password_opens_home(client: FlaskClient, staff: str) -> None:
    answer = enter(client, f"  {staff.upper()} ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nguyễn Văn staff" in client.get("/").text


def test_signing_in_changes_the_browsers_secret(client: FlaskClient, staff: str) -> None:
    client.get("/dang-nhap")
    before = client.get_cookie("catalogue")
    enter(client, staff, PASSWORD)
    after = client.get_cookie("catalogue")
    assert before
    assert after
    assert before.value != after.value
    enter(client.application.test_client(), staff, PASSWORD)
    with client.application.app_context():
        secrets = db.session.scalars(select(LoginSession.secret_sha256)).all()
    assert len(set(secrets)) == len(secrets) == 2


def test_a_copied_cookie_opens_nothing_after_signing_out(client: FlaskClient, staff: str) -> None:
    enter(client, staff, PASSWORD)
    copied = client.get_cookie("catalogue")
    assert copied
    client.post("/dang-xuat", data={"csrf_token": token(client, "/")})
    thief = client.application.test_client()
    thief.set_cookie("catalogue", copied.value)
    assert thief.get("/").location.startswith("/dang-nhap")


@pytest.mark.parametrize(
    ("column", "ago"), [("seen_at", timedelta(minutes=31)), ("opened_at", timedelta(hours=11))]
)
def test_a_session_ends_when_idle_or_old(
    app: Flask, sign_in: SignIn, column: str, ago: timedelta
) -> None:
    client = sign_in("staff")
    assert client.get("/").status_code == 200
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values({column: clock.now() - ago}))
    assert client.get("/").status_code == 302


def test_use_puts_the_end_off(app: Flask, sign_in: SignIn) -> None:
    client, earlier = sign_in("staff"), clock.now() - timedelta(minutes=20)
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values(seen_at=earlier))
    assert client.get("/").status_code == 200
    with app.app_context():
        assert db.session.scalars(select(LoginSession.seen_at)).one() > earlier


def test_a_new_password_ends_the_sessions_of_the_old(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("staff")
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.scalars(select(Account).where(Account.username == "staff")).one()
        accounts.set_password(session, account, PASSWORD, by=None, at=clock.now())
    assert client.get("/").status_code == 302


def test_a_disabled_account_is_out_at_the_next_request(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("staff")
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(Account).values(disabled=True))
    assert client.get("/").status_code == 302


def test_strangers_and_wrong_passwords_get_one_answer(client: FlaskClient, staff: str) -> None:
    wrong, unknown = enter(client, staff, "sai mật khẩu"), enter(client, "khong.ai", "sai mật khẩu")
    assert wrong.status_code == unknown.status_code == 422
    assert "Chưa đăng nhập được:" in wrong.text
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in wrong.text
    assert wrong.text.replace(staff, "khong.ai").count("không đúng") == unknown.text.count(
        "không đúng"
    )


def test_guessing_is_slowed_down_for_the_name_not_for_others(
    app: Flask, client: FlaskClient, staff: str
) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        for _ in range(accounts.TRIES):
            accounts.note_refusal(session, staff, address="127.0.0.1", at=clock.now())
    assert enter(client, staff, PASSWORD).status_code == 429
    assert enter(client, "nguoi.khac", PASSWORD).status_code == 422
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginFailure).values(at=clock.now() - timedelta(minutes=2)))
    assert enter(client, staff, PASSWORD).status_code == 303


def test_an_endless_password_is_refused_before_hashing(
    client: FlaskClient, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "recognise", None)
    answer = enter(client, staff, "x" * 100_000)
    assert answer.status_code == 422
    assert "không quá 200 ký tự" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "//e",
        "////e",
        "/\\e",
        "https:e",
        "http:///e",
        "/%09/e",
        "javascript:alert(1)",
        "@e",
        "a@e",
        ".e",
        "%2e%2e",
        "\n//e",
        "/\r\nSet-Cookie: a=b",
        "http://localhost@e",
        "/\t/e",
    ],
)
def test_going_on_stays_inside(client: FlaskClient, staff: str, target: str) -> None:
    answer = enter(client, staff, PASSWORD, next=target)
    assert (answer.status_code, answer.location) == (303, "/")


def test_going_on_keeps_the_page_asked_for(client: FlaskClient, staff: str) -> None:
    asked = client.get("/danh-muc?tim=k%E1%BA%BF+to%C3%A1n&trang=2")
    found = re.search(r'name="next"[^>]*value="([^"]+)"', client.get(asked.location).text)
    assert found
    answer = enter(client, staff, PASSWORD, next=found[1].replace("&amp;", "&"))
    assert answer.location == "/danh-muc?tim=k%E1%BA%BF+to%C3%A1n&trang=2"


def link_of(app: Flask, username: str) -> str:
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.scalars(select(Account).where(Account.username == username)).one()
        return f"/mat-khau/{accounts.make_one_time_link(session, account, by=None, at=clock.now())}"


def choose(
    client: FlaskClient, path: str, password: str, repeated: str | None = None
) -> TestResponse:
    return client.post(
        path,
        data={
            "csrf_token": token(client, "/dang-nhap"),
            "password": password,
            "repeated": repeated or password,
        },
    )


def test_a_link_sets_a_password_once(app: Flask, client: FlaskClient) -> None:
    path = link_of(app, "head")
    assert client.get(path).status_code == client.get(path).status_code == 200
    assert choose(client, path, PASSWORD).status_code == 303
    assert choose(client, path, "mật khẩu thứ hai").status_code == 404
    assert client.get(path).status_code == 404
    assert enter(client, "head", PASSWORD).status_code == 303


@pytest.mark.parametrize(("password", "repeated"), [("ngắn", "ngắn"), (PASSWORD, PASSWORD + "!")])
def test_a_poor_password_keeps_the_link(
    app: Flask, client: FlaskClient, password: str, repeated: str
) -> None:
    path = link_of(app, "head")
    assert choose(client, path, password, repeated).status_code == 422
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x" * 8_000, "e30.e30.e30", '{"alg":"none"}'])
def test_a_strange_cookie_is_anonymous(client: FlaskClient, cookie: str) -> None:
    answer = client.get("/", headers={"Cookie": f"catalogue={cookie}"})
    assert answer.status_code == 302


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient, staff: str) -> None:
    answer = enter(client, staff, PASSWORD)
    assert {"HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))
