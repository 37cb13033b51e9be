"""Reading job descriptions: what was printed is what is read, and nothing is dropped."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from catalogue.domain.description import (
    Authority,
    Description,
    OutsideRelation,
    Requirement,
    Task,
    as_json,
)
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import description_document
from tests.description_kit import Maker
from tests.description_printer import Printer
from tests.docx_kit import (
    cell,
    content_control,
    docx,
    inserted,
    numbered,
    numbering,
    paragraph,
    row,
    table,
)
from tests.lost_text import PRINTED_BY_THE_FORM, lost
from tests.spoiling import spoilt

SAMPLE = Path(__file__).parents[3] / "shared/samples/mo-ta-cong-viec-ho-tro-phuc-vu.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"bản mô tả mẫu {SAMPLE.name} không có ở máy này"
)
BOX = table(["Tên VTVL: Nhân viên Văn thư", "Mã vị trí việc làm: VP-NVCM-07"])
PURPOSE = paragraph("1. Mục tiêu vị trí việc làm"), paragraph("Bảo đảm văn bản đi, đến thông suốt.")
DUTIES = paragraph("2. Các công việc và tiêu chí đánh giá")
DUTIES_HEAD = row("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Tiêu chí đánh giá")
POWERS = paragraph("4. Phạm vi quyền hạn")
COMPETENCIES = paragraph("5.2. Yêu cầu về năng lực")
COMPETENCIES_HEAD = row("Nhóm năng lực", "Tên năng lực", "Cấp độ")


def read(*blocks: str, **related: str) -> Description:
    (description,) = description_document.read(docx(BOX, *PURPOSE, *blocks, **related))
    return description


def read_duties(*rows: str) -> Description:
    return read(DUTIES, table(DUTIES_HEAD, *rows))


def read_competencies(*rows: str) -> Description:
    return read(COMPETENCIES, table(COMPETENCIES_HEAD, *rows))


def levels(description: Description) -> list[tuple[str, int | None, int | None]]:
    return [(asked.name, asked.level_min, asked.level_max) for asked in description.competencies]


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


def test_rows_under_one_duty_add_their_tasks_with_product_and_criterion() -> None:
    head = row("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Sản phẩm đầu ra", "Tiêu chí")
    first = row("2.1", cell("Quản lý văn bản", merge="restart"), "Vào sổ", "Sổ văn bản", "Đủ")
    second = row("", cell(merge="continue"), content_control(cell("Chuyển văn bản")), "", "Đúng")
    (duty,) = read(DUTIES, table(head, first, second)).duties

    assert duty.tasks == (
        Task("Vào sổ", "Sổ văn bản", "Đủ"),
        Task("Chuyển văn bản", None, "Đúng"),
    )
    assert duty.products == ("Sổ văn bản",)
    assert duty.criteria == ("Đủ", "Đúng")


def test_a_criterion_shared_by_the_rows_of_a_duty_is_tied_to_no_task() -> None:
    first = row("2.1", cell("Lưu trữ", merge="restart"), "Thu", cell("Kịp thời", merge="restart"))
    second = row("", cell(merge="continue"), "Nộp", cell(merge="continue"))
    (duty,) = read_duties(first, second).duties

    assert [task.criterion for task in duty.tasks] == [None, None]
    assert duty.criteria == ("Kịp thời",)


def test_as_many_criteria_as_tasks_are_paired_in_order_where_both_are_lists() -> None:
    listed, plain = read_duties(
        row("2.1", "Văn thư", "- Soạn\n- Trình", "- Đúng mẫu\n- Đúng hạn"),
        row("2.2", "Lưu trữ", "Thu\nNộp", "Đủ\nSạch"),
    ).duties

    assert listed.tasks == (Task("Soạn", None, "Đúng mẫu"), Task("Trình", None, "Đúng hạn"))
    assert plain.tasks == (Task("Thu"), Task("Nộp"))


def test_a_line_that_goes_on_from_the_one_before_is_one_task() -> None:
    (duty,) = read_duties(
        row("2.1", "Hội họp", "- Dự họp theo\nphân công\na) Ghi chép", "Đủ")
    ).duties

    assert [task.text for task in duty.tasks] == ["Dự họp theo phân công", "a) Ghi chép"]


def test_a_list_of_words_own_gives_the_numbers_of_duties_and_bullets_of_tasks() -> None:
    numbers = numbering(("decimal", "2.%1."), ("bullet", "-"))
    duty = row(
        cell("", numbering=numbered(1)),
        "Tiếp dân",
        cell("Đón tiếp\nGhi sổ", numbering=numbered(1, 1)),
        "Niềm nở",
    )
    (found,) = read(DUTIES, table(DUTIES_HEAD, duty), numbering=numbers).duties

    assert found.no == "2.1."
    assert [task.text for task in found.tasks] == ["Đón tiếp", "Ghi sổ"]


def test_a_duty_printed_again_after_a_page_break_goes_on() -> None:
    rows = [row("2.1", "Văn thư", "- Soạn\n- Trình", "Đúng"), row("2.1", "Văn thư", "Lưu", "Đủ")]
    description = read(DUTIES, table(DUTIES_HEAD, rows[0]), table(DUTIES_HEAD, rows[1]))

    (duty,) = description.duties
    assert [task.text for task in duty.tasks] == ["Soạn", "Trình", "Lưu"]
    assert duty.criteria == ("Đúng", "Đủ")


def test_a_duty_merged_with_its_criteria_stands_without_tasks() -> None:
    (duty,) = read_duties(row("2.9", cell("Việc khác do cấp trên giao", span=3))).duties

    assert (duty.no, duty.name, duty.tasks) == ("2.9", "Việc khác do cấp trên giao", ())


def test_a_head_over_duties_and_tasks_alike_need_not_be_divided() -> None:
    head = row("TT", cell("Các nhiệm vụ, công việc", span=2), "Tiêu chí đánh giá")
    (duty,) = read(DUTIES, table(head, row("2.1", "Văn thư", "Soạn", "Đúng"))).duties

    assert (duty.name, duty.tasks) == ("Văn thư", (Task("Soạn", None, "Đúng"),))


def test_tasks_in_one_cell_with_the_name_of_the_duty_are_told_by_their_bullets() -> None:
    head = row("TT", "Các nhiệm vụ, công việc", "Tiêu chí đánh giá")
    (duty,) = read(DUTIES, table(head, row("2.1", "Văn thư\n- Soạn\n- Trình", "Đúng"))).duties

    assert (duty.name, [task.text for task in duty.tasks]) == ("Văn thư", ["Soạn", "Trình"])


def test_the_newer_form_without_a_column_of_duties_names_them_by_its_heading() -> None:
    head = row("Bậc", "Nội dung công việc", "Sản phẩm, kết quả đầu ra", "Tiêu chí đánh giá")
    description = read(
        paragraph("III. Công việc chuyên môn"),
        table(head, row("3", "Thẩm định hồ sơ", "Báo cáo", "Đúng hạn")),
        paragraph("IV. Công việc quản lý"),
        table(head, row("3", "Phân công nhóm", "Bảng phân công", "Rõ việc")),
    )

    assert [(duty.no, duty.name, duty.tasks) for duty in description.duties] == [
        ("3", "Công việc chuyên môn", (Task("Thẩm định hồ sơ", "Báo cáo", "Đúng hạn"),)),
        ("3", "Công việc quản lý", (Task("Phân công nhóm", "Bảng phân công", "Rõ việc"),)),
    ]


def test_a_cell_of_criteria_left_blank_beside_tasks_is_said() -> None:
    description = read_duties(row("2.3", "Kế hoạch công tác", "- Đúng tiến độ kế hoạch", ""))

    (problem,) = description.problems
    assert problem.where == "Bảng 2, dòng 2"
    assert "«2.3 Kế hoạch công tác»" in problem.what
    assert "«Đúng tiến độ kế hoạch»" in problem.what
    assert not problem.blocks


def test_a_column_that_the_form_has_not_is_said_row_by_row() -> None:
    head = row("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Tiêu chí", "Ghi chú")
    description = read(DUTIES, table(head, row("2.1", "Văn thư", "Soạn", "Đúng", "Kiêm nhiệm")))

    assert [(problem.where, problem.what.split("»")[0]) for problem in description.problems] == [
        ("Bảng 2, dòng 1", "Không rõ «Ghi chú"),
        ("Bảng 2, dòng 2", "Không rõ «Kiêm nhiệm"),
    ]


def test_a_paragraph_after_the_table_of_a_section_is_said() -> None:
    duties = table(DUTIES_HEAD, row("2.1", "Văn thư", "Soạn", "Đúng"))
    description = read(DUTIES, duties, paragraph("Người lập biểu"))

    (problem,) = description.problems
    assert problem.where == "Đoạn sau Bảng 2"
    assert "«Người lập biểu»" in problem.what


def test_two_headings_on_one_line_open_the_second() -> None:
    description = read(
        paragraph("3. Các mối quan hệ công việc 3.1- Bên trong"),
        table(["Chánh Văn phòng", "Không", "Các phòng"]),
    )

    assert description.relations.managed_by == ("Chánh Văn phòng",)
    assert description.relations.coordinates_with == ("Các phòng",)


def test_a_nature_merged_over_rows_is_that_of_each_body() -> None:
    description = read(
        paragraph("3.2. Bên ngoài"),
        table(
            ["Cơ quan, đơn vị có quan hệ chính", "Bản chất quan hệ"],
            ["Sở Nội vụ\nSở Tài chính", cell("- Xin ý kiến\n- Báo cáo", merge="restart")],
            ["Bưu điện", cell(merge="continue")],
        ),
    )

    assert description.relations.outside == (
        OutsideRelation("Sở Nội vụ\nSở Tài chính", "Xin ý kiến\nBáo cáo"),
        OutsideRelation("Bưu điện", "Xin ý kiến\nBáo cáo"),
    )


def test_powers_stand_under_the_headings_that_leaders_have() -> None:
    description = read(
        POWERS,
        table(
            ["TT", "Quyền hạn cụ thể"],
            ["I", "Thẩm quyền ra quyết định trong công tác chuyên môn"],
            ["4.1", "- Ký văn bản\n- Ký hợp đồng"],
        ),
        paragraph("II. Thẩm quyền trong quản lý cán bộ"),
        table(["4.2", "Phân công công chức"]),
    )

    first = "I. Thẩm quyền ra quyết định trong công tác chuyên môn"
    assert description.authority == (
        Authority("4.1", "Ký văn bản", first),
        Authority("4.1", "Ký hợp đồng", first),
        Authority("4.2", "Phân công công chức", "II. Thẩm quyền trong quản lý cán bộ"),
    )


def test_powers_written_without_a_table_are_read_line_by_line() -> None:
    description = read(POWERS, paragraph("4.1. Được dự họp"), paragraph("- Được góp ý"))

    assert description.authority == (Authority("4.1", "Được dự họp"), Authority("", "Được góp ý"))


def test_qualifications_keep_whatever_an_office_calls_them() -> None:
    description = read(
        paragraph("5.1. Yêu cầu về trình độ, phẩm chất"),
        table(
            ["Nhóm yêu cầu", "Yêu cầu cụ thể"],
            ["Kỹ năng\nmềm", "- Giao tiếp\n- Lập kế hoạch"],
            ["", "- Quản lý thông tin"],
            ["Ngạch", ""],
        ),
    )

    assert description.qualifications == {
        "Kỹ năng mềm": ("Giao tiếp", "Lập kế hoạch", "Quản lý thông tin"),
        "Ngạch": (),
    }


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1", (1, 1)),
        ("2-3", (2, 3)),
        ("3 – 4", (3, 4)),
        ("Cấp độ 2 đến 3", (2, 3)),
        ("", (None, None)),
    ],
)
def test_a_level_is_one_number_or_a_range(
    printed: str, expected: tuple[int | None, int | None]
) -> None:
    description = read_competencies(row("Nhóm năng lực chung", "- Giao tiếp ứng xử", printed))

    assert levels(description) == [("Giao tiếp ứng xử", *expected)]
    assert not description.problems


def test_a_level_that_is_no_number_is_said_and_left_blank() -> None:
    description = read_competencies(row("Nhóm năng lực chung", "Ngoại ngữ", "Thành thạo"))

    assert levels(description) == [("Ngoại ngữ", None, None)]
    assert "«Thành thạo»" in description.problems[0].what


def test_each_competency_of_a_cell_takes_its_line_of_the_levels_or_the_only_one() -> None:
    description = read_competencies(
        row("Nhóm năng lực chung", "- Đạo đức\n- Phối hợp", "2-3\n1"),
        row("Nhóm năng lực\nquản lý", "- Ra quyết định\n- Nguồn lực", "3"),
    )

    assert description.competencies == (
        Requirement("Nhóm năng lực chung", "Đạo đức", 2, 3),
        Requirement("Nhóm năng lực chung", "Phối hợp", 1, 1),
        Requirement("Nhóm năng lực quản lý", "Ra quyết định", 3, 3),
        Requirement("Nhóm năng lực quản lý", "Nguồn lực", 3, 3),
    )


def test_a_level_merged_over_two_competencies_is_that_of_both() -> None:
    description = read_competencies(
        row("Nhóm năng lực chung", "Sử dụng ngoại ngữ", cell("2-3", merge="restart")),
        row("", "Sử dụng công nghệ thông tin", cell(merge="continue")),
    )

    assert [asked[1:] for asked in levels(description)] == [(2, 3), (2, 3)]


def test_levels_that_do_not_match_their_competencies_are_said() -> None:
    description = read_competencies(row("Nhóm năng lực chung", "- A\n- B\n- C", "1\n2"))

    assert levels(description) == [("A", None, None), ("B", None, None), ("C", None, None)]
    assert "3 năng lực đứng cạnh 2 cấp độ «1, 2»" in description.problems[0].what


def test_a_group_may_have_a_row_of_its_own() -> None:
    description = read_competencies(
        row(cell("I. Nhóm năng lực chung", span=3)), row("", "Đạo đức", "2")
    )

    assert description.competencies == (Requirement("Nhóm năng lực chung", "Đạo đức", 2, 2),)


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
