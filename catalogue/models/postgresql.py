"""How PostgreSQL is opened: told that what it looks up lies in memory, as an office's data does."""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


def prepare(engine: Engine) -> None:
    """Set up every connection of a PostgreSQL engine; leaves other engines alone.

    The default reckons with a turning disk. A statement planned so while its tables are still
    empty reads them whole, and goes on doing so, until the database has counted their rows.
    """
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _on_connect)


def _on_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute("SET random_page_cost = 1.1")
    cursor.close()
    connection.commit()
