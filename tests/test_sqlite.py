"""How transactions begin on SQLite: who only reads waits for nobody, who writes asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalogue.models import sqlite

ASK, WRITE = text("SELECT count(*) FROM word"), text("INSERT INTO word VALUES ('một')")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database of two connections that do not wait for one another."""
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 0)
    engine = create_engine(f"sqlite:///{tmp_path / 'words.db'}")
    sqlite.prepare(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE word (spelled TEXT)"))
    yield engine
    engine.dispose()


def reading(engine: Engine) -> Session:
    session = Session(engine)
    session.connection(execution_options={sqlite.READ_ONLY: True})
    return session


def test_who_only_reads_begins_while_another_writes(opened: Engine) -> None:
    with opened.connect() as writer:
        writer.execute(WRITE)
        with reading(opened) as session:
            assert session.scalar(ASK) == 0


def test_who_may_write_is_told_at_once_that_another_does(opened: Engine) -> None:
    with opened.connect() as writer, Session(opened) as session:
        writer.execute(WRITE)
        with pytest.raises(OperationalError, match="locked"):
            session.scalar(ASK)


def test_a_connection_that_was_read_by_writes_like_any_other(opened: Engine) -> None:
    with reading(opened) as session:
        session.scalar(ASK)
    with Session(opened) as next_one:
        next_one.scalar(ASK)
        with opened.connect() as other, pytest.raises(OperationalError, match="locked"):
            other.execute(WRITE)
