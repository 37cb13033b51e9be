"""Small offices and spreadsheets of diaries for tests."""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import xlsxwriter
from sqlalchemy.orm import Session

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetFile, SheetRow
from catalogue.domain.text import fold
from catalogue.models import Person, Unit
from tests.making import (
    make_agency,
    make_description,
    make_document,
    make_person,
    make_positions,
    make_unit,
)

TASKS = ("Soạn thảo kế hoạch công tác năm", "Theo dõi việc thực hiện kế hoạch", "Trực cơ quan")
DAY = date(2024, 3, 5)
HEADINGS: Mapping[DiaryColumn, Sequence[str]] = {
    DiaryColumn.DAY: ("Ngày",),
    DiaryColumn.PERSON: ("Họ và tên",),
    DiaryColumn.TASK: ("Nhiệm vụ",),
    DiaryColumn.CONTENT: ("Nội dung", "Nội dung công việc", "Công việc"),
    DiaryColumn.PRODUCT: ("Sản phẩm", "Kết quả"),
    DiaryColumn.QUANTITY: ("Số lượng",),
    DiaryColumn.HOURS: ("Thời gian", "Số giờ"),
    DiaryColumn.OVERTIME: ("Ngoài giờ",),
    DiaryColumn.PLACE: ("Nơi làm việc",),
    DiaryColumn.DOCUMENT: ("Số văn bản",),
    DiaryColumn.PAGES: ("Số trang",),
    DiaryColumn.EVIDENCE: ("Minh chứng",),
    DiaryColumn.NOTE: ("Ghi chú",),
}
ALIASES = {fold(text): column for column, texts in HEADINGS.items() for text in texts}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
Cell = str | float | date | time | timedelta | None


@dataclass(frozen=True)
class Desk:
    """Two people of one unit whose position has these tasks."""

    session: Session
    unit: Unit
    person: Person
    colleague: Person


def make_desk(session: Session, tasks: Sequence[str] = TASKS, code: str = "VPTU") -> Desk:
    agency = make_agency(session, code, f"Văn phòng {code}")
    (version,) = make_positions(session, agency, make_document(session, "01-QĐ"), ["Chuyên viên"])
    make_description(session, version, agency, tasks)
    unit = make_unit(session, code, f"Văn phòng {code}", agency)
    people = [
        make_person(session, name, unit=unit, position_id=version.position_id)
        for name in ("Lê Thị Ghi Ngày", "Trần Văn Đồng Nghiệp")
    ]
    return Desk(session, unit, *people)


def sheet_row(number: int = 6, **told: object) -> SheetRow:
    given = {"task": TASKS[0], "product": "Bản kế hoạch", "minutes": 90, "day": DAY} | told
    return SheetRow(sheet="Tháng 3", row=number, **given)  # type: ignore[arg-type]


def sheet_file(*rows: SheetRow, name: str = "nhat-ky.xlsx") -> SheetFile:
    return SheetFile(name, rows)


def workbook(
    rows: Sequence[Sequence[Cell]], name: str = "Tháng 3", *, since_1904: bool = False
) -> bytes:
    """A workbook of one sheet; days and lengths of time are cells of their kind."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": since_1904})
    fill(book, book.add_worksheet(name), rows)
    book.close()
    return target.getvalue()


def fill(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: Sequence[Sequence[Cell]],
) -> None:
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    hours = book.add_format({"num_format": "[h]:mm"})
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, (date, time, timedelta)):
                form = day if isinstance(cell, date) else hours
                sheet.write_datetime(number, place, cell, form)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell)


def as_windows_1258(text: str) -> bytes:
    """Write text as old Windows did: tones stand behind letters that have no code with them."""
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", letter))
            tones = [mark for mark in marks if mark in _TONES]
            shape = [mark for mark in marks if mark not in _TONES]
            whole = unicodedata.normalize("NFC", "".join((base, *shape)))
            written += "".join((whole, *tones)).encode("cp1258")
    return written
