"""Stored job descriptions, read back as pages show them and as Word prints them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import Description, Position, PositionVersion, Unit
from catalogue.queries.requirements import StoredRequirement, requirements_of
from catalogue.queries.stored_duties import StoredDuty, duties_of
from catalogue.queries.visible import visible


class Version(NamedTuple):
    """One version of a position's description, as a list names it."""

    description_id: int
    number: int
    state: VersionState
    valid_from: date
    valid_to: date | None
    unit: str | None
    file_name: str


@dataclass(frozen=True, slots=True)
class StoredDescription:
    """One version with all that it says."""

    version: Version
    position_id: int
    position_version_id: int
    file_sha256: str
    record: records.Description
    duties: tuple[StoredDuty, ...]
    requirements: tuple[StoredRequirement, ...]


def versions(session: Session, position_id: int, viewer: Viewer) -> Sequence[Version]:
    """List the versions of a position's description, the newest first."""
    query = (
        select(*_VERSION)
        .outerjoin(Unit, Unit.id == Description.unit_id)
        .where(Description.position_id == position_id, visible(Description, viewer))
        .order_by(Description.number.desc(), Description.id.desc())
    )
    return [Version(*row) for row in session.execute(query)]


def in_force(found: Sequence[Version], day: date) -> Version | None:
    """Choose the version that holds for every unit on the day."""
    for version in found:
        ended = version.valid_to is not None and version.valid_to < day
        if version.state in IN_FORCE and version.valid_from <= day and not ended:
            return version
    return None


def read(session: Session, description_id: int, viewer: Viewer) -> StoredDescription | None:
    """Read one version whole; None where there is none or it may not be seen."""
    query = (
        select(Description, *_VERSION)
        .outerjoin(Unit, Unit.id == Description.unit_id)
        .where(Description.id == description_id, visible(Description, viewer))
    )
    row = session.execute(query).first()
    if row is None:
        return None
    stored: Description = row[0]
    record, duties, requirements = _whole(session, stored, viewer.on)
    return StoredDescription(
        version=Version(*row[1:]),
        position_id=stored.position_id,
        position_version_id=stored.position_version_id,
        file_sha256=stored.file_sha256,
        record=record,
        duties=duties,
        requirements=requirements,
    )


def to_go_on_from(described: StoredDescription) -> records.Description:
    """Give the record with each task going on from itself, for a draft to begin with."""
    return going_on(described.record, described.duties)


def going_on(record: records.Description, stored: Sequence[StoredDuty]) -> records.Description:
    """Let each task of a record go on from the one that is stored."""
    duties = [
        replace(
            each.duty,
            tasks=tuple(
                replace(task, goes_on_from=(kept.task_id,))
                for task, kept in zip(each.duty.tasks, each.tasks, strict=False)
            ),
            goes_on_from=() if each.named else (each.tasks[0].task_id,),
        )
        for each in stored
    ]
    return replace(record, duties=tuple(duties))


def of_agency(session: Session, agency_id: int, day: date) -> list[records.Description]:
    """Give the descriptions in force for an agency's positions, in the order of its list."""
    query = (
        select(Description)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(Position, Position.id == Description.position_id)
        .where(Position.agency_id == agency_id, Description.unit_id.is_(None))
        .where(Description.state.in_(IN_FORCE), Description.holds_on(day))
        .order_by(PositionVersion.wording_row_id)
    )
    return [_whole(session, stored, day)[0] for stored in session.scalars(query)]


_VERSION = (
    Description.id,
    Description.number,
    Description.state,
    Description.valid_from,
    Description.valid_to,
    Unit.name,
    Description.file_name,
)


def _whole(
    session: Session, stored: Description, day: date
) -> tuple[records.Description, tuple[StoredDuty, ...], tuple[StoredRequirement, ...]]:
    duties = duties_of(session, [stored.id]).get(stored.id, ())
    requirements = requirements_of(session, stored.id, day)
    asked = [each.asked for each in requirements]
    return record_of(stored, duties, asked), duties, requirements


def record_of(
    stored: Description,
    duties: Sequence[StoredDuty],
    requirements: Sequence[records.Requirement],
) -> records.Description:
    """Put the record together again from the rows that keep it."""
    outside = tuple(records.OutsideRelation(**each) for each in stored.relations["outside"])
    inside = {side: tuple(who) for side, who in stored.relations.items() if side != "outside"}
    return records.Description(
        name=stored.name,
        code=stored.code,
        purpose=stored.purpose,
        starts=stored.starts,
        workplace=stored.workplace,
        procedures=stored.procedures,
        particulars=stored.particulars,
        duties=tuple(each.duty for each in duties),
        relations=records.Relations(**inside, outside=outside),
        authority=tuple(records.Authority(**each) for each in stored.authority),
        qualifications={label: tuple(texts) for label, texts in stored.qualifications.items()},
        competencies=tuple(requirements),
        marks=tuple(stored.marks),
        preface=tuple(stored.preface),
    )
