"""Writing the file of a decision with its rows, before anything of it is in force."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex
from catalogue.models import AnnexFile, SourceDocument
from catalogue.services import auditing, cataloguing
from catalogue.services.cataloguing import Source


def record(
    session: Session, annex: Annex, source: Source, *, by: int | None, at: datetime
) -> AnnexFile:
    """Write what was read of a decision for an agency; the same bytes are written once.

    Raises BlockedImport with every blocking problem, and Conflict where a reference list would
    stand in for a document whose signed file was read.
    """
    cataloguing.refuse_blocked(annex, source)
    if (known := find(session, source)) is not None:
        return known
    written = cataloguing.write_rows(session, annex.rows, source, at)
    cataloguing.settle_document(source)
    file = written_for(session, source)
    auditing.record(
        session,
        "annex_file.recorded",
        source.document.number,
        by=by,
        at=at,
        agency=source.agency.code,
        file=source.file_name,
        sha256=source.sha256,
        rows=len(written),
    )
    session.flush()
    return file


def find(session: Session, source: Source) -> AnnexFile | None:
    """Find the file where the same bytes were read before; of two senders the second waits."""
    document = select(SourceDocument.id).where(SourceDocument.id == source.document.id)
    session.scalar(document.with_for_update())
    return session.scalar(
        select(AnnexFile).where(
            AnnexFile.source_document_id == source.document.id,
            AnnexFile.agency_id == source.agency.id,
            AnnexFile.sha256 == source.sha256,
        )
    )


def written_for(session: Session, source: Source) -> AnnexFile:
    """Give the file that was just written."""
    file = find(session, source)
    if file is None:
        message = f"the file {source.sha256} was not written"
        raise LookupError(message)
    return file
