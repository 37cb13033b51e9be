"""What a reconciliation can be opened from: decisions' files, units, lists that units sent."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    SourceDocument,
    Unit,
)


class OpenFile(NamedTuple):
    """One file that was read for one kind of agency."""

    file_id: int
    agency_id: int
    agency: str
    document: str
    document_state: SourceState
    file_name: str


class OpenUnit(NamedTuple):
    """One unit whose own list may be reconciled."""

    unit_id: int
    name: str
    agency_id: int | None


def official_files(session: Session, viewer: Viewer) -> Sequence[OpenFile]:
    """List the files of decisions for the kinds of agency that the person reconciles."""
    agencies = select(Unit.agency_id).where(_within(viewer), Unit.agency_id.is_not(None))
    everywhere = viewer.units(Permission.RECONCILE) is None
    of_agencies = true() if everywhere else AnnexFile.agency_id.in_(agencies)
    return _files(session, and_(AnnexFile.unit_id.is_(None), of_agencies))


def own_files(session: Session, viewer: Viewer) -> Sequence[OpenFile]:
    """List the lists that the units which the person reconciles have sent."""
    return _files(session, AnnexFile.unit_id.in_(select(Unit.id).where(_within(viewer))))


def units(session: Session, viewer: Viewer) -> Sequence[OpenUnit]:
    """List the units whose lists the person may reconcile."""
    query = (
        select(Unit.id, Unit.name, Unit.agency_id)
        .where(_within(viewer), Unit.agency_id.is_not(None), Unit.holds_on(viewer.on))
        .order_by(Unit.parent_id.is_not(None), Unit.reporting_unit_id, Unit.rank, Unit.id)
    )
    return [OpenUnit(*row) for row in session.execute(query)]


def _files(session: Session, wanted: ColumnElement[bool]) -> Sequence[OpenFile]:
    query = (
        select(
            AnnexFile.id,
            Agency.id,
            Agency.name,
            SourceDocument.number,
            SourceDocument.state,
            AnnexFile.file_name,
        )
        .join(Agency, Agency.id == AnnexFile.agency_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(wanted)
        .order_by(Agency.id, SourceDocument.number, AnnexFile.id.desc())
    )
    return [OpenFile(*row) for row in session.execute(query)]


def _within(viewer: Viewer) -> ColumnElement[bool]:
    units = viewer.units(Permission.RECONCILE)
    return true() if units is None else Unit.id.in_(units)
