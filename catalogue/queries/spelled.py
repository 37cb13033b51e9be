"""Words of a closed set written out in a statement, where a value would be bound at each run."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, literal_column, or_
from sqlalchemy.orm import InstrumentedAttribute


def one_of(column: InstrumentedAttribute[Any], words: Iterable[StrEnum]) -> ColumnElement[bool]:
    """Match any of the words, which are our own; those of an IN are put in anew at each run."""
    return or_(*(column == literal_column(f"'{word.value}'") for word in words))


def named(name: str) -> ColumnElement[str]:
    """Say what a row of a union is."""
    return literal_column(f"'{name}'", String)
