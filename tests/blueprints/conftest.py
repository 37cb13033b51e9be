"""The application over a small office, made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.blueprints import clock
from catalogue.config import Config
from catalogue.extensions import db
from catalogue.models import Base, sqlite
from catalogue.services import accounts
from tests.blueprints.world import World, build
from tests.making import TODAY

SignIn = Callable[[str], FlaskClient]


def config_for(url: str, instance: Path) -> Config:
    return Config(
        database_url=url,
        instance=instance,
        today=TODAY,
        secure_cookies=False,
        trusted_hosts=("localhost", "127.0.0.1"),
        proxies=0,
    )


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path = tmp_path_factory.mktemp("office") / "office.db"
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        world = build(session)
    engine.dispose()
    return path, world


@pytest.fixture
def world(office: tuple[Path, World]) -> World:
    return office[1]


@pytest.fixture(scope="session")
def only_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all tests: its statements and templates are compiled once."""
    instance = tmp_path_factory.mktemp("instance")
    return create_app(config_for(f"sqlite:///{instance / 'catalogue.db'}", instance))


@pytest.fixture
def app(office: tuple[Path, World], only_app: Flask) -> Iterator[Flask]:
    """The application over a fresh copy of the office."""
    shutil.copy(office[0], database_of(only_app))
    only_app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=None, WTF_CSRF_ENABLED=True)
    yield only_app
    with only_app.app_context():
        db.engine.dispose()


def database_of(app: Flask) -> Path:
    return Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, world: World) -> SignIn:
    """Open a session for a persona, by the service and without its password's slow hash."""

    def sign_in(persona: str) -> FlaskClient:
        with app.app_context(), Session(db.engine) as session, session.begin():
            secret = accounts.sign_in(session, world.people[persona], at=clock.now())
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
        return client

    return sign_in
