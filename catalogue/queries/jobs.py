"""Jobs as pages show them: who asked for which file, how far it is, what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from catalogue.domain import annex as annexes
from catalogue.domain.annex import Annex
from catalogue.domain.reviewing import JobKind, JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import Claim
from catalogue.models import Agency, AnnexFile, Job, Person, StoredFile, Unit
from catalogue.queries.visible import visible

# A worker speaks every second; one that was silent for so long is dead.
SILENCE = timedelta(minutes=1)


class ListedJob(NamedTuple):
    """One job of the list; `done` is how many rows were read once it is ready."""

    job_id: int
    state: JobState
    claim: Claim
    done: int
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class JobPage:
    """One job with what its page prints; what was found in the file is asked for apart."""

    job_id: int
    state: JobState
    claim: Claim
    agency: str
    unit: str | None
    step: str
    done: int
    total: int | None
    refusal: str | None
    sha256: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None

    @property
    def under_way(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class EarlierFile(NamedTuple):
    """A file that was written of the same document for the same agency."""

    annex_file_id: int
    document_id: int
    file_name: str
    sha256: str
    read_at: datetime


class OwnUnit(NamedTuple):
    """A unit whose own list may be sent, and the kind of agency that it is."""

    unit_id: int
    agency_id: int
    code: str
    name: str


def count(session: Session, viewer: Viewer) -> int:
    return session.scalars(select(func.count(Job.id)).where(_of_annexes(viewer))).one()


def listed(session: Session, viewer: Viewer, *, offset: int, limit: int) -> list[ListedJob]:
    """List the jobs that the person may see, the latest first."""
    query = (
        select(Job.id, Job.state, Job.given, Job.done, Person.name, Job.asked_at)
        .join(Person, Person.id == Job.asked_by_id)
        .where(_of_annexes(viewer))
        .order_by(Job.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [
        ListedJob(job_id, state, Claim.from_json(given), done, asked_by, asked_at)
        for job_id, state, given, done, asked_by, asked_at in session.execute(query)
    ]


def page(session: Session, job_id: int, viewer: Viewer) -> JobPage | None:
    """Find one job that the person may see."""
    query = (
        select(
            Job.state,
            Job.given,
            Job.step,
            Job.done,
            Job.total,
            Job.refusal,
            StoredFile.sha256,
            Person.name.label("asked_by"),
            Job.asked_at,
            Job.ended_at,
        )
        .join(StoredFile, StoredFile.id == Job.file_id)
        .join(Person, Person.id == Job.asked_by_id)
        .where(Job.id == job_id, _of_annexes(viewer))
    )
    row = session.execute(query).mappings().first()
    if row is None:
        return None
    facts: dict[str, Any] = dict(row)
    claim = Claim.from_json(facts.pop("given"))
    agency, unit = _named(session, claim)
    return JobPage(job_id=job_id, claim=claim, agency=agency, unit=unit, **facts)


def found(session: Session, job_id: int) -> Annex:
    """Give what was read of the file; only for a job that has got so far."""
    return annexes.from_json(session.scalars(select(Job.found).where(Job.id == job_id)).one())


def earlier_files(session: Session, document_id: int, agency_id: int) -> Sequence[EarlierFile]:
    """List the files written of a document for an agency, the latest first."""
    query = (
        select(
            AnnexFile.id,
            AnnexFile.source_document_id,
            AnnexFile.file_name,
            AnnexFile.sha256,
            AnnexFile.read_at,
        )
        .where(AnnexFile.source_document_id == document_id, AnnexFile.agency_id == agency_id)
        .order_by(AnnexFile.id.desc())
    )
    return [EarlierFile(*row) for row in session.execute(query)]


def own_units(session: Session, viewer: Viewer) -> list[OwnUnit]:
    """List the units whose own list the person may send today, by name."""
    units = viewer.units(Permission.IMPORT_ANNEX)
    query = (
        select(Unit.id, Unit.agency_id, Unit.code, Unit.name)
        .where(Unit.agency_id.is_not(None), Unit.holds_on(viewer.on))
        .order_by(Unit.name_folded)
    )
    if units is not None:
        query = query.where(Unit.id.in_(units))
    return [OwnUnit(*row) for row in session.execute(query)]


def ahead_of(session: Session, job_id: int) -> int:
    """Count the jobs that come before this one."""
    before = select(func.count(Job.id)).where(
        Job.id < job_id, Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    )
    return session.scalars(before).one()


def waiting(at: datetime) -> ColumnElement[bool]:
    """Give the condition of a job that a worker may take: queued, or left by one that died."""
    left = and_(Job.state == JobState.RUNNING, Job.heard_at < at - SILENCE)
    return or_(Job.state == JobState.QUEUED, left)


def any_waits(session: Session, at: datetime) -> bool:
    return session.scalar(select(Job.id).where(waiting(at)).limit(1)) is not None


def _of_annexes(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Job.kind == JobKind.READ_ANNEX, visible(Job, viewer))


def _named(session: Session, claim: Claim) -> tuple[str, str | None]:
    unit = select(Unit.name).where(Unit.id == claim.unit_id).scalar_subquery()
    query = select(Agency.name, unit).where(Agency.id == claim.agency_id)
    name, of_unit = session.execute(query).one()
    return name, of_unit
