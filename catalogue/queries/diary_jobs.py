"""Uploads of diaries as pages show them: who sent which file, what was read, what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from catalogue.domain import diary_sheet
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.reviewing import JobKind, JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import DiaryClaim
from catalogue.models import Job, Person, Unit
from catalogue.queries.visible import visible


class SentFile(NamedTuple):
    """One upload of the list; once it is ready, `done` is how many rows were read.

    `step` is what then has to come before it can be written.
    """

    job_id: int
    state: JobState
    step: str
    file_name: str
    done: int
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class DiaryJob:
    """One upload with what its page prints; what was read is asked for apart."""

    job_id: int
    state: JobState
    claim: DiaryClaim
    unit: str | None
    step: str
    done: int
    total: int | None
    refusal: str | None
    asked_by_id: int
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
            Job.step,
            Job.given["file_name"].as_string(),
            Job.done,
            Person.name,
            Job.asked_at,
        )
        .join(Person, Person.id == Job.asked_by_id)
        .where(_own(viewer))
        .order_by(Job.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [SentFile(*row) for row in session.execute(query)]


def page(session: Session, job_id: int, viewer: Viewer) -> DiaryJob | None:
    """Find one upload that the person may see."""
    query = (
        select(
            Job.state,
            Job.given,
            Unit.name.label("unit"),
            Job.step,
            Job.done,
            Job.total,
            Job.refusal,
            Job.asked_by_id,
            Person.name.label("asked_by"),
            Job.asked_at,
            Job.ended_at,
        )
        .join(Person, Person.id == Job.asked_by_id)
        .outerjoin(Unit, Unit.id == Job.given["unit_id"].as_integer())
        .where(Job.id == job_id, _own(viewer))
    )
    row = session.execute(query).mappings().first()
    if row is None:
        return None
    facts: dict[str, Any] = dict(row)
    claim = DiaryClaim.from_json(facts.pop("given"))
    return DiaryJob(job_id=job_id, claim=claim, **facts)


def found(session: Session, job_id: int) -> tuple[Sequence[SheetFile], list[dict[str, Any]]]:
    """Give what was read, and by file what was written of it."""
    plain: dict[str, Any] = session.scalars(select(Job.found).where(Job.id == job_id)).one() or {}
    return diary_sheet.from_json(plain), plain.get("report", [])


def units(session: Session, viewer: Viewer) -> Sequence[tuple[int, str]]:
    """List the units whose diaries the person may bring in, by name."""
    if not viewer.may(Permission.IMPORT_DIARIES):
        return []
    query = select(Unit.id, Unit.name).where(Unit.holds_on(viewer.on)).order_by(Unit.name_folded)
    reached = viewer.units(Permission.IMPORT_DIARIES)
    if reached is not None:
        query = query.where(Unit.id.in_(reached))
    return [(unit_id, name) for unit_id, name in session.execute(query)]


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Job.kind == JobKind.READ_DIARIES, visible(Job, viewer))
