"""The cells of one table row: a quick way for plain rows, a thorough one for all others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.importers import refusals, unread
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.characters import Characters
from catalogue.importers.package import WORDML
from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT, Paragraphs
from catalogue.importers.styles import VAL, is_on, value
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
_STYLES = (WORDML + "pStyle", WORDML + "rStyle")
_CELL_PROPERTIES = WORDML + "tcPr"
_ROW_PROPERTIES = WORDML + "trPr"
_LONGEST_FIGURE = 9
_KEPT = 1_024
# A row without any of these reads right by its cells, paragraphs and texts alone.
_SPECIAL = tuple(
    WORDML + tag
    for tag in (
        "tbl", "sdt", "ins", "del", "moveFrom", "moveTo", "cellDel", "hidden", "vanish", "numPr",
        "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "rt", "fldSimple", "fldChar",
        "instrText", "drawing", "pict", "object", "footnoteReference", "endnoteReference",
        "hMerge", "gridBefore",
    )
)  # fmt: skip
_SPECIAL_ELSEWHERE = (ALTERNATIVES, MATH_TEXT)


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
        self._telling_styles = paragraphs.styles.hidden | set(paragraphs.styles.numbered)
        styles = _STYLES if self._telling_styles else ()
        self._special = (*_SPECIAL, *_SPECIAL_ELSEWHERE, *styles)
        self._nesting = 0
        self._all_plain = False
        self._known: dict[str, tuple[str, ...]] = {}

    def look_ahead(self, table: Element) -> None:
        """Settle for all rows of a table that have arrived whether any needs the thorough way."""
        self._all_plain = not self._is_special(table)

    def read(self, row: Element, table: int, number: int) -> TableRow | None:
        """Read a row; None for one that does not print, which is said."""
        place = f"Bảng {table}, dòng {number}"
        if self._all_plain or not self._is_special(row):
            return TableRow(table, number, self._plain_cells(row, place))
        if not self._prints(row, place):
            return None
        return TableRow(table, number, tuple(self._cells(row, table, place)))

    def _is_special(self, element: Element) -> bool:
        return any(
            found.tag not in _STYLES or value(found) in self._telling_styles
            for found in element.iter(*self._special)
            if found is not element
        )

    def _plain_cells(self, row: Element, place: str) -> tuple[Cell, ...]:
        """Read a row in one flat pass over the few elements that matter."""
        texts: list[list[str]] = []
        marks: list[tuple[int, Element]] = []
        for element in row.iter(_CELL, _PARAGRAPH, _TEXT, _MERGE, _SPAN):
            tag = element.tag
            if tag == _TEXT:
                texts[-1][-1] += element.text or ""
            elif tag == _PARAGRAPH:
                texts[-1].append("")
            elif tag == _CELL:
                texts.append([])
            else:
                marks.append((len(texts) - 1, element))
        lines = [self._lines(paragraphs, place) for paragraphs in texts]
        if marks:
            return self._placed(lines, marks, place)
        self._hold_columns(len(lines), place)
        return tuple(map(Cell, count(), lines))

    def _lines(self, paragraphs: list[str], place: str) -> tuple[str, ...]:
        """Give the clean lines of a cell; ranks, headcounts and blanks come again and again."""
        if len(paragraphs) != 1:
            tidy = (self._characters.tidy(text, place) for text in paragraphs)
            return tuple(filter(None, tidy))
        known = self._known.get(paragraphs[0])
        if known is not None:
            return known
        line = self._characters.tidy(paragraphs[0], place)
        lines = (line,) if line else ()
        if len(self._known) < _KEPT:
            self._known[paragraphs[0]] = lines
        return lines

    def _placed(
        self, texts: list[tuple[str, ...]], marks: list[tuple[int, Element]], place: str
    ) -> tuple[Cell, ...]:
        """Lay cells on the grid by what they say of merging."""
        spans = {index: self._span(mark, place) for index, mark in marks if mark.tag == _SPAN}
        continued = {index for index, mark in marks if mark.tag == _MERGE and _continues(mark)}
        cells = []
        column = 0
        for index, lines in enumerate(texts):
            span = spans.get(index, 1)
            cells.append(Cell(column, lines, span, index in continued))
            column += span
        self._hold_columns(column, place)
        return tuple(cells)

    def _cells(self, row: Element, table: int, place: str) -> list[Cell]:
        """Read a row element by element, into controls, nested tables and text boxes."""
        cells: list[Cell] = []
        column = self._skipped_columns(row, place)
        for element in _inside(row, _CELL):
            properties = element.find(_CELL_PROPERTIES)
            cell = self._cell(element, column, table, place)
            if _has(properties, "cellDel"):
                self._unread.saw(unread.DELETED, cell.text, place)
                continue
            if properties is not None:
                cell = cell._replace(
                    span=self._span(properties.find(_SPAN), place),
                    continues=_continues(properties.find(_MERGE)),
                )
            if cells and _continues(None if properties is None else properties.find(_BESIDE)):
                before = cells.pop()
                cell = before._replace(span=before.span + cell.span)
            cells.append(cell)
            column = cell.column + cell.span
        self._hold_columns(column, place)
        return cells

    def _cell(self, element: Element, column: int, table: int, place: str) -> Cell:
        content = _Content()
        self._gather(element, content, table, place)
        numbers = tuple(content.numbers) if any(content.numbers) else ()
        return Cell(column, tuple(content.lines), numbers=numbers, tables=tuple(content.tables))

    def _gather(self, parent: Element, content: _Content, table: int, place: str) -> None:
        for child in parent:
            if child.tag == _PARAGRAPH:
                printed = self._paragraphs.read(child, place)
                content.add(printed.lines, printed.number)
                for box in printed.boxes:
                    self._gather(box, content, table, place)
            elif child.tag == _TABLE:
                content.tables.append(self._nested(child, table, place))
            elif child.tag != _CELL_PROPERTIES:
                self._gather(child, content, table, place)

    def _nested(self, element: Element, table: int, place: str) -> tuple[TableRow, ...]:
        self._nesting += 1
        if self._nesting > limits.TABLE_NESTING:
            raise refusals.too_many(
                self._place(place), self._nesting, "tầng bảng lồng nhau", limits.TABLE_NESTING
            )
        rows: list[TableRow] = []
        for row in _inside(element, _ROW):
            read = self.read(row, table, len(rows) + 1)
            if read is not None:
                rows.append(read)
        self._nesting -= 1
        return tuple(rows)

    def _span(self, element: Element | None, place: str) -> int:
        text = value(element)
        span = int(text) if text.isdecimal() and len(text) <= _LONGEST_FIGURE else 1
        if span > limits.GRID_SPAN:
            self._hold_columns(span, place)
        return max(span, 1)

    def _skipped_columns(self, row: Element, place: str) -> int:
        skipped = row.find(f"{_ROW_PROPERTIES}/{WORDML}gridBefore")
        return 0 if skipped is None else self._span(skipped, place)

    def _hold_columns(self, columns: int, place: str) -> None:
        if columns > limits.TABLE_COLUMNS:
            raise refusals.too_many(self._place(place), columns, "cột", limits.TABLE_COLUMNS)

    def _place(self, place: str) -> str:
        return f"{self._name}, {place.lower()}"

    def _prints(self, row: Element, place: str) -> bool:
        properties = row.find(_ROW_PROPERTIES)
        if properties is None:
            return True
        hidden = properties.find(WORDML + "hidden")
        if _has(properties, "del"):
            self._unread.saw(unread.DELETED, _words(row), place)
            return False
        if hidden is not None and is_on(hidden):
            self._unread.saw(unread.HIDDEN, _words(row), place)
            return False
        if _has(properties, "ins"):
            self._unread.saw(unread.INSERTED, _words(row), place)
        return True


def _continues(merge: Element | None) -> bool:
    return merge is not None and merge.get(VAL, "continue") != "restart"


def _has(properties: Element | None, tag: str) -> bool:
    return properties is not None and properties.find(WORDML + tag) is not None


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Give the children of a kind, those inside content controls as well."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _words(element: Element) -> str:
    return " ".join(text.text or "" for text in element.iter(_TEXT, WORDML + "delText"))
