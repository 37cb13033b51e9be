"""Reading the tables of positions of a decision's annex, in any of the layouts that offices use."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalogue.domain import limits
from catalogue.domain.annex import Annex
from catalogue.domain.problems import Problem
from catalogue.importers import annex_wording as wording, refusals
from catalogue.importers.annex_fields import fields_of
from catalogue.importers.annex_headings import Headings
from catalogue.importers.annex_labels import NO
from catalogue.importers.annex_layout import Label, Layout, labels_of, layout_of, row_width
from catalogue.importers.annex_list import PositionList
from catalogue.importers.annex_others import OtherTables
from catalogue.importers.blocks import Paragraph, TableRow
from catalogue.importers.word import Document, Progress

_INDEX = re.compile(r"\(?(\d{1,2}|[A-Za-z])\)?(\s*=.*)?$")
_KEPT_ROWS = 4
_LONGEST_NUMBER_LABEL = len("Số thứ tự ")


def read(data: bytes, name: str = "phụ lục", *, progress: Progress | None = None) -> Annex:
    """Read the bytes of a .docx; `name` is what a refusal calls the file.

    Raises UnreadableFile for a file that is damaged, unsafe or no Word document.
    """
    document = Document(data, name, progress)
    reader = _Reader(name)
    for block in document.blocks():
        if isinstance(block, Paragraph):
            reader.paragraph(block)
        else:
            reader.row(block)
    return reader.annex(document.problems())


class _Reader:
    """Finds the tables that list positions and hands their rows on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._list = PositionList()
        self._headings = Headings()
        self._others = OtherTables()
        self._known: Layout | None = None  # of the last table that listed positions
        self._layout: Layout | None = None  # of this table, once its header was met
        self._labels: tuple[Label, ...] = ()
        self._in_header = False
        self._table = 0
        self._in_document = 0
        self._header_texts: frozenset[str] = frozenset()
        self._passed: list[TableRow] = []  # the first rows of this table before any header

    def paragraph(self, paragraph: Paragraph) -> None:
        self._headings.see(paragraph)
        where = f"Đoạn sau Bảng {self._table}" if self._table else "Đầu tệp"
        self._list.line(paragraph.text, where)

    def row(self, row: TableRow) -> None:
        """Take the next row of the document; `row.table` tells when another table begins."""
        if row.table != self._in_document:
            self._in_document = row.table
            self._close_table()
            self._begin_table()
        self._take(row)

    def annex(self, unusual: Sequence[Problem]) -> Annex:
        """Close the last table and put together what was read."""
        self._close_table()
        rows = tuple(self._list.rows)
        if len(rows) > limits.TABLE_ROWS:
            raise refusals.too_many(self._name, len(rows), "dòng", limits.TABLE_ROWS)
        problems = [*unusual, *self._others.problems, *self._list.problems]
        if not rows:
            problems.append(self._others.instead(self._table if self._known else None))
        problems += self._list.totals.problems(rows)
        return Annex(rows, self._list.totals.printed(), tuple(problems))

    def _begin_table(self) -> None:
        self._table += 1
        self._layout, self._labels, self._in_header = None, (), False
        self._passed = []

    def _take(self, row: TableRow) -> None:
        if row.table != self._table:
            row = replace(row, table=self._table)
        if self._layout is None:
            self._look_for_header(row)
        elif self._in_header:
            self._take_below_header(row, self._layout)
        elif self._repeats_header(row):
            self._adopt(labels_of(row))
        else:
            self._list.add(row, self._layout)

    def _take_below_header(self, row: TableRow, layout: Layout) -> None:
        """Take a further row of the header, or the first of the list; blank ones tell nothing."""
        if self._extends_header(row, layout):
            self._adopt(labels_of(row, self._labels))
        elif any(cell.lines for cell in row.cells) and not _is_index(row):
            self._in_header = False
            self._list.add(row, layout)

    def _look_for_header(self, row: TableRow) -> None:
        labels = labels_of(row, self._labels)
        layout = layout_of(labels)
        if layout is not None:
            self._list.begin(self._headings.take(), self._table)
            self._adopt(labels)
        elif (layout := self._goes_on(row)) is not None:
            self._list.begin(self._headings.take(), self._table)
            self._layout = layout
            self._list.add(row, layout)
        else:
            self._pass_by(row, labels)

    def _adopt(self, labels: tuple[Label, ...]) -> None:
        layout = layout_of(labels)
        if layout is not None:
            self._layout = self._known = layout
            self._labels, self._in_header = labels, True
            self._header_texts = frozenset(label.text for label in labels)
            self._others.hold_single(self._table, labels)

    def _extends_header(self, row: TableRow, layout: Layout) -> bool:
        """Tell a header's second row by merged cells, or by having neither number nor name."""
        fields = fields_of(row, layout)
        if not fields.texts or wording.figure(fields.no) is not None:
            return False
        merged = any(cell.continues for cell in row.cells)
        return merged or not (fields.no or fields.name) or layout_of(labels_of(row)) is not None

    def _repeats_header(self, row: TableRow) -> bool:
        """Tell a header printed again, as on each page; few rows are worth the whole question."""
        text = row.first_text
        if not text or text.partition("\n")[0][-1].isdigit():
            return False
        first = text.replace("\n", " ")
        worth = len(first) <= _LONGEST_NUMBER_LABEL or first in self._header_texts
        return worth and layout_of(labels_of(row)) is not None

    def _goes_on(self, row: TableRow) -> Layout | None:
        """Tell a table without a header that carries the last list on, by its first row."""
        if self._passed or self._known is None:
            return None
        layout = self._known.refitted(row)
        if layout is None:
            return None
        fields = fields_of(row, layout)
        numbered = bool(fields.name) and wording.is_number(fields.no)
        told = NO not in layout.columns and bool(fields.name and (fields.code or fields.headcount))
        split = self._list.rows and fields.rank and not (fields.no or fields.name)
        whole = row_width(row) == layout.width and not fields.rank.isupper()
        grouped = wording.names_a_group(fields.name) or any(map(wording.is_total, fields.texts[:2]))
        return layout if numbered or told or (split and whole) or grouped else None

    def _pass_by(self, row: TableRow, labels: tuple[Label, ...]) -> None:
        """Leave a row that belongs to no list, but look into the tables nested in it."""
        width = row_width(row)
        self._labels = tuple(label for label in labels if label.span < width)
        self._passed.append(row)
        del self._passed[_KEPT_ROWS:]
        for cell in row.cells:
            if len(row.cells) == 1 and cell.lines:
                self._headings.see(Paragraph(cell.text))
            for table in cell.tables:
                self._take_nested(table)

    def _take_nested(self, rows: tuple[TableRow, ...]) -> None:
        """Read a table inside a cell as one of its own, if it turns out to list positions."""
        labels, passed = self._labels, self._passed
        self._begin_table()
        for row in rows:
            self._take(row)
        if self._layout is None:
            self._table -= 1
        self._layout, self._labels, self._passed = None, labels, passed

    def _close_table(self) -> None:
        if self._layout is None and self._passed:
            self._others.add(self._table, self._passed, beside_a_list=self._known is not None)


def _is_index(row: TableRow) -> bool:
    """Tell the row that only numbers the columns, as (1), (2), (3) and so on."""
    texts = [" ".join(cell.lines) for cell in row.cells if cell.lines]
    return len(texts) > 1 and all(map(_INDEX.match, texts))
