"""Printing the papers of a dossier: one numbering, every mark, and nothing that stops a file."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.table import Table, _Row

from catalogue.domain.layout import LAYOUTS, Letterhead, layout_on
from catalogue.domain.papers import DRAFT_PAPER, AskedItem
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.words import UNVERIFIED
from catalogue.exporters import (
    answers,
    ballot_papers,
    conclusion,
    decision,
    proposal,
    review_pack,
    tracked_changes,
)
from catalogue.importers import position_annex
from tests.exporters import paper_examples as examples
from tests.exporters.word_rules import broken_rules, document_of, parts_of, said

LAYOUT = layout_on(examples.DAY)
Printer = Callable[[Any], bytes]
PAPERS: dict[str, tuple[Printer, Any]] = {
    "proposal": (lambda record: proposal.write(record, layout=LAYOUT), examples.PROPOSAL),
    "ballots": (lambda record: ballot_papers.write(record, layout=LAYOUT), examples.BALLOTS),
    "answers": (lambda record: answers.write(record, layout=LAYOUT), examples.ANSWERS),
    "conclusion": (lambda record: conclusion.write(record, layout=LAYOUT), examples.CONCLUSION),
    "decision": (lambda record: decision.write(record, layout=LAYOUT), examples.DECISION),
    "pack": (lambda record: review_pack.write(record, layout=LAYOUT), examples.PACK),
    "comparison": (
        lambda record: tracked_changes.write(record, layout=LAYOUT),
        examples.COMPARISON,
    ),
}
# What people paste: markup, quotes, controls, halves of pairs, line ends of every kind.
POISON = "<w:p/>]]>&\"'\x00\x1b\u202e\ud800\uffff\r\n\u2028\t{{ config }}[[ x ]]"
DIFFERING = [each.item.ordinal for each in examples.DIFFERING]


def printed(name: str) -> bytes:
    write, record = PAPERS[name]
    return write(record)


def numbers(table: Table) -> list[int]:
    return [int(text) for text in map(number_of, table.rows) if text.isdigit()]


def number_of(row: _Row) -> str:
    """Read what the first cell prints, content controls too, which python-docx leaves out."""
    return said(row.cells[0]._tc).strip()


def table_headed(file: bytes, *heads: str) -> Table:
    """Find the first table whose first row begins with these heads."""
    for table in Document(BytesIO(file)).tables:
        if tuple(cell.text for cell in table.rows[0].cells[: len(heads)]) == heads:
            return table
    raise AssertionError(heads)


def poisoned(value: Any) -> Any:  # noqa: ANN401 (whatever a record holds)
    """Append the poison to every text of a record, but for keys and closed words."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value + POISON
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    texts = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(
        value,
        **{name: poisoned(text) for name, text in texts.items() if name not in ("key", "rows")},
    )


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_keeps_the_rules_of_word(name: str) -> None:
    assert broken_rules(printed(name)) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_a_paper_prints_under_every_instruction(layout: Any) -> None:  # noqa: ANN401
    assert broken_rules(proposal.write(examples.PROPOSAL, layout=layout)) == []


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_stops_a_paper_or_becomes_markup(name: str) -> None:
    write, record = PAPERS[name]
    file = write(poisoned(record))
    assert broken_rules(file) == []
    Document(BytesIO(file))
    assert "{{ config }}" in said(document_of(file))


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_record_gives_the_same_bytes(name: str) -> None:
    assert printed(name) == printed(name)


@pytest.mark.parametrize("name", PAPERS)
def test_the_mark_stands_in_the_header_of_every_page(name: str) -> None:
    parts = parts_of(printed(name))
    assert all(UNVERIFIED.encode() in parts[f"word/{kind}0.xml"] for kind in ("first", "next"))


def test_every_paper_numbers_the_items_as_the_dossier_does() -> None:
    tables = [
        table_headed(printed("proposal"), "Mục", "Cơ quan, đơn vị"),
        table_headed(printed("pack"), "Mục"),
        *[
            table
            for table in Document(BytesIO(printed("ballots"))).tables
            if table.rows[0].cells[0].text == "Mục"
        ],
    ]
    assert [numbers(table) for table in tables] == [DIFFERING] * 4


def test_an_unverified_item_is_marked_in_its_own_row() -> None:
    for name in ("proposal", "ballots", "pack", "conclusion"):
        table = table_headed(printed(name), "Mục")
        marked = [
            int(number_of(row))
            for row in table.rows[1:]
            if any(UNVERIFIED in cell.text for cell in row.cells)
        ]
        assert marked == [12], name


def test_a_proposal_counts_its_items_and_names_what_it_rests_on() -> None:
    text = said(document_of(printed("proposal")))
    assert "07 mục của 01 cơ quan, đơn vị: 06 mục khác" in text
    assert (
        "- Căn cứ Quyết định số 2752-QĐ/BTCTW, ngày 29/3/2024 của Ban Tổ chức Trung ương "
        f"«Danh mục vị trí việc làm» ({UNVERIFIED});"
    ) in text
    assert "- Căn cứ Đề án số 09-ĐA/TU," in text
    assert "chậm nhất ngày 15/4/2024" in text
    assert "Số       -TTr/BTCTU" in text


