"""How a request's transaction begins, and the short ones beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from sqlalchemy.orm import Session

from catalogue.extensions import db
from catalogue.models.sqlite import READ_ONLY

_READING = frozenset(("GET", "HEAD", "OPTIONS"))


def begin() -> None:
    """Begin the request's transaction: one that only reads, or one that may write."""
    if request.method in _READING:
        begin_reading()


def begin_reading() -> None:
    """Begin a transaction that takes no writing lock."""
    db.session.connection(execution_options={READ_ONLY: True})


@contextmanager
def own() -> Iterator[Session]:
    """Give a session of its own, committed at the end, after the request's has let go."""
    db.session.rollback()
    with Session(db.engine) as session, session.begin():
        yield session
