"""Positions and descriptions brought into force by a decision, as rows of the database."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalogue.domain.words import SourceState, VersionState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Description,
    Position,
    PositionVersion,
    SourceDocument,
)
from tests.making import AT, SINCE


def make_decision(session: Session, number: str, issued_on: date) -> SourceDocument:
    decision = SourceDocument(
        number=number,
        issuer="Tỉnh ủy Hậu Giang",
        issued_on=issued_on,
        title=f"Về {number}",
        state=SourceState.UNSIGNED,
    )
    session.add(decision)
    session.flush()
    return decision


def issue_position(
    session: Session, former: PositionVersion, decision: SourceDocument, effective_from: date
) -> PositionVersion:
    """End a wording and follow it with the one that a row of the decision's annex prints."""
    agency_id = session.get_one(Position, former.position_id).agency_id
    digest = f"{decision.id:032d}{former.id:032d}"
    file = AnnexFile(
        source_document_id=decision.id,
        agency_id=agency_id,
        file_name="ban-hanh.docx",
        sha256=digest,
        read_at=AT,
    )
    session.add(file)
    session.flush()
    row = AnnexRow(annex_file_id=file.id, table_no=1, row_no=1, no="1", name=former.name, raw=[])
    session.add(row)
    former.valid_to = effective_from - timedelta(days=1)
    session.flush()
    issued = PositionVersion(
        position_id=former.position_id,
        number=former.number + 1,
        wording_row_id=row.id,
        name=former.name,
        name_folded=former.name_folded,
        state=VersionState.ISSUED,
        valid_from=effective_from,
        created_at=AT,
    )
    session.add(issued)
    session.flush()
    return issued


def issue_description(
    session: Session,
    version: PositionVersion,
    *,
    unit_id: int | None = None,
    valid_from: date = SINCE,
) -> Description:
    description = Description(
        position_id=version.position_id,
        position_version_id=version.id,
        unit_id=unit_id,
        number=9,
        state=VersionState.ISSUED,
        name=version.name,
        purpose="",
        starts="",
        workplace="",
        procedures="",
        particulars={},
        relations={},
        authority=[],
        qualifications={},
        marks=[],
        preface=[],
        file_name="mo-ta.docx",
        file_sha256="e" * 64,
        valid_from=valid_from,
        created_at=AT,
    )
    session.add(description)
    session.flush()
    return description
