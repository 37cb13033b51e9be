"""What weighs much asks for the password again, keeps what was typed, and slows down guessing."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.models import Account, LoginSession
from catalogue.services import accounts, passwords
from tests.blueprints.conftest import config_for, database_of
from tests.blueprints.world import World
from tests.making import PASSWORD

LONG_AGO = timedelta(minutes=6)


@pytest.fixture(scope="module")
def weighty(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with one page more, which does nothing but ask for the password."""
    folder = tmp_path_factory.mktemp("weighty")
    app = create_app(config_for(f"sqlite:///{folder / 'catalogue.db'}", folder))
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False

    @permission(Permission.SIGNED_IN)
    def weigh() -> str:
        confirming.require()
        return f"done: {request.form['reason']}"

    app.add_url_rule("/nang", "weigh", weigh, methods=["POST"])
    return app


@pytest.fixture
def client(weighty: Flask, office: tuple[Path, World]) -> Iterator[FlaskClient]:
    """The committee's member, whose password was given six minutes ago."""
    shutil.copy(office[0], database_of(weighty))
    account_id = office[1].people["committee"]
    at = clock.now()
    with weighty.app_context(), Session(db.engine) as session, session.begin():
        secret = accounts.sign_in(session, account_id, at=at)
        session.get_one(Account, account_id).password_hash = passwords.hashed(PASSWORD)
        session.execute(update(LoginSession).values(opened_at=at - LONG_AGO))
    client = weighty.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    yield client
    with weighty.app_context():
        db.engine.dispose()


def test_the_password_is_asked_for_and_what_was_typed_goes_along(client: FlaskClient) -> None:
    answer = client.post("/nang", data={"reason": "Thiếu <căn cứ>"})

    assert answer.status_code == 403
    assert '<input type="hidden" name="reason" value="Thiếu &lt;căn cứ&gt;">' in answer.text
    assert re.search(r'<input[^>]*type="password"[^>]*name="password"', answer.text, re.DOTALL)


def test_given_once_it_is_good_for_five_minutes(weighty: Flask, client: FlaskClient) -> None:
    fields = {"reason": "vì thế"}
    assert client.post("/nang", data=fields | {"password": PASSWORD}).text == "done: vì thế"
    assert client.post("/nang", data=fields).text == "done: vì thế"

    with weighty.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values(confirmed_at=clock.now() - LONG_AGO))

    assert client.post("/nang", data=fields).status_code == 403


def test_a_wrong_password_is_kept_count_of_and_never_shown(
    weighty: Flask, client: FlaskClient
) -> None:
    for _ in range(accounts.TRIES):
        answer = client.post("/nang", data={"reason": "vì thế", "password": "mật khẩu sai"})
        assert answer.status_code == 403
        assert "Mật khẩu chưa đúng" in answer.text
        assert "mật khẩu sai" not in answer.text
        assert "vì thế" in answer.text

    answer = client.post("/nang", data={"reason": "vì thế", "password": PASSWORD})

    assert answer.status_code == 403
    assert "thử sai 5 lần" in answer.text
    with sqlite3.connect(database_of(weighty)) as connection:
        failures = connection.execute("SELECT count(*) FROM login_failure").fetchone()
    connection.close()
    assert failures == (accounts.TRIES,)


def test_who_signed_in_just_now_is_not_asked(weighty: Flask, client: FlaskClient) -> None:
    with weighty.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values(opened_at=clock.now()))

    assert client.post("/nang", data={"reason": "vì thế"}).text == "done: vì thế"
