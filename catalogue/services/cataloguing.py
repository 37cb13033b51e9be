"""Turning a read annex into positions and their versions; nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalogue.domain.annex import Annex, Row
from catalogue.domain.errors import BlockedImport, Conflict
from catalogue.domain.text import code_key, fold
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
from catalogue.services import auditing, reconciling


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read, the document that it claims to be, the agency that it is for.

    `state` is VERIFIED for a signed file and REFERENCE for a list that stands in for one.
    """

    document: SourceDocument
    agency: Agency
    file_name: str
    sha256: str
    state: SourceState
    valid_from: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an annex did to the catalogue; `unmatched` are positions that it does not name."""

    rows: int
    new: int
    same: int
    renamed: tuple[tuple[str, str, str], ...] = ()
    unchanged: int = 0
    unmatched: int = 0
    repeated: bool = False


def record_annex(
    session: Session, annex: Annex, source: Source, *, by: int | None, at: datetime
) -> Recorded:
    """Write an annex's rows and give each a position's version that points back at it.

    A matched position gets a new version when the document or the wording is new, else only the
    row as a further origin. The same file twice changes nothing.
    """
    _refuse_blocked(annex, source)
    if _already_read(session, source):
        return Recorded(rows=len(annex.rows), new=0, same=0, repeated=True)
    rows = _write_rows(session, annex, source, at)
    present = _present_versions(session, source.agency)
    proposals = reconciling.propose(
        [_wording(row) for row in rows], [_wording(version) for version in present]
    )
    matched = [
        None if proposal.position is None else present[proposal.position] for proposal in proposals
    ]
    touched = [
        _take_row(session, row, former, proposal.kind, source, at)
        for row, former, proposal in zip(rows, matched, proposals, strict=True)
    ]
    _settle_document(session, source)
    outcome = _outcome(rows, matched, proposals, touched, len(present))
    auditing.record(
        session,
        "annex.recorded",
        source.document.number,
        by=by,
        at=at,
        agency=source.agency.code,
        file=source.file_name,
        sha256=source.sha256,
        rows=outcome.rows,
        new=outcome.new,
    )
    session.flush()
    return outcome


def _refuse_blocked(annex: Annex, source: Source) -> None:
    blocking = [problem for problem in annex.problems if problem.blocks]
    if blocking:
        message = f"Tệp «{source.file_name}» chưa ghi được. Chưa có dữ liệu nào được ghi."
        raise BlockedImport(message, blocking)
    if source.document.state is SourceState.VERIFIED and source.state is not SourceState.VERIFIED:
        message = f"Văn bản {source.document.number} đã đọc bản ký, không nhận danh sách tham khảo."
        raise Conflict(message)


def _already_read(session: Session, source: Source) -> bool:
    same_file = select(AnnexFile.id).where(
        AnnexFile.source_document_id == source.document.id,
        AnnexFile.agency_id == source.agency.id,
        AnnexFile.sha256 == source.sha256,
    )
    return session.scalar(same_file) is not None


def _write_rows(session: Session, annex: Annex, source: Source, at: datetime) -> list[AnnexRow]:
    file = AnnexFile(
        source_document_id=source.document.id,
        agency_id=source.agency.id,
        file_name=source.file_name,
        sha256=source.sha256,
        read_at=at,
    )
    rows = [_annex_row(row, file) for row in annex.rows]
    session.add_all([file, *rows])
    session.flush()
    return rows


def _annex_row(row: Row, file: AnnexFile) -> AnnexRow:
    return AnnexRow(
        file=file,
        table_no=row.table,
        row_no=row.row,
        no=row.no,
        name=row.name,
        group_heading=row.group,
        rank=row.rank,
        code=row.code,
        code_key=code_key(row.code) if row.code else None,
        headcount=row.headcount,
        raw=list(row.raw),
    )


def _present_versions(session: Session, agency: Agency) -> list[PositionVersion]:
    in_force = (
        select(PositionVersion)
        .join(PositionVersion.position)
        .where(Position.agency_id == agency.id, PositionVersion.state.in_(IN_FORCE))
        .where(PositionVersion.valid_to.is_(None))
        .options(
            selectinload(PositionVersion.wording_row).selectinload(AnnexRow.file),
            selectinload(PositionVersion.origins),
        )
        .order_by(PositionVersion.id)
    )
    return list(session.scalars(in_force))


def _wording(thing: AnnexRow | PositionVersion) -> reconciling.Wording:
    if isinstance(thing, PositionVersion):
        return reconciling.Wording(thing.name, thing.group, thing.code_key)
    group = PositionGroup.of_heading(thing.group_heading)
    return reconciling.Wording(thing.name, group, thing.code_key)


def _take_row(
    session: Session,
    row: AnnexRow,
    former: PositionVersion | None,
    kind: OriginKind,
    source: Source,
    at: datetime,
) -> bool:
    """Give the row its position; answers whether a version was written."""
    if former is not None and _says_nothing_new(row, former, source):
        former.origins.append(PositionOrigin(annex_row_id=row.id, kind=OriginKind.SAME))
        return False
    position = former.position if former else Position(agency_id=source.agency.id)
    if former:
        _retire(session, former, source.valid_from)
    version = PositionVersion(
        position=position,
        number=former.number + 1 if former else 1,
        wording_row_id=row.id,
        name=row.name,
        name_folded=fold(row.name),
        group=PositionGroup.of_heading(row.group_heading) or (former.group if former else None),
        rank=row.rank,
        code=row.code,
        code_key=row.code_key,
        state=VersionState.PROVISIONAL,
        valid_from=source.valid_from,
        created_at=at,
    )
    version.origins.append(PositionOrigin(annex_row_id=row.id, kind=kind))
    session.add(version)
    return True


def _says_nothing_new(row: AnnexRow, former: PositionVersion, source: Source) -> bool:
    return (
        former.wording_row.file.source_document_id == source.document.id
        and (row.name, row.rank, row.code) == (former.name, former.rank, former.code)
        and PositionGroup.of_heading(row.group_heading) in (None, former.group)
    )


def _retire(session: Session, former: PositionVersion, successor_from: date) -> None:
    """End the former version the day before its successor; flushed first, or they would overlap."""
    if former.valid_from < successor_from:
        former.valid_to = successor_from - timedelta(days=1)
    else:
        former.state = VersionState.SUPERSEDED
    session.flush([former])


def _settle_document(session: Session, source: Source) -> None:
    if source.document.state is not SourceState.VERIFIED:
        source.document.state = source.state
    session.flush()


def _outcome(
    rows: Sequence[AnnexRow],
    matched: Sequence[PositionVersion | None],
    proposals: Sequence[reconciling.Proposal],
    touched: Sequence[bool],
    present: int,
) -> Recorded:
    pairs = list(zip(rows, matched, proposals, strict=True))
    renamed = [
        (former.name, row.name, proposal.reason)
        for row, former, proposal in pairs
        if former is not None and proposal.kind is OriginKind.RENAMED
    ]
    met = sum(former is not None for former in matched)
    return Recorded(
        rows=len(rows),
        new=len(rows) - met,
        same=met - len(renamed),
        renamed=tuple(renamed),
        unchanged=len(rows) - sum(touched),
        unmatched=present - met,
    )
