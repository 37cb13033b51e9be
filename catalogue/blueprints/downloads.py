"""Lists and documents as files to take away."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from catalogue.domain.text import fold

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME_LENGTH = 100
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def file_name(*parts: str, suffix: str) -> str:
    """Make a name that every system takes: `phu-luc-van-phong-tinh-uy.docx`."""
    return fold(" ".join(parts)).replace(" ", "-")[:_NAME_LENGTH] + suffix


def table(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Answer a list as .csv that a spreadsheet opens as text, marks and all."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    content = sheet.getvalue().encode("utf-8-sig")
    return attachment(content, file_name(name, suffix=".csv"), "text/csv; charset=utf-8")


def word(content: bytes, *name: str) -> Response:
    """Answer a document as .docx."""
    return attachment(content, file_name(*name, suffix=".docx"), _WORD)


def workbook(content: bytes, *name: str) -> Response:
    """Answer a table as .xlsx."""
    return attachment(content, file_name(*name, suffix=".xlsx"), _WORKBOOK)


def attachment(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _harmless(cell: object) -> str:
    """Print a cell so that no spreadsheet takes it for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
