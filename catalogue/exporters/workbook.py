"""Writes one table as .xlsx: every text stays text, whatever a spreadsheet would make of it."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.domain.limits import CELL_CHARACTERS

Cell = str | int | None

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same rows give the same bytes on any day, and no file says who made it.
_MADE = datetime(2024, 1, 1, tzinfo=UTC)
_FONT = "Times New Roman"
# What XML cannot hold at all; the reader sees that something stood there.
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLE_CHARACTERS = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_CUT = "…"
_NARROWEST, _WIDEST = 8, 60


def write(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a sheet with its heads kept in sight; a text too long for a cell is cut and says so."""
    laid = [heads, *rows]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(_title(title))
        sheet.freeze_panes(1, 0)
        for column, cells in enumerate(zip(*laid, strict=True)):
            sheet.set_column(column, column, _width(cells))
        head = book.add_format({"bold": True, "font_name": _FONT})
        body = book.add_format({"text_wrap": True, "valign": "top", "font_name": _FONT})
        for place, row in enumerate(laid):
            _write_row(sheet, place, row, body if place else head)
    return content.getvalue()


def _write_row(sheet: Worksheet, place: int, row: Sequence[Cell], style: Format) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(place, column, cell, style)
        elif cell:
            sheet.write_string(place, column, _held(cell), style)


def _held(text: str) -> str:
    text = _UNPRINTABLE.sub("\ufffd", text)
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + _CUT


def _title(title: str) -> str:
    shown = _NOT_IN_TITLES.sub(" ", _held(title)).strip() or "Danh mục"
    return shown if len(shown) <= _TITLE_CHARACTERS else shown[: _TITLE_CHARACTERS - 1] + _CUT


def _width(cells: Sequence[Cell]) -> int:
    """Give a column the width of its longest cell, within what a screen shows."""
    longest = max(len(str(cell)) if cell is not None else 0 for cell in cells)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
