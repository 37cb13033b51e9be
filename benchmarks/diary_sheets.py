"""Reading a province's diaries, against unzipping and parsing the same XML and nothing else.

One file after the other, as the process does that reads uploads: it hands on what it read and
keeps nothing of it for the next. Neither way is charged with holding the whole province. What
is compared is the processor's time: neither way waits but for a processor that others use.
"""

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import xlsxwriter
from lxml import etree

from benchmarks.ratios import Ratio
from benchmarks.timing import ratio, timed
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.text import fold
from catalogue.importers import diary_sheet

_PEOPLE = 736
_ROWS = 22
_ROUNDS = 5
_FIRST = date(2024, 3, 1)
_HEADINGS = {
    "Ngày": DiaryColumn.DAY,
    "Nhiệm vụ": DiaryColumn.TASK,
    "Nội dung công việc": DiaryColumn.CONTENT,
    "Sản phẩm": DiaryColumn.PRODUCT,
    "Số lượng": DiaryColumn.QUANTITY,
    "Thời gian": DiaryColumn.HOURS,
    "Ngoài giờ": DiaryColumn.OVERTIME,
    "Ghi chú": DiaryColumn.NOTE,
}
_ALIASES = {fold(heading): column for heading, column in _HEADINGS.items()}


def measure() -> list[Ratio]:
    files = [_diary(number) for number in range(_PEOPLE)]
    if any(len(file.rows) != _ROWS or file.problems for file in map(_read, files)):
        raise AssertionError("the diaries of the benchmark are not read as they were written")
    taken = timed(
        {
            "floor": lambda: _each(_parsed, files),
            "ours": lambda: _each(_read, files),
        },
        rounds=_ROUNDS,
        clock=time.process_time,
    )
    name = f"{_PEOPLE} diaries of {_ROWS} rows read / unzipped and parsed"
    return [Ratio(name, ratio(taken, "ours", "floor"), 1.0)]


def _each(way: Callable[[bytes], object], files: Sequence[bytes]) -> None:
    for data in files:
        way(data)


def _read(data: bytes) -> SheetFile:
    return diary_sheet.read(data, "nhat-ky.xlsx", aliases=_ALIASES)


def _parsed(data: bytes) -> list[object]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [etree.fromstring(archive.read(name)) for name in archive.namelist()]


def _diary(number: int) -> bytes:
    """Write one person's month as spreadsheets save it: a letterhead, headings, a row a day."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Tháng 3")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "TỈNH ỦY HẬU GIANG")
    sheet.write(2, 0, f"Họ và tên: Nguyễn Văn {number}")
    sheet.write_row(4, 0, ("TT", *_HEADINGS))
    for row in range(_ROWS):
        sheet.write_number(5 + row, 0, row + 1)
        sheet.write_datetime(5 + row, 1, _FIRST + timedelta(days=row), day)
        sheet.write_string(5 + row, 2, f"Soạn thảo kế hoạch công tác của lĩnh vực {row % 5}")
        sheet.write_string(5 + row, 3, f"Nội dung việc số {row} của người số {number}")
        sheet.write_string(5 + row, 4, "Bản kế hoạch")
        sheet.write_number(5 + row, 5, 1)
        if row % 2:
            sheet.write_number(5 + row, 6, 7.5)
        else:
            sheet.write_string(5 + row, 6, "7,5")
    book.close()
    return target.getvalue()
