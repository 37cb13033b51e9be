"""`catalogue import diary`: what it prints, what it writes, and how it refuses."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.config import Config
from tests.diaries import DAY, TASKS, make_desk, workbook
from tests.docx_kit import pack
from tests.terminal import Terminal

HEAD = ("Ngày", "Nhiệm vụ", "Nội dung", "Sản phẩm", "Thời gian")
GOOD = workbook(
    [
        ("TỈNH ỦY HẬU GIANG",),
        ("Họ và tên: Lê Thị Ghi Ngày",),
        HEAD,
        (DAY, TASKS[0], "", "Bản kế hoạch", 7.5),
        (None, "Đi họp dân phố", "Họp", "", "30p"),
        ("Tổng cộng", "", "", "", 8),
    ]
)


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    """A new installation with one small unit."""
    engine = create_engine(Config.from_environment().database_url)
    with Session(engine) as session, session.begin():
        make_desk(session, code="KT")
    engine.dispose()
    return terminal


def test_a_month_is_tried_then_written_then_repeated(desk: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.xlsx"
    file.write_bytes(GOOD)

    tried = desk("import", "diary", file, "--dry-run", "--json")
    written = desk("import", "diary", file, "--json")
    again = desk("import", "diary", file, "--person", "Lê Thị Ghi Ngày", "--json")

    assert (tried.status, written.status, again.status) == (0, 0, 0)
    told = {
        "file": "nhat-ky.xlsx",
        "person": "Lê Thị Ghi Ngày",
        "rows": 2,
        "lines": 1,
        "pending": 1,
        "repeated": 0,
        "refused": 0,
        "refusal": "",
        "problems": [],
        "more": 0,
    }
    assert tried.json == {"files": [told]}
    assert written.json == {"files": [told]}
    assert again.json == {"files": [told | {"lines": 0, "pending": 0, "repeated": 2}]}
    assert "Sẽ ghi 1 dòng" in tried.err
    assert desk("check").status == 0


def test_what_cannot_be_read_answers_65_with_its_place_and_the_others_are_written(
    desk: Terminal, tmp_path: Path
) -> None:
    spoilt = workbook([HEAD, (DAY, TASKS[0], "", "Bản kế hoạch", "1.234")])
    file = tmp_path / "thang-3.zip"
    file.write_bytes(pack({"a.xlsx": GOOD, "b.xlsx": spoilt, "c.xlsx": b"%PDF-1.4"}))

    answer = desk("import", "diary", file, "--unit", "KT", "--json")

    assert answer.status == 65
    assert [each["lines"] for each in answer.json["files"]] == [1, 0, 0]
    assert "b.xlsx › Tháng 3 › dòng 2 › cột «Thời gian»: «1.234»" in answer.err
    assert "nhận ra: PDF" in answer.json["files"][2]["refusal"]


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--person", "Không Có Ai"), 65, "không có ai tên như vậy"),
        (("--unit", "KHONG"), 65, "Không có đơn vị mã"),
        (("--encoding", "latin"), 64, "latin"),
    ],
)
def test_wrong_options_are_refused_in_words(
    bare_terminal: Terminal,
    installed_sqlite: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    status: int,
    words: str,
) -> None:
    (tmp_path / "catalogue.db").write_bytes(installed_sqlite.read_bytes())
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    answer = bare_terminal("import", "diary", tmp_path / "a.xlsx", *options)
    assert answer.status == status
    assert words in answer.err


def test_a_missing_file_answers_66(bare_terminal: Terminal, tmp_path: Path) -> None:
    assert bare_terminal("import", "diary", tmp_path / "khong-co.xlsx").status == 66
