"""The province's issued decisions, and whether what stands is still exactly what was approved."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.dossier import digest
from catalogue.domain.issuing import PrintedRow, annex, submitted_as
from catalogue.domain.states import DossierState
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Dossier,
    Issuance,
    Person,
    SourceDocument,
)
from catalogue.queries import issuances


class Issued(NamedTuple):
    """One issued decision; people by name only where it was they who acted on it."""

    issuance_id: int
    dossier_id: int
    document_id: int
    number: str
    issued_on: date | None
    title: str
    document_state: SourceState
    signatory: str
    signatory_office: str
    effective_from: date
    sha256: str
    state: DossierState
    issued_at: datetime
    issued_by: str
    urgent: bool
    urgent_reason: str
    confirmed_at: datetime | None
    confirmed_by: str | None
    confirmation: str
    awaits_confirmation: bool
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawal_reason: str


class Faithful(NamedTuple):
    """Whether a decision still stands as approved: its digest worked out anew, and its rows."""

    sha256_now: str
    content: bool
    rows: bool

    @property
    def whole(self) -> bool:
        return self.content and self.rows


def decisions(session: Session) -> list[Issued]:
    """List the issued decisions, the latest first."""
    query = _issued().order_by(Issuance.effective_from.desc(), Issuance.id.desc())
    return [Issued(*row) for row in session.execute(query)]


def decision(session: Session, issuance_id: int) -> Issued | None:
    row = session.execute(_issued().where(Issuance.id == issuance_id)).first()
    return Issued(*row) if row else None


def awaiting(session: Session) -> frozenset[int]:
    """Give the documents of urgent issues that nobody has confirmed yet (chờ xác nhận sau)."""
    return frozenset(session.scalars(unconfirmed()))


def unconfirmed() -> Select[tuple[int]]:
    """Select those documents."""
    return select(Issuance.source_document_id).where(Issuance.awaits_confirmation)


def of_digest(issued: Iterable[Issued], sha256: str) -> list[Issued]:
    """Find the decisions that were approved under a digest."""
    return [each for each in issued if each.sha256 == sha256]


def printed(session: Session, document_id: int) -> list[PrintedRow]:
    """List the rows of a decision's annex as they stand now."""
    query = (
        select(
            Agency.name,
            AnnexRow.row_no,
            AnnexRow.name,
            AnnexRow.group_heading,
            AnnexRow.rank,
            AnnexRow.code,
            AnnexRow.headcount,
        )
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(Agency, Agency.id == AnnexFile.agency_id)
        .where(AnnexFile.source_document_id == document_id)
        .order_by(AnnexFile.id, AnnexRow.table_no, AnnexRow.row_no)
    )
    return [PrintedRow(*row) for row in session.execute(query)]


def faithful(session: Session, issued: Issued, rows: Sequence[PrintedRow]) -> Faithful:
    """Work the digest out anew from what was frozen, and hold the rows against it."""
    content = session.scalar(select(Dossier.content).where(Dossier.id == issued.dossier_id)) or []
    now = digest(content)
    items = issuances.ruled(session, issued.dossier_id)
    as_submitted = len(items) == len(content) and all(submitted_as(content, item) for item in items)
    as_ruled = sorted(annex(items)) == sorted(rows)
    return Faithful(now, now == issued.sha256, as_submitted and as_ruled)


def unfaithful(session: Session) -> int:
    """Count the decisions of which something is no longer as it was approved."""
    return sum(
        not faithful(session, each, printed(session, each.document_id)).whole
        for each in decisions(session)
    )


def _issued() -> Select[tuple[object, ...]]:
    issuer, confirmer, withdrawer = aliased(Person), aliased(Person), aliased(Person)
    return (
        select(
            Issuance.id,
            Issuance.dossier_id,
            SourceDocument.id,
            SourceDocument.number,
            SourceDocument.issued_on,
            SourceDocument.title,
            SourceDocument.state,
            Issuance.signatory,
            Issuance.signatory_office,
            Issuance.effective_from,
            Issuance.sha256,
            Dossier.state,
            Issuance.issued_at,
            issuer.name,
            Issuance.urgent,
            Issuance.urgent_reason,
            Issuance.confirmed_at,
            confirmer.name,
            Issuance.confirmation,
            Issuance.awaits_confirmation,
            Issuance.withdrawn_on,
            withdrawer.name,
            Issuance.withdrawal_reason,
        )
        .select_from(Issuance)
        .join(Dossier, Dossier.id == Issuance.dossier_id)
        .join(SourceDocument, SourceDocument.id == Issuance.source_document_id)
        .join(issuer, issuer.id == Issuance.issued_by_id)
        .outerjoin(confirmer, confirmer.id == Issuance.confirmed_by_id)
        .outerjoin(withdrawer, withdrawer.id == Issuance.withdrawn_by_id)
    )
