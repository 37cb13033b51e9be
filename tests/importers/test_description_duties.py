"""Reading section 2 of a job description, table by table as offices draw them."""

from catalogue.domain.description import Description, Task
from tests.docx_kit import cell, content_control, numbered, numbering, paragraph, row, table
from tests.one_description import DUTIES, DUTIES_HEAD, read


def read_duties(*rows: str) -> Description:
    return read(DUTIES, table(DUTIES_HEAD, *rows))


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
