"""The cells of one table row: flat where they hold plain texts, element by element elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers import unread
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.bounds import Bounds
from catalogue.importers.characters import CELL_MARK, Characters
from catalogue.importers.flat_cells import UNMERGED, FlatCells
from catalogue.importers.looking_ahead import Ahead, LookingAhead, continues
from catalogue.importers.paragraphs import Paragraphs
from catalogue.importers.styles import WORDML, child, is_on
from catalogue.importers.unread import Unread

_ROW = WORDML + "tr"
_CELL = WORDML + "tc"
_TABLE = WORDML + "tbl"
_PARAGRAPH = WORDML + "p"
_WRAPPERS = {WORDML + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_CELL_PROPERTIES = WORDML + "tcPr"
_ROW_PROPERTIES = WORDML + "trPr"


@dataclass(slots=True)
class _Content:
    """What is gathered from one cell."""

    lines: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    tables: list[tuple[TableRow, ...]] = field(default_factory=list)

    def add(self, lines: Sequence[str], number: str) -> None:
        """Add a paragraph; a numbered one stands even where it has no words of its own."""
        if number and not lines:
            lines = ("",)
        self.lines += lines
        self.numbers += [number, *[""] * (len(lines) - 1)] if lines else []

    def take(self, other: "_Content") -> None:
        """Add what stood in a control or a box."""
        self.lines += other.lines
        self.numbers += other.numbers
        self.tables += other.tables

    def cell(self, column: int) -> Cell:
        numbers = tuple(self.numbers) if any(self.numbers) else ()
        return Cell(column, tuple(self.lines), numbers=numbers, tables=tuple(self.tables))


class Rows:
    """Reads the rows of a document's tables."""

    def __init__(
        self, name: str, paragraphs: Paragraphs, characters: Characters, unread: Unread
    ) -> None:
        self._bounds = Bounds(name)
        self._flat = FlatCells(characters, self._bounds)
        self._ahead = LookingAhead(paragraphs.styles)
        self._paragraphs = paragraphs
        self._unread = unread

    def look(self, table: Element) -> Ahead:
        """Look over the rows of a table before they are read."""
        return self._ahead.look(table)

    def read(self, row: Element, table: int, number: int, ahead: Ahead) -> TableRow | None:
        """Read a row; None for one that does not print, which is said."""
        self._bounds.at = (table, number)
        return self._read(row, table, number, ahead)

    def _read(self, row: Element, table: int, number: int, ahead: Ahead) -> TableRow | None:
        if row not in ahead.special:
            return self._flat.row(row, table, number, ahead)
        if not self._prints(row):
            return None
        return TableRow(table, number, tuple(self._cells(row, table, ahead)))

    def _prints(self, row: Element) -> bool:
        properties = child(row, _ROW_PROPERTIES)
        hidden = child(properties, WORDML + "hidden")
        if child(properties, WORDML + "del") is not None:
            self._unread.saw(unread.DELETED, _words(row), self._bounds.place())
            return False
        if hidden is not None and is_on(hidden):
            self._unread.saw(unread.HIDDEN, _words(row), self._bounds.place())
            return False
        if child(properties, WORDML + "ins") is not None:
            self._unread.saw(unread.INSERTED, _words(row), self._bounds.place())
        return True

    def _cells(self, row: Element, table: int, ahead: Ahead) -> list[Cell]:
        """Read a row in which some cells are special."""
        skipped = child(child(row, _ROW_PROPERTIES), WORDML + "gridBefore")
        column = 0 if skipped is None else self._bounds.span(skipped)
        cells: list[Cell] = []
        raws = "".join(ahead.rows[row]).split(CELL_MARK)[1:]
        merged = self._flat.merged(row, ahead)
        for index, element in enumerate(_cells_of(row, len(raws))):
            if element not in ahead.special:
                cells.append(self._flat.cell(raws[index], column, merged.get(index, UNMERGED)))
            elif not self._is_deleted(element):
                self._add_special(element, cells, self._gather(element, table, ahead), column)
            if cells:
                column = cells[-1].column + cells[-1].span
        self._bounds.hold(column)
        return cells

    def _is_deleted(self, cell: Element) -> bool:
        deleted = child(child(cell, _CELL_PROPERTIES), WORDML + "cellDel") is not None
        if deleted:
            self._unread.saw(unread.DELETED, _words(cell), self._bounds.place())
        return deleted

    def _add_special(
        self, element: Element, cells: list[Cell], content: _Content, column: int
    ) -> None:
        """Add a cell; one merged the old way, beside the one before, only widens that."""
        properties = child(element, _CELL_PROPERTIES)
        span = self._bounds.span(child(properties, WORDML + "gridSpan"))
        if cells and continues(child(properties, WORDML + "hMerge")):
            cells[-1] = cells[-1]._replace(span=cells[-1].span + span)
            return
        merged = continues(child(properties, WORDML + "vMerge"))
        cells.append(content.cell(column)._replace(span=span, continues=merged))

    def _gather(self, parent: Element, table: int, ahead: Ahead) -> _Content:
        """Gather what a cell or a text box holds, in whatever controls it stands."""
        content = _Content()
        for inner in parent:
            tag = inner.tag
            if tag == _PARAGRAPH:
                self._add_paragraph(inner, content, table, ahead)
            elif tag == _TABLE:
                content.tables.append(self._nested(inner, table, ahead))
            elif tag != _CELL_PROPERTIES:
                content.take(self._gather(inner, table, ahead))
        return content

    def _add_paragraph(self, element: Element, content: _Content, table: int, ahead: Ahead) -> None:
        if element not in ahead.special and not self._paragraphs.runs_on:
            content.add(self._flat.paragraph(element), "")
            return
        printed = self._paragraphs.read(element, self._bounds.place())
        content.add(printed.lines, printed.number)
        for box in printed.boxes:
            content.take(self._gather(box, table, self._ahead.look(box)))

    def _nested(self, element: Element, table: int, ahead: Ahead) -> tuple[TableRow, ...]:
        self._bounds.enter()
        rows: list[TableRow] = []
        for row in _inside(element, _ROW):
            read = self._read(row, table, len(rows) + 1, ahead)
            if read is not None:
                rows.append(read)
        self._bounds.leave()
        return tuple(rows)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Give the children of a kind, those inside content controls as well."""
    for inner in parent:
        if inner.tag == tag:
            yield inner
        elif inner.tag in _WRAPPERS:
            yield from _inside(inner, tag)


def _cells_of(row: Element, count: int) -> list[Element]:
    """Give a row's own cells, those in wrappers that no office is known to write as well."""
    cells = list(_inside(row, _CELL))
    if len(cells) == count:
        return cells
    return [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]


def _words(element: Element) -> str:
    return " ".join(text.text or "" for text in element.iter(WORDML + "t", WORDML + "delText"))
