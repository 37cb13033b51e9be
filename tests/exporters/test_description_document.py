"""Printing job descriptions: all that a record holds comes out, and reads back the same."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from docx import Document

from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.word_tags import Origin
from catalogue.domain.words import TaskKind
from catalogue.exporters import description_document
from catalogue.importers.description_document import read
from tests.description_kit import Maker
from tests.exporters.examples import DRIVER, SPECIMEN
from tests.exporters.word_rules import NAMESPACES, broken_rules, document_of, parts_of, said

SAMPLE = Path(__file__).parents[3] / "shared/samples/mo-ta-cong-viec-ho-tro-phuc-vu.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"bản mô tả mẫu {SAMPLE.name} không có ở máy này"
)


def read_back(descriptions: Sequence[Description]) -> list[Description]:
    found = read(description_document.write(descriptions))
    return [replace(description, problems=()) for description in found]


def controls(description: Description) -> dict[str, list[str]]:
    """Give the texts of the content controls by their tags."""
    found: dict[str, list[str]] = {}
    for control in document_of(description_document.write([description])).iter("{*}sdt"):
        (tag,) = control.xpath("w:sdtPr/w:tag/@w:val", namespaces=NAMESPACES)
        found.setdefault(tag, []).append("".join(map(str, control.itertext("{*}t"))))
    return found


def task_rows(*duties: Duty) -> list[list[str]]:
    """Give table 2 as printed, a merged cell's text in each of its rows."""
    file = description_document.write([replace(DRIVER, duties=duties)])
    rows = Document(BytesIO(file)).tables[1].rows
    return [[said(cell._tc) for cell in row.cells] for row in rows]


def test_a_printed_description_keeps_the_rules_of_word_and_reads_back_the_same() -> None:
    assert broken_rules(description_document.write([DRIVER])) == []
    assert read_back([DRIVER]) == [DRIVER]


@pytest.mark.parametrize("seed", range(20))
def test_several_descriptions_of_one_file_read_back_the_same(seed: int) -> None:
    maker = Maker(Random(seed))  # noqa: S311
    made = [maker.description() for _ in range(1 + seed % 3)]
    assert read_back(made) == made
    assert broken_rules(description_document.write(made)) == []


@needs_sample
def test_the_sample_comes_back_out_and_reads_back_the_same() -> None:
    sample = [replace(each, problems=()) for each in read(SAMPLE.read_bytes())]
    assert len(sample) == 3
    assert read_back(sample) == sample


def test_every_field_stands_in_a_content_control_with_its_tag() -> None:
    found = controls(DRIVER)
    assert found["name"] == ["Nhân viên Lái xe"]
    assert found["duty_no"] == ["2.1", "2.2", "2.3", "2.4"]
    assert found["level"] == ["1", "1-2", ""]
    assert found["section:outside"] == ["3.2. Bên ngoài"]
    assert found["column:level"] == ["Cấp độ"]
    assert found["duty_criterion"] == [
        "Xe đủ điều kiện lưu hành",
        "Hư hỏng được báo trong ngày",
        "Đúng hạn",
    ]
    unnamed = document_of(description_document.write([DRIVER])).xpath(
        "//w:t[string() and not(ancestor::w:sdt)]", namespaces=NAMESPACES
    )
    assert {str(each.text).rstrip() for each in unnamed} == {
        "-", "Tên VTVL:", "Mã vị trí việc làm:", "Ngày bắt đầu thực hiện:", "Địa điểm làm việc:",
        "Quy trình công việc liên quan:", "Lĩnh vực:",
    }  # fmt: skip


def test_unit_norm_time_and_kind_have_columns_only_where_some_task_has_them() -> None:
    task = Task("Đưa đón", "Chuyến xe an toàn", "Đúng giờ", "Chuyến", 90, TaskKind.FIELD)
    duty = Duty("2.1", "Lái xe", (task, Task("Trực", None, "Có mặt")), ("Đúng giờ", "Có mặt"))
    rows = task_rows(duty)
    assert rows[0][3:] == [
        "Sản phẩm đầu ra", "Đơn vị tính", "Định mức thời gian", "Loại việc",
        "Tiêu chí đánh giá hoàn thành công việc",
    ]  # fmt: skip
    assert rows[2][3:7] == ["Chuyến xe an toàn", "Chuyến", "1 giờ 30 phút", "Đi cơ sở"]
    assert rows[3][3:7] == ["", "", "", ""]
    only_kind = replace(duty, tasks=(Task("Trực", None, "Có mặt", kind=TaskKind.DUTY),))
    assert [len(row) for row in task_rows(only_kind)] == [5] * len(task_rows(only_kind))
    assert broken_rules(description_document.write([replace(DRIVER, duties=(duty,))])) == []
    assert broken_rules(description_document.write([replace(DRIVER, duties=(only_kind,))])) == []


