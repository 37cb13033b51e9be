"""Uploads of job descriptions as pages show them: who sent which file, and what was read of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from catalogue.domain import received as uploads
from catalogue.domain.received import Received
from catalogue.domain.reviewing import JobKind, JobState
from catalogue.domain.roles import Viewer
from catalogue.domain.upload import DescriptionClaim
from catalogue.models import Agency, Job, Person, StoredFile, Unit
from catalogue.queries.visible import visible


class SentFile(NamedTuple):
    """One upload of the list; `done` is how many descriptions were read once it is ready."""

    job_id: int
    state: JobState
    file_name: str
    unit: str | None
    done: int
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class UploadPage:
    """One upload with what its page prints; what was read is asked for apart."""

    job_id: int
    state: JobState
    claim: DescriptionClaim
    unit: str | None
    agency: str | None
    step: str
    done: int
    total: int | None
    refusal: str | None
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None

    @property
    def under_way(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


def count(session: Session, viewer: Viewer) -> int:
    return session.scalars(select(func.count(Job.id)).where(_own(viewer))).one()


def listed(session: Session, viewer: Viewer, *, offset: int, limit: int) -> Sequence[SentFile]:
    """List the uploads that the person may see, the latest first."""
    query = (
        select(
            Job.id,
            Job.state,
            Job.given["file_name"].as_string(),
            Unit.name,
            Job.done,
            Person.name,
            Job.asked_at,
        )
        .join(Person, Person.id == Job.asked_by_id)
        .outerjoin(Unit, Unit.id == _given("unit_id"))
        .where(_own(viewer))
        .order_by(Job.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [SentFile(*row) for row in session.execute(query)]


def page(session: Session, job_id: int, viewer: Viewer) -> UploadPage | None:
    """Find one upload that the person may see."""
    query = (
        select(
            Job.state,
            Job.given,
            Unit.name.label("unit"),
            Agency.name.label("agency"),
            Job.step,
            Job.done,
            Job.total,
            Job.refusal,
            Person.name.label("asked_by"),
            Job.asked_at,
            Job.ended_at,
        )
        .join(Person, Person.id == Job.asked_by_id)
        .outerjoin(Unit, Unit.id == _given("unit_id"))
        .outerjoin(Agency, Agency.id == _given("agency_id"))
        .where(Job.id == job_id, _own(viewer))
    )
    row = session.execute(query).mappings().first()
    if row is None:
        return None
    facts: dict[str, Any] = dict(row)
    claim = DescriptionClaim.from_json(facts.pop("given"))
    return UploadPage(job_id=job_id, claim=claim, **facts)


def found(session: Session, job_id: int) -> tuple[Received, dict[int, int]]:
    """Give what was read, and the draft that each description written so far went to."""
    plain: dict[str, Any] = session.scalars(select(Job.found).where(Job.id == job_id)).one() or {}
    return uploads.from_json(plain), written(plain)


def written(plain: dict[str, Any]) -> dict[int, int]:
    """Read from what a job found which description went to which draft."""
    return {int(number): draft for number, draft in plain.get("written", {}).items()}


def written_before(
    session: Session, sha256: str, claim: DescriptionClaim, viewer: Viewer
) -> int | None:
    """Find the upload by which the same bytes went to the same unit's drafts."""
    query = (
        select(Job.id)
        .join(StoredFile, StoredFile.id == Job.file_id)
        .where(_own(viewer), StoredFile.sha256 == sha256, Job.state == JobState.DONE)
        .where(_given("unit_id").is_not_distinct_from(claim.unit_id))
        .order_by(Job.id.desc())
    )
    return session.scalars(query).first()


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Job.kind == JobKind.READ_DESCRIPTIONS, visible(Job, viewer))


def _given(name: str) -> ColumnElement[int]:
    column: ColumnElement[int] = Job.given[name].as_integer()
    return column
