"""Writing a unit's own list as drafts beside what is in force, to be reconciled."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex
from catalogue.domain.errors import Invalid
from catalogue.domain.text import fold
from catalogue.domain.words import IN_FORCE, OriginKind, PositionGroup, VersionState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Position,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
    Unit,
)
from catalogue.services import annex_files, auditing, cataloguing, reconciling
from catalogue.services.cataloguing import Source
from catalogue.services.reconciling import Wording
from catalogue.services.versioning import WrittenRow


class Known(NamedTuple):
    """A position as it is worded by now, and the last number that it has given away."""

    position_id: int
    name: str
    group: PositionGroup | None
    code_key: str | None
    number: int


def record(
    session: Session,
    annex: Annex,
    source: Source,
    unit: Unit,
    *,
    by: int | None,
    at: datetime,
) -> AnnexFile:
    """Write each row of a unit's list as a draft version of the position that it words.

    A row that words no known position gets a new one; nothing comes into force. The same bytes
    are written once.
    """
    if unit.agency_id != source.agency.id:
        message = f"Đơn vị: {unit.name} không thuộc loại cơ quan {source.agency.name}."
        raise Invalid(message, field="unit")
    cataloguing.refuse_blocked(annex, source)
    if (known := annex_files.find(session, source)) is not None:
        return known
    _take_turns(session, source.agency)
    rows = cataloguing.write_rows(session, annex.rows, source, at)
    file = annex_files.written_for(session, source)
    file.unit_id = unit.id
    new = _draft(session, rows, source, at)
    auditing.record(
        session,
        "own_list.recorded",
        unit.code,
        by=by,
        at=at,
        document=source.document.number,
        file=source.file_name,
        sha256=source.sha256,
        rows=len(rows),
        new=new,
    )
    session.flush()
    return file


def _take_turns(session: Session, agency: Agency) -> None:
    """Let two lists of one kind of agency, or one and an issue, number versions in turn."""
    alone = select(Agency.id).where(Agency.id == agency.id)
    session.scalar(alone.with_for_update(key_share=True))


def _draft(session: Session, rows: Sequence[WrittenRow], source: Source, at: datetime) -> int:
    """Write a draft for each row; answers how many positions are new."""
    known = _known(session, source.agency.id, source.document)
    proposals = reconciling.propose(
        [Wording(row.name, row.group, row.code_key) for row in rows],
        [Wording(each.name, each.group, each.code_key) for each in known],
    )
    met = [None if each.position is None else known[each.position] for each in proposals]
    added = iter(_positions(session, source.agency.id, sum(each is None for each in met)))
    versions = [
        _version(row, former, former.position_id if former else next(added), source, at)
        for row, former in zip(rows, met, strict=True)
    ]
    session.add_all(versions)
    session.flush()
    kinds = [proposal.kind for proposal in proposals]
    session.add_all(_origin(version, kind) for version, kind in zip(versions, kinds, strict=True))
    return sum(each is None for each in met)


def _known(session: Session, agency_id: int, document: SourceDocument) -> list[Known]:
    """List the positions in force, and those that only earlier lists of this kind have drafted."""
    in_force = PositionVersion.state.in_(IN_FORCE) & PositionVersion.valid_to.is_(None)
    standing = select(PositionVersion.position_id).where(in_force)
    drafted = (
        select(func.max(PositionVersion.id))
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .where(PositionVersion.state == VersionState.DRAFT)
        .where(AnnexFile.source_document_id == document.id)
        .where(PositionVersion.position_id.not_in(standing))
        .group_by(PositionVersion.position_id)
    )
    last = (
        select(PositionVersion.position_id, func.max(PositionVersion.number).label("number"))
        .group_by(PositionVersion.position_id)
        .subquery()
    )
    query = (
        select(
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.group,
            PositionVersion.code_key,
            last.c.number,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(last, last.c.position_id == PositionVersion.position_id)
        .where(Position.agency_id == agency_id, in_force | PositionVersion.id.in_(drafted))
        .order_by(PositionVersion.id)
    )
    return [Known(*row) for row in session.execute(query)]


def _positions(session: Session, agency_id: int, count: int) -> list[int]:
    positions = [Position(agency_id=agency_id) for _ in range(count)]
    session.add_all(positions)
    session.flush()
    return [position.id for position in positions]


def _version(
    row: WrittenRow, former: Known | None, position_id: int, source: Source, at: datetime
) -> PositionVersion:
    return PositionVersion(
        position_id=position_id,
        number=former.number + 1 if former else 1,
        wording_row_id=row.row_id,
        name=row.name,
        name_folded=fold(row.name),
        group=row.group or (former.group if former else None),
        rank=row.rank,
        code=row.code,
        code_key=row.code_key,
        state=VersionState.DRAFT,
        valid_from=source.valid_from,
        created_at=at,
    )


def _origin(version: PositionVersion, kind: OriginKind) -> PositionOrigin:
    return PositionOrigin(
        position_version_id=version.id, annex_row_id=version.wording_row_id, kind=kind
    )
