"""Accepting what was read of an uploaded file: its rows are written, a reconciliation is opened."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import annex as annexes
from catalogue.domain.annex import Annex
from catalogue.domain.errors import Conflict
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import Claim, UploadKind
from catalogue.domain.words import SourceState
from catalogue.models import Agency, AnnexFile, Job, Reconciliation, SourceDocument, Unit
from catalogue.services import annex_files, auditing, jobs, matching, own_lists, sourcing
from catalogue.services.cataloguing import Source


class Accepted(NamedTuple):
    """The file as it was written, and the reconciliation that it opened, if there was a list."""

    file: AnnexFile
    reconciliation: Reconciliation | None


def accept(session: Session, job_id: int, *, today: date, by: int, at: datetime) -> Accepted:
    """Write the rows that a job found; the same bytes written before change nothing.

    Raises BlockedImport where something in the file must be mended first, Conflict where the job
    is not ready, or was written by somebody else meanwhile.
    """
    job = jobs.locked(session, job_id)
    if job.state is not JobState.READY:
        message = f"Tệp này {job.state.label.lower()} nên không ghi được nữa. Hãy mở lại trang."
        raise Conflict(message)
    annex, claim = annexes.from_json(job.found or {}), Claim.from_json(job.given)
    source = _source(session, job, claim, today)
    file = _record(session, annex, claim, source, by=by, at=at)
    opened = _open_reconciliation(session, claim, file, by=by, at=at)
    job.state, job.ended_at = JobState.DONE, at
    auditing.record(session, "job.written", claim.number, by=by, at=at, job=job.id, file=file.id)
    session.flush()
    return Accepted(file, opened)


def _source(session: Session, job: Job, claim: Claim, today: date) -> Source:
    document = sourcing.document(session, claim.number)
    signed = claim.kind is UploadKind.SIGNED
    return Source(
        document=document,
        agency=session.get_one(Agency, claim.agency_id),
        file_name=claim.file_name,
        sha256=job.file.sha256,
        state=SourceState.VERIFIED if signed else SourceState.REFERENCE,
        valid_from=document.issued_on or today,
    )


def _record(
    session: Session, annex: Annex, claim: Claim, source: Source, *, by: int, at: datetime
) -> AnnexFile:
    if claim.kind is UploadKind.SIGNED:
        return annex_files.record(session, annex, source, by=by, at=at)
    unit = session.get_one(Unit, claim.unit_id)
    return own_lists.record(session, annex, source, unit, by=by, at=at)


def _open_reconciliation(
    session: Session, claim: Claim, file: AnnexFile, *, by: int, at: datetime
) -> Reconciliation | None:
    """Lay two lists side by side; a unit's own waits until a signed one of its kind is there."""
    own = claim.kind is UploadKind.OWN_LIST
    official_id = _signed_file(session, claim.agency_id) if own else file.id
    if official_id is None:
        return None
    return matching.open(
        session,
        claim.agency_id,
        official_id,
        unit_id=claim.unit_id,
        own_file_id=file.id if own else None,
        by=by,
        at=at,
    )


def _signed_file(session: Session, agency_id: int) -> int | None:
    query = (
        select(AnnexFile.id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(AnnexFile.agency_id == agency_id, SourceDocument.state == SourceState.VERIFIED)
        .order_by(AnnexFile.id.desc())
    )
    return session.scalars(query.limit(1)).first()
