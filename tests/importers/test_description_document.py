"""Reading job descriptions: what was printed is what is read, and nothing is dropped."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from catalogue.domain.description import (
    Task,
    as_json,
)
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import description_document
from tests.description_kit import Maker
from tests.description_printer import Printer
from tests.docx_kit import (
    cell,
    docx,
    inserted,
    paragraph,
    row,
    table,
)
from tests.lost_text import PRINTED_BY_THE_FORM, lost
from tests.one_description import BOX, DUTIES, DUTIES_HEAD, PURPOSE, read
from tests.spoiling import spoilt

SAMPLE = Path(__file__).parents[3] / "shared/samples/mo-ta-cong-viec-ho-tro-phuc-vu.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"bản mô tả mẫu {SAMPLE.name} không có ở máy này"
)


@pytest.mark.parametrize("seed", range(25))
def test_what_offices_print_in_their_different_ways_reads_the_same(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    maker, printer = Maker(random), Printer(random)
    printed = [maker.description() for _ in range(random.randint(1, 3))]
    data = docx(*(block for description in printed for block in printer.blocks(description)))

    found = description_document.read(data)

    assert [replace(description, problems=()) for description in found] == printed


@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_form_loses_no_text(seed: int) -> None:
    assert lost_after_spoiling(seed) == []


@pytest.mark.proof
def test_thousands_of_spoilt_forms_lose_no_text() -> None:
    assert [seed for seed in range(40, 4000) if lost_after_spoiling(seed)] == []


def lost_after_spoiling(seed: int) -> list[str]:
    random = Random(seed)  # noqa: S311
    maker, printer = Maker(random), Printer(random)
    whole = docx(*(block for _ in range(2) for block in printer.blocks(maker.description())))
    data = spoilt(whole, random)
    found = description_document.read(data)
    return lost(data, [as_json(description) for description in found], PRINTED_BY_THE_FORM)


@needs_sample
def test_the_sample_reads_completely() -> None:
    data = SAMPLE.read_bytes()
    guard, attendant, driver = found = description_document.read(data)

    plain = [as_json(description) for description in found]
    assert lost(data, plain, PRINTED_BY_THE_FORM) == []
    assert [(one.name, one.code) for one in found] == [
        ("Nhân viên Bảo vệ", "TP-HTPV-01"),
        ("Nhân viên Phục vụ", "TP -HTPV-02"),
        ("Nhân viên Lái xe", "TP -HTPV-03"),
    ]
    assert [[len(duty.tasks) for duty in one.duties] for one in found] == [
        [3, 1, 2, 0], [4, 1, 0, 0], [3, 1, 3, 0],
    ]  # fmt: skip
    assert [[len(duty.criteria) for duty in one.duties] for one in found] == [
        [2, 1, 0, 0], [2, 1, 2, 0], [2, 3, 2, 0],
    ]  # fmt: skip
    assert [len(one.authority) for one in found] == [2, 4, 2]
    assert [len(one.relations.outside) for one in found] == [1, 2, 5]
    assert [len(one.competencies) for one in found] == [10, 10, 9]
    assert {(asked.level_min, asked.level_max) for asked in driver.competencies} == {(1, 1)}
    assert {asked.group for asked in attendant.competencies} == {
        "Nhóm năng lực chung", "Nhóm năng lực chuyên môn", "Nhóm năng lực quản lý",
    }  # fmt: skip
    assert list(driver.qualifications)[1] == "Kỹ năng"
    assert [problem.where for problem in guard.problems] == ["Bảng 2, dòng 5"]
    assert not attendant.problems
    assert not driver.problems


def test_a_paragraph_after_the_table_of_a_section_is_said() -> None:
    duties = table(DUTIES_HEAD, row("2.1", "Văn thư", "Soạn", "Đúng"))
    description = read(DUTIES, duties, paragraph("Người lập biểu"))

    (problem,) = description.problems
    assert problem.where == "Đoạn sau Bảng 2"
    assert "«Người lập biểu»" in problem.what


def test_a_whole_description_inside_one_frame_is_read_through_it() -> None:
    inner = table(DUTIES_HEAD, row("2.1", "Văn thư", "Soạn", "Đúng"))
    lines = (
        "Tên VTVL: Văn thư viên\n1. Mục tiêu VTVL: Bảo đảm thông suốt.\n2. Công việc và tiêu chí"
    )
    (description,) = description_document.read(docx(table([cell(lines, inner)])))

    assert (description.name, description.purpose) == ("Văn thư viên", "Bảo đảm thông suốt.")
    assert [task.text for duty in description.duties for task in duty.tasks] == ["Soạn"]


def test_a_misspelt_heading_and_head_are_still_known() -> None:
    description = read(
        paragraph("2. Các công việc và tiêu trí đánh gia"),
        table(["TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thề", "Tiêu chí đánh giá"],
              ["2.1", "Văn thư", "Soạn", "Đúng"]),
    )  # fmt: skip

    assert description.duties[0].tasks == (Task("Soạn", None, "Đúng"),)
    assert not description.problems


def test_box_lines_without_a_field_of_their_own_are_kept_under_their_label() -> None:
    box = table(["Tên VTVL", "Giảng viên"], ["Bậc nghề nghiệp:", "3"], ["Số người: 02", ""])
    (description,) = description_document.read(docx(box, *PURPOSE))

    assert description.name == "Giảng viên"
    assert description.particulars == {"Bậc nghề nghiệp": "3", "Số người": "02"}


def test_a_code_left_to_be_filled_in_is_none() -> None:
    box = table(["Tên VTVL: Lái xe", "Mã vị trí việc làm: ………"])
    (description,) = description_document.read(docx(box, *PURPOSE))

    assert description.code is None


def test_two_labels_on_one_line_are_parted() -> None:
    box = paragraph("Tên vị trí việc làm: Lái xe; Mã vị trí việc làm: HTPV - 03")
    (description,) = description_document.read(docx(box, *PURPOSE))

    assert (description.name, description.code) == ("Lái xe", "HTPV - 03")


def test_marks_of_the_file_are_on_every_description_and_the_cover_on_the_first() -> None:
    one = (paragraph("BẢN MÔ TẢ CÔNG VIỆC"), BOX, *PURPOSE)
    cover = (paragraph("PHỤ LỤC 1C"), paragraph("Tham khảo – chưa kiểm chứng với văn bản gốc"))
    first, second = description_document.read(docx(*cover, *one, *one))

    assert first.marks == second.marks == ("Tham khảo – chưa kiểm chứng với văn bản gốc",)
    assert (first.preface, second.preface) == (("PHỤ LỤC 1C",), ())


def test_a_description_without_a_name_blocks() -> None:
    title = paragraph("BẢN MÔ TẢ CÔNG VIỆC")
    (description,) = description_document.read(docx(title, *PURPOSE))

    (problem,) = description.problems
    assert problem.blocks
    assert "«Tên VTVL: …»" in problem.what


def test_what_the_document_hides_is_said_with_the_description_it_stands_in() -> None:
    changed = row("2.1", "Văn thư", cell(inserted("Soạn thảo")), "Đúng")
    data = docx(BOX, *PURPOSE, BOX, *PURPOSE, DUTIES, table(DUTIES_HEAD, changed))
    first, second = description_document.read(data)

    assert not first.problems
    assert [problem.where for problem in second.problems] == ["Bảng 3, dòng 2"]


def test_a_file_without_any_description_is_refused_by_what_was_looked_for() -> None:
    data = docx(paragraph("DANH MỤC"), table(["TT", "Tên VTVL", "Ngạch"], ["1", "Lái xe", ""]))

    with pytest.raises(UnreadableFile, match=r"«du-thao\.docx» không có bản mô tả công việc nào"):
        description_document.read(data, name="du-thao.docx")


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    description_document.read(
        docx(BOX, *PURPOSE), progress=lambda done, total: told.append((done, total))
    )

    assert told[-1][0] == told[-1][1]
