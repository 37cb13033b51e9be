"""The catalogue on any day, with the provenance of every row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from catalogue.domain.as_of import CatalogueRow, Origin, Place
from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, PositionGroup
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Position,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
)
from catalogue.queries.visible import visible

_GROUPS: list[PositionGroup | None] = [*PositionGroup, None]
_PLACE = (
    AnnexRow.id,
    SourceDocument.id,
    SourceDocument.number,
    SourceDocument.state,
    AnnexFile.file_name,
    AnnexFile.sha256,
    AnnexRow.table_no,
    AnnexRow.row_no,
    AnnexRow.raw,
)


def rows(
    session: Session, day: date, viewer: Viewer, *, agency_id: int | None = None
) -> list[CatalogueRow]:
    """List the positions in force on the day: by agency, by group, as their annex prints them."""
    query = (
        select(
            PositionVersion.position_id,
            PositionVersion.id,
            PositionVersion.number,
            PositionVersion.name,
            PositionVersion.code,
            PositionVersion.group,
            PositionVersion.rank,
            AnnexRow.headcount,
            PositionVersion.state,
            PositionVersion.valid_from,
            PositionVersion.valid_to,
            Agency.name,
            *_PLACE,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.id.in_(_in_force(day, viewer, agency_id)))
        .order_by(Agency.id, AnnexRow.annex_file_id, AnnexRow.table_no, AnnexRow.row_no)
    )
    found = [CatalogueRow._make((*row[:12], _place(row[12:]))) for row in session.execute(query)]
    agencies = list(dict.fromkeys(row.agency for row in found))
    return sorted(found, key=lambda row: (agencies.index(row.agency), _GROUPS.index(row.group)))


def origins(
    session: Session, day: date, viewer: Viewer, *, agency_id: int | None = None
) -> dict[int, list[Origin]]:
    """Give, by version in force on the day, every row that it rests on."""
    query = (
        select(PositionOrigin.position_version_id, PositionOrigin.kind, *_PLACE)
        .join(AnnexRow, AnnexRow.id == PositionOrigin.annex_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionOrigin.position_version_id.in_(_in_force(day, viewer, agency_id)))
        .order_by(PositionOrigin.position_version_id, AnnexRow.id)
    )
    found: dict[int, list[Origin]] = {}
    for version_id, kind, *place in session.execute(query):
        found.setdefault(version_id, []).append(Origin(kind, _place(place)))
    return found


def _in_force(day: date, viewer: Viewer, agency_id: int | None) -> Select[tuple[int]]:
    held = and_(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day))
    query = select(PositionVersion.id).where(visible(PositionVersion, viewer), held)
    if agency_id is not None:
        of_agency = select(Position.id).where(Position.agency_id == agency_id)
        query = query.where(PositionVersion.position_id.in_(of_agency))
    return query


def _place(columns: Sequence[Any]) -> Place:
    *known, raw = columns
    return Place._make((*known, tuple(str(cell) for cell in raw)))
