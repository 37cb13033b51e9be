"""Competency dictionaries as strangers lay them out."""

from catalogue.importers import competency_dictionary
from tests.docx_kit import cell, docx, row, table

HEADER = ["TT", "Tên năng lực", *(f"Cấp độ {level}" for level in range(1, 6))]
ETHICS = ["Chuẩn mực", "Gương mẫu", "Hướng dẫn", "Kiểm tra", "Dẫn dắt"]
DRAFTING = ["Soạn thảo", "", "Tham gia", "Chủ trì một phần", "Chủ trì"]


def read(*blocks: str) -> list[tuple[str, str, list[str | None]]]:
    dictionary = competency_dictionary.read(docx(*blocks))
    assert not dictionary.problems
    return [(entry.group, entry.name, list(entry.levels.values())) for entry in dictionary.entries]


def test_one_header_stands_above_the_rows_of_every_group() -> None:
    entries = read(
        table(
            HEADER,
            ["I", cell("NHÓM NĂNG LỰC CHUNG", span=6)],
            ["1", "Đạo đức và bản lĩnh", *ETHICS],
            ["II", cell("Các năng lực chuyên môn", span=6)],
            ["2", "Xây dựng văn bản", *DRAFTING],
        )
    )
    assert entries == [
        ("NHÓM NĂNG LỰC CHUNG", "Đạo đức và bản lĩnh", ETHICS),
        ("Các năng lực chuyên môn", "Xây dựng văn bản", [text or None for text in DRAFTING]),
    ]


def test_a_group_s_paragraph_may_stand_between_the_halves_of_one_table() -> None:
    entries = read(
        "I. NHÓM NĂNG LỰC CHUNG",
        table(HEADER, ["1", "Đạo đức và bản lĩnh", *ETHICS]),
        "II. NHÓM NĂNG LỰC CHUYÊN MÔN",
        table(["2", "Xây dựng văn bản", *DRAFTING]),
    )
    assert [(group, name) for group, name, _ in entries] == [
        ("NHÓM NĂNG LỰC CHUNG", "Đạo đức và bản lĩnh"),
        ("NHÓM NĂNG LỰC CHUYÊN MÔN", "Xây dựng văn bản"),
    ]


def test_each_level_of_each_competency_may_have_a_row_of_its_own() -> None:
    rows = [
        row(
            cell(str(number) if level == 1 else "", merge="restart" if level == 1 else "continue"),
            cell(name if level == 1 else "", merge="restart" if level == 1 else "continue"),
            f"Cấp độ {level}",
            text,
        )
        for number, (name, texts) in enumerate(
            [("Đạo đức và bản lĩnh", ETHICS), ("Xây dựng văn bản", DRAFTING)], 1
        )
        for level, text in enumerate(texts, 1)
    ]
    header = ["TT", "Tên năng lực", "Cấp độ", "Biểu hiện"]
    assert read("I. NHÓM NĂNG LỰC CHUNG", table(header, *rows)) == [
        ("NHÓM NĂNG LỰC CHUNG", "Đạo đức và bản lĩnh", ETHICS),
        ("NHÓM NĂNG LỰC CHUNG", "Xây dựng văn bản", [text or None for text in DRAFTING]),
    ]


def test_a_definition_beside_rows_of_levels_is_said() -> None:
    header = ["Tên năng lực", "Định nghĩa", "Cấp độ", "Biểu hiện"]
    dictionary = competency_dictionary.read(
        docx(table(header, ["Phối hợp", "Làm cùng nhau", "1", "Chủ động"]))
    )
    assert [entry.levels[1] for entry in dictionary.entries] == ["Chủ động"]
    assert [problem.what.split("»")[0] for problem in dictionary.problems] == [
        "Không rõ «Định nghĩa",
        "Không rõ «Làm cùng nhau",
    ]


def test_each_competency_may_have_a_table_of_its_own_below_its_name() -> None:
    def levels(texts: list[str]) -> str:
        rows = [[str(level), text] for level, text in enumerate(texts, 1)]
        return table(["Cấp độ", "Mô tả"], *rows)

    entries = read(
        "I. NHÓM NĂNG LỰC CHUNG",
        "1. Đạo đức và bản lĩnh",
        levels(ETHICS),
        "Tên năng lực: Xây dựng văn bản",
        levels(DRAFTING),
    )
    assert entries == [
        ("NHÓM NĂNG LỰC CHUNG", "Đạo đức và bản lĩnh", ETHICS),
        ("NHÓM NĂNG LỰC CHUNG", "Xây dựng văn bản", [text or None for text in DRAFTING]),
    ]
