"""Cells of plain texts, made of what the look ahead has gathered."""

from lxml.etree import _Element as Element

from catalogue.importers.blocks import Cell, TableRow, lines_of
from catalogue.importers.bounds import Bounds
from catalogue.importers.characters import Characters
from catalogue.importers.looking_ahead import Ahead
from catalogue.importers.styles import WORDML

_TEXT = WORDML + "t"


class FlatCells:
    """Reads rows, cells and paragraphs that hold nothing special."""

    def __init__(self, characters: Characters, bounds: Bounds) -> None:
        self._characters = characters
        self._bounds = bounds

    def row(self, row: Element, table: int, number: int, ahead: Ahead) -> TableRow:
        """Read a row: only its texts where each cell is one column of the grid for itself."""
        elements = ahead.rows[row]
        self._bounds.hold(len(elements))
        texts = self._characters.tidy_cells(
            [ahead.lines[element] for element in elements], self._bounds.place
        )
        if ahead.continued.isdisjoint(elements) and ahead.spans.keys().isdisjoint(elements):
            return TableRow(table, number, texts=tuple(texts))
        return TableRow(table, number, self._placed(elements, texts, ahead))

    def cell(self, cell: Element, column: int, ahead: Ahead) -> Cell:
        """Read one cell of a row that is not flat itself."""
        tidy, place = self._characters.tidy, self._bounds.place
        lines = [tidy(line, place) for line in ahead.lines[cell] if line]
        span = self._bounds.span(ahead.spans.get(cell))
        return Cell(column, tuple(filter(None, lines)), span, cell in ahead.continued)

    def paragraph(self, paragraph: Element) -> tuple[str, ...]:
        raw = "".join([text.text or "" for text in paragraph.iter(_TEXT)])
        line = self._characters.tidy(raw, self._bounds.place)
        return (line,) if line else ()

    def _placed(self, elements: list[Element], texts: list[str], ahead: Ahead) -> tuple[Cell, ...]:
        """Lay cells on the grid by what they say of merging."""
        placed = []
        column = 0
        for element, text in zip(elements, texts, strict=True):
            span = self._bounds.span(ahead.spans.get(element))
            placed.append(Cell(column, lines_of(text), span, element in ahead.continued))
            column += span
        self._bounds.hold(column)
        return tuple(placed)
