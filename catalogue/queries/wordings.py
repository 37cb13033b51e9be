"""One position: its wordings through time, and the rows that each rests on."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, OriginKind, PositionGroup, SourceState, VersionState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Position,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
)
from catalogue.queries import issued
from catalogue.queries.visible import visible


class Origin(NamedTuple):
    """One row of an annex that a version rests on; `prints` marks the row that words it.

    `unconfirmed` says that its document was issued urgently and awaits another person.
    """

    annex_row_id: int
    kind: OriginKind
    table: int
    row: int
    file_name: str
    document_id: int
    document: str
    document_state: SourceState
    prints: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a position."""

    origins: tuple[Origin, ...]
    version_id: int
    number: int
    name: str
    code: str | None
    group: PositionGroup | None
    rank: str | None
    state: VersionState
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        ended = self.valid_to is not None and self.valid_to < day
        return self.state in IN_FORCE and self.valid_from <= day and not ended

    @property
    def source_state(self) -> SourceState:
        return next(origin.document_state for origin in self.origins if origin.prints)


@dataclass(frozen=True, slots=True)
class PositionPage:
    """A position with the version that holds, or the latest, first."""

    position_id: int
    agency_id: int
    agency: str
    current: Wording
    wordings: tuple[Wording, ...]


def page(session: Session, position_id: int, viewer: Viewer) -> PositionPage | None:
    """Find a position with all its versions, the newest first."""
    rows = session.execute(
        select(
            Agency.id.label("agency_id"),
            Agency.name.label("agency"),
            PositionVersion.id.label("version_id"),
            PositionVersion.number,
            PositionVersion.name,
            PositionVersion.code,
            PositionVersion.group,
            PositionVersion.rank,
            PositionVersion.state,
            PositionVersion.valid_from,
            PositionVersion.valid_to,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .where(Position.id == position_id, visible(PositionVersion, viewer))
        .order_by(PositionVersion.number.desc())
    ).all()
    if not rows:
        return None
    origins = _origins(session, position_id)
    wordings = [Wording(tuple(origins.get(row.version_id, ())), *row[2:]) for row in rows]
    holding = (wording for wording in wordings if wording.holds_on(viewer.on))
    return PositionPage(
        position_id,
        rows[0].agency_id,
        rows[0].agency,
        current=next(holding, wordings[0]),
        wordings=tuple(wordings),
    )


def _origins(session: Session, position_id: int) -> dict[int, list[Origin]]:
    rows = session.execute(
        select(
            PositionVersion.id,
            AnnexRow.id,
            PositionOrigin.kind,
            AnnexRow.table_no,
            AnnexRow.row_no,
            AnnexFile.file_name,
            SourceDocument.id,
            SourceDocument.number,
            SourceDocument.state,
            AnnexRow.id == PositionVersion.wording_row_id,
            SourceDocument.id.in_(issued.unconfirmed()),
        )
        .join(PositionOrigin, PositionOrigin.position_version_id == PositionVersion.id)
        .join(AnnexRow, AnnexRow.id == PositionOrigin.annex_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.position_id == position_id)
        .order_by(PositionVersion.number, AnnexRow.id)
    )
    found: dict[int, list[Origin]] = {}
    for version_id, *origin in rows:
        found.setdefault(version_id, []).append(Origin(*origin))
    return found
