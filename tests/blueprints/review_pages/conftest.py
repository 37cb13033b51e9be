"""A submitted dossier, copied for each test, and everybody who has to do with it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from catalogue.extensions import db
from tests.blueprints.committee import Before, Enter, Kept, T, copy_into, lay, open_for


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Before]:
    path = tmp_path_factory.mktemp("committee") / "committee.db"
    return path, lay(path)


@pytest.fixture
def before(made: tuple[Path, Before]) -> Before:
    return made[1]


@pytest.fixture
def app(made: tuple[Path, Before], only_app: Flask) -> Iterator[Flask]:
    copy_into(only_app, made[0])
    yield only_app
    with only_app.app_context():
        db.engine.dispose()


@pytest.fixture
def enter(app: Flask, before: Before) -> Enter:
    return lambda name: open_for(app, before, name)


@pytest.fixture
def kept(app: Flask) -> Kept:
    """Read rows in a transaction that has ended before the next request."""

    def kept(table: type[T]) -> Sequence[T]:
        with app.app_context(), Session(db.engine) as session:
            return session.scalars(select(table).order_by(inspect(table).primary_key[0])).all()

    return kept


@pytest.fixture
def taken_up(enter: Enter, before: Before) -> Before:
    answer = enter("chief").post(f"{before.path}/nhan")
    assert answer.status_code == 303
    return before
