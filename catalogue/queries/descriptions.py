"""Stored job descriptions, read back as pages show them and as Word prints them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    Description,
    Position,
    PositionVersion,
    Unit,
)
from catalogue.queries.description_records import as_printed, record_of
from catalogue.queries.duties import StoredDuty, duties_of, going_on
from catalogue.queries.requirements import StoredRequirement, requirements_of
from catalogue.queries.visible import visible


class Version(NamedTuple):
    """One version of a position's description, as a list names it."""

    description_id: int
    number: int
    state: VersionState
    valid_from: date
    valid_to: date | None
    unit_id: int | None
    unit: str | None
    file_name: str

    def holds_on(self, day: date) -> bool:
        ended = self.valid_to is not None and self.valid_to < day
        return self.state in IN_FORCE and self.valid_from <= day and not ended


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


def in_force(found: Sequence[Version], day: date, units: Collection[int]) -> Version | None:
    """Choose the version of the day: one of these units' own before the one for every unit."""
    holding = [version for version in found if version.holds_on(day)]
    own = [version for version in holding if version.unit_id in units]
    general = [version for version in holding if version.unit_id is None]
    return next(iter(own + general), None)


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
    duties = duties_of(session, [stored.id]).get(stored.id, ())
    requirements = requirements_of(session, stored.id, viewer.on)
    return StoredDescription(
        version=Version(*row[1:]),
        position_id=stored.position_id,
        position_version_id=stored.position_version_id,
        file_sha256=stored.file_sha256,
        record=record_of(stored, duties, [each.asked for each in requirements]),
        duties=duties,
        requirements=requirements,
    )


def to_go_on_from(described: StoredDescription) -> records.Description:
    """Give the record with each task going on from itself, for a draft to begin with."""
    return going_on(described.record, described.duties)


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
    return list(as_printed(session, session.scalars(query).all()).values())


_VERSION = (
    Description.id,
    Description.number,
    Description.state,
    Description.valid_from,
    Description.valid_to,
    Description.unit_id,
    Unit.name,
    Description.file_name,
)
