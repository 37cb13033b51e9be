"""Annexes as strangers send them: what a stranger's trial of the reader found misread."""

import pytest

from catalogue.domain.annex import Annex
from catalogue.importers.position_annex import read
from tests.docx_kit import cell, content_control, docx, paragraph, row, run, table

HEADER = ["TT", "Tên vị trí việc làm", "Ngạch công chức", "Mã VTVL", "Biên chế"]
CHIEF = ["1", "Trưởng ban", "Chuyên viên chính", "TC-LĐ-01", "1"]
DEPUTY = ["2", "Phó Trưởng ban", "Chuyên viên", "TC-LĐ-02", "2"]


def said(annex: Annex) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in annex.problems)


@pytest.mark.parametrize("label", ["T.T", "S.T.T", "T\nT", "No."])
def test_a_number_s_column_is_known_by_each_way_to_shorten_its_head(label: str) -> None:
    annex = read(docx(table([label, *HEADER[1:]], CHIEF)))
    assert [one.no for one in annex.rows] == ["1"]


def test_a_headcount_s_column_may_be_headed_by_two_letters() -> None:
    annex = read(docx(table([*HEADER[:-1], "SL"], CHIEF)))
    assert [one.headcount for one in annex.rows] == [1]


def test_shortened_units_beside_a_group_are_its_counts() -> None:
    annex = read(docx(table(HEADER, ["I", "Lãnh đạo", "02 VT", "", "03 BC"], CHIEF, DEPUTY)))
    assert [one.group for one in annex.rows] == ["Lãnh đạo", "Lãnh đạo"]
    assert annex.printed_totals == {"Lãnh đạo": {"positions": 2, "headcount": 3}}
    assert said(annex) == ""


class TestSignatures:
    def test_signatures_below_the_list_in_its_own_table_are_no_position(self) -> None:
        closing = [
            [cell("NGƯỜI LẬP BIỂU", span=2), cell("TRƯỞNG BAN", span=3)],
            [cell("Nguyễn Văn A", span=2), cell("Trần Thị B", span=3)],
        ]
        annex = read(docx(table(HEADER, CHIEF, DEPUTY, *closing)))
        assert [one.code for one in annex.rows] == ["TC-LĐ-01", "TC-LĐ-02"]
        assert "Bảng 1, dòng 4: không đọc phần ký tên: «NGƯỜI LẬP BIỂU | TRƯỞNG BAN»" in said(annex)
        assert "Bảng 1, dòng 5: không đọc phần ký tên" in said(annex)

    def test_a_numbered_row_after_signatures_is_a_position_again(self) -> None:
        recipients = [cell("Nơi nhận:\n- Như trên", span=2), cell("TM. BAN THƯỜNG VỤ", span=3)]
        annex = read(docx(table(HEADER, CHIEF, recipients, DEPUTY)))
        assert [one.name for one in annex.rows] == ["Trưởng ban", "Phó Trưởng ban"]


class TestSumsBetweenTables:
    def test_a_sum_in_a_paragraph_is_held_against_the_rows(self) -> None:
        annex = read(docx(table(HEADER, CHIEF), "Tổng cộng: 2 vị trí việc làm, 1 biên chế./."))
        assert annex.printed_totals == {"Tổng cộng": {"positions": 2, "headcount": 1}}
        assert said(annex) == (
            "Đoạn sau Bảng 1: «Tổng cộng» in 2 vị trí, cộng các dòng đọc được là 1 vị trí"
        )

    def test_a_sum_above_the_first_table_is_that_of_the_rows_below(self) -> None:
        annex = read(docx("Tổng số 02 vị trí", table(HEADER, CHIEF, DEPUTY)))
        assert annex.printed_totals == {"Tổng số": {"positions": 2}}
        assert said(annex) == ""


def test_the_articles_of_a_decision_head_no_list() -> None:
    annex = read(
        docx(
            "Điều 1. Danh mục vị trí việc làm gồm:",
            "1. Vị trí lãnh đạo, quản lý: 6",
            "2. Vị trí hỗ trợ, phục vụ: 3",
            "Điều 2. Quyết định có hiệu lực kể từ ngày ký",
            table(HEADER, CHIEF),
        )
    )
    assert [one.group for one in annex.rows] == [None]


class TestNameAndCodeInOneColumn:
    @pytest.mark.parametrize(
        ("label", "printed"),
        [
            ("Tên vị trí việc làm (Mã VTVL)", "Trưởng ban\n(TC-LĐ-01)"),
            ("Tên và mã vị trí việc làm", "Trưởng ban - TC-LĐ-01"),
            ("Mã - Tên vị trí việc làm", "TC-LĐ-01 - Trưởng ban"),
            ("Mã số, tên VTVL", "TC-LĐ-01: Trưởng ban"),
        ],
    )
    def test_the_code_is_parted_from_the_name(self, label: str, printed: str) -> None:
        annex = read(docx(table(["TT", label, "Biên chế"], ["1", printed, "1"])))
        assert [(one.name, one.code) for one in annex.rows] == [("Trưởng ban", "TC-LĐ-01")]

    def test_a_name_without_a_code_stays_whole(self) -> None:
        header = ["TT", "Tên vị trí việc làm (Mã VTVL)", "Biên chế"]
        annex = read(docx(table(header, ["1", "Chuyên viên hành chính - văn phòng", "1"])))
        assert annex.rows[0].name == "Chuyên viên hành chính - văn phòng"
        assert annex.rows[0].code is None


def test_two_lists_side_by_side_are_said_and_hold_the_file_up() -> None:
    header = ["TT", "Tên VTVL", "TT", "Tên VTVL"]
    annex = read(docx(table(header, ["1", "Trưởng ban", "3", "Lái xe"])))
    assert [one.name for one in annex.rows] == ["Trưởng ban"]
    assert said(annex) == "Bảng 1: in hai danh mục cạnh nhau, chỉ đọc được danh mục bên trái"
    assert annex.problems[0].blocks


def test_what_a_content_control_asks_for_is_no_text() -> None:
    prompt = run("Click or tap here to enter text.", '<w:rStyle w:val="Prompt"/>')
    style = '<w:style w:styleId="Prompt"><w:name w:val="Placeholder Text"/></w:style>'
    unfilled = row("1", "Trưởng ban", "", cell(paragraph(content_control(prompt))), "1")
    annex = read(docx(table(HEADER, unfilled), styles=style))
    assert [one.code for one in annex.rows] == [None]
    assert "Click or tap here" in said(annex)
