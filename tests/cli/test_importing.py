"""`catalogue import`: what it prints, what it writes, and how it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import DICTIONARY, OFFICE_DESCRIPTIONS, OFFICE_LIST, annex_file
from tests.docx_kit import cell, docx, rewrite, row, table
from tests.terminal import Terminal

NOTHING_WRITTEN = "Chưa có dữ liệu nào được ghi."
KINDS = ("annex", "descriptions", "competencies")
OF_OFFICE = ("--source", "Tham khảo VPTU", "--agency", "VPTU", "--reference")


def positions(terminal: Terminal) -> int:
    """How many versions of positions the database holds."""
    versions = terminal("check", "--json").json[2]
    assert versions["promise"] == "Mọi lần của vị trí có nguồn gốc"
    checked: int = versions["checked"]
    return checked


def test_an_annex_is_printed_as_json_alone_and_row_by_row(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    file = annex_file(tmp_path / "phu-luc.docx", "Chuyên viên văn thư", "Chuyên viên lưu trữ")

    answer = bare_terminal("import", "annex", file, "--dry-run", "--json")

    assert answer.status == 0
    assert answer.json.keys() == {"rows", "printed_totals", "problems"}
    first, second = answer.json["rows"]
    assert first == {
        "no": "1",
        "name": "Chuyên viên văn thư",
        "group": "Vị trí nghiệp vụ chuyên ngành",
        "rank": "Chuyên viên",
        "code": "VP-01",
        "headcount": 1,
        "table": 1,
        "row": 3,
        "raw": ["1", "Chuyên viên văn thư", "Chuyên viên", "VP-01", "1"],
    }
    assert second["row"] == 4
    assert "Đọc được 2 vị trí, chưa ghi." in answer.err


def test_asking_only_for_json_reads_and_writes_nothing(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    file = annex_file(tmp_path / "phu-luc.docx", "Chuyên viên văn thư")

    answer = bare_terminal("import", "annex", file, "--json")

    assert (answer.status, len(answer.json["rows"])) == (0, 1)
    assert "chưa ghi" in answer.err
    assert not (tmp_path / "catalogue.db").exists()


def test_split_ranks_are_joined_by_a_newline_and_codes_stay_as_printed(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "phu-luc.docx"
    head = ("TT", "Tên vị trí việc làm", "Ngạch", "Mã vị trí", "Biên chế")
    merged = [cell("1", merge="restart"), cell("Văn thư", merge="restart")]
    below = [cell(merge="continue"), cell(merge="continue")]
    file.write_bytes(
        docx(
            table(
                head,
                row(*merged, cell("Chuyên viên"), cell("VP -HTPV-01"), cell("")),
                row(*below, cell("Cán sự"), cell(""), cell("")),
            )
        )
    )

    (only,) = bare_terminal("import", "annex", file, "--dry-run", "--json").json["rows"]

    assert only["rank"] == "Chuyên viên\nCán sự"
    assert only["code"] == "VP -HTPV-01"
    assert only["headcount"] is None


def test_problems_say_where_what_and_how_to_mend(bare_terminal: Terminal, tmp_path: Path) -> None:
    file = annex_file(tmp_path / "phu-luc.docx", "Ðội trưởng đội xe")

    (problem,) = bare_terminal("import", "annex", file, "--dry-run", "--json").json["problems"]

    assert problem.keys() == {"where", "what", "fix"}


def test_descriptions_are_printed_with_the_fields_of_their_form(bare_terminal: Terminal) -> None:
    answer = bare_terminal("import", "descriptions", OFFICE_DESCRIPTIONS, "--dry-run", "--json")

    assert answer.status == 0
    assert len(answer.json) == 28
    fields = {
        *("code", "name", "purpose", "duties", "relations", "authority"),
        *("qualifications", "competencies", "problems"),
    }
    for one in answer.json:
        assert one.keys() >= fields
        assert all({"no", "name", "tasks", "criteria"} <= duty.keys() for duty in one["duties"])
        assert all(isinstance(text, str) for duty in one["duties"] for text in duty["tasks"])
        assert all(isinstance(text, str) for text in one["authority"])
        for asked in one["competencies"]:
            assert asked.keys() == {"group", "name", "level_min", "level_max"}
            assert 1 <= asked["level_min"] <= asked["level_max"] <= 5


def test_a_dictionary_is_printed_with_its_five_levels(bare_terminal: Terminal) -> None:
    answer = bare_terminal("import", "competencies", DICTIONARY, "--dry-run", "--json")

    assert answer.status == 0
    assert answer.json
    for entry in answer.json:
        assert entry.keys() == {"group", "name", "levels"}
        assert list(entry["levels"]) == ["1", "2", "3", "4", "5"]


def test_without_json_only_sentences_are_printed(bare_terminal: Terminal) -> None:
    answer = bare_terminal("import", "annex", OFFICE_LIST, "--dry-run")

    assert answer.out == "Đọc được 28 vị trí, chưa ghi.\n"


def test_a_file_is_written_once_and_again_changes_nothing(terminal: Terminal) -> None:
    for kind, file, options, repeated in (
        ("annex", OFFICE_LIST, OF_OFFICE, "Tệp này đã được nhập từ trước"),
        ("descriptions", OFFICE_DESCRIPTIONS, ("--agency", "VPTU"), "28 bản đã có từ trước"),
        ("competencies", DICTIONARY, (), "Tệp này đã được nhập từ trước"),
    ):
        first = terminal("import", kind, file, *options)
        assert (first.status, repeated in first.out) == (0, False)
        before = positions(terminal)

        again = terminal("import", kind, file, *options)

        assert (again.status, repeated in again.out) == (0, True)
        assert positions(terminal) == before
    assert terminal("check").status == 0


@pytest.mark.parametrize(
    ("options", "audience"),
    [((), "Lãnh đạo, quản lý"), (("--audience", "support"), "Hỗ trợ, phục vụ")],
)
def test_a_dictionary_is_for_whom_its_title_or_its_sender_says(
    terminal: Terminal, options: tuple[str, ...], audience: str
) -> None:
    answer = terminal("import", "competencies", DICTIONARY, *options)

    assert answer.out == f"Đã ghi 17 năng lực, dành cho: {audience}.\n"


def test_a_dry_run_touches_no_database(bare_terminal: Terminal, tmp_path: Path) -> None:
    for kind, file in zip(KINDS, (OFFICE_LIST, OFFICE_DESCRIPTIONS, DICTIONARY), strict=True):
        assert bare_terminal("import", kind, file, "--dry-run").status == 0
    assert not (tmp_path / "catalogue.db").exists()


def test_a_file_with_a_blocking_problem_writes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    file = annex_file(tmp_path / "phu-luc.docx", "Chuyên viên văn thư", "Ðội trưởng đội xe")

    answer = terminal("import", "annex", file, "--decision", "2754", "--agency", "Văn phòng")

    assert answer.status == 65
    assert "có phải «Đ»?" in answer.err
    assert NOTHING_WRITTEN in answer.err
    assert positions(terminal) == 0
    assert "0/14" in terminal("coverage").out


def test_descriptions_without_a_position_are_refused_each_by_name(terminal: Terminal) -> None:
    answer = terminal("import", "descriptions", OFFICE_DESCRIPTIONS)

    assert answer.status == 65
    assert answer.err.count("\n") == 28 + 1
    assert NOTHING_WRITTEN in answer.err


def test_the_position_of_each_description_is_found_in_its_agency(terminal: Terminal) -> None:
    terminal("import", "annex", OFFICE_LIST, *OF_OFFICE)

    answer = terminal(
        "import", "descriptions", OFFICE_DESCRIPTIONS, "--agency", "Văn phòng Tỉnh ủy"
    )

    assert answer.status == 0
    assert "Đã ghi 28 bản mô tả" in answer.out


def test_descriptions_are_written_back_as_word(bare_terminal: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "viet-lai.docx"

    first = bare_terminal(
        "import", "descriptions", OFFICE_DESCRIPTIONS, "--dry-run", "--json", "--write", copy
    )
    again = bare_terminal("import", "descriptions", copy, "--dry-run", "--json")

    assert (first.status, again.status) == (0, 0)
    assert [one["name"] for one in again.json] == [one["name"] for one in first.json]
    assert [one["duties"] for one in again.json] == [one["duties"] for one in first.json]


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_is_named_and_answers_66(bare_terminal: Terminal, kind: str) -> None:
    answer = bare_terminal("import", kind, "không-có.docx", "--dry-run", "--json")

    assert (answer.status, answer.out) == (66, "")
    assert answer.err == "Không có tệp «không-có.docx».\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_is_no_file(bare_terminal: Terminal, tmp_path: Path, kind: str) -> None:
    answer = bare_terminal("import", kind, tmp_path, "--dry-run")

    assert answer.status == 66
    assert "là thư mục" in answer.err


def broken_zip(data: bytes) -> bytes:
    return data[: len(data) // 2]


def with_doctype(data: bytes) -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    return rewrite(data, {"word/document.xml": lambda xml: doctype + xml})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda _: b"", "bị hỏng"),
        (lambda _: b"%PDF-1.7 ", "không đúng định dạng Word (.docx)"),
        (broken_zip, "bị hỏng hoặc tải lên chưa trọn vẹn"),
        (with_doctype, "không an toàn (DOCTYPE"),
        (lambda _: bytes(10 * 1024 * 1024 + 1), "lớn hơn 10 MB"),
    ],
    ids=["empty", "pdf", "half", "doctype", "too-big"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    bare_terminal: Terminal, tmp_path: Path, spoil: Callable[[bytes], bytes], sentence: str
) -> None:
    file = tmp_path / "tệp lạ.docx"
    file.write_bytes(spoil(docx("Phụ lục")))

    answer = bare_terminal("import", "annex", file, "--dry-run", "--json")

    assert (answer.status, answer.out) == (65, "")
    assert sentence in answer.err
    assert "tệp lạ.docx" in answer.err
    assert str(tmp_path) not in answer.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_holds_nothing_of_its_kind_is_refused(
    bare_terminal: Terminal, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "thư.docx"
    file.write_bytes(docx("Kính gửi các đồng chí", "Trân trọng."))

    answer = bare_terminal("import", kind, file, "--dry-run")

    assert answer.status == 65
    assert answer.err.strip()


def test_a_name_that_is_no_unicode_does_not_stop_the_reading(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = annex_file(tmp_path / "ph\udce1p.docx", "Chuyên viên văn thư")

    answer = terminal("import", "annex", file, "--decision", "2760", "--agency", "VPTU")

    assert answer.status == 0, answer.err
    assert positions(terminal) == 1


def test_a_name_longer_than_its_column_is_refused_on_both_databases(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = annex_file(tmp_path / f"{'a' * 240}.docx", "Chuyên viên văn thư")

    answer = terminal("import", "annex", file, "--decision", "2760", "--agency", "VPTU")

    assert answer.status == 65
    assert "Hãy đổi tên" in answer.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Hãy nêu --source (hoặc --decision) và --agency"),
        (("--decision", "2754"), "và --agency"),
        (("--decision", "2766", "--agency", "VPTU"), "không phải là số từ 2752 đến 2765"),
        (("--from", "31/02/2024"), "không phải là ngày"),
        (("--from", "0001-01-01"), "không phải là ngày"),
        (("--thu",), "Không có tùy chọn «--thu»"),
    ],
)
def test_wrong_options_answer_64_and_point_to_the_help(
    bare_terminal: Terminal, options: tuple[str, ...], sentence: str
) -> None:
    answer = bare_terminal("import", "annex", OFFICE_LIST, *options)

    assert answer.status == 64
    assert sentence in answer.err
    assert "Xem «catalogue import annex --help»" in answer.err


@pytest.mark.parametrize("number", [" ", "a" * 201, "27\x0054"])
def test_a_document_number_that_no_table_can_hold_is_refused(
    terminal: Terminal, tmp_path: Path, number: str
) -> None:
    file = annex_file(tmp_path / "phu-luc.docx", "Chuyên viên văn thư")

    answer = terminal("import", "annex", file, "--source", number, "--agency", "VPTU")

    assert answer.status == 65
    assert "Số, ký hiệu văn bản" in answer.err
    assert positions(terminal) == 0
