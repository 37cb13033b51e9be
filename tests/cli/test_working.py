"""`catalogue work`: what was asked for is read, refused in words, and survives its worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine, create_engine, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from catalogue.cli import working
from catalogue.domain import annex as annexes
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import Claim, UploadKind
from catalogue.importers import position_annex, reading
from catalogue.models import AnnexRow, Job, Person, sqlite
from catalogue.services import files, jobs
from tests.cli.conftest import HEAD, annex_file
from tests.docx_kit import docx, table
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
PATIENCE = 30
PROGRAM = "from catalogue.app import main; main()"


@pytest.fixture
def engine(terminal: Terminal, tmp_path: Path) -> Iterator[Engine]:
    """The database that the terminal works on."""
    del terminal
    url = os.environ.get("CATALOGUE_DATABASE_URL") or f"sqlite:///{tmp_path / 'catalogue.db'}"
    engine = create_engine(url)
    sqlite.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def ask(engine: Engine) -> Callable[[bytes, str], int]:
    """Ask for a file to be read, as the page does."""

    def ask(content: bytes, name: str) -> int:
        at = datetime.now(UTC)
        with Session(engine) as session, session.begin():
            by = session.scalars(select(Person.id)).first()
            assert by
            file = files.store(session, name, "application/msword", content, by=by, at=at)
            claim = Claim(UploadKind.SIGNED, "2754-QĐ/BTCTW", 1, None, name)
            return jobs.ask(session, file, claim, by=by, at=at).id

    return ask


@contextmanager
def look(engine: Engine, job_id: int) -> Iterator[Job]:
    with Session(engine) as session:
        yield session.get_one(Job, job_id)


def test_a_waiting_file_is_read_and_kept_to_be_looked_at(
    terminal: Terminal, engine: Engine, ask: Callable[[bytes, str], int], tmp_path: Path
) -> None:
    content = annex_file(tmp_path / "a.docx", "Văn thư", "Lưu trữ").read_bytes()
    job_id = ask(content, "phụ lục.docx")

    answer = terminal("work", "--once")

    assert (answer.status, answer.err) == (0, "")
    assert answer.out == "phụ lục.docx: đọc được 2 dòng, chờ người xem lại.\n"
    with look(engine, job_id) as job:
        assert (job.state, job.done, job.total) == (JobState.READY, 2, 2)
        assert annexes.from_json(job.found or {}) == position_annex.read(content, "phụ lục.docx")
    assert terminal("work", "--once").out == ""


def test_a_file_that_cannot_be_read_ends_with_the_sentence_and_the_next_is_read(
    terminal: Terminal, engine: Engine, ask: Callable[[bytes, str], int], tmp_path: Path
) -> None:
    broken = ask(b"PK\x03\x04", "hỏng.docx")
    sound = ask(annex_file(tmp_path / "a.docx", "Văn thư").read_bytes(), "lành.docx")

    assert terminal("work", "--once").status == 0

    with look(engine, broken) as job:
        assert job.state is JobState.FAILED
        assert "«hỏng.docx» bị hỏng" in (job.refusal or "")
    with look(engine, sound) as job:
        assert job.state is JobState.READY


def test_our_own_fault_ends_one_job_under_a_number_that_the_log_names(
    terminal: Terminal,
    engine: Engine,
    ask: Callable[[bytes, str], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job_id = ask(docx("a"), "a.docx")
    monkeypatch.setattr(reading.Reader, "annex", Mock(side_effect=RuntimeError("a bug")))

    answer = terminal("work", "--once")

    with look(engine, job_id) as job:
        refusal = job.refusal or ""
    assert "số sự cố" in refusal
    assert refusal.rpartition(" ")[2].rstrip(".") in answer.err
    assert "a bug" in answer.err
    assert "a bug" not in refusal


def test_a_job_discarded_while_it_is_read_keeps_nothing(
    terminal: Terminal,
    engine: Engine,
    ask: Callable[[bytes, str], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job_id = ask(docx("a"), "a.docx")

    def read(*_: object) -> annexes.Annex:
        with Session(engine) as session, session.begin():
            by = session.get_one(Job, job_id).asked_by_id
            jobs.discard(session, job_id, by=by, at=datetime.now(UTC))
        return annexes.Annex(())

    monkeypatch.setattr(reading.Reader, "annex", read)

    assert "không còn" in terminal("work", "--once").out
    with look(engine, job_id) as job:
        assert (job.state, job.found) == (JobState.DISCARDED, None)


@pytest.mark.proof
def test_a_worker_killed_half_way_leaves_its_job_to_the_next_and_nothing_half_written(
    terminal: Terminal, engine: Engine, ask: Callable[[bytes, str], int]
) -> None:
    rows = [(str(no), f"Vị trí số {no}", "Chuyên viên", "", "1") for no in range(1, 3001)]
    job_id = ask(docx(table(HEAD, *rows)), "dài.docx")
    command = [sys.executable, "-c", PROGRAM, "work"]
    with subprocess.Popen(command, cwd=ROOT) as worker:
        wait_until(lambda: state_of(engine, job_id) is JobState.RUNNING)
        worker.send_signal(signal.SIGKILL)

    with look(engine, job_id) as job:
        assert (job.state, job.found) == (JobState.RUNNING, None)
    assert terminal("work", "--once").out == ""  # its worker may still be alive
    let_a_minute_pass(engine)
    assert "đọc được 3000 dòng" in terminal("work", "--once").out
    with Session(engine) as session:
        assert session.scalars(select(func.count(AnnexRow.id))).one() == 0


@pytest.mark.proof
def test_a_worker_beside_a_server_ends_when_the_server_is_killed(bare_terminal: Terminal) -> None:
    bare_terminal("init")
    program = (
        "import time; from catalogue.cli.working import start_beside; "
        "print(start_beside().pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        worker = int(server.stdout.readline())
        server.send_signal(signal.SIGKILL)

    wait_until(lambda: not runs(worker))


def test_a_database_that_is_away_for_a_moment_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = OperationalError("SELECT 1", None, Exception("database is locked"))
    monkeypatch.setattr(working, "_work_on_next", Mock(side_effect=away))

    assert working._work_unless_busy(Mock(), Mock()) is False
    assert "database is locked" in capsys.readouterr().err


def state_of(engine: Engine, job_id: int) -> JobState:
    with look(engine, job_id) as job:
        return job.state


def let_a_minute_pass(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.execute(update(Job).values(heard_at=datetime(2024, 4, 10, tzinfo=UTC)))


def runs(pid: int) -> bool:
    """A process that ended and that nobody waited for has no command line any more."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except FileNotFoundError:
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)
