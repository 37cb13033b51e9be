"""Whatever stands in a command's way is said in a sentence, with the status that fits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from catalogue.models import sqlite
from tests.cli.conftest import DICTIONARY, OFFICE_LIST
from tests.postgres import Cluster
from tests.terminal import Terminal

READING = ("trace", "check", "coverage", "doctor")


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("nowhere", 65, "không đọc được"),
        ("mysql://user:secret@host/name", 65, "không đọc được"),
        ("postgresql+psycopg://user:secret@host:port/name", 65, "không đọc được"),
        ("sqlite:////không/có/thư/mục.db", 74, "Không mở được tệp cơ sở dữ liệu"),
        ("postgresql://user:secret@127.0.0.1:1/name", 74, "Không nối được"),
        ("postgresql+psycopg://user:secret@no-such-host.invalid/name", 74, "Không nối được"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_without_its_password(
    bare_terminal: Terminal, address: str, status: int, sentence: str
) -> None:
    bare_terminal.use(address)

    for command in ("coverage", "migrate"):
        answer = bare_terminal(command)
        assert (answer.status, sentence in answer.err) == (status, True), answer.err
        assert "secret" not in answer.err


def test_an_empty_address_means_the_installations_own_file(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    bare_terminal.use("")

    assert bare_terminal("migrate").status == 0
    assert (tmp_path / "catalogue.db").exists()


def test_a_postgresql_without_that_database_or_that_user_says_so(
    bare_terminal: Terminal, cluster: Cluster
) -> None:
    server = make_url(cluster.url)
    for url, status, sentence in (
        (server.set(database="nothing"), 74, "chưa có cơ sở dữ liệu"),
        (server.set(username="stranger", database="postgres"), 77, "không nhận tên hoặc mật khẩu"),
    ):
        bare_terminal.use(url.render_as_string(hide_password=False))
        answer = bare_terminal("migrate")
        assert (answer.status, sentence in answer.err) == (status, True), answer.err


@pytest.mark.parametrize("command", ["trace", "check", "coverage"])
def test_a_database_without_tables_asks_to_be_made(bare_terminal: Terminal, command: str) -> None:
    answer = bare_terminal(command)

    assert answer.status == 65
    assert "chưa được tạo" in answer.err


@pytest.mark.parametrize("command", [*READING, "migrate", "demo", "init"])
def test_a_file_that_is_no_database_is_left_as_it_is(
    bare_terminal: Terminal, tmp_path: Path, command: str
) -> None:
    broken = tmp_path / "catalogue.db"
    broken.write_bytes(b"not a database at all " * 400)

    answer = bare_terminal(command)

    assert answer.status == 74
    assert "bị hỏng" in answer.err
    assert broken.read_bytes().startswith(b"not a database")


@pytest.fixture
def locked(installed_terminal: Terminal) -> Iterator[Path]:
    """A new installation whose database somebody else is writing and does not let go."""
    path = installed_terminal.instance / "catalogue.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield path


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize(
    "command",
    [
        ("coverage",),
        ("link", "quantri"),
        ("migrate",),
        ("import", "annex", OFFICE_LIST, "--decision", "2754", "--agency", "VPTU"),
    ],
    ids=lambda command: command[0],
)
def test_a_database_that_stays_locked_asks_to_try_again(
    installed_terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str | Path, ...],
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)

    answer = installed_terminal(*command)

    assert answer.status == 75
    assert "đang bận" in answer.err


def test_a_database_that_may_only_be_read_can_still_be_read(
    installed_terminal: Terminal, tmp_path: Path
) -> None:
    installed_terminal.use(f"sqlite:///file:{tmp_path / 'catalogue.db'}?mode=ro&uri=true")

    assert installed_terminal("coverage").status == 0
    for command in (("link", "quantri"), ("import", "competencies", DICTIONARY)):
        answer = installed_terminal(*command)
        assert (answer.status, "chỉ đọc được" in answer.err) == (74, True), answer.err


@pytest.fixture
def no_room_left() -> Iterator[None]:
    """Let no SQLite database grow by another page, as on a full disk."""

    def limit(connection: DBAPIConnection, record: object) -> None:
        del record
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


def test_a_full_disk_writes_nothing(
    installed_terminal: Terminal, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("no_room_left")

    answer = installed_terminal(
        "import", "annex", OFFICE_LIST, "--decision", "2754", "--agency", "VPTU"
    )

    assert answer.status == 74
    assert "Đĩa đầy" in answer.err
    assert installed_terminal("check", "--json").json[2]["checked"] == 0


def test_a_full_disk_is_said_of_a_word_file_too(bare_terminal: Terminal) -> None:
    written = ("--dry-run", "--write", "/dev/full")
    descriptions = OFFICE_LIST.parents[1] / "descriptions" / OFFICE_LIST.name

    answer = bare_terminal("import", "descriptions", descriptions, *written)

    assert answer.status == 74
    assert "đĩa đầy" in answer.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CATALOGUE_TODAY", "10/4/2024", "không phải là ngày"),
        ("CATALOGUE_PROXIES", "một", "không phải là số nguyên"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)

    answer = bare_terminal("coverage")

    assert answer.status == 65
    assert name in answer.err
    assert sentence in answer.err


def test_half_a_key_signs_nothing(new_terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"short")

    answer = new_terminal("coverage")

    assert answer.status == 65
    assert "không trọn vẹn" in answer.err


def test_a_folder_in_place_of_the_key_is_said(new_terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()

    answer = new_terminal("coverage")

    assert answer.status == 66
    assert "là thư mục" in answer.err


def test_the_key_is_the_installations_own_and_for_nobody_elses_eyes(
    new_terminal: Terminal, tmp_path: Path
) -> None:
    new_terminal("migrate")

    key = tmp_path / "secret_key"
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("imprt",), "Không có lệnh «imprt». Có phải: import?"),
        (("import", "annx"), "Không có lệnh «annx»"),
        (("import", "annex"), "Thiếu FILE."),
        (("hours",), "Thiếu --from."),
        (("hours", "--from"), "Tùy chọn «--from» cần đúng một giá trị."),
        (("serve", "--port", "65536"), "--port: «65536» không phải là số từ 1 đến 65535."),
        (("link", "\udcff"), "không phải Unicode"),
    ],
)
def test_what_is_typed_wrong_is_said_in_vietnamese(
    installed_terminal: Terminal, typed: tuple[str, ...], sentence: str
) -> None:
    answer = installed_terminal(*typed)

    assert (answer.status, answer.out) == (64, "")
    assert sentence in answer.err
