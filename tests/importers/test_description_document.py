"""Reading a file of job descriptions: where each begins, its box, its marks, its refusal."""

import pytest

from catalogue.domain.description import (
    Authority,
    Task,
)
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import description_document
from tests.docx_kit import (
    cell,
    docx,
    inserted,
    paragraph,
    row,
    table,
)
from tests.one_description import BOX, DUTIES, DUTIES_HEAD, PURPOSE, read


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


def test_the_newer_form_is_read_without_a_box_and_without_tables() -> None:
    (description,) = description_document.read(
        docx(
            "I. THÔNG TIN CHUNG",
            "1. Tên vị trí việc làm: Giảng viên",
            "2. Bậc nghề nghiệp:",
            "Bậc 3",
            "II. MỤC TIÊU (động từ + đối tượng + kết quả)",
            "Giảng dạy lý luận chính trị.",
            "VIII. PHẠM VI QUYỀN HẠN",
            "1. Chuyên môn: chọn phương pháp",
            "IX. YÊU CẦU VỀ TRÌNH ĐỘ, KINH NGHIỆM, PHẨM CHẤT",
            "1. Trình độ: Thạc sĩ",
            "THỦ TRƯỞNG ĐƠN VỊ",
        )
    )

    assert (description.name, description.particulars) == (
        "Giảng viên",
        {"Bậc nghề nghiệp": "Bậc 3"},
    )
    assert description.purpose == "Giảng dạy lý luận chính trị."
    assert description.authority == (Authority("1", "Chuyên môn: chọn phương pháp"),)
    assert description.qualifications == {"Trình độ": ("Thạc sĩ",)}
    assert "«THỦ TRƯỞNG ĐƠN VỊ»" in description.problems[0].what


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


def test_a_box_without_any_section_blocks_beside_whole_descriptions() -> None:
    whole, bare = description_document.read(docx(BOX, *PURPOSE, BOX))

    assert not whole.problems
    assert [problem.blocks for problem in bare.problems] == [True]


def test_a_cover_that_nothing_follows_is_said() -> None:
    (description,) = description_document.read(docx(BOX, *PURPOSE, "PHỤ LỤC 2", "Danh mục"))

    assert [problem.what.split("»")[0] for problem in description.problems] == [
        "Không rõ «PHỤ LỤC 2",
        "Không rõ «Danh mục",
    ]


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
        docx(BOX, *PURPOSE), progress=lambda done, total, _: told.append((done, total))
    )

    assert told[-1][0] == told[-1][1]


def test_a_paragraph_after_the_table_of_a_section_is_said() -> None:
    duties = table(DUTIES_HEAD, row("2.1", "Văn thư", "Soạn", "Đúng"))
    description = read(DUTIES, duties, paragraph("Người lập biểu"))

    (problem,) = description.problems
    assert problem.where == "Đoạn sau Bảng 2"
    assert "«Người lập biểu»" in problem.what
