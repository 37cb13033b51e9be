"""How PostgreSQL is opened: told that its data lie in memory, and found again after a restart."""

from collections.abc import MutableMapping
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

_IN_MEMORY = "-c random_page_cost=1.1"
# Seconds in which no server starts again: a connection that was at work since then is alive.
_ALIVE = 1.0
_RETURNED = "returned"


def prepare(engine: Engine) -> None:
    """Set up every connection of a PostgreSQL engine; leaves other engines alone.

    The default reckons with a turning disk. A statement planned so while its tables are still
    empty reads them whole, and goes on doing so, until the database has counted their rows.
    """
    if engine.dialect.name == "postgresql":
        event.listen(engine, "do_connect", _on_connect)
        event.listen(engine, "checkin", _on_checkin)
        event.listen(engine, "checkout", _on_checkout)


def _on_connect(
    dialect: object, record: object, positional: object, named: MutableMapping[str, Any]
) -> None:
    """Ask beside what the address itself asks for; a later option of it would hold."""
    del dialect, record, positional
    named["options"] = f"{_IN_MEMORY} {named.get('options', '')}".strip()


def _on_checkin(connection: object, record: ConnectionPoolEntry) -> None:
    del connection
    record.info[_RETURNED] = monotonic()


def _on_checkout(
    connection: "psycopg.Connection[Any]", record: ConnectionPoolEntry, proxy: object
) -> None:
    """Ask a connection that has rested whether its server is still there, and open others if not.

    The pool's own way asks at every request, which at half past four is a question for nothing.
    """
    del proxy
    rested = monotonic() - record.info.get(_RETURNED, monotonic())
    if rested < _ALIVE:
        return
    try:
        connection.execute("")
        connection.rollback()
    except psycopg.Error as gone:
        raise InvalidatePoolError from gone
