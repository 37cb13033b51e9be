"""By which decision of the province a version came into force, or a position ended."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.as_of import Decision
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    DossierItem,
    Issuance,
    MatchedVersion,
    Person,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
)

_DECISION = (
    Issuance.id,
    SourceDocument.number,
    Issuance.effective_from,
    Person.name,
    DossierItem.why,
    Issuance.sha256,
    Issuance.urgent & Issuance.confirmed_at.is_(None) & Issuance.withdrawn_on.is_(None),
)


def brought(session: Session) -> dict[int, Decision]:
    """Give the decision that worded each version, with why its item was asked for."""
    asked_for = (
        select(PositionOrigin.position_version_id, *_DECISION)
        .select_from(PositionOrigin)
        .join(PositionVersion, PositionVersion.id == PositionOrigin.position_version_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .join(Issuance, Issuance.source_document_id == SourceDocument.id)
        .join(Person, Person.id == Issuance.issued_by_id)
        .join(
            DossierItem,
            (DossierItem.dossier_id == Issuance.dossier_id)
            & (DossierItem.wording_row_id == PositionOrigin.annex_row_id),
        )
    )
    return {version_id: Decision(*row) for version_id, *row in session.execute(asked_for)}


def ended(session: Session) -> dict[tuple[int, date], Decision]:
    """Give, by position and the day from which it was so, the decision that matched it."""
    touched = (
        select(PositionVersion.position_id, *_DECISION)
        .select_from(PositionVersion)
        .join(MatchedVersion, MatchedVersion.position_version_id == PositionVersion.id)
        .join(DossierItem, DossierItem.match_id == MatchedVersion.match_id)
        .join(Issuance, Issuance.dossier_id == DossierItem.dossier_id)
        .join(SourceDocument, SourceDocument.id == Issuance.source_document_id)
        .join(Person, Person.id == Issuance.issued_by_id)
    )
    decisions = ((position_id, Decision(*row)) for position_id, *row in session.execute(touched))
    return {(position_id, each.effective_from): each for position_id, each in decisions}
