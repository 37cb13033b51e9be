"""A job's life: one worker at a time, taken again when it dies, never half-way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import Claim, UploadKind
from catalogue.models import AuditEntry, Job, Person
from catalogue.queries import jobs as job_rows
from catalogue.services import files, jobs
from catalogue.services.jobs import JobLost
from tests.making import AT, make_person

SECOND = timedelta(seconds=1)
FOUND: dict[str, Any] = {"rows": [{}, {}], "printed_totals": {}, "problems": []}
CLAIM = Claim(UploadKind.SIGNED, "2754-QĐ/BTCTW", 1, None, "a.docx")


@pytest.fixture
def officer(session: Session) -> Person:
    return make_person(session, "Nguyễn Cán Bộ")


def ask(session: Session, officer: Person, content: bytes = b"a", claim: Claim = CLAIM) -> Job:
    file = files.store(session, "a.docx", "application/msword", content, by=officer.id, at=AT)
    return jobs.ask(session, file, claim, by=officer.id, at=AT)


def taken(session: Session, officer: Person) -> Job:
    job = ask(session, officer)
    assert jobs.take(session, at=AT) is job
    return job


@contextmanager
def another(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def test_asking_twice_for_the_same_is_once(session: Session, officer: Person) -> None:
    first = ask(session, officer)
    other_claim = Claim(UploadKind.SIGNED, "2755-QĐ/BTCTW", 1, None, "a.docx")

    assert ask(session, officer) is first
    assert ask(session, officer, b"b") is not first
    assert ask(session, officer, claim=other_claim) is not first
    assert ask(session, make_person(session, "Người khác")) is not first


def test_what_ended_can_be_asked_for_again(session: Session, officer: Person) -> None:
    first = ask(session, officer)
    jobs.discard(session, first.id, by=officer.id, at=AT)

    assert ask(session, officer) is not first


def test_a_file_is_emptied_only_once_no_other_job_has_to_read_it(
    session: Session, officer: Person
) -> None:
    first, second = ask(session, officer), ask(session, make_person(session, "Người khác"))
    first.state = JobState.READY

    jobs.empty_file(session, first.id)
    assert not files.is_emptied(session, first.file_id)
    second.state = JobState.READY
    jobs.empty_file(session, second.id)
    assert files.is_emptied(session, first.file_id)


def test_jobs_are_taken_in_their_order_and_each_once(session: Session, officer: Person) -> None:
    first, second = ask(session, officer, b"a"), ask(session, officer, b"b")

    assert [jobs.take(session, at=AT) for _ in range(3)] == [first, second, None]
    assert (first.state, first.heard_at) == (JobState.RUNNING, AT)


def test_two_workers_at_once_never_take_the_same_job(engine: Engine, officer: Person) -> None:
    session = Session.object_session(officer)
    assert session
    wanted = {ask(session, officer, bytes([number])).id for number in range(12)}
    session.commit()

    def work(_: int) -> list[int]:
        mine: list[int] = []
        while True:
            with another(engine) as own, own.begin():
                job = jobs.take(own, at=AT)
                if job is None:
                    return mine
                mine.append(job.id)

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, range(4)))

    assert sorted(job for share in shares for job in share) == sorted(wanted)


# SQLite has one writer at a time: there the second waits for the first's commit.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_job_being_taken_does_not_keep_the_next_worker_waiting(
    engine: Engine, session: Session, officer: Person
) -> None:
    first, second = ask(session, officer, b"a").id, ask(session, officer, b"b").id
    session.commit()
    with another(engine) as one, another(engine) as other:
        took = [jobs.take(each, at=AT) for each in (one, other)]

        assert [job and job.id for job in took] == [first, second]


def test_a_worker_silent_for_more_than_a_minute_loses_its_job(
    session: Session, officer: Person
) -> None:
    job = taken(session, officer)
    later = AT + job_rows.SILENCE

    assert not job_rows.any_waits(session, later)
    assert jobs.take(session, at=later) is None
    assert job_rows.any_waits(session, later + SECOND)
    assert jobs.take(session, at=later + SECOND) is job


def test_a_worker_that_speaks_keeps_its_job(session: Session, officer: Person) -> None:
    job, half = taken(session, officer), AT + job_rows.SILENCE / 2
    jobs.hear(session, job.id, ("Đang đọc các bảng", 30, 100), last=AT, at=half)

    assert jobs.take(session, at=AT + job_rows.SILENCE + SECOND) is None
    session.refresh(job)
    assert (job.step, job.done, job.total) == ("Đang đọc các bảng", 30, 100)


def test_a_job_taken_again_no_longer_listens_to_its_first_worker(
    session: Session, officer: Person
) -> None:
    job, later = taken(session, officer), AT + 2 * job_rows.SILENCE
    jobs.take(session, at=later)

    speeches: tuple[Callable[[], None], ...] = (
        lambda: jobs.hear(session, job.id, ("", 1, 2), last=AT, at=later),
        lambda: jobs.ready(session, job.id, FOUND, last=AT, at=later),
        lambda: jobs.fail(session, job.id, "hỏng", last=AT, at=later),
    )
    for speak in speeches:
        with pytest.raises(JobLost):
            speak()
    session.refresh(job)
    assert (job.state, job.found, job.heard_at) == (JobState.RUNNING, None, later)


def test_what_was_read_is_kept_for_a_person_to_look_at(session: Session, officer: Person) -> None:
    job = taken(session, officer)
    jobs.ready(session, job.id, FOUND, last=AT, at=AT + SECOND)

    session.refresh(job)
    assert (job.state, job.found, job.done, job.ended_at) == (JobState.READY, FOUND, 2, None)
    assert jobs.take(session, at=AT + timedelta(days=1)) is None


def test_a_refusal_ends_the_job_with_its_sentence(session: Session, officer: Person) -> None:
    job = taken(session, officer)
    jobs.fail(session, job.id, "Tệp «a.docx» bị hỏng. " * 200, last=AT, at=AT)

    session.refresh(job)
    assert job.state is JobState.FAILED
    assert (job.refusal or "")[:22] == "Tệp «a.docx» bị hỏng. "
    assert job.ended_at == AT


def discarded_at(session: Session, job: Job, officer: Person) -> datetime | None:
    jobs.discard(session, job.id, by=officer.id, at=AT + SECOND)
    session.flush()
    return job.ended_at


def test_a_discarded_job_is_lost_to_its_worker(session: Session, officer: Person) -> None:
    job = taken(session, officer)

    assert discarded_at(session, job, officer) == AT + SECOND
    with pytest.raises(JobLost):
        jobs.ready(session, job.id, FOUND, last=AT, at=AT + SECOND)


def test_what_ended_cannot_be_discarded(session: Session, officer: Person) -> None:
    job = taken(session, officer)
    jobs.fail(session, job.id, "hỏng", last=AT, at=AT)
    session.refresh(job)

    with pytest.raises(Conflict, match="không đọc được"):
        jobs.discard(session, job.id, by=officer.id, at=AT)
    with pytest.raises(NotFound):
        jobs.discard(session, job.id + 1, by=officer.id, at=AT)


def test_asking_and_discarding_are_written_down(session: Session, officer: Person) -> None:
    discarded_at(session, ask(session, officer), officer)

    entries = session.execute(select(AuditEntry.action, AuditEntry.actor_id)).all()
    assert [tuple(entry) for entry in entries] == [
        ("job.asked", officer.id),
        ("job.discarded", officer.id),
    ]
