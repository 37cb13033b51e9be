"""The same pages over PostgreSQL: they open, a day is logged, refusals stay refusals."""

import re
from collections.abc import Iterator
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import URL, create_engine, text
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.blueprints import clock
from catalogue.extensions import db
from catalogue.services import accounts
from tests.blueprints.conftest import config_for
from tests.blueprints.test_permissions import MATRIX, PERSONAS, path_of
from tests.blueprints.world import World, build
from tests.day_sheets import line, sheet
from tests.postgres import Cluster


@pytest.fixture(scope="module")
def served(
    cluster: Cluster, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, World]]:
    url = cluster.create(None, template=postgres_template)
    engine = create_engine(url)
    with Session(engine) as session:
        world = build(session)
    engine.dispose()
    folder = tmp_path_factory.mktemp("postgresql")
    app = create_app(config_for(url, folder))
    app.config["TESTING"] = True
    yield app, world
    with app.app_context():
        db.engine.dispose()
    cluster.drop(url)


def test_look_ups_are_planned_for_memory(served: tuple[Flask, World]) -> None:
    with served[0].app_context():
        assert db.session.scalar(text("SHOW random_page_cost")) == "1.1"
        db.session.rollback()


def test_a_page_opens_after_the_database_has_started_again(
    served: tuple[Flask, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(served, "staff")
    assert client.get("/ngay-cua-toi").status_code == 200
    with served[0].app_context():
        url = db.engine.url
    _end_all_connections(url)
    later = monotonic() + 2
    monkeypatch.setattr("catalogue.models.postgresql.monotonic", lambda: later)
    assert client.get("/ngay-cua-toi").status_code == 200


def _end_all_connections(url: URL) -> None:
    """End them as a server that stops does."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"{ended} AND datname = current_database()"))
    engine.dispose()


def signed_in(served: tuple[Flask, World], persona: str) -> FlaskClient:
    app, world = served
    with app.app_context(), Session(db.engine) as session, session.begin():
        secret = accounts.sign_in(session, world.people[persona], at=clock.now())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return client


def test_every_page_opens(served: tuple[Flask, World]) -> None:
    for persona in ("organiser", "committee"):
        client, place = signed_in(served, persona), PERSONAS.index(persona)
        for route, codes in MATRIX.items():
            if codes[place] == "2":
                assert client.get(path_of(route, served[1])).status_code == 200, route


def test_a_day_is_logged_and_followed_back(served: tuple[Flask, World]) -> None:
    client, world = signed_in(served, "staff"), served[1]
    path = "/ngay-cua-toi?ngay=2024-04-09"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert token
    told = sheet(line(world.task, "7:30"))
    answer = client.post(path, data=told | {"csrf_token": token[1]})
    assert answer.status_code == 303
    day = client.get(answer.location).text
    assert "7,5 / 8 giờ" in day
    origin = re.search(r'href="(/dong/\d+)">Nguồn gốc', day)
    assert origin
    assert "09-ĐA/TU" in client.get(origin[1]).text


@pytest.mark.parametrize("path", ["/danh-muc?tim=%00", "/vi-tri/2147483648", "/mat-khau/%00"])
def test_what_the_database_would_choke_on_never_reaches_it(
    served: tuple[Flask, World], path: str
) -> None:
    assert signed_in(served, "staff").get(path).status_code in (200, 404, 422)
