"""The annex reader against every trap that the tables of offices hold."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from catalogue.domain.annex import Annex
from catalogue.importers.position_annex import read
from tests.annex_printer import Printer
from tests.docx_kit import (
    cell,
    content_control,
    deleted,
    docx,
    hidden,
    inserted,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    table,
    text_box,
)

HEADER = ["TT", "Tên vị trí việc làm", "Ngạch công chức", "Mã VTVL", "Biên chế"]
LEADERS = "Lãnh đạo, quản lý"
EXPERTS = "Chuyên môn, nghiệp vụ"
HELPERS = "Hỗ trợ phục vụ (không bố trí công chức)"


def names(annex: Annex) -> list[str]:
    return [row.name for row in annex.rows]


def said(annex: Annex) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in annex.problems)


def position(number: int, code: str, headcount: str = "") -> list[str]:
    return [f"{number:02d}", f"Chuyên viên về lĩnh vực {number}", "Chuyên viên", code, headcount]


def skipping(columns: int) -> str:
    """Row properties that leave the first columns of the grid out."""
    return f'<w:gridBefore w:val="{columns}"/>' if columns else ""


def commune_annex() -> bytes:
    """Forty-two positions as a commune prints them: three groups, counts in the rank's column."""
    experts = [
        [f"{n}", f"Chuyên viên về lĩnh vực {n}; mảng {n}, (phần {n})", "Chuyên viên",
         f"NA-NLâ-II.{n:02d}", "1" if n <= 21 else "", "0,00"]
        for n in range(1, 34)
    ]  # fmt: skip
    return docx(
        "PHỤ LỤC",
        "(Kèm theo Quyết định số 01/QĐ-UBND)",
        table(
            [
                "TT",
                "",
                "Ngạch công chức",
                "Mã vị trí việc làm",
                "Phân bổ biên chế năm 2026",
                "Tỷ lệ công chức bố trí (%)",
            ],
            ["", "", "", "", "", ""],
            [cell("Tổng cộng", span=2), "42 vị trí", "", "33", "100,00"],
            ["I", LEADERS, "06 vị trí", "", "12", "36,36"],
            ["1", "Chánh Văn phòng", "Chuyên viên chính", "NA-NLâ-I.01", "1", "3,03"],
            ["2", "Phó Chánh Văn phòng", "Chuyên viên chính 50%", "NA-NLâ-I.02", "2", "6,06"],
            ["", "", "Chuyên viên 50%", "", "", ""],
            ["3", "Trưởng phòng", "Chuyên viên chính", "NA-NLâ-I.03", "2", "6,06"],
            ["4", "Phó Trưởng phòng", "Chuyên viên chính", "NA-NLâ-I.04", "4", "12,12"],
            ["5", "Giám đốc Trung tâm", "Chuyên viên chính", "NA-NLâ-I.05", "1", "3,03"],
            ["6", "Phó Giám đốc Trung tâm", "Chuyên viên chính", "NA-NLâ-I.06", "2", "6,06"],
            ["II", EXPERTS, "33 vị trí", "", "21", "63,64"],
            *experts,
            ["III", HELPERS, "03 vị trí", "", "", ""],
            ["1", "Nhân viên phục vụ", "", "NA-NLâ-III.1", "", ""],
            ["2", "Nhân viên bảo vệ", "", "NA-NLâ-III.2", "", ""],
            ["3", "Nhân viên lái xe", "", "NA-NLâ-III.3", "", ""],
        ),
        "",
        table(["Nơi nhận:\n- Như trên", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"]),
    )


class TestAWholeAnnex:
    def test_a_list_of_forty_two_positions_gives_forty_two_rows(self) -> None:
        annex = read(commune_annex())
        assert len(annex.rows) == 42
        assert said(annex) == ""

    def test_each_row_knows_its_group_by_the_heading_s_text(self) -> None:
        groups = [row.group for row in read(commune_annex()).rows]
        assert groups == [LEADERS] * 6 + [EXPERTS] * 33 + [HELPERS] * 3

    def test_a_position_is_read_as_printed(self) -> None:
        row = read(commune_annex()).rows[0]
        assert (row.no, row.name, row.rank, row.code, row.headcount) == (
            "1", "Chánh Văn phòng", "Chuyên viên chính", "NA-NLâ-I.01", 1,
        )  # fmt: skip
        assert (row.table, row.row) == (1, 5)
        assert row.raw == (
            "1", "Chánh Văn phòng", "Chuyên viên chính", "NA-NLâ-I.01", "1", "3,03",
        )  # fmt: skip

    def test_a_split_rank_is_one_position_with_both_ranks_and_both_raw_rows(self) -> None:
        row = read(commune_annex()).rows[1]
        assert row.rank == "Chuyên viên chính 50%\nChuyên viên 50%"
        assert row.headcount == 2
        assert len(row.raw) == 12

    def test_the_printed_totals_are_kept_by_their_label(self) -> None:
        assert read(commune_annex()).printed_totals == {
            "Tổng cộng": {"positions": 42, "headcount": 33},
            LEADERS: {"positions": 6, "headcount": 12},
            EXPERTS: {"positions": 33, "headcount": 21},
            HELPERS: {"positions": 3},
        }


class TestHeaders:
    @pytest.mark.parametrize(
        "header",
        [
            ["STT", "Vị trí việc làm", "Ngạch", "Mã", "Số lượng"],
            ["Số TT", "Tên VTVL", "CDNN", "Mã số", "Số người"],
            ["Số\nthứ tự", "Chức danh, vị trí việc làm", "Hạng chức danh nghề nghiệp",
             "Ký hiệu", "Số lượng người làm việc"],
            ["TT", "Danh mục vị trí việc làm", "Chức danh nghề nghiệp tương ứng",
             "Mã số VTVL", "Chỉ tiêu biên chế được giao"],
            ["TT", "", "Ngạch/hạng CDNN", "Mã vị trí", "Biên chế giao năm 2024"],
            ["TT", "Chức danh", "Ngạch công chức tối thiểu", "Mã hiệu", "Tổng biên chế"],
            ["TT", "Tên gọi", "Ngạch", "Mã", "Phân bổ biên chế năm 2026"],
        ],
    )  # fmt: skip
    def test_columns_are_known_in_any_wording(self, header: list[str]) -> None:
        row = read(docx(table(header, ["1", "Chánh Văn phòng", "CVC", "I.01", "02"]))).rows[0]
        assert (row.no, row.name, row.rank, row.code, row.headcount) == (
            "1", "Chánh Văn phòng", "CVC", "I.01", 2,
        )  # fmt: skip

    def test_columns_may_come_in_any_order_beside_others(self) -> None:
        annex = read(
            docx(
                table(
                    ["Mã VTVL", "Cơ quan", "Ghi chú", "Biên chế", "Tên VTVL", "STT", "Ngạch"],
                    ["I.01", "Văn phòng", "mới", "1", "Chánh Văn phòng", "1", "CVC"],
                )
            )
        )
        row = annex.rows[0]
        assert (row.no, row.name, row.rank, row.code, row.headcount) == (
            "1", "Chánh Văn phòng", "CVC", "I.01", 1,
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("header", "cells"),
        [
            (["TT", "Tên vị trí việc làm"], ["1", "Chánh Văn phòng"]),
            (["TT", "Vị trí việc làm", "Ghi chú"], ["1", "Chánh Văn phòng", ""]),
            (["Tên VTVL", "Ngạch"], ["Chánh Văn phòng", "CVC"]),
            (["STT", "Chức danh", "Số lượng"], ["1", "Chánh Văn phòng", "1"]),
        ],
    )
    def test_a_layout_may_lack_rank_code_or_headcount(
        self, header: list[str], cells: list[str]
    ) -> None:
        assert names(read(docx(table(header, cells)))) == ["Chánh Văn phòng"]

    def test_a_header_may_take_two_rows(self) -> None:
        annex = read(
            docx(
                table(
                    row(
                        cell("TT", merge="restart"),
                        cell("Vị trí việc làm", span=2),
                        cell("Ngạch", merge="restart"),
                        cell("Biên chế", span=3),
                    ),
                    row(
                        cell(merge="continue"),
                        "Mã",
                        "Tên",
                        cell(merge="continue"),
                        "Hiện có",
                        "Được giao năm 2024",
                        "Tăng, giảm",
                    ),
                    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=6-5"],
                    ["1", "I.01", "Chánh Văn phòng", "CVC", "3", "2", "-1"],
                )
            )
        )
        row_read = annex.rows[0]
        assert (row_read.code, row_read.name, row_read.rank, row_read.headcount) == (
            "I.01", "Chánh Văn phòng", "CVC", 2,
        )  # fmt: skip
        assert len(annex.rows) == 1

    def test_a_header_of_two_rows_needs_no_merged_cells(self) -> None:
        annex = read(
            docx(
                table(
                    ["TT", cell("Vị trí việc làm", span=2), "Biên chế"],
                    ["", "Tên", "Mã", ""],
                    ["1", "Chánh Văn phòng", "I.01", "1"],
                )
            )
        )
        assert [(one.name, one.code, one.headcount) for one in annex.rows] == [
            ("Chánh Văn phòng", "I.01", 1)
        ]

    def test_a_title_row_may_stand_above_the_header(self) -> None:
        annex = read(
            docx(
                table(
                    [cell("DANH MỤC VỊ TRÍ VIỆC LÀM", span=5)],
                    HEADER,
                    position(1, "II.01"),
                )
            )
        )
        assert len(annex.rows) == 1

    def test_a_key_to_the_abbreviations_beside_the_list_is_no_list(self) -> None:
        key = table(["Ký hiệu", "Nghĩa"], ["LĐQL", LEADERS], ["NVCN", EXPERTS])
        annex = read(docx(table(HEADER, position(1, "II.01")), key))
        assert [one.code for one in annex.rows] == ["II.01"]

    def test_a_header_repeated_on_the_next_page_is_no_row(self) -> None:
        annex = read(docx(table(HEADER, position(1, "II.01"), HEADER, position(2, "II.02"))))
        assert [one.code for one in annex.rows] == ["II.01", "II.02"]


class TestGroups:
    def test_a_heading_may_be_a_row_merged_over_the_columns(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    [cell("A. VĂN PHÒNG TỈNH ỦY", span=5)],
                    position(1, "I.01"),
                    [cell("Bộ phận giúp việc", span=5)],
                    position(2, "I.02"),
                )
            )
        )
        assert [one.group for one in annex.rows] == ["A. VĂN PHÒNG TỈNH ỦY", "Bộ phận giúp việc"]

    @pytest.mark.parametrize("number", ["I", "II.", "A", "B)"])
    def test_a_heading_is_told_by_a_roman_number_or_a_letter(self, number: str) -> None:
        annex = read(docx(table(HEADER, [number, "Văn thư", "", "", ""], position(1, "I.01"))))
        assert [one.group for one in annex.rows] == ["Văn thư"]

    def test_a_heading_numbered_like_a_position_is_told_by_its_words(self) -> None:
        annex = read(
            docx(table(HEADER, ["1", "Nhóm lãnh đạo, quản lý", "", "", ""], position(1, "I.01")))
        )
        assert [one.group for one in annex.rows] == ["Nhóm lãnh đạo, quản lý"]

    def test_a_heading_is_told_by_the_numbers_below_it(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    ["1", "Văn phòng Tỉnh ủy", "", "", "3"],
                    ["1.1", "Chánh Văn phòng", "CVC", "I.01", "1"],
                    ["1.2", "Phó Chánh Văn phòng", "CVC", "I.02", "2"],
                    ["2", "Ban Tổ chức Tỉnh ủy", "", "", ""],
                    ["2.1", "Trưởng ban", "CVCC", "I.03", "1"],
                )
            )
        )
        assert [(one.no, one.group) for one in annex.rows] == [
            ("1.1", "Văn phòng Tỉnh ủy"),
            ("1.2", "Văn phòng Tỉnh ủy"),
            ("2.1", "Ban Tổ chức Tỉnh ủy"),
        ]
        assert annex.printed_totals == {"Văn phòng Tỉnh ủy": {"headcount": 3}}

    def test_headings_may_be_paragraphs_above_separate_tables(self) -> None:
        annex = read(
            docx(
                "DANH MỤC VỊ TRÍ VIỆC LÀM",
                "I. Nhóm lãnh đạo, quản lý",
                table(HEADER, position(1, "I.01")),
                "II. Nhóm hỗ trợ, phục vụ",
                "(Đơn vị tính: người)",
                table(HEADER, position(1, "III.1")),
            )
        )
        assert [(one.group, one.table) for one in annex.rows] == [
            ("I. Nhóm lãnh đạo, quản lý", 1),
            ("II. Nhóm hỗ trợ, phục vụ", 2),
        ]

    def test_a_heading_may_carry_a_number_of_word_s_own(self) -> None:
        annex = read(
            docx(
                paragraph("Nhóm lãnh đạo, quản lý", properties=numbered(1)),
                table(HEADER, position(1, "I.01")),
                numbering=numbering(("upperRoman", "%1.")),
            )
        )
        assert annex.rows[0].group == "Nhóm lãnh đạo, quản lý"

    def test_the_title_of_the_file_is_no_group(self) -> None:
        annex = read(docx("PHỤ LỤC", "DANH MỤC VỊ TRÍ VIỆC LÀM", table(HEADER, position(1, "1"))))
        assert annex.rows[0].group is None

    def test_a_group_may_be_a_column_with_merged_cells(self) -> None:
        annex = read(
            docx(
                table(
                    ["TT", "Nhóm vị trí việc làm", "Tên vị trí việc làm", "Mã"],
                    ["1", cell(LEADERS, merge="restart"), "Chánh Văn phòng", "I.01"],
                    ["2", cell(merge="continue"), "Phó Chánh Văn phòng", "I.02"],
                    ["3", EXPERTS, "Văn thư viên", "II.01"],
                )
            )
        )
        assert [one.group for one in annex.rows] == [LEADERS, LEADERS, EXPERTS]

    def test_several_agencies_in_one_file_keep_their_own_headings(self) -> None:
        annex = read(
            docx(
                "1. VĂN PHÒNG TỈNH ỦY",
                table(HEADER, ["I", LEADERS, "", "", ""], position(1, "I.01")),
                "2. BAN TỔ CHỨC TỈNH ỦY",
                table(HEADER, position(1, "I.01")),
            )
        )
        assert [(one.table, one.group) for one in annex.rows] == [
            (1, LEADERS),
            (2, "2. BAN TỔ CHỨC TỈNH ỦY"),
        ]


