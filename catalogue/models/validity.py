"""Validity intervals may not overlap for one owner; the database itself refuses it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, FromClause, SQLColumnExpression, and_, or_
from sqlalchemy.orm import Mapped

from catalogue.domain.words import IN_FORCE
from catalogue.models.base import Closing, Opening
from catalogue.models.ddl import after_create

_IN_FORCE = "(" + ", ".join(f"'{state}'" for state in IN_FORCE) + ")"
_FOREVER = "'9999-12-31'"


class Dated:
    """A row that holds from one day to another, both included; no last day means still."""

    valid_from: Mapped[Opening]
    valid_to: Mapped[Closing]

    @classmethod
    def holds_on(cls, day: date | SQLColumnExpression[date]) -> ColumnElement[bool]:
        return and_(cls.valid_from <= day, or_(cls.valid_to.is_(None), cls.valid_to >= day))


def overlap_ddl(table: str, owner: Sequence[str]) -> dict[str, list[str]]:
    """Give the statements by dialect that keep versions in force from overlapping.

    `owner` names the columns whose equal values make two rows rivals; a NULL counts as a value.
    """
    return {
        "sqlite": [_sqlite_trigger(table, owner, moment) for moment in ("INSERT", "UPDATE")],
        "postgresql": ["CREATE EXTENSION IF NOT EXISTS btree_gist", _exclusion(table, owner)],
    }


def refuse_overlap(table: FromClause, *owner: str) -> None:
    """Attach the statements to the table's creation."""
    after_create(table, overlap_ddl(str(table), owner))


def _sqlite_trigger(table: str, owner: Sequence[str], moment: str) -> str:
    same_owner = " AND ".join(f"rival.{column} IS NEW.{column}" for column in owner)
    return (  # the names are our own tables and columns, nobody types them
        f"CREATE TRIGGER {table}_no_overlap_{moment.lower()} BEFORE {moment} ON {table} "  # noqa: S608
        f"WHEN NEW.state IN {_IN_FORCE} AND EXISTS (SELECT 1 FROM {table} AS rival "
        f"WHERE {same_owner} AND rival.id IS NOT NEW.id AND rival.state IN {_IN_FORCE} "
        f"AND rival.valid_from <= COALESCE(NEW.valid_to, {_FOREVER}) "
        f"AND NEW.valid_from <= COALESCE(rival.valid_to, {_FOREVER})) "
        f"BEGIN SELECT RAISE(ABORT, '{table}: validity intervals overlap'); END"
    )


def _exclusion(table: str, owner: Sequence[str]) -> str:
    same_owner = ", ".join(f"COALESCE({column}, 0) WITH =" for column in owner)
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT ex_{table}_no_overlap EXCLUDE USING gist "
        f"({same_owner}, daterange(valid_from, valid_to, '[]') WITH &&) "
        f"WHERE (state IN {_IN_FORCE})"
    )
