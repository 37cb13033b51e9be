"""Reading competency dictionaries: every cell lands in its competency and level, or is said."""

from pathlib import Path

import pytest

from catalogue.domain.competency import Dictionary, as_json
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import competency_dictionary
from tests.dictionary_kit import GROUPS, LABELS, Maker
from tests.docx_kit import cell, docx, paragraph, table
from tests.lost_text import lost
from tests.spoiling import spoilt

SAMPLE = Path(__file__).parents[3] / "shared/samples/khung-nang-luc-chuyen-nganh.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"khung năng lực mẫu {SAMPLE.name} không có ở máy này"
)
GENERAL = paragraph("I. NHÓM NĂNG LỰC CHUNG")


def read(*blocks: str, **related: str) -> Dictionary:
    return competency_dictionary.read(docx(*blocks, **related))


def found(dictionary: Dictionary) -> list[tuple[str, dict[int, str]]]:
    return [
        (entry.name, {level: text for level, text in entry.levels.items() if text})
        for entry in dictionary.entries
    ]


@pytest.mark.parametrize("seed", range(40))
def test_what_offices_print_in_their_different_ways_reads_the_same(seed: int) -> None:
    maker = Maker(seed)
    entries = maker.entries()

    dictionary = read(*maker.print(entries))

    assert list(dictionary.entries) == entries
    assert not dictionary.problems


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_dictionary_loses_no_text(seed: int) -> None:
    assert lost_after_spoiling(seed) == []


@pytest.mark.proof
def test_thousands_of_spoilt_dictionaries_lose_no_text() -> None:
    assert [seed for seed in range(30, 4000) if lost_after_spoiling(seed)] == []


def lost_after_spoiling(seed: int) -> list[str]:
    maker = Maker(seed)
    data = spoilt(docx(*maker.print(maker.entries())), maker.random)
    try:
        dictionary = competency_dictionary.read(data)
    except UnreadableFile:
        return []
    return lost(data, as_json(dictionary), LABELS)


@needs_sample
def test_the_sample_reads_completely() -> None:
    data = SAMPLE.read_bytes()
    dictionary = competency_dictionary.read(data)

    assert lost(data, as_json(dictionary), LABELS) == []
    assert not dictionary.problems
    assert dictionary.title.startswith("KHUNG CẤP ĐỘ XÁC ĐỊNH YÊU CẦU VỀ NĂNG LỰC")
    assert dictionary.preface[0] == "Phụ lục 2B"
    assert [entry.group for entry in dictionary.entries] == (
        [GROUPS[0]] * 7 + [GROUPS[1]] * 5 + [GROUPS[2]] * 5
    )
    blank = {
        entry.name: [level for level, text in entry.levels.items() if text is None]
        for entry in dictionary.entries
        if None in entry.levels.values()
    }
    assert blank == {
        "Hướng dẫn thực hiện văn bản": [1],
        "Kiểm tra thực hiện văn bản": [1, 2],
        "Thẩm định, góp ý văn bản": [1],
    }
    ethics, advice = dictionary.entries[0], dictionary.entries[7]
    assert ethics.levels[3] == "Trách nhiệm cao với công việc được giao, gương mẫu trong thực hiện."
    assert (advice.levels[2] or "").count("\n- ") == 1


def test_a_level_that_has_no_row_is_none_like_one_left_blank() -> None:
    dictionary = read(GENERAL, table(["Cấp độ", "Phối hợp"], ["3", "Chủ động"], ["2", ""]))

    (entry,) = dictionary.entries
    assert entry.levels == {1: None, 2: None, 3: "Chủ động", 4: None, 5: None}


@pytest.mark.parametrize("printed", ["5", "Cấp 5", "Cấp độ 5", "CẤP ĐỘ V", "V", "Mức 5"])
def test_a_level_is_known_however_it_is_printed(printed: str) -> None:
    dictionary = read(GENERAL, table(["Cấp độ", "Phối hợp"], [printed, "Dẫn dắt"]))

    assert found(dictionary) == [("Phối hợp", {5: "Dẫn dắt"})]


def test_words_beside_a_level_are_said() -> None:
    dictionary = read(GENERAL, table(["Cấp độ", "Phối hợp"], ["Cấp độ 5 (chuyên gia)", "Dẫn dắt"]))

    assert found(dictionary) == [("Phối hợp", {5: "Dẫn dắt"})]
    assert "«Cấp độ 5 (chuyên gia)»" in dictionary.problems[0].what


