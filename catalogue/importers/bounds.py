"""How wide and how deep the tables of a document may be, and where the one being read stands."""

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals
from catalogue.importers.styles import value

_LONGEST_FIGURE = 9


class Bounds:
    """Holds a file's tables to the limits; `at` is the table and the row being read."""

    def __init__(self, name: str) -> None:
        self.at = (0, 0)
        self._name = name
        self._nesting = 0

    def place(self) -> str:
        """Say which row is being read."""
        table, row = self.at
        return f"Bảng {table}, dòng {row}"

    def span(self, element: Element | None) -> int:
        """Read how many columns a `w:gridSpan` covers, 1 where there is none."""
        if element is None:
            return 1
        text = value(element)
        span = int(text) if text.isdecimal() and len(text) <= _LONGEST_FIGURE else 1
        if span > limits.GRID_SPAN:
            self.hold(span)
        return max(span, 1)

    def hold(self, columns: int) -> None:
        if columns > limits.TABLE_COLUMNS:
            raise self._too_many(columns, "cột", limits.TABLE_COLUMNS)

    def enter(self) -> None:
        """Go into a table inside a cell."""
        self._nesting += 1
        if self._nesting > limits.TABLE_NESTING:
            raise self._too_many(self._nesting, "tầng bảng lồng nhau", limits.TABLE_NESTING)

    def leave(self) -> None:
        self._nesting -= 1

    def _too_many(self, count: int, things: str, limit: int) -> UnreadableFile:
        return refusals.too_many(f"{self._name}, {self.place().lower()}", count, things, limit)
