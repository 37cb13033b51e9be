"""The migrations build the same database as the models, and go down and up again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text

from catalogue.app import create_app
from catalogue.config import ROOT, Config
from catalogue.extensions import db
from catalogue.models import Base, sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    cluster = request.getfixturevalue("cluster")
    url = cluster.create(None)
    yield url
    cluster.drop(url)


@pytest.fixture
def app(bare_url: str, tmp_path: Path) -> Iterator[Flask]:
    config = Config(
        database_url=bare_url,
        instance=tmp_path,
        today=date(2024, 4, 10),
        secure_cookies=False,
        trusted_hosts=("localhost",),
        proxies=0,
    )
    app = create_app(config)
    yield app
    with app.app_context():
        db.engine.dispose()


def shape(url: str) -> dict[str, object]:
    """Everything that a database says of itself, by table."""
    engine = create_engine(url)
    inspector = inspect(engine)
    found: dict[str, object] = {}
    for table in sorted(set(inspector.get_table_names()) - {"alembic_version"}):
        found[table] = (
            sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
            ),
            sorted(
                (key["constrained_columns"], key["referred_table"])
                for key in inspector.get_foreign_keys(table)
            ),
            sorted(u["column_names"] for u in inspector.get_unique_constraints(table)),
            sorted(str(c["name"]) for c in inspector.get_check_constraints(table)),
            sorted(str(index["column_names"]) for index in inspector.get_indexes(table)),
        )
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    }
    with engine.connect() as connection:
        found["triggers"] = connection.execute(text(triggers[engine.dialect.name])).scalars().all()
    engine.dispose()
    return found


def test_migrating_makes_what_the_models_say(app: Flask, bare_url: str) -> None:
    with app.app_context():
        upgrade()
        migrated = shape(bare_url)
        downgrade(revision="base")
    engine = create_engine(bare_url)
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    engine.dispose()
    assert shape(bare_url) == migrated


def test_every_revision_goes_down_and_up_again(app: Flask, bare_url: str) -> None:
    with app.app_context():
        upgrade()
        before = shape(bare_url)
        downgrade(revision="base")
        assert [name for name in shape(bare_url) if name != "triggers"] == []
        upgrade()
    assert shape(bare_url) == before


def test_revisions_are_numbered_in_a_row() -> None:
    names = sorted(path.name for path in (ROOT / "catalogue/migrations/versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
