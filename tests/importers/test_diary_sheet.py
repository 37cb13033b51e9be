"""Reading diaries of spreadsheets: what people and programs really send, and what to mend."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from zlib import crc32

import pytest
import xlsxwriter

from catalogue.domain import diary_sheet as records
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.words import WorkPlace
from catalogue.importers import diary_sheet
from catalogue.importers.reading import Reader
from catalogue.importers.stored_archive import Part, stored
from tests.diaries import ALIASES, DAY, TASKS, Cell, as_windows_1258, workbook

HEAD = ("Ngày", "Nhiệm vụ", "Sản phẩm", "Thời gian", "Ngoài giờ", "Ghi chú")
LINE = (DAY, TASKS[0], "Bản kế hoạch", 7.5, "", "")
TEXT = "Ngày;Nhiệm vụ;Thời gian\n05/03/2024;Trực cơ quan;7,5\n"
MAIN = "xl/worksheets/sheet1.xml"


def read(data: bytes, name: str = "a.xlsx", encoding: str | None = None) -> SheetFile:
    return diary_sheet.read(data, name, aliases=ALIASES, encoding=encoding)


def refused(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    return str(caught.value)


def change(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Give the archive with one part changed; a part that is not there is added."""
    target, found = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", 8) as changed:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                content, found = edit(content), True
            changed.writestr(info.filename, content)
        if not found:
            changed.writestr(part, edit(b""))
    return target.getvalue()


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    def edit(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode())

    return edit


def sheet(*rows: Sequence[Cell]) -> bytes:
    return workbook([HEAD, *rows])


GOOD = sheet(LINE)


def problems(*rows: Sequence[Cell], head: Sequence[str] = HEAD) -> list[str]:
    return [
        f"{each.where} {each.what} {each.fix}" for each in read(workbook([head, *rows])).problems
    ]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        (7.5, 450),
        (2, 120),
        ("7,5", 450),
        ("7.5", 450),
        ("7:30", 450),
        ("7h30", 450),
        ("90p", 90),
        ("7,18", 431),
        (time(7, 30), 450),
        (timedelta(hours=7, minutes=30), 450),
    ],
)
def test_hours_are_read_as_people_write_them(typed: Cell, minutes: int) -> None:
    (row,) = read(sheet((DAY, TASKS[0], "x", typed))).rows
    assert row.minutes == minutes


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.234", "không rõ là số lẻ hay hàng nghìn"),
        ("bảy giờ", "không phải là thời gian"),
        (timedelta(hours=26, minutes=30), "không quá 24"),
        (25, "không quá 24"),
        (-1, "không quá 24"),
        (date(2024, 5, 7), "Excel đã đổi số giờ thành ngày"),
        ("#REF!", "ô công thức báo lỗi"),
    ],
)
def test_hours_that_are_none_are_named_with_their_place(typed: Cell, why: str) -> None:
    (problem,) = problems((DAY, TASKS[0], "x", typed))
    assert problem.startswith("a.xlsx › Tháng 3 › dòng 2 › cột «Thời gian» ")
    assert why in problem


@pytest.mark.parametrize(
    "typed", [DAY, "05/03/2024", "5/3/2024", "05-03-2024", "2024-03-05", "Thứ ba, 5/3/2024", 45356]
)
def test_days_are_read_as_text_as_dates_and_as_serial_numbers(typed: Cell) -> None:
    (row,) = read(sheet((typed, *LINE[1:]))).rows
    assert row.day == DAY


@pytest.mark.parametrize("typed", [DAY, 43894, "05/03/2024"])
def test_the_date_system_of_1904_is_honoured(typed: Cell) -> None:
    (row,) = read(workbook([HEAD, (typed, *LINE[1:])], since_1904=True)).rows
    assert row.day == DAY


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3/25/2024", "kiểu Mỹ"),
        ("05/03/24", "bốn chữ số"),
        ("31/02/2024", "không có ngày này"),
        ("tuần 3", "không phải là ngày"),
        ("05/03/1924", "ngoài các năm"),
        (7, "ngoài các năm"),
    ],
)
def test_days_that_are_none_or_may_be_another_are_named(typed: Cell, why: str) -> None:
    (problem,) = problems((typed, *LINE[1:]))
    assert "› dòng 2 › cột «Ngày»" in problem
    assert why in problem