class TestRows:
    def test_a_blank_number_is_no_reason_to_lose_a_position(self) -> None:
        annex = read(docx(table(HEADER, ["", "Văn thư viên", "Văn thư viên", "II.29", "1"])))
        assert [(one.no, one.name) for one in annex.rows] == [("", "Văn thư viên")]

    def test_codes_stay_as_printed(self) -> None:
        codes = ["II.05", "III.1", "NA-NLâ-II.05", "TP -HTPV-02"]
        annex = read(docx(table(HEADER, *(position(n, code) for n, code in enumerate(codes, 1)))))
        assert [one.code for one in annex.rows] == codes

    def test_a_name_of_over_250_characters_stays_whole(self) -> None:
        name = "Chuyên viên về " + "; ".join(f"lĩnh vực {n}, mảng (phần {n})" for n in range(20))
        assert len(name) > 250
        assert names(read(docx(table(HEADER, ["1", name, "CV", "II.01", "1"])))) == [name]

    def test_a_name_broken_into_paragraphs_is_one_name(self) -> None:
        annex = read(docx(table(HEADER, ["1", "Chuyên viên về\ntài chính", "CV", "II.06", ""])))
        assert names(annex) == ["Chuyên viên về tài chính"]

    def test_ranks_of_one_cell_stay_on_their_lines(self) -> None:
        annex = read(docx(table(HEADER, ["1", "Kế toán", "KTV chính\nKTV", "II.32", "1\n2"])))
        assert (annex.rows[0].rank, annex.rows[0].headcount) == ("KTV chính\nKTV", 3)

    def test_a_merged_position_is_one_row(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    [cell("1", merge="restart"), cell("Kế toán", merge="restart"), "KTVC",
                     cell("II.32", merge="restart"), "1"],
                    [cell(merge="continue"), cell(merge="continue"), "KTV",
                     cell(merge="continue"), "2"],
                )
            )
        )  # fmt: skip
        assert [(one.rank, one.code, one.headcount) for one in annex.rows] == [
            ("KTVC\nKTV", "II.32", 3)
        ]

    def test_a_rank_merged_over_positions_belongs_to_each(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    ["1", "Tư pháp", cell("Chuyên viên", merge="restart"), "II.04", "1"],
                    ["2", "Tài chính", cell(merge="continue"), "II.06", "2"],
                )
            )
        )
        assert [one.rank for one in annex.rows] == ["Chuyên viên", "Chuyên viên"]

    def test_a_headcount_merged_over_positions_counts_once_and_is_said(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    ["1", "Tư pháp", "CV", "II.04", cell("2", merge="restart")],
                    ["2", "Tài chính", "CV", "II.06", cell(merge="continue")],
                )
            )
        )
        assert [one.headcount for one in annex.rows] == [2, None]
        assert "Bảng 1, dòng 3: ô biên chế gộp" in said(annex)

    def test_numbers_of_word_s_own_lists_are_read(self) -> None:
        rows = (
            [cell("", numbering=numbered(1)), f"Vị trí {n}", "CV", f"II.{n}", ""] for n in (1, 2)
        )
        annex = read(docx(table(HEADER, *rows), numbering=numbering(("decimal", "%1."))))
        assert [one.no for one in annex.rows] == ["1.", "2."]

    def test_a_number_of_word_s_own_may_stand_before_the_name(self) -> None:
        rows = ([cell(name, numbering=numbered(1)), "CV"] for name in ("Văn thư", "Lưu trữ"))
        annex = read(
            docx(table(["Tên VTVL", "Ngạch"], *rows), numbering=numbering(("decimal", "%1.")))
        )
        assert [(one.no, one.name) for one in annex.rows] == [("1.", "Văn thư"), ("2.", "Lưu trữ")]

    def test_a_short_row_keeps_its_place(self) -> None:
        annex = read(
            docx(table(HEADER, ["1", "Văn thư viên"], ["Nhóm hỗ trợ, phục vụ"], ["2", "Bảo vệ"]))
        )
        assert [(one.no, one.name, one.group) for one in annex.rows] == [
            ("1", "Văn thư viên", None),
            ("2", "Bảo vệ", "Nhóm hỗ trợ, phục vụ"),
        ]

    def test_a_row_that_begins_further_right_keeps_its_columns(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    row("Văn thư", "VTV", "II.29", "1", properties='<w:gridBefore w:val="1"/>'),
                )
            )
        )
        assert [(one.no, one.name, one.code) for one in annex.rows] == [("", "Văn thư", "II.29")]

    @pytest.mark.parametrize(("header", "below"), [(1, 0), (2, 0), (3, 1), (0, 1), (0, 3), (2, 2)])
    def test_rows_that_begin_elsewhere_than_the_header_are_read_cell_by_cell(
        self, header: int, below: int
    ) -> None:
        rows = [row(*position(number, "II.01"), properties=skipping(below)) for number in (1, 2)]
        annex = read(docx(table(row(*HEADER, properties=skipping(header)), *rows)))
        assert [(one.no, one.code) for one in annex.rows] == [("01", "II.01"), ("02", "II.01")]
        assert annex.problems == ()

    def test_a_nested_table_in_a_cell_is_read_line_by_line(self) -> None:
        ranks = table(["Chuyên viên chính", "50%"], ["Chuyên viên", "50%"])
        annex = read(docx(table(HEADER, ["1", "Phó Chánh", cell(ranks, ""), "I.02", "2"])))
        assert annex.rows[0].rank == "Chuyên viên chính 50%\nChuyên viên 50%"

    def test_an_annex_inside_a_layout_table_is_found(self) -> None:
        inner = table(HEADER, position(1, "II.01"), position(2, "II.02"))
        annex = read(docx(table([cell("ĐẢNG BỘ TỈNH"), cell("Số 01")], [cell(inner, "", span=2)])))
        assert [one.code for one in annex.rows] == ["II.01", "II.02"]


