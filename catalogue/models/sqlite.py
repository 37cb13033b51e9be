"""How SQLite is opened: durable, with foreign keys, and never half-way into a write."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 30_000
# Releases that carry the WAL-reset fix: before it, acknowledged writes can be lost
# (https://sqlite.org/wal.html#the_wal_reset_bug).
_FIXED_FROM = (3, 51, 3)
_BACKPORTS = {(3, 44): 6, (3, 50): 7}
# What a journal keeps of the disk between two commits, however large one was.
_JOURNAL_BYTES = 1024 * 1024
READ_ONLY = "catalogue_read_only"


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
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    # The driver's own BEGIN would come too late and deferred; ours is emitted by _on_begin.
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


def _on_begin(connection: Connection) -> None:
    options: Any = connection.get_execution_options()
    if options.get(READ_ONLY):
        # Straight to the driver: it waits for nothing, is never refused, and every page begins so.
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
