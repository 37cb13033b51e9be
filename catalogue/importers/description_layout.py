"""Which columns of the form a table's cells stand under."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.cell_items import is_ordinal
from catalogue.importers.description_words import Column, Section
from catalogue.importers.grid import Reach, lay, overlap, place_of


class Head(NamedTuple):
    """One column's head and the grid columns below it; None for a column that the form has not."""

    column: Column | None
    reach: Reach
    words: str = ""


class FormRow:
    """One printed row under the heads of its table.

    Whoever asks for a cell takes it: what nobody took has no place in the form.
    """

    def __init__(self, row: TableRow, under: Mapping[Column, int]) -> None:
        self.where = place_of(row)
        self._cells = row.cells
        self._under = under
        self._taken: set[int] = set()

    def take(self, column: Column) -> Cell | None:
        """Take the cell that lies under a column, be it merged with its neighbours or not."""
        index = self._under.get(column)
        if index is None:
            return None
        self._taken.add(index)
        return self._cells[index]

    def left(self) -> list[str]:
        """Give the texts that nobody took; a bare number says nothing but the order."""
        if len(self._taken) == len(self._cells):
            return []
        return [
            cell.text
            for index, cell in enumerate(self._cells)
            if cell.lines and index not in self._taken and not is_ordinal(cell.text)
        ]


class Layout:
    """The heads of one table from left to right, and the section that such a table belongs to."""

    def __init__(self, section: Section, heads: Sequence[Head]) -> None:
        self.section = section
        self.heads = heads
        # Rows of one shape stand under the heads alike, and a table has few shapes.
        self._under: dict[int | tuple[tuple[int, int], ...], Mapping[Column, int]] = {}

    def strange(self) -> list[str]:
        """Give the words of heads that the form has not."""
        return [head.words for head in self.heads if not head.column and head.words]

    def place(self, row: TableRow) -> FormRow:
        """Lay a row under the heads."""
        cells = row.cells
        flat = row.texts is not None  # then the count of its cells says it all
        shape = len(cells) if flat else tuple([(cell.column, cell.span) for cell in cells])
        under = self._under.get(shape)
        if under is None:
            under = self._under[shape] = self._lay(cells)
        return FormRow(row, under)

    def refined(self, lower: Sequence[Head]) -> "Layout":
        """Put the heads of a second header row in the place of those that they divide."""
        whole = [
            head
            for head in self.heads
            if not any(overlap(head.reach, below.reach) for below in lower)
        ]
        return Layout(self.section, sorted([*whole, *lower], key=lambda head: head.reach))

    def _lay(self, cells: Sequence[Cell]) -> Mapping[Column, int]:
        """Find for each column the first cell that lies under it."""
        under: dict[Column, int] = {}
        for at, indices in enumerate(lay(cells, [head.reach for head in self.heads])):
            for mean in (self.heads[index].column for index in indices):
                if mean:
                    under.setdefault(mean, at)
        return under
