"""Reading sections 3 to 5 of a job description, table by table as offices draw them."""

import pytest

from catalogue.domain.description import Authority, Description, OutsideRelation, Requirement
from tests.docx_kit import cell, paragraph, row, table
from tests.one_description import read

POWERS = paragraph("4. Phạm vi quyền hạn")
COMPETENCIES = paragraph("5.2. Yêu cầu về năng lực")
COMPETENCIES_HEAD = row("Nhóm năng lực", "Tên năng lực", "Cấp độ")


def read_competencies(*rows: str) -> Description:
    return read(COMPETENCIES, table(COMPETENCIES_HEAD, *rows))


def levels(description: Description) -> list[tuple[str, int | None, int | None]]:
    return [(asked.name, asked.level_min, asked.level_max) for asked in description.competencies]


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


def test_requirements_under_no_label_are_kept_and_said() -> None:
    description = read(
        paragraph("5.1. Yêu cầu về trình độ"),
        table(["Nhóm yêu cầu", "Yêu cầu cụ thể"], ["", "Đại học"]),
    )

    assert description.qualifications == {"": ("Đại học",)}
    assert "ô nhóm yêu cầu để trống" in description.problems[0].what


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


@pytest.mark.parametrize("printed", ["Thành thạo", "6", "2/5"])
def test_a_level_that_cannot_be_read_is_said_and_left_blank(printed: str) -> None:
    description = read_competencies(row("Nhóm năng lực chung", "Ngoại ngữ", printed))

    assert levels(description) == [("Ngoại ngữ", None, None)]
    assert f"«{printed}»" in description.problems[0].what


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


def test_competencies_and_levels_may_share_a_head_above_them() -> None:
    description = read(
        paragraph("5. Các yêu cầu về trình độ, năng lực 5.2. Yêu cầu về năng lực"),
        table(
            [cell("Nhóm năng lực", merge="restart"), cell("Năng lực cụ thể", span=2)],
            [cell(merge="continue"), "Tên năng lực", "Cấp độ"],
            ["Nhóm năng lực chung", "Phối hợp", "2"],
        ),
    )

    assert description.competencies == (Requirement("Nhóm năng lực chung", "Phối hợp", 2, 2),)


def test_a_group_may_have_a_row_of_its_own() -> None:
    description = read_competencies(
        row(cell("I. Nhóm năng lực chung", span=3)), row("", "Đạo đức", "2")
    )

    assert description.competencies == (Requirement("Nhóm năng lực chung", "Đạo đức", 2, 2),)
