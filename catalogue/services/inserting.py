"""Writing many rows at once by the driver's own means: converting each value would cost more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import (
    Connection,
    Insert,
    Integer,
    Select,
    bindparam,
    func,
    insert as sa_insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalogue.models import Base

_Rows = Sequence[tuple[object, ...]]


def insert(
    session: Session,
    table: type[Base],
    columns: Mapping[str, Collection[object]],
    **shared: object,
) -> None:
    """Insert rows given column by column; what all rows share is given once.

    Values are what both databases take as they are: text, whole numbers, booleans, None, days as
    ISO text, moments as `moment` writes them, JSON as text.
    """
    names, constants = (*columns, *shared), tuple(shared.values())
    rows = [(*row, *constants) for row in zip(*columns.values(), strict=True)]
    if rows:
        connection = session.connection()
        write = _copy if _on_postgresql(session) else _execute_many
        write(connection, table.__tablename__, names, rows)


def insert_rows(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """Insert rows of plain values, converted as their columns ask; answers their identifiers.

    For hundreds of rows: converting them costs less than saying here how each is written.
    """
    identifiers = reserve(session, table, len(rows)) if rows else []
    numbered = [{**row, "id": number} for row, number in zip(rows, identifiers, strict=True)]
    if numbered:
        session.connection().execute(_inserting(table), numbered)
    return identifiers


def reserve(session: Session, table: type[Base], count: int) -> Sequence[int]:
    """Take the next identifiers: to be told them row by row would cost a statement each."""
    connection = session.connection()
    if _on_postgresql(session):
        return connection.execute(_drawing(table), {"count": count}).scalars().all()
    # SQLite lets one transaction write at a time: nobody else takes these meanwhile.
    last = connection.scalar(_last(table)) or 0
    return range(last + 1, last + 1 + count)


@cache
def _inserting(table: type[Base]) -> Insert:
    """Put together once for each table, as the next two are: that costs more than running it."""
    return sa_insert(table)


@cache
def _drawing(table: type[Base]) -> Select[tuple[int]]:
    numbers = func.generate_series(1, bindparam("count", type_=Integer))
    sequence = func.pg_get_serial_sequence(table.__tablename__, table.__table__.c.id.name)
    return select(func.nextval(sequence)).select_from(numbers)


@cache
def _last(table: type[Base]) -> Select[tuple[int]]:
    return select(func.max(table.__table__.c.id))


def moment(session: Session, at: datetime) -> str:
    """Write a moment as SQLAlchemy would, so that it reads it back; SQLite keeps no time zone."""
    written = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return f"{written}+00" if _on_postgresql(session) else written


def _on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _copy(connection: Connection, table: str, names: Sequence[str], rows: _Rows) -> None:
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(driver)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:  # as SQLAlchemy raises it, which the edge knows
        raise DBAPIError.instance(
            statement.as_string(driver), None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def _execute_many(connection: Connection, table: str, names: Sequence[str], rows: _Rows) -> None:
    columns = ", ".join(map(connection.dialect.identifier_preparer.quote, names))
    marks = ", ".join("?" * len(names))
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 (our own names)
        rows,
    )