def test_the_head_is_found_under_a_letterhead_with_columns_in_any_order() -> None:
    data = workbook(
        [
            ("TỈNH ỦY HẬU GIANG", None, None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            (),
            ("NHẬT KÝ CÔNG VIỆC THÁNG 3",),
            ("Họ và tên: Nguyễn Văn An  Chức vụ: Chuyên viên",),
            ("STT", "Số giờ", "Kết quả", "Công việc", "Ngày", "Người ký"),
            (1, 2, "Báo cáo", "Họp", DAY, "x"),
        ]
    )
    file = read(data)
    (row,) = file.rows
    assert (row.row, row.minutes, row.product, row.content) == (6, 120, "Báo cáo", "Họp")
    assert row.person == "Nguyễn Văn An"
    assert [each.what for each in file.problems] == ["không đọc các cột «Người ký»"]


def test_two_rows_of_headings_under_merged_ones_are_read_together() -> None:
    head = (
        ("TT", "Ngày", "Công việc", "", "Thời gian", ""),
        ("", "", "Nhiệm vụ", "Nội dung", "Trong giờ", "Ngoài giờ"),
    )
    rows = ((1, DAY, TASKS[0], "Bản nháp", 6, ""), (2, "", "", "Họp dân", "", 1.5))
    first, second = read(workbook([*head, *rows])).rows
    assert (first.task, first.content, first.minutes, first.overtime) == (
        TASKS[0],
        "Bản nháp",
        360,
        False,
    )
    assert (second.day, second.minutes, second.overtime) == (DAY, 90, True)


def test_merged_days_are_carried_down_and_totals_and_signatures_left_out() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Tháng 3")
    page.write_row(0, 0, HEAD)
    form = book.add_format({"num_format": "dd/mm/yyyy"})
    page.merge_range(1, 0, 2, 0, "", form)
    page.write_datetime(1, 0, DAY, form)
    for number in (1, 2):
        page.write_row(number, 1, (TASKS[0], "Bản kế hoạch", number))
    page.write_row(3, 0, ("Tổng cộng", "", "", 3))
    page.write_row(5, 1, ("NGƯỜI LẬP", "THỦ TRƯỞNG"))
    book.close()

    file = read(target.getvalue())

    assert [(row.row, row.day, row.minutes) for row in file.rows] == [(2, DAY, 60), (3, DAY, 120)]
    assert list(file.problems) == []


def test_a_row_without_hours_without_a_day_or_without_words_is_named() -> None:
    found = problems((None, TASKS[0], "", 1), LINE, (None, "Họp", "", None), (None, None, "x", 1))
    places = ("dòng 2 › cột «Ngày»", "dòng 4 › cột «Thời gian»", "dòng 5 › cột «Nhiệm vụ»")
    assert len(found) == len(places)
    for problem, place in zip(found, places, strict=True):
        assert f"{place} ô để trống" in problem


def test_marks_places_counts_and_codes_are_read() -> None:
    head = ("Ngày", "Nội dung", "Thời gian", "Ngoài giờ", "Nơi làm việc", "Số lượng", "Số văn bản")
    file = read(
        workbook(
            [
                head,
                (DAY, "=HYPERLINK(1)", 1, "x", "Cơ sở", "3 văn bản", "12-CV/TU"),
                (DAY, "Họp", 1, "Không", "Huyện Long Mỹ", 2, ""),
            ]
        )
    )
    first, second = file.rows
    assert (first.content, first.overtime, first.place) == (
        "=HYPERLINK(1)",
        True,
        WorkPlace.GRASS_ROOTS,
    )
    assert (first.quantity, first.document) == (3, "12-CV/TU")
    assert (second.overtime, second.place, second.note) == (
        False,
        None,
        "Nơi làm việc: Huyện Long Mỹ",
    )
    (number, code) = problems((DAY, "Họp", 1, "", "", 1.5, 1.1), head=head)
    assert "hãy ghi số nguyên" in code
    assert "mã, số hiệu phải là chữ" in number


def test_headings_that_are_missing_or_double_are_named_with_those_that_are_there() -> None:
    (missing,) = problems((DAY, "x", 1), head=("Ngày", "Ghi chú", "Thời gian"))
    assert "thiếu cột bắt buộc «Nhiệm vụ hoặc Nội dung»; các cột có trong tệp: «Ngày»" in missing
    assert "đổi tên cột đang có thành tên ấy" in missing
    head = ("Ngày", "Nhiệm vụ", "Thời gian", "Kết quả", "Sản phẩm")
    (double,) = problems((DAY, "x", 1, "", ""), head=head)
    assert "hai cột cùng nghĩa: «Kết quả» và «Sản phẩm»" in double


def test_fifty_problems_are_told_and_the_rest_counted_none_of_the_file_stands() -> None:
    file = read(sheet(LINE, *[(DAY, "x", "", "sai")] * 60))
    assert (len(file.problems), file.more, file.blocked) == (50, 10, True)


def test_secret_papers_are_refused_without_repeating_what_was_told() -> None:
    file = read(sheet((DAY, "Thẩm tra vụ việc X, văn bản TUYỆT MẬT", "", 1)))
    (problem,) = file.problems
    assert "dấu hiệu nêu văn bản mật («TUYỆT MẬT»)" in problem.what
    assert "nếu chưa có, hãy đề nghị cán bộ tổ chức bổ sung" in problem.fix
    assert "vụ việc X" not in repr(file)
    assert file.secret


def test_a_row_with_a_mistake_is_not_quoted_where_it_names_a_secret_paper() -> None:
    long = f"Vụ việc X, tài liệu TỐI MẬT {'a' * 5000}"
    file = read(sheet((DAY, long, "", "sai"), (None, "Họp", "", 1)))
    (problem,) = file.problems
    assert "(«TỐI MẬT»)" in problem.what
    assert "vụ việc X" not in repr(file)
    assert [row.day for row in file.rows] == [DAY]


def test_a_secret_paper_is_found_in_every_column_of_words() -> None:
    head = ("Ngày", "Nội dung", "Thời gian", "Nơi làm việc", "Minh chứng", "Ghi chú")
    for place in (1, 3, 4, 5):
        row: list[Cell] = [DAY, "Họp", 1, "", "", ""]
        row[place] = "Tài liệu tối mật"
        assert read(workbook([head, row])).secret


def test_hours_on_the_task_of_secret_papers_are_no_secret() -> None:
    file = read(sheet((DAY, "Xử lý văn bản mật", "", 2)))
    assert ([row.minutes for row in file.rows], file.secret) == ([120], False)


def test_true_is_not_read_as_the_number_one_that_stands_above_it() -> None:
    head = ("Ngày", "Nhiệm vụ", "Số lượng", "Thời gian")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Tháng 3")
    page.write_row(0, 0, head)
    page.write_row(1, 0, ("05/03/2024", "Họp", 1, 1))
    page.write_row(2, 0, ("05/03/2024", "Họp", True, 1))
    book.close()
    (problem,) = read(target.getvalue()).problems
    assert "dòng 3 › cột «Số lượng»" in problem.where


def test_a_separator_of_old_machines_within_a_text_becomes_a_space() -> None:
    (row,) = read(TEXT.replace("Trực cơ", "Trực\x1fcơ").encode(), "a.csv").rows
    assert row.task == "Trực cơ quan"


def test_hidden_sheets_are_left_out_and_hidden_rows_listed() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name in ("Tháng 3", "Nháp", "Hướng dẫn"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, HEAD if name != "Hướng dẫn" else ("Cách ghi",))
        page.write_row(1, 0, ("05/03/2024", *LINE[1:]))
        page.write_row(2, 0, ("05/03/2024", *LINE[1:]))
        if name == "Tháng 3":
            page.set_row(2, None, None, {"hidden": True})
        if name == "Nháp":
            page.very_hidden()
    book.close()
    file = read(target.getvalue())
    told = [f"{each.where}: {each.what}" for each in file.problems]
    assert told == [
        "a.xlsx › Tháng 3: có 1 dòng đang ẩn hoặc bị lọc: 3",
        "a.xlsx › Nháp: trang đang ẩn nên không đọc",
        "a.xlsx › Hướng dẫn: không có bảng nhật ký (không thấy dòng tiêu đề) nên không đọc",
    ]


def test_a_sheet_without_headings_beside_an_empty_diary_is_not_the_reason() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("Tháng 3").write_row(0, 0, HEAD)
    book.add_worksheet("Hướng dẫn").write_row(0, 0, ("Cách ghi",))
    book.close()
    assert "không có dòng dữ liệu nào" in refused(target.getvalue())


def test_formulas_without_a_value_and_errors_are_named_those_with_one_are_read() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Tháng 3")
    page.write_row(0, 0, HEAD)
    for number, value in enumerate((1.5, "", "#DIV/0!"), start=1):
        page.write_row(number, 0, ("05/03/2024", TASKS[0], "Bản kế hoạch"))
        page.write_formula(number, 3, "=1+1", None, value)
    book.close()
    file = read(target.getvalue())
    assert [row.minutes for row in file.rows] == [90]
    empty, error = file.problems
    assert "dòng 3 › cột «Thời gian»" in empty.where
    assert "ô công thức chưa có giá trị" in empty.what
    assert "«#DIV/0!» — ô công thức báo lỗi" in error.what


def test_a_sheet_under_a_name_that_nobody_looks_into_is_not_read() -> None:
    named = workbook([HEAD, LINE])
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        named = change(named, part, swap("worksheets/sheet1.xml", "worksheets/sheet1.dat"))
    with zipfile.ZipFile(io.BytesIO(named)) as archive:
        content = archive.read(MAIN)
    changed = change(named, "xl/worksheets/sheet1.dat", lambda _: content)
    assert "(phần «trang tính Tháng 3»)" in refused(changed)


def test_a_sheet_that_cannot_be_read_is_named_and_not_what_the_program_says_of_it() -> None:
    unheard_of = swap("<v>0</v>", "<v>999999</v>")
    said = refused(change(workbook([HEAD, LINE]), MAIN, unheard_of))
    assert "(phần «trang tính Tháng 3»)" in said
    assert "string" not in said


def test_parts_packed_as_they_are_come_out_of_any_archive_reader() -> None:
    parts = {"xl/bảng 1.xml": "Nguyễn".encode(), "_rels/.rels": b"", "xl/a.xml": b"<a/>" * 9}
    data = stored(Part(name, content, crc32(content)) for name, content in parts.items())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576"])
def test_a_dimension_that_lies_loses_no_row(dimension: str) -> None:
    lying = change(GOOD, MAIN, swap('ref="A1:F2"', f'ref="{dimension}"'))
    assert read(lying).rows == read(GOOD).rows


_SHEETS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "X01 far cell": (
        MAIN,
        swap("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "có ô ở quá xa",
    ),
    "X02 far merge": (
        MAIN,
        swap(
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "vượt giới hạn 20000 dòng",
    ),
    "X05 empty rows": (
        MAIN,
        swap("</sheetData>", "<row/>" * 1_048_576 + "</sheetData>"),
        "vượt giới hạn 20000",
    ),
    "X06 shared string": (MAIN, swap("<v>0</v>", "<v>999999</v>"), "bị hỏng"),
    "X24 connections": (
        "xl/_rels/workbook.xml.rels",
        swap(
            "</Relationships>",
            '<Relationship Id="x" Target="c.xml" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/connections"/></Relationships>',
        ),
        "kết nối dữ liệu",
    ),
    "X24 external link": (
        "xl/_rels/workbook.xml.rels",
        swap(
            "</Relationships>",
            '<Relationship Id="x" Target="e.xml" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/externalLink"/></Relationships>',
        ),
        "liên kết tới bảng tính khác",
    ),
    "Z11 macro type": (
        "[Content_Types].xml",
        swap(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "chứa macro",
    ),
    "Z12 macro part": ("xl/vbaProject.bin", lambda _: b"x", "chứa macro"),
    "Z14 doctype": (MAIN, lambda content: b"<!DOCTYPE x>" + content, "DOCTYPE"),
    "X23 xlsb": (
        "[Content_Types].xml",
        swap(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.binary.main",
        ),
        "nhận ra: Excel nhị phân (.xlsb)",
    ),
    "Z32 nested": ("xl/embeddings/a.bin", lambda _: b"PK\x03\x04", "tệp lồng bên trong"),
}


@pytest.mark.parametrize("case", _SHEETS)
def test_hostile_workbooks_are_refused_by_what_is_wrong_with_them(case: str) -> None:
    part, edit, why = _SHEETS[case]
    assert why in refused(change(GOOD, part, edit))


@pytest.mark.parametrize(
    ("value", "why"),
    [("NaN", "bị hỏng"), ("1e400", "không phải là thời gian"), ("1e300", "không quá 24")],
)
def test_numbers_beyond_numbers_are_named(value: str, why: str) -> None:
    spoilt = change(GOOD, MAIN, swap("<v>7.5</v>", f"<v>{value}</v>"))
    try:
        told = read(spoilt).problems[0].what
    except UnreadableFile as refusal:
        told = str(refusal)
    assert why in told or "không phải là thời gian" in told


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "bị hỏng"),
        (b"<html><table>", "a.xlsx", "nhận ra: HTML"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "nhận ra: ảnh PNG"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "a.xlsx", "Word/Excel 97-2003"),
        (GOOD, "a.csv", "nhận ra: tệp nén"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "nhận ra: ảnh PNG"),
        (b"", "a.csv", "không có dòng dữ liệu nào"),
        (TEXT.partition("\n")[0].encode(), "a.csv", "không có dòng dữ liệu nào"),
        (sheet(), "a.xlsx", "không có dòng dữ liệu nào"),
        (b"a,b,c\n1,2,3\n", "a.csv", "không có dòng tiêu đề nhận ra được"),
        (TEXT.replace("Trực", "Tr\0ực").encode(), "a.csv", "dòng 2: có ký tự NUL"),
        (TEXT.replace("Trực", '"Trực').encode(), "a.csv", "dòng 2: dấu nháy kép"),
        (TEXT.replace("Trực", "T" * 200_000).encode(), "a.csv", "ký tự trở lên trong một ô"),
        ((TEXT + "\n" * 30_000).encode(), "a.csv", "vượt giới hạn 20000"),
        ((TEXT + "1;" * 100).encode(), "a.csv", "vượt giới hạn 64"),
    ],
)
def test_what_is_no_diary_is_refused_in_words(data: bytes, name: str, why: str) -> None:
    assert why in refused(data, name)


