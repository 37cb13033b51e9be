"""Turning a read annex into positions and their versions; nothing is ever deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex, Row
from catalogue.domain.errors import BlockedImport, Conflict
from catalogue.domain.text import code_key
from catalogue.domain.words import OriginKind, PositionGroup, SourceState
from catalogue.models import Agency, AnnexFile, AnnexRow, SourceDocument
from catalogue.services import auditing, inserting, reconciling, versioning


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
    """What an annex did to the catalogue; `unmatched` are positions that it does not name.

    `renamed` lists (the former name, the row's, why they are taken for one).
    """

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
    refuse_blocked(annex, source)
    if _already_read(session, source):
        return Recorded(rows=len(annex.rows), new=0, same=0, repeated=True)
    rows = write_rows(session, annex.rows, source, at)
    present = versioning.present(session, source.agency.id)
    proposals = reconciling.propose(
        [reconciling.Wording(row.name, row.group, row.code_key) for row in rows],
        [reconciling.Wording(former.name, former.group, former.code_key) for former in present],
    )
    pairs = [
        versioning.Pair(row, _at(present, proposal.position), proposal.kind)
        for row, proposal in zip(rows, proposals, strict=True)
    ]
    kept = versioning.write(session, pairs, _terms(source, at))
    settle_document(source)
    outcome = _outcome(pairs, proposals, len(kept), len(present))
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


def refuse_blocked(annex: Annex, source: Source) -> None:
    """Refuse a file that may not be written, before anything is."""
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


def write_rows(
    session: Session, rows: Sequence[Row], source: Source, at: datetime
) -> list[versioning.WrittenRow]:
    """Write the file and its rows, and nothing that rests on them."""
    file = AnnexFile(
        source_document_id=source.document.id,
        agency_id=source.agency.id,
        file_name=source.file_name,
        sha256=source.sha256,
        read_at=at,
    )
    session.add(file)
    session.flush()
    keys = [code_key(row.code) if row.code else None for row in rows]
    identifiers = inserting.reserve(session, AnnexRow, len(rows))
    inserting.insert(
        session,
        AnnexRow,
        {
            "id": identifiers,
            "table_no": [row.table for row in rows],
            "row_no": [row.row for row in rows],
            "no": [row.no for row in rows],
            "name": [row.name for row in rows],
            "group_heading": [row.group for row in rows],
            "rank": [row.rank for row in rows],
            "code": [row.code for row in rows],
            "code_key": keys,
            "headcount": [row.headcount for row in rows],
            "raw": [json.dumps(row.raw) for row in rows],
        },
        annex_file_id=file.id,
    )
    # A list has thousands of rows and a handful of headings.
    groups = {heading: PositionGroup.of_heading(heading) for heading in {row.group for row in rows}}
    return [
        versioning.WrittenRow(row_id, row.name, groups[row.group], row.rank, row.code, key)
        for row_id, row, key in zip(identifiers, rows, keys, strict=True)
    ]


def _at(present: Sequence[versioning.Present], position: int | None) -> versioning.Present | None:
    return None if position is None else present[position]


def _terms(source: Source, at: datetime) -> versioning.Terms:
    return versioning.Terms(source.document.id, source.agency.id, source.valid_from, at)


def settle_document(source: Source) -> None:
    """Let the document be relied on as far as its file; what is verified stays so."""
    if source.document.state is not SourceState.VERIFIED:
        source.document.state = source.state


def _outcome(
    pairs: Sequence[versioning.Pair],
    proposals: Sequence[reconciling.Proposal],
    unchanged: int,
    present: int,
) -> Recorded:
    renamed = [
        (pair.former.name, pair.row.name, proposal.reason)
        for pair, proposal in zip(pairs, proposals, strict=True)
        if pair.former is not None and pair.kind is OriginKind.RENAMED
    ]
    met = sum(pair.former is not None for pair in pairs)
    return Recorded(
        rows=len(pairs),
        new=len(pairs) - met,
        same=met - len(renamed),
        renamed=tuple(renamed),
        unchanged=unchanged,
        unmatched=present - met,
    )
