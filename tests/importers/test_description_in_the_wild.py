"""Job descriptions as strangers fill the form in."""

import pytest

from catalogue.domain.description import Description
from catalogue.importers import description_document
from tests.docx_kit import docx, table

BOX = table(["Tên VTVL: Chuyên viên tổng hợp", "Mã vị trí việc làm: VP-05"])
QUALIFICATIONS = table(["Nhóm yêu cầu", "Yêu cầu cụ thể"], ["Trình độ đào tạo", "Đại học"])
COMPETENCIES = table(["Nhóm năng lực", "Tên năng lực", "Cấp độ"], ["Chung", "Phối hợp", "2-3"])


def read(*blocks: str) -> Description:
    (description,) = description_document.read(docx("BẢN MÔ TẢ CÔNG VIỆC", *blocks))
    return description


def test_labels_without_colons_have_their_values_in_the_next_cell() -> None:
    description = read(
        "I. Thông tin chung",
        table(
            ["Tên vị trí việc làm", "Giảng viên"],
            ["Nhóm vị trí việc làm", "☐ Quản lý ☒ Chuyên môn ☐ Hỗ trợ"],
            ["Bậc nghề nghiệp", "Bậc 3"],
            ["Số người", ""],
            ["Địa điểm làm việc", "Trường Chính trị"],
        ),
        "II. Mục tiêu vị trí việc làm",
        "Giảng dạy lý luận chính trị.",
    )
    assert description.name == "Giảng viên"
    assert description.workplace == "Trường Chính trị"
    assert description.particulars == {
        "Nhóm vị trí việc làm": "☐ Quản lý ☒ Chuyên môn ☐ Hỗ trợ",
        "Bậc nghề nghiệp": "Bậc 3",
        "Số người": "",
    }
    assert description.purpose == "Giảng dạy lý luận chính trị."
    assert not description.problems


@pytest.mark.parametrize(
    "closing",
    [
        ["Nơi nhận:\n- Như trên", "CHỦ TỊCH\nNguyễn Văn A"],
        ["", "THỦ TRƯỞNG ĐƠN VỊ"],
        ["Người lập biểu", "Xác nhận của cơ quan"],
        ["", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"],
        ["", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"],
    ],
)
@pytest.mark.parametrize("last", [QUALIFICATIONS, COMPETENCIES])
def test_signatures_below_the_last_table_belong_to_no_section(
    last: str, closing: list[str]
) -> None:
    signed = read(BOX, last, table(closing, ["", "Trần Thị B"]))
    unsigned = read(BOX, last)
    assert signed.qualifications == unsigned.qualifications
    assert signed.competencies == unsigned.competencies
    assert [problem.where for problem in signed.problems] == ["Bảng 3, dòng 1", "Bảng 3, dòng 2"]


@pytest.mark.parametrize("number", ["1 ", "1/ ", "a) "])
def test_a_heading_is_known_by_its_words_whatever_its_number_looks_like(number: str) -> None:
    description = read(BOX, f"{number}Mục tiêu", "Tham mưu tổng hợp.", QUALIFICATIONS)
    assert description.purpose == "Tham mưu tổng hợp."
    assert description.procedures == ""


def test_a_duty_s_column_may_be_headed_by_what_it_contains() -> None:
    header = ["TT", "Nội dung nhiệm vụ", "Công việc cụ thể", "Tiêu chí"]
    description = read(BOX, table(header, ["1", "Văn thư", "Soạn thảo", "Đúng hạn"]))
    assert [duty.name for duty in description.duties] == ["Văn thư"]
    assert not description.problems
