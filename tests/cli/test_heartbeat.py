"""A worker's heart: it speaks while the reading is silent, and stops the reading of a lost job."""

import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.cli import heartbeat
from catalogue.cli.heartbeat import Heartbeat
from catalogue.domain.upload import Claim, UploadKind
from catalogue.models import Job
from catalogue.services import files, jobs
from catalogue.services.jobs import JobLost
from tests.making import make_person

TAKEN_AT = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)
SOON = 10.0


@pytest.fixture
def job_id(session: Session) -> int:
    by = make_person(session, "Nguyễn Cán Bộ").id
    file = files.store(session, "a.docx", "x", b"a", by=by, at=TAKEN_AT)
    claim = Claim(UploadKind.SIGNED, "2754-QĐ/BTCTW", 1, None, "a.docx")
    job = jobs.ask(session, file, claim, by=by, at=TAKEN_AT)
    jobs.take(session, at=TAKEN_AT)
    job_id = job.id
    session.commit()
    return job_id


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_EVERY_SECONDS", 0.02)


def heard(engine: Engine, job_id: int) -> Job:
    with Session(engine) as session:
        return session.get_one(Job, job_id)


def test_it_speaks_though_the_reading_says_nothing(engine: Engine, job_id: int) -> None:
    with Heartbeat(engine, job_id, TAKEN_AT) as heart:
        until = time.monotonic() + SOON
        while heart.last == TAKEN_AT and time.monotonic() < until:
            time.sleep(0.01)

    job = heard(engine, job_id)
    assert job.heard_at == heart.last > TAKEN_AT
    assert (job.step, job.total) == ("Đang mở tệp", None)


def test_it_tells_the_rows_read_and_how_many_they_may_become(engine: Engine, job_id: int) -> None:
    with Heartbeat(engine, job_id, TAKEN_AT) as heart:
        heart.reach(250, 1000, 40)
        until = time.monotonic() + SOON
        while heard(engine, job_id).total is None and time.monotonic() < until:
            time.sleep(0.01)

    job = heard(engine, job_id)
    assert (job.done, job.total) == (40, 160)


def test_a_lost_job_stops_its_reading(engine: Engine, session: Session, job_id: int) -> None:
    by = session.get_one(Job, job_id).asked_by_id
    jobs.discard(session, job_id, by=by, at=TAKEN_AT)
    session.commit()

    def read(heart: Heartbeat) -> None:
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            heart.reach(1, 2, 3)
            time.sleep(0.01)

    with Heartbeat(engine, job_id, TAKEN_AT) as heart, pytest.raises(JobLost):
        read(heart)
