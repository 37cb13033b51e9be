"""`catalogue init`, `link`, `migrate`, `doctor`: an installation is made, entered, looked over."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from catalogue.domain.errors import NotFound
from catalogue.services import accounts
from tests.terminal import Terminal

LINK = re.compile(r"https?://\S+/mat-khau/(\S+)")


def secret_of(printed: str) -> str:
    found = LINK.search(printed)
    assert found, printed
    return found[1]


def execute(instance: Path, statement: str) -> None:
    engine = create_engine(f"sqlite:///{instance / 'catalogue.db'}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_new_installation_is_empty_and_entered_by_a_link_that_works_once(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    answer = bare_terminal(
        "init", "--username", "an.nguyen", "--name", "Nguyễn Văn An", "--url", "https://vtvl.example/"
    )  # fmt: skip

    assert answer.status == 0
    assert "Tài khoản: an.nguyen" in answer.out
    assert "https://vtvl.example/mat-khau/" in answer.out
    assert bare_terminal("trace").status == 65
    engine = create_engine(f"sqlite:///{tmp_path / 'catalogue.db'}")
    with Session(engine) as session:
        secret, at = secret_of(answer.out), datetime.now(UTC)
        accounts.use_one_time_link(session, secret, "một mật khẩu đủ dài", at=at)
        with pytest.raises(NotFound, match="đã được dùng"):
            accounts.open_link(session, secret, at=at)
    engine.dispose()


def test_an_installation_is_made_once(terminal: Terminal) -> None:
    answer = terminal("init")

    assert (answer.status, answer.out) == (65, "")
    assert "Bản cài đặt đã có tài khoản" in answer.err


def test_a_first_name_that_cannot_stand_makes_no_installation(bare_terminal: Terminal) -> None:
    assert bare_terminal("init", "--username", "Đ Ộ").status == 65
    assert bare_terminal("init").status == 0


def test_a_further_link_lets_an_account_in_again(terminal: Terminal) -> None:
    first, second = terminal("link", "quantri"), terminal("link", " QuanTri ")

    assert (first.status, second.status) == (0, 0)
    assert secret_of(first.out) != secret_of(second.out)


def test_nobody_gets_a_link_to_an_account_that_is_not_there(terminal: Terminal) -> None:
    answer = terminal("link", "khong-ai")

    assert answer.status == 65
    assert answer.err == "Không có tài khoản «khong-ai».\n"


def test_migrating_twice_changes_nothing(bare_terminal: Terminal) -> None:
    for _ in range(2):
        answer = bare_terminal("migrate")
        assert (answer.status, answer.out) == (0, "Cơ sở dữ liệu đã ở lược đồ mới nhất.\n")


def test_a_database_of_a_newer_program_is_left_alone(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    bare_terminal("migrate")
    execute(tmp_path, "UPDATE alembic_version SET version_num = '9999'")

    answer = bare_terminal("migrate")

    assert answer.status == 65
    assert "mới hơn" in answer.err


def test_the_doctor_finds_nothing_wrong_behind_https(
    bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare_terminal("init")
    assert "SỬA" in bare_terminal("doctor").out
    monkeypatch.setenv("CATALOGUE_HTTPS", "1")

    answer = bare_terminal("doctor")

    assert answer.status == 0, answer.out
    assert "SỬA" not in answer.out
    assert "SQLite" in answer.out


def test_the_doctor_names_what_must_be_mended(terminal: Terminal) -> None:
    answer = terminal("doctor")  # over HTTP; the tests' PostgreSQL keeps nothing safe either

    assert answer.status == 65
    assert re.search(r"SỬA.*cookie đi qua HTTP", answer.out)
    assert ("PostgreSQL" in answer.out) == ("fsync = off" in answer.out)
