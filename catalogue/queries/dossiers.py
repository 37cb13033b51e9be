"""Dossiers as a list, and what a draft may still gather."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.domain.roles import Viewer
from catalogue.domain.states import RELEASED, DossierState
from catalogue.models import (
    Agency,
    AnnexFile,
    Dossier,
    DossierItem,
    Match,
    Reconciliation,
    SourceDocument,
    Unit,
)
from catalogue.queries.visible import visible


class ListedDossier(NamedTuple):
    """One dossier with how many items it holds, and how many of them differ."""

    dossier_id: int
    number: int
    title: str
    unit: str | None
    state: DossierState
    drafted_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    items: int
    differing: int


class ReadyLists(NamedTuple):
    """Two reconciled lists with matches that no living dossier holds yet."""

    reconciliation_id: int
    agency: str
    unit: str | None
    document: str
    free: int


def listed(session: Session, viewer: Viewer) -> Sequence[ListedDossier]:
    """List the dossiers that the person may see, what was last touched first."""
    counted = (
        select(
            DossierItem.dossier_id,
            func.count().label("held"),
            func.count().filter(DossierItem.differs).label("differing"),
        )
        .group_by(DossierItem.dossier_id)
        .subquery()
    )
    query = (
        select(
            Dossier.id,
            Dossier.number,
            Dossier.title,
            Unit.name,
            Dossier.state,
            Dossier.drafted_at,
            Dossier.submitted_at,
            Dossier.due_on,
            func.coalesce(counted.c.held, 0),
            func.coalesce(counted.c.differing, 0),
        )
        .outerjoin(Unit, Unit.id == Dossier.unit_id)
        .outerjoin(counted, counted.c.dossier_id == Dossier.id)
        .where(visible(Dossier, viewer))
        .order_by(func.coalesce(Dossier.submitted_at, Dossier.drafted_at).desc(), Dossier.id.desc())
    )
    return [ListedDossier(*row) for row in session.execute(query)]


def one(session: Session, dossier_id: int, viewer: Viewer) -> Dossier | None:
    """Find a dossier with its items and what they rest on."""
    query = (
        select(Dossier)
        .where(Dossier.id == dossier_id, visible(Dossier, viewer))
        .options(joinedload(Dossier.unit))
        .options(selectinload(Dossier.items).joinedload(DossierItem.agency))
    )
    return session.scalar(query)


def ready_lists(session: Session, viewer: Viewer) -> Sequence[ReadyLists]:
    """List the reconciliations that still have something to submit."""
    held = (
        select(DossierItem.match_id)
        .join(Dossier, Dossier.id == DossierItem.dossier_id)
        .where(Dossier.state.not_in(RELEASED))
    )
    query = (
        select(Reconciliation.id, Agency.name, Unit.name, SourceDocument.number, func.count())
        .join(Match, Match.reconciliation_id == Reconciliation.id)
        .join(Agency, Agency.id == Reconciliation.agency_id)
        .outerjoin(Unit, Unit.id == Reconciliation.unit_id)
        .join(AnnexFile, AnnexFile.id == Reconciliation.official_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(visible(Reconciliation, viewer))
        .where(Match.undone_at.is_(None), Match.id.not_in(held))
        .group_by(Reconciliation.id, Agency.name, Unit.name, SourceDocument.number)
        .order_by(Reconciliation.id)
    )
    return [ReadyLists(*row) for row in session.execute(query)]