def test_a_group_may_stand_in_a_row_its_number_in_a_cell_before() -> None:
    dictionary = read(
        table(
            ["I", cell("Nhóm năng lực chung", span=2)],
            ["Cấp độ", "Phối hợp", "Giao tiếp"],
            ["1", "Chủ động", "Rõ ràng"],
            [cell("II. NHÓM NĂNG LỰC QUẢN LÝ", span=3)],
            ["Cấp độ", "Ra quyết định", ""],
            ["1", "Theo quy trình", ""],
        )
    )

    assert [(entry.group, entry.name) for entry in dictionary.entries] == [
        ("Nhóm năng lực chung", "Phối hợp"),
        ("Nhóm năng lực chung", "Giao tiếp"),
        ("NHÓM NĂNG LỰC QUẢN LÝ", "Ra quyết định"),
    ]


def test_groups_over_the_columns_of_one_table_are_those_of_their_competencies() -> None:
    dictionary = read(
        table(
            [cell("Cấp độ", merge="restart"), cell("Năng lực số", span=2), "Kỹ năng mềm"],
            [cell(merge="continue"), "Dữ liệu", "Công cụ", "Giao tiếp"],
            ["1", "Tra cứu", "Soạn thảo", "Rõ ràng"],
        )
    )

    assert [(entry.group, entry.name) for entry in dictionary.entries] == [
        ("Năng lực số", "Dữ liệu"),
        ("Năng lực số", "Công cụ"),
        ("Kỹ năng mềm", "Giao tiếp"),
    ]


def test_groups_down_a_column_hold_until_the_next() -> None:
    dictionary = read(
        table(
            ["TT", "Nhóm năng lực", "Năng lực", "1", "2"],
            ["1", cell("Chung", merge="restart"), "Phối hợp", "Hiểu", "Làm"],
            ["2", cell(merge="continue"), "Giao tiếp", "Nghe", "Nói"],
            ["3", "Quản lý", "Ra quyết định", "Đề xuất", "Chọn"],
        )
    )

    assert [(entry.group, entry.name) for entry in dictionary.entries] == [
        ("Chung", "Phối hợp"),
        ("Chung", "Giao tiếp"),
        ("Quản lý", "Ra quyết định"),
    ]


def test_a_text_merged_over_levels_or_competencies_is_that_of_each() -> None:
    dictionary = read(
        GENERAL,
        table(
            ["Cấp độ", "Ngoại ngữ", "Tin học"],
            ["3", cell("Thành thạo", span=2)],
            ["2", cell("Cơ bản", merge="restart"), "Soạn thảo"],
            ["1", cell(merge="continue"), "Tra cứu"],
        ),
    )

    assert found(dictionary) == [
        ("Ngoại ngữ", {1: "Cơ bản", 2: "Cơ bản", 3: "Thành thạo"}),
        ("Tin học", {1: "Tra cứu", 2: "Soạn thảo", 3: "Thành thạo"}),
    ]


def test_a_text_that_a_page_break_parted_is_made_whole() -> None:
    dictionary = read(
        GENERAL,
        table(["Cấp độ", "Phối hợp"], ["1", "Chủ động với"], ["", "đồng nghiệp.\n- Kịp thời"]),
    )

    assert found(dictionary) == [("Phối hợp", {1: "Chủ động với đồng nghiệp.\n- Kịp thời"})]


def test_what_belongs_to_no_competency_is_said() -> None:
    dictionary = read(
        GENERAL,
        table(["TT", "Năng lực", "Định nghĩa", "1", "2"], ["1", "Phối hợp", "Làm cùng", "A", "B"]),
        paragraph("Người lập biểu"),
    )

    assert [(problem.where, problem.what.split("»")[0]) for problem in dictionary.problems] == [
        ("Bảng 1, dòng 1", "Không rõ «Định nghĩa"),
        ("Bảng 1, dòng 2", "Không rõ «Làm cùng"),
        ("Đoạn sau Bảng 1", "Không rõ «Người lập biểu"),
    ]


def test_a_file_without_any_competency_is_refused_by_what_was_looked_for() -> None:
    data = docx(paragraph("BÁO CÁO"), table(["TT", "Nội dung"], ["1", "Họp giao ban"]))

    with pytest.raises(UnreadableFile, match=r"«bao-cao\.docx» không có năng lực nào"):
        competency_dictionary.read(data, name="bao-cao.docx")
