"""How SQLite is opened: durable, with foreign keys, and never half-way into a write."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

BUSY_MILLISECONDS = 30_000
# Releases that carry the WAL-reset fix: before it, acknowledged writes can be lost
# (https://sqlite.org/wal.html#the_wal_reset_bug).
_FIXED_FROM = (3, 51, 3)
_BACKPORTS = {(3, 44): 6, (3, 50): 7}
# What a journal keeps of the disk between two commits, however large one was.
_JOURNAL_BYTES = 1024 * 1024
READ_ONLY = "catalogue_read_only"
# A name is bound once, however often a statement says it; a place is bound each time.
OPTIONS = {"paramstyle": "named"}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite may run with a write-ahead log under several writers."""
    if version >= _FIXED_FROM:
        return True
    fix = _BACKPORTS.get(version[:2])
    return fix is not None and version[2] >= fix


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """Name how commits are kept safe; a journal that stays spares each of them a file's making."""
    return "WAL" if wal_is_safe(version) else "PERSIST"


def prepare(engine: Engine) -> None:
    """Set up every connection of a SQLite engine; leaves other engines alone."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    # Not by events of the engine: once it has one, every statement looks for its listeners.
    dialect: Any = engine.dialect
    dialect.set_connection_execution_options = partial(
        _on_options, dialect.set_connection_execution_options
    )
    dialect.do_begin = _begin


def _on_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    # The driver's own BEGIN would come too late and deferred; ours is emitted by _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        f"journal_mode = {journal_mode()}",
        f"journal_size_limit = {_JOURNAL_BYTES}",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_options(
    set_others: Callable[[Connection, Mapping[str, Any]], None],
    connection: Connection,
    options: Mapping[str, Any],
) -> None:
    """Note, for the transaction that is about to begin, that it will only read."""
    set_others(connection, options)
    if READ_ONLY in options:
        connection.info[READ_ONLY] = options[READ_ONLY]


def _begin(connection: PoolProxiedConnection) -> None:
    # One that only reads waits for nothing and is never refused, and every page begins so.
    reads = connection.info.pop(READ_ONLY, False)
    connection.cursor().execute("BEGIN" if reads else "BEGIN IMMEDIATE")