def test_what_a_task_goes_on_from_stands_in_its_tag_and_in_a_bookmark_once() -> None:
    known = tuple(replace(task, goes_on_from=(412, 413)) for task in DRIVER.duties[0].tasks)
    made = replace(DRIVER, duties=(replace(DRIVER.duties[0], tasks=known),))
    document = document_of(description_document.write([made], origins=[Origin(41, 3, 2)]))
    tags = document.xpath("//w:tag/@w:val[contains(., ':4')]", namespaces=NAMESPACES)
    assert tags == ["name:41/3/v2", "task:412+413", "task:412+413/2"]
    bookmarks = document.xpath("//w:bookmarkStart/@w:name", namespaces=NAMESPACES)
    assert bookmarks == ["name_41s3sv2", "task_412p413", "task_412p413s2"]


def test_a_tag_is_never_longer_than_word_keeps() -> None:
    former = tuple(range(100_000, 100_020))
    made = replace(DRIVER, duties=(Duty("2.1", "Lái xe", (Task("Đưa đón", goes_on_from=former),)),))
    document = document_of(description_document.write([made]))
    tags = document.xpath("//w:tag/@w:val", namespaces=NAMESPACES)
    assert max(len(str(tag)) for tag in tags) <= 64


def test_products_have_a_column_only_where_there_is_any() -> None:
    without = Duty("2.1", "Lái xe", (Task("Đưa đón", None, "Đúng giờ"),), ("Đúng giờ",))
    product = replace(without.tasks[0], product="Lệnh điều xe")
    assert task_rows(without)[2] == ["2.1", "Lái xe", "Đưa đón", "Đúng giờ"]
    with_product = replace(without, tasks=(product,), products=("Lệnh điều xe",))
    assert task_rows(with_product)[0][3] == "Sản phẩm đầu ra"
    assert task_rows(with_product)[2] == ["2.1", "Lái xe", "Đưa đón", "Lệnh điều xe", "Đúng giờ"]


def test_criteria_of_no_single_task_stand_in_one_cell_beside_the_tasks_without_their_own() -> None:
    tasks = Task("Đưa đón", None, "Đúng giờ"), Task("Rửa xe"), Task("Trực nhà xe")
    duty = Duty("2.1", "Lái xe", tasks, ("Đúng giờ", "Xe sạch", "Có mặt"))
    assert [row[3] for row in task_rows(duty)[2:]] == [
        "Đúng giờ",
        "- Xe sạch\n- Có mặt",
        "- Xe sạch\n- Có mặt",
    ]


def test_criteria_that_no_task_is_left_to_share_stand_in_a_last_row() -> None:
    duty = Duty("2.1", "Lái xe", (Task("Đưa đón", None, "Đúng giờ"),), ("Xe sạch", "Đúng giờ"))
    assert task_rows(duty)[2:] == [
        ["2.1", "Lái xe", "Đưa đón", "Đúng giờ"],
        ["2.1", "Lái xe", "", "Xe sạch"],
    ]


def test_an_empty_description_prints_a_form_to_fill_in() -> None:
    file = description_document.write([Description(name="")])
    assert broken_rules(file) == []
    tables = Document(BytesIO(file)).tables
    assert [len(table.rows) for table in tables] == [4, 3, 2, 2, 2, 2, 2]


def test_table_heads_are_repeated_on_every_page() -> None:
    tables = list(document_of(description_document.write([DRIVER])).iter("{*}tbl"))
    assert [len(list(table.iter("{*}tblHeader"))) for table in tables] == [0, 2, 1, 1, 1, 1, 1]


def test_each_description_has_pages_of_its_own_with_its_own_marks() -> None:
    marked, unmarked = DRIVER, replace(DRIVER, marks=())
    file = description_document.write([marked, unmarked, marked])
    sections = list(document_of(file).iter("{*}sectPr"))
    used = [section.xpath("w:headerReference/@r:id", namespaces=NAMESPACES)
            for section in sections]  # fmt: skip
    assert used == [["first0", "next0"], ["first1", "next1"], ["first0", "next0"]]
    assert all(section.find("{*}pgNumType") is not None for section in sections)
    parts = parts_of(file)
    headers = ("first0", "next0", "first1", "next1")
    marked_headers = [name for name in headers if SPECIMEN.encode() in parts[f"word/{name}.xml"]]
    assert marked_headers == ["first0", "next0"]


def test_marks_of_the_file_stand_before_each_descriptions_own() -> None:
    file = description_document.write([DRIVER], marks=["Dự thảo", SPECIMEN])
    (body,) = document_of(file)
    assert [said(paragraph) for paragraph in body][2:4] == ["Dự thảo", SPECIMEN]
