"""A printed description that people worked on in Word: its tags say what is what."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from lxml import etree

from catalogue.domain import norm_time
from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.word_tags import Origin
from catalogue.domain.words import TaskKind
from catalogue.exporters import description_document
from catalogue.importers import description_annotations, description_document as importer
from catalogue.importers.description_tags import NAMES
from tests.docx_kit import W, docx, table
from tests.exporters.examples import DRIVER

Element = etree._Element
FIRST, *OTHERS = DRIVER.duties
TASKS = (
    replace(
        FIRST.tasks[0],
        product_unit="Lượt xe",
        norm_minutes=90,
        kind=TaskKind.FIELD,
        goes_on_from=(412,),
    ),
    replace(FIRST.tasks[1], goes_on_from=(413, 414)),
)
KNOWN = replace(DRIVER, duties=(replace(FIRST, tasks=TASKS), *OTHERS))


def reworked(rework: Callable[[Element], object]) -> Description:
    """Print a description, let somebody work on its document part, and read it."""
    (found,) = importer.read(rezipped(description_document.write([KNOWN]), rework))
    return found


def rezipped(file: bytes, rework: Callable[[Element], object]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                rework(root)
                part = etree.tostring(root)
            made.writestr(name, part)
    return target.getvalue()


def fields(description: Description) -> Description:
    return replace(description, problems=())


def controls(root: Element, tag: str) -> list[Element]:
    """Give the controls whose tag begins so."""
    found = root.iter(f"{{{W}}}tag")
    return [
        control
        for each in found
        if str(each.get(f"{{{W}}}val")).startswith(tag)
        and (control := each.getparent().getparent()) is not None  # type: ignore[union-attr]
    ]


def says(control: Element, words: str) -> None:
    next(control.iter(f"{{{W}}}t")).text = words


def around(element: Element, kind: str) -> Element:
    return next(element.iterancestors(f"{{{W}}}{kind}"))


def task_table(root: Element) -> Element:
    return around(controls(root, "task")[0], "tbl")


def rows(element: Element) -> Iterator[Element]:
    return element.iter(f"{{{W}}}tr")


def typed(words: str) -> Element:
    """Give a paragraph without any control."""
    return etree.fromstring(f'<w:p xmlns:w="{W}"><w:r><w:t>{words}</w:t></w:r></w:p>')


def reword_all(root: Element) -> None:
    for control in (*controls(root, "section:"), *controls(root, "column:")):
        says(control, "Chữ khác hẳn mẫu")


def remove_heads(root: Element) -> None:
    for control in (*controls(root, "section:"), *controls(root, "title")):
        paragraph = around(control, "p")
        paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]
    for head in list(root.iter(f"{{{W}}}tblHeader")):
        row = around(head, "tr")
        row.getparent().remove(row)  # type: ignore[union-attr]


def turn_columns_about(root: Element) -> None:
    """Put the last column of section 2 first, heads, grid and all."""
    found = task_table(root)
    for each in (found[1], *rows(found)):
        each.insert(1 if each[0].tag == f"{{{W}}}trPr" else 0, each[-1])


@pytest.mark.parametrize("rework", [reword_all, remove_heads, turn_columns_about])
def test_fields_keep_their_place_whatever_becomes_of_headings_and_columns(
    rework: Callable[[Element], None],
) -> None:
    assert fields(reworked(rework)) == KNOWN


def test_every_tag_that_is_printed_is_read() -> None:
    printed: set[str] = set()
    leader = replace(
        KNOWN, relations=replace(KNOWN.relations, manages=("Tổ xe",)), preface=("Phụ lục",)
    )
    file = description_document.write([leader], cover="Văn phòng", origins=[Origin(1, 2, 3)])
    rezipped(file, lambda root: printed.update(re.findall(r'tag w:val="([a-z_]+)', text(root))))
    assert printed == NAMES


def text(root: Element) -> str:
    return etree.tostring(root, encoding="unicode")


def test_what_is_typed_around_a_control_belongs_to_its_field() -> None:
    def rework(root: Element) -> None:
        for tag in ("name", "task:412", "purpose"):
            control = controls(root, tag)[0]
            control.addprevious(typed("Trước ")[0])
            control.addnext(typed(", thêm sau")[0])

    found = reworked(rework)
    assert found.name == "Trước Nhân viên Lái xe, thêm sau"
    assert found.purpose.startswith("Trước Đưa đón cán bộ đi công tác an toàn., thêm sau\n")
    assert found.duties[0].tasks[0].text == "Trước Đưa đón theo lệnh điều xe, thêm sau"


def test_a_line_typed_below_a_task_is_another_task_and_a_new_one() -> None:
    found = reworked(
        lambda root: around(controls(root, "task:412")[0], "p").addnext(typed("Nhận lệnh"))
    )
    tasks = found.duties[0].tasks
    assert [task.text for task in tasks][:2] == ["Đưa đón theo lệnh điều xe", "Nhận lệnh"]
    assert [task.goes_on_from for task in tasks] == [(412,), (), (413, 414)]


def test_a_row_put_in_by_hand_is_read_by_the_columns_it_stands_in() -> None:
    def rework(root: Element) -> None:
        row = around(controls(root, "task:413")[0], "tr")
        cells = ("", "", "Đổ xăng", "Hóa đơn", "Lần", "15 phút", "Khác", "Có hóa đơn")
        row.addnext(etree.fromstring(docx_row(*cells)))

    found = reworked(rework)
    assert found.duties[0].tasks[-1] == Task(
        "Đổ xăng", "Hóa đơn", "Có hóa đơn", "Lần", 15, TaskKind.OTHER
    )
    assert found.duties[0].tasks[:2] == TASKS


def docx_row(*cells: str) -> str:
    inner = "".join(
        f"<w:tc><w:tcPr/><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in cells
    )
    return f'<w:tr xmlns:w="{W}">{inner}</w:tr>'


def test_a_copied_row_is_a_new_task_and_said_to_be_one() -> None:
    def rework(root: Element) -> None:
        row = around(controls(root, "task:413")[0], "tr")
        row.addnext(etree.fromstring(etree.tostring(row)))

    found = reworked(rework)
    assert [task.goes_on_from for task in found.duties[0].tasks] == [(412,), (413, 414), ()]
    (problem,) = found.problems
    assert "sao chép" in problem.what
    assert not problem.blocks


def test_a_task_that_was_split_is_told_from_a_copied_one() -> None:
    parts = tuple(replace(task, goes_on_from=(412,)) for task in TASKS)
    split = replace(KNOWN, duties=(replace(FIRST, tasks=parts), *OTHERS))
    (found,) = importer.read(description_document.write([split]))
    assert found.duties == split.duties
    assert not found.problems


def test_bookmarks_tell_the_tasks_where_a_program_dropped_the_tags() -> None:
    def rework(root: Element) -> None:
        for control in controls(root, ""):
            control.remove(control[0])

    assert fields(reworked(rework)) == KNOWN


def test_a_control_made_to_hold_whole_paragraphs_or_a_cell_keeps_its_field() -> None:
    def rework(root: Element) -> None:
        for tag, kind in (("task:412", "tc"), ("code", "p"), ("purpose", "p")):
            control = controls(root, tag)[0]
            holder = around(control, kind)
            run = control[1][0]
            control.addnext(run)
            holder.addnext(control)
            control[1].append(holder)

    assert fields(reworked(rework)) == KNOWN


def test_narrow_columns_are_known_by_what_offices_call_them() -> None:
    heads = ("TT", "Nhiệm vụ", "Công việc cụ thể", "ĐVT", "Định mức", "Loại công việc", "Tiêu chí")
    (found,) = importer.read(
        docx(
            table(["Tên VTVL: Lái xe"]),
            "2. Các công việc và tiêu chí đánh giá",
            table(heads, ["1", "Lái xe", "Đưa đón", "Chuyến", "1,5 giờ", "đi cơ sở", "Đúng giờ"]),
        )
    )
    task = Task("Đưa đón", None, "Đúng giờ", "Chuyến", 90, TaskKind.FIELD)
    assert found.duties == (Duty("1", "Lái xe", (task,), ("Đúng giờ",)),)


def test_a_norm_or_a_kind_that_is_none_is_said_and_left_out() -> None:
    def rework(root: Element) -> None:
        says(controls(root, "norm")[0], "khoảng nửa buổi")
        says(controls(root, "kind")[0], "linh tinh")

    found = reworked(rework)
    assert found.duties[0].tasks[0] == replace(TASKS[0], norm_minutes=None, kind=None)
    assert [re.findall("«(.*?)»", problem.what)[0] for problem in found.problems] == [
        "khoảng nửa buổi",
        "linh tinh",
    ]


@pytest.mark.parametrize("minutes", [0, 1, 59, 60, 61, 90, 120, 5000])
def test_a_norm_time_is_read_as_it_is_printed(minutes: int) -> None:
    assert norm_time.minutes_of(norm_time.printed(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "90", "giờ", "2 ngày", "1 giờ 30 phút nữa", "-5 phút"])
def test_what_is_no_length_of_time_is_not_guessed(text: str) -> None:
    assert norm_time.minutes_of(text) is None


@pytest.mark.parametrize(
    "origin", [Origin(41, 3, 2), Origin(41, None, 1), Origin(7, 2, draft_id=9, revision=14)]
)
def test_a_file_says_of_which_version_it_is(origin: Origin) -> None:
    file = description_document.write([DRIVER], origins=[origin])
    assert description_annotations.read(file).origins == (origin,)