class TestContinuations:
    def test_a_table_broken_over_sections_carries_on_the_group(self) -> None:
        annex = read(
            docx(
                table(HEADER, ["I", LEADERS, "", "", ""], position(1, "I.01")),
                table(HEADER, position(2, "I.02")),
            )
        )
        assert [(one.table, one.row, one.group) for one in annex.rows] == [
            (1, 3, LEADERS),
            (2, 2, LEADERS),
        ]

    def test_a_table_without_a_header_carries_on_the_last(self) -> None:
        annex = read(
            docx(
                table(HEADER, position(1, "II.01")),
                table(["", "", "Cán sự", "", ""], position(2, "II.02")),
                table(["II", HELPERS, "", "", ""], position(1, "III.1")),
            )
        )
        assert [(one.table, one.code, one.rank) for one in annex.rows] == [
            (1, "II.01", "Chuyên viên\nCán sự"),
            (2, "II.02", "Chuyên viên"),
            (3, "III.1", "Chuyên viên"),
        ]

    def test_a_continuation_may_lack_its_last_columns(self) -> None:
        annex = read(docx(table(HEADER, position(1, "II.01")), table(["2", "Tài chính", "CV"])))
        assert [(one.table, one.name, one.rank) for one in annex.rows][1] == (2, "Tài chính", "CV")

    def test_a_place_for_signatures_carries_nothing_on(self) -> None:
        signatures = ["", "", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "", ""]
        annex = read(docx(table(HEADER, position(1, "II.01")), table(signatures)))
        assert [one.rank for one in annex.rows] == ["Chuyên viên"]

    def test_a_wide_table_that_was_not_read_is_said(self) -> None:
        other = table(["Ngày", "Việc", "Người làm"], ["1/4", "Họp", "A"])
        assert "Bảng 2: không nhận ra là danh mục" in said(
            read(docx(table(HEADER, position(1, "II.01")), other))
        )

    def test_a_list_of_abbreviations_is_no_list_of_positions(self) -> None:
        legend = table(["Ký hiệu", "Nghĩa"], ["LĐQL", "Lãnh đạo, quản lý"])
        assert len(read(docx(table(HEADER, position(1, "II.01")), legend)).rows) == 1

    def test_a_continuation_may_have_another_grid(self) -> None:
        wide = [cell("2", span=2), cell("Tài chính", span=3), "CV", "II.02", cell("1", span=2)]
        annex = read(docx(table(HEADER, position(1, "II.01")), table(wide)))
        assert [(one.no, one.code, one.headcount) for one in annex.rows][1] == ("2", "II.02", 1)

    def test_other_tables_of_the_file_are_no_positions(self) -> None:
        annex = read(
            docx(
                table(["TỈNH ỦY HẬU GIANG", "ĐẢNG CỘNG SẢN VIỆT NAM"], ["*", "Ngày 01/4/2024"]),
                table(["TT", "Họ và tên", "Chức vụ"], ["1", "Nguyễn Văn A", "Chánh Văn phòng"]),
                table(HEADER, position(1, "II.01")),
                table(["Nơi nhận:\n- Lưu", "T/M BAN THƯỜNG VỤ"]),
            )
        )
        assert len(annex.rows) == 1
        assert annex.rows[0].table == 3


