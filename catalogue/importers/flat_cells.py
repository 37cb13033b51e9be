"""Cells of plain texts, made of what the look ahead has gathered."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml.etree import _Element as Element

from catalogue.importers.blocks import Cell, TableRow, lines_of
from catalogue.importers.bounds import Bounds
from catalogue.importers.characters import CELL_MARK, Characters
from catalogue.importers.looking_ahead import SPAN, Ahead
from catalogue.importers.styles import WORDML

_TEXT = WORDML + "t"


class Merged(NamedTuple):
    """How many columns a cell spans, and whether it goes on from the cell above."""

    span: int = 1
    continues: bool = False


UNMERGED = Merged()


class FlatCells:
    """Reads rows, cells and paragraphs that hold nothing special."""

    def __init__(self, characters: Characters, bounds: Bounds) -> None:
        self._characters = characters
        self._bounds = bounds

    def row(self, row: Element, table: int, number: int, ahead: Ahead) -> TableRow:
        """Read a row: only its texts where each cell is one column of the grid for itself."""
        raw = "".join(ahead.rows[row])
        self._bounds.hold(raw.count(CELL_MARK))
        texts = self._characters.tidy_row(raw, self._bounds.place)
        if row not in ahead.merges:
            return TableRow(table, number, texts=tuple(texts))
        return TableRow(table, number, self._placed(texts, self.merged(row, ahead)))

    def texts(self, raws: Iterable[str]) -> list[str]:
        """Read the cells of a row that is not flat itself."""
        raw = "".join([CELL_MARK + raw for raw in raws])
        return self._characters.tidy_row(raw, self._bounds.place)

    def merged(self, row: Element, ahead: Ahead) -> dict[int, Merged]:
        """Tell by the index of a cell what it says of merging."""
        found: dict[int, Merged] = {}
        for index, mark in ahead.merges.get(row, ()):
            span, continued = found.get(index, UNMERGED)
            if mark.tag == SPAN:
                span = self._bounds.span(mark)
            else:
                continued = True
            found[index] = Merged(span, continued)
        return found

    def paragraph(self, paragraph: Element) -> tuple[str, ...]:
        raw = "".join([text.text or "" for text in paragraph.iter(_TEXT)])
        line = self._characters.tidy(raw, self._bounds.place)
        return (line,) if line else ()

    def _placed(self, texts: list[str], merged: dict[int, Merged]) -> tuple[Cell, ...]:
        """Lay cells on the grid by what they say of merging."""
        placed = []
        column = 0
        for index, text in enumerate(texts):
            span, continued = merged.get(index, UNMERGED)
            placed.append(Cell(column, lines_of(text), span, continued))
            column += span
        self._bounds.hold(column)
        return tuple(placed)
