"""Two lists to reconcile: an office's positions in force, and a decision that words them anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.states import DossierState
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Dossier,
    DossierItem,
    Match,
    Person,
    PositionVersion,
    Reconciliation,
    SourceDocument,
)
from catalogue.services import matching
from tests.making import (
    AT,
    make_agency,
    make_annex_file,
    make_document,
    make_person,
    make_positions,
)


@dataclass
class Lists:
    """An agency with its positions, a decision with its rows, and the two side by side."""

    session: Session
    agency: Agency
    decision: SourceDocument
    officer: Person
    own: list[PositionVersion]
    rows: list[AnnexRow]
    reconciliation: Reconciliation

    def version(self, name: str) -> int:
        return next(each.id for each in self.own if each.name == name)

    def row(self, name: str) -> int:
        return next(each.id for each in self.rows if each.name == name)

    def live(self) -> list[Match]:
        alive = select(Match).where(Match.undone_at.is_(None)).order_by(Match.id)
        return list(self.session.scalars(alive))


def lay_lists(session: Session, own: Sequence[str], official: Sequence[str]) -> Lists:
    agency = make_agency(session, "VP", "Văn phòng")
    reference = make_document(session, "09-ĐA/TU", SourceState.REFERENCE)
    decision = make_document(session, "2754-QĐ/BTCTW")
    versions = make_positions(session, agency, reference, own)
    officer = make_person(session, "Lê Văn Tổ Chức")
    file = make_annex_file(session, agency, decision, official, SourceState.VERIFIED)
    opened = matching.open(session, agency.id, file.id, by=officer.id, at=AT)
    session.commit()
    rows = rows_of(session, file)
    return Lists(session, agency, decision, officer, versions, rows, opened)


def rows_of(session: Session, file: AnnexFile) -> list[AnnexRow]:
    of_file = select(AnnexRow).where(AnnexRow.annex_file_id == file.id).order_by(AnnexRow.id)
    return list(session.scalars(of_file))


def put_in_dossier(lists: Lists, match: Match, state: DossierState) -> Dossier:
    """Rest a dossier in this state on the match."""
    dossier = Dossier(
        number=1,
        title="Danh mục Văn phòng",
        state=state,
        drafted_by_id=lists.officer.id,
        drafted_at=AT,
    )
    lists.session.add(dossier)
    lists.session.flush()
    item = DossierItem(
        dossier_id=dossier.id,
        ordinal=1,
        match_id=match.id,
        agency_id=lists.agency.id,
        wording_row_id=lists.rows[0].id,
        kind=match.kind,
        differs=False,
        former_name="",
        name=lists.rows[0].name,
    )
    lists.session.add(item)
    lists.session.flush()
    return dossier