def test_a_proposal_without_a_change_says_so() -> None:
    file = proposal.write(replace(examples.PROPOSAL, items=examples.ITEMS[:1]), layout=LAYOUT)
    assert "Không có mục nào." in said(document_of(file))


def test_a_ballot_is_crossed_where_its_member_said_something() -> None:
    first, second = (
        table
        for table in Document(BytesIO(printed("ballots"))).tables
        if table.rows[0].cells[0].text == "Mục"
    )
    boxes = [[cell.text for cell in row.cells[2:]] for row in first.rows[1:4]]
    assert boxes == [
        ["☒", "☐", "☐", ""],
        ["☐", "☒", "☐", "Nên ghi «Văn thư và lưu trữ»"],
        ["☐", "☐", "☐", ""],
    ]
    assert {cell.text for row in second.rows[1:] for cell in row.cells[2:5]} == {"☐"}


def test_without_a_seated_member_one_blank_ballot_is_printed() -> None:
    file = ballot_papers.write(replace(examples.BALLOTS, ballots=()), layout=LAYOUT)
    assert said(document_of(file)).count("NGƯỜI CHO Ý KIẾN") == 1
    assert "Kính gửi: Đồng chí ........" in said(document_of(file))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (MatchKind.RENAMED, "Đổi tên «A»; «B» thành «C»"),
        (MatchKind.MERGED, "Gộp «A»; «B» thành «C»"),
        (MatchKind.SPLIT, "Tách «A»; «B», lập «C»"),
        (MatchKind.LOCAL, "Vị trí của địa phương «C»"),
        (MatchKind.MISSING, "Bổ sung «C»"),
        (MatchKind.SAME, "Giữ «C»"),
    ],
)
def test_each_kind_of_change_is_said_in_one_phrase(kind: MatchKind, change: str) -> None:
    item = replace(examples.ITEMS[0].item, kind=kind, former="A; B", name="C")
    assert AskedItem(item).change == change


def test_answers_stand_beside_their_remarks() -> None:
    table = table_headed(printed("answers"), "Mục")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[0], row[4], row[5]) for row in rows] == [
        ("4", "Sửa tên thành «Văn thư và lưu trữ»", ""),
        ("12", "", "Đề án 09 đã nêu vị trí này"),
        ("Chung", "", ""),
    ]
    empty = answers.write(replace(examples.ANSWERS, answers=()), layout=LAYOUT)
    assert "Chưa có ý kiến nào được gửi." in said(document_of(empty))


def test_a_conclusion_prints_its_number_or_leaves_room_for_it() -> None:
    assert "Số 07-TB/TU" in said(document_of(printed("conclusion")))
    cover = examples.cover(replace(examples.CONCLUSION.cover.letterhead, number=None))
    file = conclusion.write(replace(examples.CONCLUSION, cover=cover), layout=LAYOUT)
    assert "Số       -TB/TU" in said(document_of(file))


def test_a_conclusion_prints_each_ruling_with_its_reason() -> None:
    table = table_headed(printed("conclusion"), "Mục")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[0], *row[2:]) for row in rows] == [
        ("4", "Thông qua, có chỉnh sửa: «Văn thư và lưu trữ»", "Rõ hai việc"),
        ("12", "Không thông qua", "Ngoài quyết định của Trung ương"),
    ]
    assert "Thông qua 05 mục như hồ sơ trình" in said(document_of(printed("conclusion")))


def test_a_decision_stands_upright_and_its_annex_lies_across() -> None:
    sections = Document(BytesIO(printed("decision"))).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]


def test_a_decision_is_ready_to_sign() -> None:
    text = said(document_of(printed("decision")))
    for words in (
        "Số 12-QĐ/TU",
        "ngày 15 tháng 4 năm 2024",
        "- Căn cứ Đề án số 09-ĐA/TU;",
        "có hiệu lực từ ngày 15/4/2024",
        "của 02 cơ quan, đơn vị, gồm 18 vị trí",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Nguyễn Văn Mẫu",
        "- Lưu Văn phòng Tỉnh ủy.",
        "(Kèm theo Quyết định số 12-QĐ/TU, ngày 15/4/2024 của Ban Thường vụ Tỉnh ủy)",
    ):
        assert words in text
    assert text.rstrip().endswith(f"Mã SHA-256 của nội dung được phê duyệt: {examples.DIGEST}")


def test_a_decision_before_its_day_leaves_number_and_days_open() -> None:
    head = Letterhead("", "TỈNH ỦY HẬU GIANG", "TU", "Hậu Giang", examples.DAY)
    cover = replace(examples.cover(head), marks=(DRAFT_PAPER,))
    draft = replace(examples.DECISION, cover=cover, number="", effective_from=None)
    text = said(document_of(decision.write(draft, layout=LAYOUT)))
    assert "Số       -QĐ/TU" in text
    assert "có hiệu lực từ ngày ....../....../......" in text
    assert f"\n{DRAFT_PAPER}\n" in text


def test_the_annex_of_a_decision_reads_back_row_by_row() -> None:
    found = position_annex.read(printed("decision"))
    assert found.problems == ()
    names = [
        position.name
        for listing in examples.DECISION.listings
        for group in listing.groups
        for position in group.positions
    ]
    assert [row.name for row in found.rows] == names
