"""The cells of one table row: a quick way for plain rows, a thorough one for all others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.importers import refusals, unread
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.characters import Characters
from catalogue.importers.package import WORDML
from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT, Paragraphs
from catalogue.importers.styles import VAL, child, is_on, value
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
_CELL_DELETED = WORDML + "cellDel"
_MARKED = {_ROW, _CELL}
_LONGEST_FIGURE = 9
_KEPT = 1_024
# A row without any of these reads right by its cells, paragraphs and texts alone.
_SPECIAL = tuple(
    WORDML + tag
    for tag in (
        "tbl", "ins", "del", "moveFrom", "moveTo", "cellDel", "hidden", "vanish", "numPr",
        "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "rt", "fldSimple", "fldChar",
        "instrText", "drawing", "pict", "object", "footnoteReference", "endnoteReference",
        "hMerge", "gridBefore",
    )
)  # fmt: skip
_SPECIAL_ELSEWHERE = (ALTERNATIVES, MATH_TEXT)


Special = set[Element]


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
        self._telling_styles = paragraphs.styles.hidden | set(paragraphs.styles.numbered)
        styles = _STYLES if self._telling_styles else ()
        self._special_tags = (*_SPECIAL, *_SPECIAL_ELSEWHERE, *styles)
        self._nesting = 0
        self._known: dict[str, tuple[str, ...]] = {}

    def special_in(self, table: Element) -> Special:
        """Give the rows and cells that hold anything special, of tables inside them as well."""
        special: Special = set()
        for found in table.iter(*self._special_tags):
            if found.tag not in _STYLES or value(found) in self._telling_styles:
                _mark_around(found, table, special)
        return special

    def read(self, row: Element, table: int, number: int, special: Special) -> TableRow | None:
        """Read a row; None for one that does not print, which is said."""
        place = f"Bảng {table}, dòng {number}"
        if row not in special:
            return TableRow(table, number, self._plain_cells(row, place))
        if not self._prints(row, place):
            return None
        return TableRow(table, number, self._cells(row, _Around(table, place, special)))

    def _plain_cells(self, row: Element, place: str) -> tuple[Cell, ...]:
        """Read a row in one flat pass over the few elements that matter."""
        texts: list[list[str]] = []
        marks: list[tuple[int, Element]] = []
        cell: list[str] = []
        for element in row.iter(_CELL, _PARAGRAPH, _TEXT, _MERGE, _SPAN):
            tag = element.tag
            if tag == _TEXT:
                cell[-1] += element.text or ""
            elif tag == _PARAGRAPH:
                cell.append("")
            elif tag == _CELL:
                cell = []
                texts.append(cell)
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

    def _cells(self, row: Element, around: _Around) -> tuple[Cell, ...]:
        """Read a row cell by cell, into controls, nested tables and text boxes where there are."""
        cells: list[Cell] = []
        column = self._skipped_columns(row, around.place)
        for element in _inside(row, _CELL):
            properties = child(element, _CELL_PROPERTIES)
            cell = self._cell(element, column, around)
            if child(properties, _CELL_DELETED) is not None:
                self._unread.saw(unread.DELETED, cell.text, around.place)
                continue
            if properties is not None:
                cell = cell._replace(
                    span=self._span(child(properties, _SPAN), around.place),
                    continues=_continues(child(properties, _MERGE)),
                )
            if cells and _continues(child(properties, _BESIDE)):
                before = cells.pop()
                cell = before._replace(span=before.span + cell.span)
            cells.append(cell)
            column = cell.column + cell.span
        self._hold_columns(column, around.place)
        return tuple(cells)

    def _cell(self, element: Element, column: int, around: _Around) -> Cell:
        if element not in around.special:
            texts = [
                "".join([text.text or "" for text in paragraph.iter(_TEXT)])
                for paragraph in element.iterchildren(_PARAGRAPH)
            ]
            return Cell(column, self._lines(texts, around.place))
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
            raise refusals.too_many(
                self._place(around.place),
                self._nesting,
                "tầng bảng lồng nhau",
                limits.TABLE_NESTING,
            )
        rows: list[TableRow] = []
        for row in _inside(element, _ROW):
            read = self.read(row, around.table, len(rows) + 1, around.special)
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
        skipped = child(child(row, _ROW_PROPERTIES), WORDML + "gridBefore")
        return 0 if skipped is None else self._span(skipped, place)

    def _hold_columns(self, columns: int, place: str) -> None:
        if columns > limits.TABLE_COLUMNS:
            raise refusals.too_many(self._place(place), columns, "cột", limits.TABLE_COLUMNS)

    def _place(self, place: str) -> str:
        return f"{self._name}, {place.lower()}"

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


def _mark_around(found: Element, table: Element, special: Special) -> None:
    """Mark every row and cell around an element, as far as they are not marked yet."""
    around: Element | None = found
    while around is not None and around is not table and around not in special:
        if around.tag in _MARKED:
            special.add(around)
        around = around.getparent()


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