_TEXTS: dict[str, bytes] = {
    "C01 BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "C02 UTF-16 LE, tabs": TEXT.replace(";", "\t").encode("utf-16"),
    "C02 UTF-16 BE": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "C05 sep": ("sep=;\n" + TEXT).encode(),
    "commas": TEXT.replace("7,5", '"7,5"').replace(";", ",").encode(),
    "C11 lone CR": TEXT.replace("\n", "\r").encode(),
    "C11 CRLF": TEXT.replace("\n", "\r\n").encode(),
    "C16 CRLF in a heading": TEXT.replace("Thời gian", '"Thời\r\ngian"').encode(),
}


@pytest.mark.parametrize("case", _TEXTS)
def test_text_files_of_every_honest_kind_are_read(case: str) -> None:
    (row,) = read(_TEXTS[case], "a.csv").rows
    assert (row.day, row.task, row.minutes) == (DAY, "Trực cơ quan", 450)


def test_a_row_of_other_width_than_its_headings_is_named() -> None:
    file = read((TEXT + "06/03/2024;Trực cơ quan;7;thừa\n").encode(), "a.csv")
    assert "dòng 3" in file.problems[0].where
    assert "nhiều ô hơn tiêu đề" in file.problems[0].what


def test_windows_1258_is_read_only_when_told() -> None:
    data = as_windows_1258(TEXT)
    assert "có vẻ là Windows-1258" in refused(data, "a.csv")
    (row,) = read(data, "a.csv", "cp1258").rows
    assert row.task == "Trực cơ quan"


