"""Printing the report on hours: the Party layout, our own figures, real footnotes."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from lxml import etree

from catalogue.domain.layout import LAYOUTS, layout_on
from catalogue.domain.report import HoursReport
from catalogue.exporters import hours_report
from tests.exporters.examples import DAY, REPORT, SPECIMEN
from tests.exporters.word_rules import broken_rules, document_of, parts_of

LAYOUT = layout_on(DAY)
FILE = hours_report.write(REPORT, layout=LAYOUT)


def paragraphs(report: HoursReport = REPORT) -> list[str]:
    file = hours_report.write(report, layout=LAYOUT)
    return [paragraph.text for paragraph in Document(BytesIO(file)).paragraphs]


def cells(table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(FILE)).tables[table].rows]


def test_a_report_keeps_the_rules_of_word_in_every_layout() -> None:
    for layout in LAYOUTS:
        assert broken_rules(hours_report.write(REPORT, layout=layout)) == []


def test_the_head_names_the_agency_the_party_the_number_and_the_day() -> None:
    left, right = cells(0)[0]
    assert left == "TỈNH ỦY HẬU GIANG\nBAN CHỈ ĐẠO VỊ TRÍ VIỆC LÀM\n*\nSố       -BC/BCĐ"
    assert right == "ĐẢNG CỘNG SẢN VIỆT NAM\n\nHậu Giang, ngày 10 tháng 4 năm 2024"
    assert paragraphs()[:5] == [
        "BÁO CÁO",
        "Kết quả thống kê thời gian làm việc của cán bộ",
        "từ tháng 01/2024 đến tháng 3/2024",
        "-----",
        SPECIMEN,
    ]


def test_a_number_given_is_printed_without_colon() -> None:
    numbered = replace(REPORT, letterhead=replace(REPORT.letterhead, number=7))
    file = hours_report.write(numbered, layout=LAYOUT)
    assert "Số 07-BC/BCĐ" in Document(BytesIO(file)).tables[0].cell(0, 0).text


def test_figures_are_printed_with_a_comma_and_never_worked_out_again() -> None:
    march = next(text for text in paragraphs() if text.startswith("Có 736") and "6,22" in text)
    assert march == (
        "Có 736 người thuộc diện ghi nhật ký, 735 người đã ghi. Thời gian làm việc bình quân là "
        "130,71 giờ/người/tháng, tính ra 6,22 giờ/người/ngày (21 ngày làm việc, giờ chuẩn là 168 "
        "giờ/người), bằng 77,80% giờ chuẩn. Tổng thời gian là 96.202:34, trong đó 48.101:17 có sản "
        "phẩm (giờ:phút)."
    )


def test_who_is_named_is_named_with_hours() -> None:
    assert (
        "- Cơ quan, đơn vị, địa phương có số giờ bình quân cao: "
        "Trường Chính trị tỉnh (8,65 giờ/người/ngày)."
    ) in paragraphs()
    assert any("thấp: Tỉnh đoàn (2,60 giờ/ngày)." in text for text in paragraphs())
    nobody = replace(REPORT.months[0], high_units=(), low_units=(), low_people=())
    assert not any(
        "bình quân cao" in text for text in paragraphs(replace(REPORT, months=(nobody,)))
    )


def test_notes_are_footnotes_in_the_order_of_the_text() -> None:
    notes = etree.fromstring(parts_of(FILE)["word/footnotes.xml"])
    told = ["".join(map(str, note.itertext())).strip() for note in notes][2:]
    assert told == [
        "Ba người nghỉ phép.",
        "Báo cáo ngày 10/4/2024 in 6,23.",
        "Ba người nghỉ phép.",
    ]
    assert len(list(document_of(FILE).iter("{*}footnoteReference"))) == 3


def test_the_annex_ranks_the_units_of_each_month() -> None:
    january = cells(2)
    assert [row[:2] for row in january[1:]] == [
        ["1", "Trường Chính trị tỉnh"],
        ["2", "Văn phòng Tỉnh ủy"],
        ["", "Tất cả"],
    ]
    assert january[1][2:] == ["30", "4.000:00", "133,33", "6,06", "75,76"]


def test_a_demonstration_says_plainly_that_its_figures_are_made_up() -> None:
    said = "dữ liệu trình diễn"
    assert sum(said in text for text in paragraphs()) == 1
    assert not any(said in text for text in paragraphs(replace(REPORT, demonstration=False)))


def test_the_report_ends_with_who_signs_and_who_receives() -> None:
    ((receivers, signer),) = cells(1)
    assert receivers.splitlines() == [
        "Nơi nhận:",
        "- Thường trực Tỉnh ủy,",
        "- Các cơ quan, đơn vị,",
        "- Lưu Ban Tổ chức Tỉnh ủy.",
    ]
    assert signer.splitlines()[:2] == ["T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN"]
    assert any(
        text.startswith("Trên đây là báo cáo") and text.endswith(".") for text in paragraphs()
    )


def test_one_month_is_named_alone() -> None:
    assert paragraphs(replace(REPORT, months=REPORT.months[:1]))[2] == "tháng 01/2024"


def test_the_body_is_set_as_the_layout_says() -> None:
    body = next(style for style in Document(BytesIO(FILE)).styles if style.name == "Body")
    form, font = body.paragraph_format, body.font
    assert (font.size.pt, round(form.first_line_indent.mm), form.line_spacing.pt) == (14, 10, 18)
    assert (form.alignment, form.space_before.pt) == (3, 6)
