"""The decision that issues a dossier, with the catalogue that it brings into force."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain import issuer
from catalogue.domain.layout import Letterhead
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.papers import AskedItem, Decision
from catalogue.domain.reviewing import Stage, Verdict
from catalogue.domain.states import DossierState
from catalogue.domain.words import PositionGroup
from catalogue.models import Dossier, Issuance, Ruling
from catalogue.queries import paper_parts as parts, remarks
from catalogue.queries.listings import UNGROUPED

_AWAITING = "Ban hành khẩn – chờ xác nhận sau"
_RECIPIENTS = ("Ban Tổ chức Trung ương (để báo cáo)", "Các cơ quan, đơn vị tại Điều 3")


def read(session: Session, dossier: Dossier, on: date) -> Decision:
    """Print what was approved; before it is issued, a draft with its number and days left open."""
    asked, rests_on = parts.items(session, dossier), parts.bases(session, dossier)
    ruled = remarks.rulings(session, dossier.id, Stage.COMMITTEE)
    issued = session.scalar(
        select(Issuance)
        .where(Issuance.dossier_id == dossier.id)
        .options(joinedload(Issuance.document))
    )
    head = issuer.provincial_committee((issued and issued.document.issued_on) or on)
    marks = parts.marks(dossier, asked, rests_on, draft=issued is None)
    paper = Decision(
        cover=parts.cover(dossier, head, marks),
        number="",
        bases=rests_on,
        listings=tuple(_listings(asked, ruled, head)),
        effective_from=None,
        closing=parts.committee_closing(Stage.COMMITTEE, _RECIPIENTS),
    )
    return _as_issued(paper, issued) if issued else paper


def _as_issued(paper: Decision, issued: Issuance) -> Decision:
    """Fill in what issuing gave: number, day of effect, who signed, what was approved."""
    closing, cover = paper.closing, paper.cover
    signature = replace(closing.signature, office=issued.signatory_office, name=issued.signatory)
    return replace(
        paper,
        cover=replace(cover, sha256=issued.sha256, marks=cover.marks + _standing(issued)),
        number=issued.document.number,
        effective_from=issued.effective_from,
        closing=replace(closing, signature=signature),
    )


def _standing(issued: Issuance) -> tuple[str, ...]:
    """Say of an issued decision what a reader of its print must know."""
    awaiting = issued.urgent and issued.confirmed_by_id is None
    withdrawn = issued.withdrawn_on is not None
    return (_AWAITING,) * awaiting + (DossierState.WITHDRAWN.label,) * withdrawn


def _listings(
    items: Sequence[AskedItem], ruled: Mapping[int, Ruling], head: Letterhead
) -> Iterable[Listing]:
    """List what was adopted, agency by agency in the dossier's order."""
    groups: dict[str, dict[PositionGroup | None, list[ListedPosition]]] = {}
    for each in items:
        ruling = ruled.get(each.item.ordinal)
        if ruling is None or ruling.verdict is not Verdict.REJECT:
            of_agency = groups.setdefault(each.item.agency, defaultdict(list))
            of_agency[each.item.group].append(_listed(each, ruling))
    for agency, found in groups.items():
        listed = tuple(
            ListedGroup(group.label if group else UNGROUPED, tuple(found[group]))
            for group in (*PositionGroup, None)
            if group in found
        )
        yield Listing(head, agency, listed)


def _listed(asked: AskedItem, ruling: Ruling | None) -> ListedPosition:
    item = asked.item
    return ListedPosition(
        name=(ruling and ruling.amended_name) or item.name,
        rank=item.rank,
        code=item.code,
        headcount=item.headcount,
        origin="; ".join(
            f"{number}, bảng {table}, dòng {row}" for number, _, table, row in item.rows
        ),
        mark=asked.mark,
    )
