"""Writes one table as .xlsx: every text stays text, whatever a spreadsheet would make of it."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from catalogue.domain.limits import CELL_CHARACTERS
from catalogue.exporters.package import begun, deflated, packed

Cell = str | int | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# What XML cannot hold at all; the reader sees that something stood there.
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLE_CHARACTERS = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_CUT = "…"
_BOLD, _WRAPPED = 1, 2
_WIDEST, _NARROWEST = 60, 8

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/>'
        '<name val="Times New Roman"/></font><font><b/><sz val="11"/>'
        '<name val="Times New Roman"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
        '<xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>'
    ),
}
_CONSTANT = begun(deflated(name, f"{_HEADER}{part}".encode()) for name, part in _PARTS.items())


def write(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a sheet with its heads kept in sight; a text too long for a cell is cut and says so."""
    laid = [heads, *rows]
    body = "".join(
        f"<row>{''.join(_cell(cell, place) for cell in row)}</row>"
        for place, row in enumerate(laid, start=1)
    )
    sheet = (
        f'{_HEADER}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{_columns(laid)}</cols>"
        f"<sheetData>{body}</sheetData></worksheet>"
    )
    workbook = (
        f'{_HEADER}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        "<bookViews><workbookView/></bookViews><sheets>"
        f'<sheet name="{_title(title)}" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return packed(
        (
            deflated("xl/workbook.xml", workbook.encode()),
            deflated("xl/worksheets/sheet1.xml", sheet.encode()),
        ),
        _CONSTANT,
    )


def _cell(cell: Cell, row: int) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    style = _BOLD if row == 1 else _WRAPPED
    text = escape(_held(cell))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def _held(text: str) -> str:
    text = _UNPRINTABLE.sub("\ufffd", text)
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + _CUT


def _title(title: str) -> str:
    shown = _NOT_IN_TITLES.sub(" ", _held(title)).strip() or "Danh mục"
    shown = shown if len(shown) <= _TITLE_CHARACTERS else shown[: _TITLE_CHARACTERS - 1] + _CUT
    return escape(shown, {'"': "&quot;"})


def _columns(rows: Sequence[Sequence[Cell]]) -> str:
    """Give each column the width of its longest cell, within what a screen shows."""
    widths = (
        max(_NARROWEST, *(min(len(str(cell or "")) + 2, _WIDEST) for cell in column))
        for column in zip(*rows, strict=True)
    )
    return "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
