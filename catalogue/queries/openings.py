"""What a reconciliation can be opened from: decisions' files, units, lists that units sent."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import SourceState, VersionState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    PositionVersion,
    Reconciliation,
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
    return _files(session, viewer, ~_drafts())


def own_files(session: Session, viewer: Viewer) -> Sequence[OpenFile]:
    """List the lists that units sent, for the same kinds of agency."""
    return _files(session, viewer, _drafts())


def units(session: Session, viewer: Viewer) -> Sequence[OpenUnit]:
    """List the units whose lists the person may reconcile."""
    query = (
        select(Unit.id, Unit.name, Unit.agency_id)
        .where(_within(viewer), Unit.agency_id.is_not(None), Unit.holds_on(viewer.on))
        .order_by(Unit.parent_id.is_not(None), Unit.reporting_unit_id, Unit.rank, Unit.id)
    )
    return [OpenUnit(*row) for row in session.execute(query)]


def _files(session: Session, viewer: Viewer, wanted: ColumnElement[bool]) -> Sequence[OpenFile]:
    agencies = select(Unit.agency_id).where(_within(viewer), Unit.agency_id.is_not(None))
    everywhere = viewer.units(Permission.RECONCILE) is None
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
        .where(wanted, true() if everywhere else Agency.id.in_(agencies))
        .order_by(Agency.id, SourceDocument.number, AnnexFile.id.desc())
    )
    return [OpenFile(*row) for row in session.execute(query)]


def _drafts() -> ColumnElement[bool]:
    """Tell a unit's own list by the drafts that it brought, or by having been taken for one."""
    drafted = exists().where(
        AnnexRow.annex_file_id == AnnexFile.id,
        PositionVersion.wording_row_id == AnnexRow.id,
        PositionVersion.state == VersionState.DRAFT,
    )
    return or_(drafted, exists().where(Reconciliation.own_file_id == AnnexFile.id))


def _within(viewer: Viewer) -> ColumnElement[bool]:
    units = viewer.units(Permission.RECONCILE)
    return true() if units is None else Unit.id.in_(units)