@pytest.mark.parametrize(
    ("data", "name", "encoding"),
    [
        ("Ngµy;NhiÖm vô;Thêi gian\n05/03/2024;Trùc c¬ quan;7".encode("cp1252"), "a.csv", "TCVN3"),
        ("Ngaøy;Nhieäm vuï;Thôøi gian\n05/03/2024;Tröïc;7".encode("cp1252"), "a.csv", "VNI"),
        (workbook([("Ngµy", "NhiÖm vô", "Thêi gian", "C«ng viÖc")]), "a.xlsx", "TCVN3"),
    ],
)
def test_encodings_before_unicode_are_refused_by_name(
    data: bytes, name: str, encoding: str
) -> None:
    assert f"có vẻ là {encoding}" in refused(data, name)


def test_a_diary_comes_back_from_the_child_as_it_was_read() -> None:
    with Reader() as reader:
        assert reader.diary(GOOD, "a.xlsx", ALIASES) == read(GOOD)
        with pytest.raises(UnreadableFile, match="có ô ở quá xa"):
            reader.diary(change(GOOD, MAIN, _SHEETS["X01 far cell"][1]), "b.xlsx", ALIASES)
        assert len(reader.diary(TEXT.encode(), "c.csv", ALIASES).rows) == 1


def test_a_record_of_files_survives_json() -> None:
    file = read(sheet(LINE, (None, "Họp", "", "sai")))
    assert records.from_json(records.as_json([file, file])) == (file, file)


def test_a_workbook_with_texts_in_its_cells_and_no_places_is_read() -> None:
    def inline(content: bytes) -> bytes:
        texts = ("Ngày", "Nhiệm vụ", "Thời gian"), ("05/03/2024", "Trực &amp; họp", "7,5")
        rows = "".join(
            "<row>"
            + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
            + "</row>"
            for row in texts
        )
        before, _, after = content.partition(b"<sheetData>")
        return (
            before + f"<sheetData>{rows}</sheetData>".encode() + after.partition(b"</sheetData>")[2]
        )

    (row,) = read(change(GOOD, MAIN, inline)).rows
    assert (row.day, row.task, row.minutes) == (DAY, "Trực & họp", 450)
