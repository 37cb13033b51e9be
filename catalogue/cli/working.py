"""The command that carries out what pages asked for, one job after another."""

import os
import secrets
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.cli.heartbeat import Heartbeat
from catalogue.cli.reading_jobs import READ, Asked, Found
from catalogue.cli.values import WholeNumber
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.reviewing import JobKind
from catalogue.domain.upload import claim_of
from catalogue.extensions import db
from catalogue.importers.reading import Reader
from catalogue.models.sqlite import READ_ONLY
from catalogue.queries import diary_people
from catalogue.queries.jobs import any_waits
from catalogue.services import jobs
from catalogue.services.jobs import JobLost

_IDLE_SECONDS = 1.0
_LARGEST_PID = 2**22
_PROGRAM = "from catalogue.app import main; main()"


@dataclass(frozen=True, slots=True)
class _Taken:
    """A job that is ours, with all that is needed to read its file."""

    job_id: int
    kind: JobKind
    asked: Asked
    at: datetime

    @property
    def name(self) -> str:
        return self.asked.name


@click.command()
@click.option("--once", is_flag=True, help="Làm hết những việc đang chờ rồi dừng.")
@click.option(
    "--beside",
    type=WholeNumber(1, _LARGEST_PID),
    metavar="PID",
    help="Dừng khi tiến trình cha mang số này không còn (máy chủ trang tự thêm).",
)
@click.pass_context
def work(ctx: click.Context, *, once: bool, beside: int | None) -> None:
    """Đọc các tệp đã tải lên (phụ lục, bản mô tả, nhật ký), lần lượt từng tệp."""
    if beside is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and that ends us
    with ctx.obj().app_context(), Reader() as reader:
        if once:
            while _work_on_next(db.engine, reader):
                pass
            return
        while beside in (None, os.getppid()):
            if not _work_unless_busy(db.engine, reader):
                time.sleep(_IDLE_SECONDS)


COMMANDS = (work,)


def start_beside() -> subprocess.Popen[bytes]:
    """Start a worker that ends once this process has, whatever ends it and whatever it becomes."""
    command = [sys.executable, "-c", _PROGRAM, "work", "--beside", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 (our own program, no shell)


def _work_unless_busy(engine: Engine, reader: Reader) -> bool:
    """Carry out one job; a database that is away or locked is asked again, not given up."""
    try:
        return _work_on_next(engine, reader)
    except DBAPIError as error:
        click.echo(f"Cơ sở dữ liệu chưa đáp: {error.orig}", err=True)
        return False


def _work_on_next(engine: Engine, reader: Reader) -> bool:
    """Carry out one job; False where none waits."""
    taken = _take(engine)
    if taken is None:
        return False
    try:
        with Heartbeat(engine, taken.job_id, taken.at) as heart:
            read = _read(reader, taken, heart)
        with Session(engine) as session, session.begin():
            said = _settle(session, taken, read, last=heart.last)
    except JobLost as lost:
        said = str(lost)
    click.echo(f"{taken.name}: {said}")
    return True


def _take(engine: Engine) -> _Taken | None:
    """Take the next job and its bytes; nothing stays locked while the file is read."""
    at = clock.now()
    with Session(engine) as session:
        session.connection(execution_options={READ_ONLY: True})
        if not any_waits(session, at):
            return None
    with Session(engine) as session, session.begin():
        job = jobs.take(session, at=at)
        if job is None:
            return None
        claim = claim_of(job.kind, job.given)
        asked = Asked(job.file.content, claim, diary_people.aliases(session), engine)
        return _Taken(job.id, job.kind, asked, at)


def _read(reader: Reader, taken: _Taken, heart: Heartbeat) -> Found | str:
    """Read the file; its refusal, or our own fault, is answered as a sentence."""
    try:
        return READ[taken.kind](reader, taken.asked, heart)
    except UnreadableFile as refusal:
        return str(refusal)
    except (JobLost, DBAPIError):
        raise  # a database that is away is no fault of the file
    except Exception:  # noqa: BLE001 (one file's fault must not keep the others waiting)
        incident = secrets.token_hex(4)
        click.echo(f"Incident {incident}: {traceback.format_exc()}", err=True)
        return (
            f"Tệp «{taken.name}» làm chương trình gặp lỗi khi đọc. Chưa có dữ liệu nào được ghi. "
            f"Hãy báo người quản trị số sự cố {incident}."
        )


def _settle(session: Session, taken: _Taken, read: Found | str, *, last: datetime) -> str:
    """Write down what came of the job; answers it in a few words."""
    at = clock.now()
    if isinstance(read, str):
        jobs.fail(session, taken.job_id, read, last=last, at=at)
        return read
    jobs.ready(session, taken.job_id, read.plain, last=last, at=at, step=read.step)
    if read.secret:
        jobs.empty_file(session, taken.job_id)
    return read.words
