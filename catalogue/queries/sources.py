"""Source documents: which are known, which were read, and what the catalogue rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.text import fold
from catalogue.domain.words import OriginKind, SourceState, VersionState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
)

# The fourteen decisions of 29/3/2024 that the catalogue is to rest on.
DECISIONS = tuple(f"{number}-QĐ/BTCTW" for number in range(2752, 2766))


class ListedDocument(NamedTuple):
    """One source document with how many rows of it were read."""

    document_id: int
    number: str
    issuer: str
    issued_on: date | None
    title: str
    state: SourceState
    rows: int


class ReadFile(NamedTuple):
    """One file that was read of a document for an agency."""

    agency_id: int
    agency: str
    file_name: str
    sha256: str
    read_at: datetime
    rows: int
    first_row_id: int | None


class RowUse(NamedTuple):
    """One version of a position that rests on a row."""

    position_id: int
    number: int
    name: str
    kind: OriginKind
    state: VersionState


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row as its file prints it, and what rests on it."""

    annex_row_id: int
    table: int
    row: int
    cells: list[Any]
    file_name: str
    sha256: str
    agency: str
    document_id: int
    document: str
    document_title: str
    document_state: SourceState
    uses: tuple[RowUse, ...]


def documents(session: Session) -> Sequence[ListedDocument]:
    """List every document, by date and number."""
    rows_of = (
        select(AnnexFile.source_document_id, func.count(AnnexRow.id).label("rows"))
        .join(AnnexRow, AnnexRow.annex_file_id == AnnexFile.id)
        .group_by(AnnexFile.source_document_id)
        .subquery()
    )
    query = (
        select(*_DOCUMENT, func.coalesce(rows_of.c.rows, 0))
        .outerjoin(rows_of, rows_of.c.source_document_id == SourceDocument.id)
        .order_by(SourceDocument.issued_on, SourceDocument.number)
    )
    return [ListedDocument(*row) for row in session.execute(query)]


def document(session: Session, document_id: int) -> SourceDocument | None:
    return session.get(SourceDocument, document_id)


def numbered(session: Session, number: str) -> SourceDocument | None:
    """Find a document by its number, marks and case aside: «2754-qd/btctw» is «2754-QĐ/BTCTW»."""
    for known in session.scalars(select(SourceDocument).order_by(SourceDocument.id)):
        if fold(known.number) == fold(number):
            return known
    return None


def files(session: Session, document_id: int) -> Sequence[ReadFile]:
    """List the files read of a document, by agency."""
    query = (
        select(
            Agency.id,
            Agency.name,
            AnnexFile.file_name,
            AnnexFile.sha256,
            AnnexFile.read_at,
            func.count(AnnexRow.id),
            func.min(AnnexRow.id),
        )
        .join(Agency, Agency.id == AnnexFile.agency_id)
        .outerjoin(AnnexRow, AnnexRow.annex_file_id == AnnexFile.id)
        .where(AnnexFile.source_document_id == document_id)
        .group_by(
            Agency.id,
            Agency.name,
            AnnexFile.id,
            AnnexFile.file_name,
            AnnexFile.sha256,
            AnnexFile.read_at,
        )
        .order_by(Agency.id, AnnexFile.id)
    )
    return [ReadFile(*row) for row in session.execute(query)]


def annex_row(session: Session, annex_row_id: int) -> RowPage | None:
    """Find one row with its file, its document and the positions that rest on it."""
    row = session.execute(
        select(
            AnnexRow.id.label("annex_row_id"),
            AnnexRow.table_no.label("table"),
            AnnexRow.row_no.label("row"),
            AnnexRow.raw.label("cells"),
            AnnexFile.file_name,
            AnnexFile.sha256,
            Agency.name.label("agency"),
            SourceDocument.id.label("document_id"),
            SourceDocument.number.label("document"),
            SourceDocument.title.label("document_title"),
            SourceDocument.state.label("document_state"),
        )
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(Agency, Agency.id == AnnexFile.agency_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(AnnexRow.id == annex_row_id)
    ).first()
    if row is None:
        return None
    return RowPage(**row._asdict(), uses=_uses(session, annex_row_id))


_DOCUMENT = (
    SourceDocument.id,
    SourceDocument.number,
    SourceDocument.issuer,
    SourceDocument.issued_on,
    SourceDocument.title,
    SourceDocument.state,
)


def _uses(session: Session, annex_row_id: int) -> tuple[RowUse, ...]:
    query = (
        select(
            PositionVersion.position_id,
            PositionVersion.number,
            PositionVersion.name,
            PositionOrigin.kind,
            PositionVersion.state,
        )
        .join(PositionOrigin, PositionOrigin.position_version_id == PositionVersion.id)
        .where(PositionOrigin.annex_row_id == annex_row_id)
        .order_by(PositionVersion.position_id, PositionVersion.number)
    )
    return tuple(RowUse(*row) for row in session.execute(query))
