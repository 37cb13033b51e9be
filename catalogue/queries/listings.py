"""The catalogue of one agency on one day, as its annex prints it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.layout import Letterhead
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.words import IN_FORCE, UNVERIFIED, PositionGroup, SourceState
from catalogue.models import Agency, AnnexFile, AnnexRow, Position, PositionVersion

UNGROUPED = "Chưa xếp nhóm"


def of_agency(session: Session, agency: Agency, day: date, letterhead: Letterhead) -> Listing:
    """List the agency's positions in force that day; whatever is unverified says so in its row."""
    groups: dict[PositionGroup | None, list[ListedPosition]] = defaultdict(list)
    for version in _in_force(session, agency, day):
        groups[version.group].append(_listed(version))
    listed = tuple(
        ListedGroup(group.label if group else UNGROUPED, tuple(groups[group]))
        for group in (*PositionGroup, None)
        if groups[group]
    )
    unverified = any(position.mark for group in listed for position in group.positions)
    return Listing(
        letterhead=letterhead,
        title=f"Danh mục vị trí việc làm {agency.name}",
        groups=listed,
        basis=f"(Tính đến ngày {day:%d/%m/%Y})",
        marks=(UNVERIFIED,) if unverified else (),
    )


def _in_force(session: Session, agency: Agency, day: date) -> Sequence[PositionVersion]:
    source = (
        joinedload(PositionVersion.wording_row)
        .joinedload(AnnexRow.file)
        .joinedload(AnnexFile.document)
    )
    query = (
        select(PositionVersion)
        .join(PositionVersion.position)
        .where(Position.agency_id == agency.id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day))
        .order_by(PositionVersion.wording_row_id)
        .options(source)
    )
    return session.scalars(query).all()


def _listed(version: PositionVersion) -> ListedPosition:
    row = version.wording_row
    document = row.file.document
    return ListedPosition(
        name=version.name,
        rank=version.rank,
        code=version.code,
        headcount=row.headcount,
        origin=f"{document.number}, bảng {row.table_no}, dòng {row.row_no}",
        mark="" if document.state is SourceState.VERIFIED else UNVERIFIED,
    )
