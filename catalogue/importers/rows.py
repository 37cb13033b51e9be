"""The cells of one table row: flat where they hold plain texts, element by element elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers import unread
from catalogue.importers.blocks import Cell, TableRow, lines_of
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
_CELL_DELETED = WORDML + "cellDel"
_OLD_MERGE = WORDML + "hMerge"
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

    def fill(self, cell: Cell) -> Cell:
        """Give the cell with this content."""
        numbers = tuple(self.numbers) if any(self.numbers) else ()
        place = cell.column, tuple(self.lines), cell.span, cell.continues
        return Cell(*place, numbers, tuple(self.tables))


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
        if properties is None:
            return True
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
        elements = _cells_of(row, len(raws))
        plain = [element not in ahead.special for element in elements]
        texts = self._flat.texts(raw if flat else "" for raw, flat in zip(raws, plain, strict=True))
        merged = self._flat.merged(row, ahead)
        for index, element in enumerate(elements):
            span, continued = merged.get(index, UNMERGED)
            if plain[index]:
                cells.append(Cell(column, lines_of(texts[index]), span, continued))
            else:
                self._add_special(element, cells, Cell(column, (), span, continued), table, ahead)
            if cells:
                column = cells[-1].column + cells[-1].span
        self._bounds.hold(column)
        return cells

    def _add_special(
        self, element: Element, cells: list[Cell], empty: Cell, table: int, ahead: Ahead
    ) -> None:
        """Add a cell unless it is deleted; one merged the old way only widens the one before."""
        properties = child(element, _CELL_PROPERTIES)
        if child(properties, _CELL_DELETED) is not None:
            self._unread.saw(unread.DELETED, _words(element), self._bounds.place())
            return
        content = self._gather(element, table, ahead)
        if cells and continues(child(properties, _OLD_MERGE)):
            cells[-1] = cells[-1]._replace(span=cells[-1].span + empty.span)
        else:
            cells.append(content.fill(empty))

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
    """Give a row's own cells, those in controls and other wrappers as well."""
    cells = list(row.iterchildren(_CELL))
    if len(cells) == count:
        return cells
    return [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]


def _words(element: Element) -> str:
    return " ".join(text.text or "" for text in element.iter(WORDML + "t", WORDML + "delText"))
