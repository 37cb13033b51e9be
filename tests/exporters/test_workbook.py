"""A sheet holds what it was given: texts as texts, nothing lost, nothing reckoned."""

import io
import re
import zipfile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from catalogue.domain.limits import CELL_CHARACTERS
from catalogue.exporters import workbook

HEADS = ("Tên vị trí", "Biên chế")
HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "#REF!"),
    *("<b>&amp;</b>", "Chuyên viên\nvăn thư", "  giữ khoảng trắng  "),
)
_NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("xl/worksheets/sheet1.xml"))


def texts(data: bytes) -> list[str]:
    return [str(text.text) for text in sheet_of(data).iterfind(".//m:is/m:t", _NAMESPACE)]


def rows_of(data: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def test_no_text_becomes_a_formula() -> None:
    data = workbook.write("Danh mục", HEADS, [(text, 1) for text in HOSTILE])

    sheet = sheet_of(data)
    assert sheet.findall(".//m:f", _NAMESPACE) == []
    kinds = {cell.get("t") for cell in sheet.iterfind(".//m:c", _NAMESPACE)}
    assert kinds == {"inlineStr", None}
    assert [row[0] for row in rows_of(data)[1:]] == list(HOSTILE)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x0c", "\x1b", "\ufffe", "\ud800"])
def test_what_a_file_cannot_hold_is_shown_as_such(character: str) -> None:
    data = workbook.write("Danh mục", HEADS, [(f"a{character}b", 1)])

    assert texts(data)[-1] == "a\ufffdb"


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    (*_, shown) = texts(workbook.write("Danh mục", HEADS, [("x" * 40_000, 1)]))

    assert (len(shown), shown[-1]) == (CELL_CHARACTERS, "…")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Đảng ủy Khối các cơ quan và do…"),
        ("Danh mục 15/4/2024 [so sánh]", "Danh mục 15 4 2024  so sánh"),
        ("'*?'", "Danh mục"),
    ],
)
def test_a_sheets_title_is_one_that_spreadsheets_take(title: str, shown: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook.write(title, HEADS, []))) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))

    assert [sheet.get("name") for sheet in book.iterfind(".//m:sheet", _NAMESPACE)] == [shown]


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [("Chánh Văn phòng", 1), ("Chuyên viên", None)]

    assert workbook.write("Danh mục", HEADS, rows) == workbook.write("Danh mục", HEADS, rows)


def test_every_row_is_there_under_its_heads() -> None:
    rows = [("Chánh Văn phòng", 1), ("Văn thư, lưu trữ", None), ("Chuyên viên", 0)]

    read = rows_of(workbook.write("Danh mục", HEADS, rows))

    assert read == [
        list(HEADS),
        ["Chánh Văn phòng", 1],
        ["Văn thư, lưu trữ", ""],
        ["Chuyên viên", 0],
    ]


def test_no_property_says_who_made_the_file_or_when() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook.write("Danh mục", HEADS, []))) as package:
        core = package.read("docProps/core.xml").decode()

    assert "<dc:creator></dc:creator>" in core
    assert set(re.findall(r"20\d\d-\d\d-\d\d", core)) == {"2024-01-01"}
