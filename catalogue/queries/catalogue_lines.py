"""The catalogue on a day as lines that can be laid beside those of another day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from catalogue.domain.issuer import provincial_committee
from catalogue.domain.papers import Comparison, Line
from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, UNVERIFIED, PositionGroup, SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Position,
    PositionVersion,
    SourceDocument,
)
from catalogue.queries.listings import UNGROUPED
from catalogue.queries.visible import visible

WHOLE = "Các cơ quan, đơn vị"
_GROUPS = {group: place for place, group in enumerate((*PositionGroup, None))}


def comparison(
    session: Session, former_day: date, latter_day: date, agency: Agency | None, viewer: Viewer
) -> Comparison:
    """Compare two days' catalogues of one agency, or of all."""
    former, latter = (lines(session, day, agency, viewer) for day in (former_day, latter_day))
    unverified = any(UNVERIFIED in cell for line in (*former, *latter) for cell in line.cells)
    return Comparison(
        letterhead=provincial_committee(viewer.on),
        title=agency.name if agency else WHOLE,
        former_day=former_day,
        latter_day=latter_day,
        former=former,
        latter=latter,
        marks=(UNVERIFIED,) if unverified else (),
    )


def lines(session: Session, day: date, agency: Agency | None, viewer: Viewer) -> tuple[Line, ...]:
    """List what was in force that day, each agency and group under its heading."""
    query = _positions(day).where(visible(PositionVersion, viewer))
    if agency is not None:
        query = query.where(Agency.id == agency.id)
    rows = session.execute(query).all()
    return tuple(_with_headings(sorted(rows, key=lambda row: (row.agency_id, _GROUPS[row.group]))))


def _positions(day: date) -> Select[Any]:
    return (
        select(
            Agency.id.label("agency_id"),
            Agency.name.label("agency"),
            PositionVersion.position_id,
            PositionVersion.group,
            PositionVersion.name,
            PositionVersion.rank,
            PositionVersion.code,
            AnnexRow.headcount,
            SourceDocument.number,
            SourceDocument.state,
            AnnexRow.table_no,
            AnnexRow.row_no,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day))
        .order_by(AnnexRow.annex_file_id, AnnexRow.table_no, AnnexRow.row_no, PositionVersion.id)
    )


def _with_headings(rows: list[Row[Any]]) -> Iterator[Line]:
    said: set[tuple[str, ...]] = set()
    for row in rows:
        agency = (str(row.agency_id),)
        group = (*agency, row.group.value if row.group else "")
        headings = (agency, row.agency), (group, row.group.label if row.group else UNGROUPED)
        for key, heading in headings:
            if key not in said:
                said.add(key)
                yield Line(key, (heading,))
        yield Line((*group, str(row.position_id)), _cells(row))


def _cells(row: Row[Any]) -> tuple[str, ...]:
    origin = f"{row.number}, bảng {row.table_no}, dòng {row.row_no}"
    mark = "" if row.state is SourceState.VERIFIED else f"\n{UNVERIFIED}"
    headcount = "" if row.headcount is None else str(row.headcount)
    return row.name, row.rank or "", row.code or "", headcount, origin + mark
