"""Dossiers as a list, and what a draft may still gather."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from catalogue.domain.roles import Viewer
from catalogue.domain.states import RELEASED, UNDER_WAY, DossierState
from catalogue.models import (
    Agency,
    AnnexFile,
    Dossier,
    DossierItem,
    Match,
    MatchedRow,
    MatchedVersion,
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


def gatherable(dossier: Dossier) -> ColumnElement[bool]:
    """Limit reconciliations to those that a dossier takes from: the latest, and of its unit's."""
    follower = aliased(Reconciliation)
    latest = ~select(follower.id).where(follower.former_id == Reconciliation.id).exists()
    if dossier.unit_id is None:
        return latest
    agency = select(Unit.agency_id).where(Unit.id == dossier.unit_id).scalar_subquery()
    shared = and_(Reconciliation.unit_id.is_(None), Reconciliation.agency_id == agency)
    return and_(latest, or_(Reconciliation.unit_id == dossier.unit_id, shared))


def ready_lists(session: Session, dossier: Dossier, viewer: Viewer) -> Sequence[ReadyLists]:
    """List the reconciliations that still have something to submit with the dossier."""
    query = (
        select(Reconciliation.id, Agency.name, Unit.name, SourceDocument.number, func.count())
        .join(Match, Match.reconciliation_id == Reconciliation.id)
        .join(Agency, Agency.id == Reconciliation.agency_id)
        .outerjoin(Unit, Unit.id == Reconciliation.unit_id)
        .join(AnnexFile, AnnexFile.id == Reconciliation.official_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(visible(Reconciliation, viewer), gatherable(dossier))
        .where(Match.undone_at.is_(None), ~held_elsewhere())
        .group_by(Reconciliation.id, Agency.name, Unit.name, SourceDocument.number)
        .order_by(Reconciliation.id)
    )
    return [ReadyLists(*row) for row in session.execute(query)]


def held_elsewhere() -> ColumnElement[bool]:
    """Tell of a match that a living dossier holds it, or one under way its row or its position."""
    held = _matches_of(Dossier.state.not_in(RELEASED))
    asked = _matches_of(Dossier.state.in_(UNDER_WAY))
    rows = select(MatchedRow.annex_row_id).where(MatchedRow.match_id.in_(asked))
    versions = select(MatchedVersion.position_version_id).where(MatchedVersion.match_id.in_(asked))
    with_row = select(MatchedRow.match_id).where(MatchedRow.annex_row_id.in_(rows))
    with_version = select(MatchedVersion.match_id).where(
        MatchedVersion.position_version_id.in_(versions)
    )
    return or_(Match.id.in_(held), Match.id.in_(with_row), Match.id.in_(with_version))


def _matches_of(dossiers: ColumnElement[bool]) -> Select[tuple[int]]:
    of_dossier = Dossier.id == DossierItem.dossier_id
    return select(DossierItem.match_id).join(Dossier, of_dossier).where(dossiers)
