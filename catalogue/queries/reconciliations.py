"""Reconciliations as pages show them: how far each has come, and what was ruled, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Viewer
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Match,
    MatchedRow,
    Person,
    Reconciliation,
    SourceDocument,
    Unit,
)
from catalogue.queries.visible import visible


class Lists(NamedTuple):
    """Which two lists stand side by side, named as the columns of the table."""

    agency_id: int
    official_file_id: int
    unit_id: int | None = None
    own_file_id: int | None = None


class ListedReconciliation(NamedTuple):
    """One reconciliation: of its `rows` so many are `ruled` on; a followed one is history."""

    reconciliation_id: int
    agency: str
    unit: str | None
    document: str
    document_state: SourceState
    file_name: str
    own_file_name: str | None
    started_at: datetime
    rows: int
    ruled: int
    follower_id: int | None

    @property
    def share(self) -> int:
        """Give whole percents, never 100 before the last row."""
        return 100 * self.ruled // self.rows if self.rows else 100


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    """One reconciliation with what its page names."""

    record: Reconciliation
    agency: str
    unit: str | None
    document_id: int
    document: str
    document_state: SourceState
    file_name: str
    own_file_name: str | None
    started_by: str | None
    follower_id: int | None
    previous_file_id: int | None


_Follower = aliased(Reconciliation)
_OwnFile = aliased(AnnexFile)


def listed(session: Session, viewer: Viewer) -> Sequence[ListedReconciliation]:
    """List the reconciliations that the person may see, agency by agency, the newest first."""
    query = (
        select(
            Reconciliation.id,
            Agency.name,
            Unit.name,
            SourceDocument.number,
            SourceDocument.state,
            AnnexFile.file_name,
            _OwnFile.file_name,
            Reconciliation.started_at,
            _rows_count(),
            _ruled_count(),
            _follower(),
        )
        .join(Agency, Agency.id == Reconciliation.agency_id)
        .join(AnnexFile, AnnexFile.id == Reconciliation.official_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .outerjoin(Unit, Unit.id == Reconciliation.unit_id)
        .outerjoin(_OwnFile, _OwnFile.id == Reconciliation.own_file_id)
        .where(visible(Reconciliation, viewer))
        .order_by(Agency.id, Unit.rank, Unit.id, Reconciliation.id.desc())
    )
    return [ListedReconciliation(*row) for row in session.execute(query)]


def page(session: Session, reconciliation_id: int, viewer: Viewer) -> ReconciliationPage | None:
    """Find a reconciliation; None where there is none or it may not be seen."""
    query = (
        select(
            Reconciliation,
            Agency.name,
            Unit.name,
            SourceDocument.id,
            SourceDocument.number,
            SourceDocument.state,
            AnnexFile.file_name,
            _OwnFile.file_name,
            Person.name,
            _follower(),
            _previous_file(),
        )
        .join(Agency, Agency.id == Reconciliation.agency_id)
        .join(AnnexFile, AnnexFile.id == Reconciliation.official_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .outerjoin(Unit, Unit.id == Reconciliation.unit_id)
        .outerjoin(_OwnFile, _OwnFile.id == Reconciliation.own_file_id)
        .outerjoin(Person, Person.id == Reconciliation.started_by_id)
        .where(Reconciliation.id == reconciliation_id, visible(Reconciliation, viewer))
    )
    row = session.execute(query).first()
    return ReconciliationPage(*row) if row else None


def of_lists(session: Session, lists: Lists) -> Reconciliation | None:
    """Find the reconciliation of exactly these lists."""
    return session.scalar(select(Reconciliation).filter_by(**lists._asdict()))


def before(session: Session, lists: Lists) -> Reconciliation | None:
    """Find the latest one of the same own list with an earlier file of the same document."""
    given = aliased(AnnexFile)
    document = select(given.source_document_id).where(given.id == lists.official_file_id)
    query = (
        select(Reconciliation)
        .filter_by(agency_id=lists.agency_id, unit_id=lists.unit_id, own_file_id=lists.own_file_id)
        .join(AnnexFile, AnnexFile.id == Reconciliation.official_file_id)
        .where(AnnexFile.source_document_id == document.scalar_subquery())
        .where(AnnexFile.id < lists.official_file_id)
        .order_by(AnnexFile.id.desc())
    )
    return session.scalars(query).first()


def follower(session: Session, reconciliation_id: int) -> int | None:
    """Give the reconciliation of a newer file that took this one's place."""
    following = select(Reconciliation.id).where(Reconciliation.former_id == reconciliation_id)
    return session.scalar(following.order_by(Reconciliation.id.desc()).limit(1))


def _rows_count() -> ColumnElement[int]:
    counted = select(func.count(AnnexRow.id))
    return counted.where(
        AnnexRow.annex_file_id == Reconciliation.official_file_id
    ).scalar_subquery()


def _ruled_count() -> ColumnElement[int]:
    counted = select(func.count(MatchedRow.annex_row_id)).join(
        Match, Match.id == MatchedRow.match_id
    )
    alive = Match.undone_at.is_(None)
    return counted.where(Match.reconciliation_id == Reconciliation.id, alive).scalar_subquery()


def _follower() -> ColumnElement[int | None]:
    newest = select(func.max(_Follower.id))
    return newest.where(_Follower.former_id == Reconciliation.id).scalar_subquery()


def _previous_file() -> ColumnElement[int | None]:
    """Select the file of the same document and agency that was read right before."""
    before = aliased(AnnexFile)
    return (
        select(func.max(before.id))
        .where(before.source_document_id == AnnexFile.source_document_id)
        .where(before.agency_id == AnnexFile.agency_id, before.id < AnnexFile.id)
        .scalar_subquery()
    )