def test_an_annex_saved_again_by_libreoffice_reads_the_same(soffice: str, tmp_path: Path) -> None:
    source = tmp_path / "annex.docx"
    source.write_bytes(commune_annex())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(source)], check=True, capture_output=True
    )
    assert read((tmp_path / "out" / "annex.docx").read_bytes()) == read(commune_annex())


class TestTotals:
    def annex(self, *rows: Iterable[str]) -> Annex:
        return read(docx(table(HEADER, *rows)))

    def test_a_total_that_differs_is_said_with_both_figures(self) -> None:
        annex = self.annex(
            position(1, "II.01", "1"),
            position(2, "II.02", "2"),
            ["", "Tổng cộng", "", "03 vị trí", "4"],
        )
        assert "Bảng 1, dòng 4: «Tổng cộng» in 3 vị trí, cộng các dòng đọc được là 2" in said(annex)
        assert "«Tổng cộng» in 4 biên chế, cộng các dòng đọc được là 3 biên chế" in said(annex)
        assert not any(problem.blocks for problem in annex.problems)

    def test_a_group_s_total_is_held_against_its_own_rows(self) -> None:
        annex = self.annex(
            ["I", LEADERS, "02 vị trí", "", ""],
            position(1, "I.01"),
            ["II", EXPERTS, "01 vị trí", "", ""],
            position(1, "II.01"),
        )
        assert f"«{LEADERS}» in 2 vị trí, cộng các dòng đọc được là 1" in said(annex)
        assert EXPERTS not in said(annex)

    def test_sums_below_their_groups_and_over_all_agree(self) -> None:
        annex = self.annex(
            ["I", LEADERS, "", "", ""],
            position(1, "I.01", "1"),
            ["", "Cộng", "", "", "1"],
            ["II", EXPERTS, "", "", ""],
            position(1, "II.01", "2"),
            position(2, "II.02", "3"),
            ["", "Cộng", "", "", "5"],
            ["", "TỔNG CỘNG (I+II)", "", "3", "6"],
        )
        assert said(annex) == ""
        assert annex.printed_totals == {
            "Cộng": {"headcount": 1},
            "Cộng (Bảng 1, dòng 8)": {"headcount": 5},
            "TỔNG CỘNG (I+II)": {"positions": 3, "headcount": 6},
        }

    def test_titles_that_sound_like_sums_are_positions(self) -> None:
        annex = self.annex(
            ["1", "Tổng Biên tập", "", "I.01", "1"],
            ["2", "Cộng tác viên", "", "I.02", "1"],
            ["3", "Tổng hợp", "CV", "I.03", "1"],
        )
        assert names(annex) == ["Tổng Biên tập", "Cộng tác viên", "Tổng hợp"]


