"""The base of all tables and the column types they share."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

from catalogue.domain.limits import NAME_CHARACTERS

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Plain base: tables never import Flask."""

    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def word(kind: type[StrEnum], name: str = "") -> Enum:
    """Store a closed set of words as text, with a check that holds it closed.

    `name` tells the checks of two columns apart that take the same words.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda words: [item.value for item in words],
        name=name or kind.__name__.lower(),
    )


Key = Annotated[int, mapped_column(primary_key=True)]
Name = Annotated[str, mapped_column(String(NAME_CHARACTERS))]
FoldedName = Annotated[str, mapped_column(String(NAME_CHARACTERS), index=True)]
Short = Annotated[str, mapped_column(String(200))]
Digest = Annotated[str, mapped_column(String(64))]
Moment = Annotated[datetime, mapped_column(Instant)]
Opening = Annotated[date, mapped_column()]
Closing = Annotated[date | None, mapped_column()]
JsonList = Annotated[list[Any], mapped_column(JSON)]
JsonObject = Annotated[dict[str, Any], mapped_column(JSON)]
