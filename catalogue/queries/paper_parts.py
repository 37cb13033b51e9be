"""What the papers of a dossier have in common: its items, what they rest on, who signs."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.dossier import Item
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.papers import DRAFT_PAPER, AskedItem, Basis, Closing, Cover
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState
from catalogue.domain.words import UNVERIFIED, SourceState
from catalogue.models import (
    AnnexFile,
    Dossier,
    DossierItem,
    Match,
    Reconciliation,
    SourceDocument,
)
from catalogue.queries import dossier_items

BODIES = {Stage.STANDING: "Thường trực Tỉnh ủy", Stage.COMMITTEE: "Ban Thường vụ Tỉnh ủy"}
BOARD, OFFICE = "Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy"


def items(session: Session, dossier: Dossier) -> tuple[AskedItem, ...]:
    """Read all items of a dossier, each with the mark of what it rests on."""
    asked = dossier_items.read(session, dossier.id)
    numbers = {number for item in asked for number, *_ in item.rows}
    unread = set(
        session.scalars(
            select(SourceDocument.number).where(
                SourceDocument.number.in_(numbers), SourceDocument.state != SourceState.VERIFIED
            )
        )
    )
    return tuple(AskedItem(item, _mark(item, unread)) for item in asked)


def differing(items: Sequence[AskedItem]) -> tuple[AskedItem, ...]:
    return tuple(each for each in items if each.item.differs)


def bases(session: Session, dossier: Dossier) -> tuple[Basis, ...]:
    """Name the documents whose lists the dossier's positions were reconciled with."""
    query = (
        select(SourceDocument)
        .join(AnnexFile, AnnexFile.source_document_id == SourceDocument.id)
        .join(Reconciliation, Reconciliation.official_file_id == AnnexFile.id)
        .join(Match, Match.reconciliation_id == Reconciliation.id)
        .join(DossierItem, DossierItem.match_id == Match.id)
        .where(DossierItem.dossier_id == dossier.id)
        .distinct()
        .order_by(SourceDocument.number)
    )
    return tuple(
        Basis(
            document.number,
            document.issuer,
            document.issued_on,
            document.title,
            "" if document.state is SourceState.VERIFIED else UNVERIFIED,
        )
        for document in session.scalars(query)
    )


def marks(
    dossier: Dossier,
    asked: Iterable[AskedItem],
    rests_on: Iterable[Basis] = (),
    *,
    draft: bool = False,
) -> tuple[str, ...]:
    """Give the marks of a paper: made before its time, or resting on what nobody read."""
    resting: list[AskedItem | Basis] = [*asked, *rests_on]
    unverified = any(each.mark for each in resting)
    early = draft or dossier.state is DossierState.DRAFT
    return (DRAFT_PAPER,) * early + (UNVERIFIED,) * unverified


def cover(dossier: Dossier, head: Letterhead, marks: tuple[str, ...]) -> Cover:
    return Cover(head, dossier.id, dossier.title, dossier.number, dossier.sha256 or "", marks)


def committee_closing(stage: Stage, recipients: tuple[str, ...]) -> Closing:
    """Let the committee sign for all of it; the copy stays with its office."""
    authority = f"T/M {BODIES[stage].removesuffix(' Tỉnh ủy')}"
    return Closing(Signature(authority, ""), recipients, OFFICE)


def _mark(item: Item, unread: set[str]) -> str:
    return UNVERIFIED if any(number in unread for number, *_ in item.rows) else ""
