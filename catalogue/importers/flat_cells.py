"""Cells of plain texts, read in one flat pass over the few elements that matter."""

from collections.abc import Callable

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.importers.blocks import Cell
from catalogue.importers.bounds import Bounds
from catalogue.importers.characters import Characters
from catalogue.importers.styles import VAL, WORDML

_CELL = WORDML + "tc"
_PARAGRAPH = WORDML + "p"
_TEXT = WORDML + "t"
_MERGE = WORDML + "vMerge"
_SPAN = WORDML + "gridSpan"
# Where no cell has a second paragraph, paragraphs need not be looked at.
_TAGS = {
    False: (_CELL, _TEXT, _MERGE, _SPAN),
    True: (_CELL, _TEXT, _MERGE, _SPAN, _PARAGRAPH),
}
# Stands before each paragraph of a cell; XML may not hold it.
_MARK = "\x1e"
_KEPT = 256


class FlatCells:
    """Reads rows, cells and paragraphs that hold nothing special."""

    def __init__(self, characters: Characters, bounds: Bounds) -> None:
        self._characters = characters
        self._bounds = bounds
        self._columns = [_Column(index, self._lines) for index in range(limits.TABLE_COLUMNS)]

    def row(self, row: Element, *, paragraphs: bool) -> tuple[tuple[Cell, ...], bool]:
        """Read the cells of a row, and tell whether each is one column of the grid for itself.

        `paragraphs` says that some cell may have more than one.
        """
        texts, marks = _texts(row, _TAGS[paragraphs])
        if len(texts) > limits.TABLE_COLUMNS:
            self._bounds.hold(len(texts))
        cells = [known[text] for known, text in zip(self._columns, texts, strict=False)]
        return (self._placed(cells, marks), False) if marks else (tuple(cells), True)

    def cell(self, cell: Element, column: int) -> Cell:
        """Read one cell of a row that is not flat itself."""
        texts, marks = _texts(cell, _TAGS[True])
        self._bounds.hold(column + 1)
        known = self._columns[column][texts[0]]
        return self._placed([known], marks)[0]._replace(column=column) if marks else known

    def paragraph(self, paragraph: Element) -> tuple[str, ...]:
        return self._lines("".join([text.text or "" for text in paragraph.iter(_TEXT)]))

    def _lines(self, text: str) -> tuple[str, ...]:
        """Part the raw text of a cell into its clean lines."""
        tidy, place = self._characters.tidy, self._bounds.place
        if text.rfind(_MARK) <= 0:
            line = tidy(text.removeprefix(_MARK), place)
            return (line,) if line else ()
        return tuple([line for part in text.split(_MARK) if (line := tidy(part, place))])

    def _placed(self, cells: list[Cell], marks: list[tuple[int, Element]]) -> tuple[Cell, ...]:
        """Lay cells on the grid by what they say of merging."""
        spans = {index: self._bounds.span(mark) for index, mark in marks if mark.tag == _SPAN}
        continued = {index for index, mark in marks if mark.tag == _MERGE and continues(mark)}
        placed = []
        column = 0
        for index, cell in enumerate(cells):
            span = spans.get(index, 1)
            placed.append(Cell(column, cell.lines, span, index in continued))
            column += span
        self._bounds.hold(column)
        return tuple(placed)


class _Column(dict[str, Cell]):
    """The cells of one column by their raw text: most come again and again."""

    def __init__(self, index: int, lines: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._index = index
        self._lines = lines

    def __missing__(self, text: str) -> Cell:
        cell = Cell(self._index, self._lines(text))
        if len(self) < _KEPT:
            self[text] = cell
        return cell


def continues(merge: Element | None) -> bool:
    """Tell the lower part of a merged cell: any that does not say that it begins one."""
    return merge is not None and merge.get(VAL, "continue") != "restart"


def _texts(parent: Element, tags: tuple[str, ...]) -> tuple[list[str], list[tuple[int, Element]]]:
    """Give the raw text of each cell, and what cells say of merging with their index."""
    texts: list[str] = []
    marks: list[tuple[int, Element]] = []
    for element in parent.iter(*tags):
        tag = element.tag
        if tag == _TEXT:
            texts[-1] += element.text or ""
        elif tag == _CELL:
            texts.append("")
        elif tag == _PARAGRAPH:
            texts[-1] += _MARK
        else:
            marks.append((len(texts) - 1, element))
    return texts, marks
