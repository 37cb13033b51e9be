"""Which columns of the form a table's cells stand under, once its header rows are known."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.description_labels import column, misspelt_column
from catalogue.importers.description_words import SECTION_OF, Column, Section
from catalogue.importers.grid import Reach, lay, overlap, reach

_ORDINAL = re.compile(r"\(?(\d+(\.\d+)*|[IVX]+|[a-z])[.)]?")
# The form's own columns, by how many cells a row has.
_FORM = {
    (Section.DUTIES, 4): (Column.NO, Column.DUTY, Column.TASK, Column.CRITERION),
    (Section.DUTIES, 5): (
        Column.NO,
        Column.DUTY,
        Column.TASK,
        Column.PRODUCT,
        Column.CRITERION,
    ),
    (Section.INSIDE, 3): (Column.MANAGED_BY, Column.MANAGES, Column.WITH),
    (Section.OUTSIDE, 2): (Column.BODY, Column.NATURE),
    (Section.AUTHORITY, 2): (Column.NO, Column.POWER),
    (Section.QUALIFICATIONS, 2): (Column.LABEL, Column.DETAIL),
    (Section.COMPETENCIES, 3): (Column.GROUP, Column.COMPETENCY, Column.LEVEL),
}


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
        self._row = row
        self._under = under
        self._taken: set[int] = set()

    @property
    def where(self) -> str:
        return place_of(self._row)

    def take(self, column: Column) -> Cell | None:
        """Take the cell that lies under a column, be it merged with its neighbours or not."""
        index = self._under.get(column)
        if index is None:
            return None
        self._taken.add(index)
        return self._row.cells[index]

    def left(self) -> list[str]:
        """Give the texts that nobody took; a bare number says nothing but the order."""
        return [
            cell.text
            for index, cell in enumerate(self._row.cells)
            if cell.lines and index not in self._taken and not is_ordinal(cell.text)
        ]


class Layout:
    """The heads of one table from left to right, and the section that such a table belongs to."""

    def __init__(self, section: Section, heads: Sequence[Head]) -> None:
        self.section = section
        self.heads = heads
        # Rows of one shape stand under the heads alike, and a table has few shapes.
        self._under: dict[tuple[tuple[int, int], ...], Mapping[Column, int]] = {}

    def strange(self) -> list[str]:
        """Give the words of heads that the form has not."""
        return [head.words for head in self.heads if not head.column and head.words]

    def place(self, row: TableRow) -> FormRow:
        """Lay a row under the heads."""
        shape = tuple([(cell.column, cell.span) for cell in row.cells])
        under = self._under.get(shape)
        if under is None:
            under = self._under[shape] = self._lay(row.cells)
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


class Layouts:
    """Follows the header rows of one table after another."""

    def __init__(self) -> None:
        self._current: Layout | None = None
        self._below_header = False

    def header(self, row: TableRow, filled: Sequence[Cell]) -> Layout | None:
        """Recognise a header row, which may divide the heads of the header row right above it."""
        above = self._current if self._below_header else None
        # One of the first two heads is always plain, so that most rows are told by two looks.
        found = _header(row, filled, above) if any(map(_column, filled[:2])) else None
        self._below_header = found is not None
        self._current = found or self._current
        return found

    def lay(self, row: TableRow, section: Section) -> FormRow | None:
        """Lay a row under its heads; a table without a header row goes on from the one before.

        Where no heads are known, or fewer than the row has cells, the form's own are taken.
        """
        if self._current is None or self._current.section is not section:
            self._current = _assumed(section, row)
        if self._current is None:
            return None
        whole = len(row.cells) <= len(self._current.heads)
        layout = self._current if whole else _assumed(section, row) or self._current
        return layout.place(row)

    def leave(self) -> None:
        """Forget the heads: a new section begins."""
        self._current, self._below_header = None, False


def is_ordinal(text: str) -> bool:
    """Tell whether a cell holds but a number: 1, 2.1, (II), a)."""
    return bool(_ORDINAL.fullmatch(text))


def place_of(row: TableRow) -> str:
    """Name a row to the sender, who counts tables and rows from 1."""
    return f"Bảng {row.table}, dòng {row.row}"


def _header(row: TableRow, filled: Sequence[Cell], above: Layout | None) -> Layout | None:
    found = [_column(cell) for cell in filled]
    hits = len(found) - found.count(None)
    if above and hits == len(found):
        return above.refined([_head(cell) for cell in filled])
    alone = row.row == 1 and hits == len(found)
    return _layout(row) if alone or hits >= max(2, found.count(None)) else None


def _assumed(section: Section, row: TableRow) -> Layout | None:
    """Give the layout that the form has in this section, for a table that lost its header row."""
    columns = _FORM.get((section, len(row.cells)))
    if columns is None:
        return None
    return Layout(
        section,
        tuple(Head(mean, reach(cell)) for mean, cell in zip(columns, row.cells, strict=True)),
    )


def _layout(row: TableRow) -> Layout | None:
    return _layout_of(tuple([_head(cell) for cell in row.cells if not cell.continues]))


@lru_cache(maxsize=256)
def _layout_of(heads: tuple[Head, ...]) -> Layout | None:
    """Make the layout once for all the tables of a file that have the same heads."""
    sections = Counter(
        SECTION_OF[head.column] for head in heads if head.column and head.column is not Column.NO
    )
    return Layout(sections.most_common(1)[0][0], _with_tasks(heads)) if sections else None


def _with_tasks(heads: Sequence[Head]) -> Sequence[Head]:
    """Divide a head over duties and tasks alike, should no second header row do so."""
    if Column.TASK in {head.column for head in heads}:
        return heads
    return tuple(part for head in heads for part in _divided(head))


def _divided(head: Head) -> tuple[Head, ...]:
    start, end = head.reach
    if head.column is not Column.DUTY or end - start == 1:
        return (head,)
    middle = start + 1
    return Head(Column.DUTY, Reach(start, middle)), Head(Column.TASK, Reach(middle, end))


def _head(cell: Cell) -> Head:
    words = _words(cell)
    return Head(column(words) or misspelt_column(words), reach(cell), words)


def _column(cell: Cell) -> Column | None:
    return column(_words(cell))


def _words(cell: Cell) -> str:
    return " ".join(cell.lines)
