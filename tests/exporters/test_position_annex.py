"""Printing the catalogue: an annex that an office can sign and the importer can read."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from catalogue.domain.layout import LAYOUTS
from catalogue.domain.listing import ListedGroup
from catalogue.domain.words import UNVERIFIED
from catalogue.exporters import position_annex
from catalogue.importers.position_annex import read
from tests.exporters.examples import LISTING
from tests.exporters.word_rules import broken_rules, parts_of

FILE = position_annex.write(LISTING, layout=LAYOUTS[0])


def test_an_annex_keeps_the_rules_of_word() -> None:
    assert broken_rules(FILE) == []


def test_an_annex_reads_back_row_by_row_with_its_totals() -> None:
    annex = read(FILE)
    assert annex.problems == ()
    assert [(row.no, row.name, row.group, row.rank, row.code, row.headcount)
            for row in annex.rows] == [
        ("I.01", "Chánh Văn phòng", "Lãnh đạo, quản lý", "Chuyên viên chính", "VP-LĐQL-01", 1),
        ("II.01", "Chuyên viên về tổng hợp; theo dõi đảng bộ cơ sở", "Nghiệp vụ chuyên ngành",
         "Chuyên viên chính 50%\nChuyên viên 50%", "VP-NVCN-01", 2),
        ("II.02", "Chuyên viên về cơ yếu", "Nghiệp vụ chuyên ngành", None, None, None),
    ]  # fmt: skip
    assert annex.printed_totals == {
        "Lãnh đạo, quản lý": {"positions": 1, "headcount": 1},
        "Nghiệp vụ chuyên ngành": {"positions": 2, "headcount": 2},
        "Tổng cộng": {"positions": 3, "headcount": 3},
    }


def test_the_mark_stands_in_its_rows_and_in_the_header_of_every_page() -> None:
    table = Document(BytesIO(FILE)).tables[1]
    marked = [UNVERIFIED in row.cells[5].text for row in table.rows]
    assert marked == [False, False, True, False, True, False, False]
    parts = parts_of(FILE)
    assert all(UNVERIFIED.encode() in parts[f"word/{name}0.xml"] for name in ("first", "next"))


def test_pages_lie_across_within_the_margins_of_the_layout() -> None:
    (section,) = Document(BytesIO(FILE)).sections
    margins = (
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin,
    )  # fmt: skip
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]


@pytest.mark.parametrize(("place", "number"), [(4, "IV"), (9, "IX"), (14, "XIV")])
def test_groups_are_numbered_in_roman_numbers(place: int, number: str) -> None:
    groups = (*[ListedGroup("Nhóm", ())] * (place - 1), LISTING.groups[0])
    rows = Document(BytesIO(write_groups(groups))).tables[1].rows
    assert rows[-2].cells[0].text == f"{number}.01"


def write_groups(groups: tuple[ListedGroup, ...]) -> bytes:
    return position_annex.write(replace(LISTING, groups=groups), layout=LAYOUTS[0])
