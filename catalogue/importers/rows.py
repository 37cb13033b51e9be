"""The cells of one table row: a quick way for plain rows, a thorough one for all others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals, unread
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.characters import Characters
from catalogue.importers.paragraphs import Paragraphs
from catalogue.importers.special import Special
from catalogue.importers.styles import VAL, WORDML, child, is_on, value
from catalogue.importers.unread import Unread

_ROW = WORDML + "tr"
_CELL = WORDML + "tc"
_TABLE = WORDML + "tbl"
_PARAGRAPH = WORDML + "p"
_TEXT = WORDML + "t"
_MERGE = WORDML + "vMerge"
_SPAN = WORDML + "gridSpan"
_BESIDE = WORDML + "hMerge"
_WRAPPERS = {WORDML + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_CELL_PROPERTIES = WORDML + "tcPr"
_ROW_PROPERTIES = WORDML + "trPr"
_CELL_DELETED = WORDML + "cellDel"
_LONGEST_FIGURE = 9
_KEPT = 256
# Stands before each paragraph of a cell; XML may not hold it.
_MARK = "\x1e"


class _Column(dict[str, Cell]):
    """The plain cells of one column by their raw text: most come again and again."""

    def __init__(self, index: int, lines: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._index = index
        self._lines = lines

    def __missing__(self, text: str) -> Cell:
        cell = Cell(self._index, self._lines(text))
        if len(self) < _KEPT:
            self[text] = cell
        return cell


class _Around(NamedTuple):
    """Where a cell stands, and which rows and cells hold anything special."""

    table: int
    place: str
    special: Special


@dataclass(slots=True)
class _Content:
    """What is gathered from one cell."""

    lines: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    tables: list[tuple[TableRow, ...]] = field(default_factory=list)

    def add(self, lines: list[str], number: str) -> None:
        """Add a paragraph; a numbered one stands even where it has no words of its own."""
        if number and not lines:
            lines = [""]
        self.lines += lines
        self.numbers += [number, *[""] * (len(lines) - 1)] if lines else []


class Rows:
    """Reads the rows of a document's tables."""

    def __init__(
        self, name: str, paragraphs: Paragraphs, characters: Characters, unread: Unread
    ) -> None:
        self._name = name
        self._paragraphs = paragraphs
        self._characters = characters
        self._unread = unread
        self._nesting = 0
        self._place = ""
        self._columns = [_Column(index, self._lines) for index in range(limits.TABLE_COLUMNS)]

    def read(self, row: Element, table: int, number: int, special: Special) -> TableRow | None:
        """Read a row; None for one that does not print, which is said."""
        self._place = place = f"Bảng {table}, dòng {number}"
        if row not in special:
            return TableRow(table, number, self._plain_cells(row))
        if not self._prints(row, place):
            return None
        return TableRow(table, number, self._cells(row, _Around(table, place, special)))

    def _plain_cells(self, row: Element) -> tuple[Cell, ...]:
        """Read a row in one flat pass over the few elements that matter."""
        texts: list[str] = []
        marks: list[tuple[int, Element]] = []
        for element in row.iter(_CELL, _PARAGRAPH, _TEXT, _MERGE, _SPAN):
            tag = element.tag
            if tag == _TEXT:
                texts[-1] += element.text or ""
            elif tag == _PARAGRAPH:
                texts[-1] += _MARK
            elif tag == _CELL:
                texts.append("")
            else:
                marks.append((len(texts) - 1, element))
        if len(texts) > limits.TABLE_COLUMNS:
            self._hold_columns(len(texts))
        cells = [known[text] for known, text in zip(self._columns, texts, strict=False)]
        return self._placed(cells, marks) if marks else tuple(cells)

    def _lines(self, text: str) -> tuple[str, ...]:
        """Part the raw text of a cell into its clean lines."""
        tidy, place = self._characters.tidy, self._place
        if text.count(_MARK) == 1:
            line = tidy(text[1:], place)
            return (line,) if line else ()
        return tuple([line for part in text.split(_MARK) if (line := tidy(part, place))])

    def _placed(self, cells: list[Cell], marks: list[tuple[int, Element]]) -> tuple[Cell, ...]:
        """Lay cells on the grid by what they say of merging."""
        spans = {index: self._span(mark) for index, mark in marks if mark.tag == _SPAN}
        continued = {index for index, mark in marks if mark.tag == _MERGE and _continues(mark)}
        placed = []
        column = 0
        for index, cell in enumerate(cells):
            span = spans.get(index, 1)
            placed.append(Cell(column, cell.lines, span, index in continued))
            column += span
        self._hold_columns(column)
        return tuple(placed)

    def _cells(self, row: Element, around: _Around) -> tuple[Cell, ...]:
        """Read a row cell by cell, into controls, nested tables and text boxes where there are."""
        cells: list[Cell] = []
        column = self._skipped_columns(row)
        for element in _inside(row, _CELL):
            properties = child(element, _CELL_PROPERTIES)
            cell = self._cell(element, column, around)
            if child(properties, _CELL_DELETED) is not None:
                self._unread.saw(unread.DELETED, cell.text, around.place)
                continue
            if properties is not None:
                cell = cell._replace(
                    span=self._span(child(properties, _SPAN)),
                    continues=_continues(child(properties, _MERGE)),
                )
            if cells and _continues(child(properties, _BESIDE)):
                before = cells.pop()
                cell = before._replace(span=before.span + cell.span)
            cells.append(cell)
            column = cell.column + cell.span
        self._hold_columns(column)
        return tuple(cells)

    def _cell(self, element: Element, column: int, around: _Around) -> Cell:
        if element not in around.special:
            texts = (
                "".join([text.text or "" for text in paragraph.iter(_TEXT)])
                for paragraph in element.iterchildren(_PARAGRAPH)
            )
            return Cell(column, self._lines(_MARK + _MARK.join(texts)))
        content = _Content()
        self._gather(element, content, around)
        numbers = tuple(content.numbers) if any(content.numbers) else ()
        return Cell(column, tuple(content.lines), numbers=numbers, tables=tuple(content.tables))

    def _gather(self, parent: Element, content: _Content, around: _Around) -> None:
        for inner in parent:
            tag = inner.tag
            if tag == _PARAGRAPH:
                printed = self._paragraphs.read(inner, around.place)
                content.add(printed.lines, printed.number)
                for box in printed.boxes:
                    self._gather(box, content, around)
            elif tag == _TABLE:
                content.tables.append(self._nested(inner, around))
            elif tag != _CELL_PROPERTIES:
                self._gather(inner, content, around)

    def _nested(self, element: Element, around: _Around) -> tuple[TableRow, ...]:
        self._nesting += 1
        if self._nesting > limits.TABLE_NESTING:
            raise self._too_many(self._nesting, "tầng bảng lồng nhau", limits.TABLE_NESTING)
        rows: list[TableRow] = []
        for row in _inside(element, _ROW):
            read = self.read(row, around.table, len(rows) + 1, around.special)
            if read is not None:
                rows.append(read)
        self._nesting -= 1
        return tuple(rows)

    def _span(self, element: Element | None) -> int:
        text = value(element)
        span = int(text) if text.isdecimal() and len(text) <= _LONGEST_FIGURE else 1
        if span > limits.GRID_SPAN:
            self._hold_columns(span)
        return max(span, 1)

    def _skipped_columns(self, row: Element) -> int:
        skipped = child(child(row, _ROW_PROPERTIES), WORDML + "gridBefore")
        return 0 if skipped is None else self._span(skipped)

    def _hold_columns(self, columns: int) -> None:
        if columns > limits.TABLE_COLUMNS:
            raise self._too_many(columns, "cột", limits.TABLE_COLUMNS)

    def _too_many(self, count: int, things: str, limit: int) -> UnreadableFile:
        return refusals.too_many(f"{self._name}, {self._place.lower()}", count, things, limit)

    def _prints(self, row: Element, place: str) -> bool:
        properties = child(row, _ROW_PROPERTIES)
        hidden = child(properties, WORDML + "hidden")
        if child(properties, WORDML + "del") is not None:
            self._unread.saw(unread.DELETED, _words(row), place)
            return False
        if hidden is not None and is_on(hidden):
            self._unread.saw(unread.HIDDEN, _words(row), place)
            return False
        if child(properties, WORDML + "ins") is not None:
            self._unread.saw(unread.INSERTED, _words(row), place)
        return True


def _continues(merge: Element | None) -> bool:
    return merge is not None and merge.get(VAL, "continue") != "restart"


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Give the children of a kind, those inside content controls as well."""
    for inner in parent:
        if inner.tag == tag:
            yield inner
        elif inner.tag in _WRAPPERS:
            yield from _inside(inner, tag)


def _words(element: Element) -> str:
    return " ".join(text.text or "" for text in element.iter(_TEXT, WORDML + "delText"))