class TestFindings:
    def test_a_row_without_a_name_is_said_with_table_and_row(self) -> None:
        annex = read(docx(table(HEADER, ["1", "", "CV", "II.01", "1"], position(2, "II.02"))))
        assert [one.code for one in annex.rows] == ["II.02"]
        assert "Bảng 1, dòng 2: thiếu tên vị trí việc làm" in said(annex)
        assert annex.problems[0].blocks

    def test_the_split_rank_of_a_nameless_row_goes_to_no_other_position(self) -> None:
        rows = [position(1, "II.01"), ["2", "", "CVC", "II.02", ""], ["", "", "CV", "", ""]]
        annex = read(docx(table(HEADER, *rows)))
        assert [one.rank for one in annex.rows] == ["Chuyên viên"]
        assert said(annex).count("thiếu tên") == 2

    @pytest.mark.parametrize("text", ["1,5", "x", "hai"])
    def test_a_headcount_that_is_no_whole_number_is_said(self, text: str) -> None:
        annex = read(docx(table(HEADER, position(1, "II.01", text))))
        assert annex.rows[0].headcount is None
        assert f"biên chế «{text}» không phải số người nguyên" in said(annex)

    @pytest.mark.parametrize(
        ("text", "people"), [("02", 2), ("", None), ("-", None), ("0", 0), ("03 người", 3)]
    )
    def test_a_headcount_is_whole_people_or_none(self, text: str, people: int | None) -> None:
        annex = read(docx(table(HEADER, position(1, "II.01", text))))
        assert annex.rows[0].headcount == people
        assert said(annex) == ""

    def test_a_file_without_an_annex_says_what_it_holds(self) -> None:
        annex = read(docx("Kính gửi", table(["TT", "Nội dung"], ["1", "Họp"])))
        assert annex.rows == ()
        assert "không tìm thấy bảng danh mục vị trí việc làm" in said(annex)
        assert "bảng 1 («TT | Nội dung»)" in said(annex)
        assert annex.problems[-1].blocks

    def test_a_header_without_rows_is_said(self) -> None:
        annex = read(docx(table(HEADER)))
        assert "không có dòng vị trí việc làm nào" in said(annex)
        assert annex.problems[-1].blocks

    def test_tracked_changes_count_as_inserted_and_are_said(self) -> None:
        annex = read(
            docx(
                table(
                    HEADER,
                    ["1", paragraph("Văn thư", inserted(" viên"), deleted(" cũ")), "", "II.29", ""],
                    row("2", "Bỏ đi", "", "II.30", "", properties="<w:del/>"),
                )
            )
        )
        assert names(annex) == ["Văn thư viên"]
        assert "1 chỗ thêm chưa chấp nhận (Track Changes), chỗ đầu tiên: «viên»" in said(annex)
        assert "2 chỗ xóa chưa chấp nhận (Track Changes), chỗ đầu tiên: «cũ»" in said(annex)

    def test_hidden_text_is_left_out_and_said(self) -> None:
        name = paragraph("Văn thư", hidden(" (tạm)"))
        annex = read(docx(table(HEADER, ["1", name, "", "II.29", ""])))
        assert names(annex) == ["Văn thư"]
        assert "chữ ẩn không đọc vào, chỗ đầu tiên: «(tạm)»" in said(annex)

    def test_content_controls_at_every_level_are_read(self) -> None:
        inner = paragraph(content_control(run("Văn thư")), run(" viên"))
        controlled = row(cell("1"), content_control(cell(content_control(inner))), "", "II.29", "")
        annex = read(docx(content_control(table(HEADER, content_control(controlled)))))
        assert names(annex) == ["Văn thư viên"]

    def test_rows_after_a_content_control_are_read_as_thoroughly(self) -> None:
        marked = ["2", paragraph("Lưu trữ", inserted(" viên"), hidden("x")), "", "II.30", ""]
        annex = read(docx(table(HEADER, content_control(row(*position(1, "II.29"))), marked)))
        assert names(annex) == ["Chuyên viên về lĩnh vực 1", "Lưu trữ viên"]

    def test_a_list_inside_a_text_box_is_read_once_and_said(self) -> None:
        annex = read(docx(paragraph(text_box(table(HEADER, position(1, "II.01")), paragraph("")))))
        assert len(annex.rows) == 1
        assert "hộp văn bản" in said(annex)

    def test_recipients_and_signatures_in_the_list_s_own_table_are_no_position(self) -> None:
        foot = [cell("Nơi nhận:\n- Như trên", span=2), cell("TM. ỦY BAN\nCHỦ TỊCH", span=3)]
        annex = read(docx(table(HEADER, position(1, "II.01"), foot)))
        assert len(annex.rows) == 1
        assert "«Nơi nhận: - Như trên | TM. ỦY BAN CHỦ TỊCH»" in said(annex)

    def test_a_remark_at_the_foot_of_the_table_is_said(self) -> None:
        remark = "Ghi chú: không tính hợp đồng"
        annex = read(docx(table(HEADER, position(1, "II.01"), [cell(remark, span=5)])))
        assert len(annex.rows) == 1
        assert f"không đọc dòng ghi chú: «{remark}»" in said(annex)


@pytest.mark.parametrize("seed", range(40))
def test_an_annex_made_up_at_random_reads_to_what_was_printed(seed: int) -> None:
    printer = Printer(seed)
    annex = read(printer.print())
    assert [one.code for one in annex.rows] == [one.code for one in printer.positions]
    assert [one.group for one in annex.rows] == [one.group for one in printer.positions]
    assert [one.rank for one in annex.rows] == [one.rank for one in printer.positions]
