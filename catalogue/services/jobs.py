"""The life of a job: asked for, taken by one worker, heard of, ready, then written or discarded."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import AnyClaim, claim_of
from catalogue.models import Job, StoredFile
from catalogue.queries.jobs import waiting
from catalogue.services import auditing, files

_UNREAD = (JobState.QUEUED, JobState.RUNNING)
_OPEN = (*_UNREAD, JobState.READY)


class JobLost(Conflict):
    """The job is no longer this worker's: discarded, or given to another one meanwhile."""

    def __init__(self) -> None:
        super().__init__("Việc này không còn của tiến trình đọc này; kết quả không được giữ.")


def ask(session: Session, file: StoredFile, claim: AnyClaim, *, by: int, at: datetime) -> Job:
    """Ask for a file to be read; asking twice for the same, as a double click does, is once."""
    given = claim.as_json()
    open_jobs = select(Job).where(
        Job.kind == claim.job,
        Job.asked_by_id == by,
        Job.file_id == file.id,
        Job.state.in_(_OPEN),
    )
    for job in session.scalars(open_jobs):
        if job.given == given:
            return job
    job = Job(
        kind=claim.job,
        state=JobState.QUEUED,
        file_id=file.id,
        given=given,
        asked_by_id=by,
        asked_at=at,
    )
    session.add(job)
    session.flush()
    auditing.record(
        session, "job.asked", claim.subject, by=by, at=at, job=job.id, sha256=file.sha256
    )
    return job


def take(session: Session, *, at: datetime) -> Job | None:
    """Take the oldest job that waits, and none that another worker is just taking."""
    query = select(Job).where(waiting(at)).order_by(Job.id).limit(1)
    job = session.scalar(query.with_for_update(skip_locked=True))
    if job is not None:
        job.state, job.heard_at = JobState.RUNNING, at
        job.step, job.done, job.total = "", 0, None
        session.flush()
    return job


def hear(
    session: Session,
    job_id: int,
    progress: tuple[str, int, int | None],
    *,
    last: datetime,
    at: datetime,
) -> None:
    """Note what its worker does and how far it is; `last` is when that worker spoke before."""
    step, done, total = progress
    _change(session, job_id, last, heard_at=at, step=step, done=done, total=total)


def ready(
    session: Session,
    job_id: int,
    found: dict[str, Any],
    *,
    last: datetime,
    at: datetime,
    step: str = "",
) -> None:
    """Keep what was read, for a person to look at before anything is written.

    `step` says what has to come first, where it is more than to look.
    """
    read = len(found["rows"] if "rows" in found else found["descriptions"])
    changes = {"found": found, "step": step, "done": read, "total": read}
    _change(session, job_id, last, state=JobState.READY, heard_at=at, **changes)


def empty_file(session: Session, job_id: int) -> None:
    """Keep no longer what a job has read, unless another has still to read it."""
    file_id = session.scalars(select(Job.file_id).where(Job.id == job_id)).one()
    still_to_read = select(Job.id).where(Job.file_id == file_id, Job.state.in_(_UNREAD)).limit(1)
    if session.scalar(still_to_read) is None:
        files.empty(session, file_id)


def fail(session: Session, job_id: int, refusal: str, *, last: datetime, at: datetime) -> None:
    """End a job of which nothing can come, with the sentence that says why."""
    _change(
        session, job_id, last, state=JobState.FAILED, refusal=refusal[:NAME_CHARACTERS], ended_at=at
    )


def discard(session: Session, job_id: int, *, by: int, at: datetime) -> None:
    """Put aside what was read, or what was still to be read."""
    job = locked(session, job_id)
    if job.state not in _OPEN:
        message = f"Việc này {job.state.label.lower()} rồi nên không bỏ được nữa."
        raise Conflict(message)
    job.state, job.ended_at = JobState.DISCARDED, at
    subject = claim_of(job.kind, job.given).subject
    auditing.record(session, "job.discarded", subject, by=by, at=at, job=job.id)


def locked(session: Session, job_id: int) -> Job:
    """Find a job and hold it until the transaction ends."""
    job = session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return job


def _change(session: Session, job_id: int, last: datetime, **values: object) -> None:
    """Change a job that is still the worker's own: nobody else has spoken for it since."""
    own = (Job.id == job_id, Job.state == JobState.RUNNING, Job.heard_at == last)
    statement = update(Job).where(*own).values(values).returning(Job.id)
    if session.scalar(statement) is None:
        raise JobLost
