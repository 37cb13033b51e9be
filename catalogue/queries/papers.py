"""The papers of a dossier as records: read once for each, ready to be printed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain import issuer, papers
from catalogue.domain.dossier import Item
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.papers import AskedItem, Basis, Closing, Cover, MemberBallot, RuledItem
from catalogue.domain.reviewing import Audience, Choice, Stage, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import UNVERIFIED, PositionGroup, SourceState
from catalogue.models import (
    AnnexFile,
    Ballot,
    BallotMark,
    Dossier,
    DossierItem,
    Issuance,
    Match,
    Person,
    Reconciliation,
    Ruling,
    Seat,
    SourceDocument,
)
from catalogue.queries import dossier_items, remarks
from catalogue.queries.listings import UNGROUPED
from catalogue.queries.visible import visible

BODIES = {Stage.STANDING: "Thường trực Tỉnh ủy", Stage.COMMITTEE: "Ban Thường vụ Tỉnh ủy"}
_BOARD, _OFFICE = "Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy"
_BOARD_CLOSING = Closing(Signature("Trưởng ban", ""), ("Như trên",), _BOARD)
_AWAITING = "Ban hành khẩn – chờ xác nhận sau"
_CONCLUDED = frozenset(
    (
        DossierState.CONCLUDED,
        DossierState.ISSUED,
        DossierState.SUPERSEDED,
        DossierState.WITHDRAWN,
    )
)


def find(session: Session, dossier_id: int, viewer: Viewer) -> Dossier | None:
    """Find a dossier that the person may see."""
    return session.scalar(select(Dossier).where(Dossier.id == dossier_id, visible(Dossier, viewer)))


def proposal(session: Session, dossier: Dossier, on: date) -> papers.Proposal:
    items, bases = _items(session, dossier), _bases(session, dossier)
    cover = _cover(dossier, issuer.organisation_board(on), _marks(dossier, items, bases))
    return papers.Proposal(cover, bases, items, dossier.due_on, _BOARD_CLOSING)


def ballots(session: Session, dossier: Dossier, viewer: Viewer) -> papers.Ballots:
    """Make a ballot for each who votes today at the dossier's stage, with what may be seen of it."""
    stage, items = _stage(dossier), _items(session, dossier)
    return papers.Ballots(
        cover=_cover(dossier, issuer.committee_office(viewer.on), _marks(dossier, items)),
        body=BODIES[stage],
        items=_differing(items),
        ballots=tuple(_member_ballots(session, dossier, stage, viewer)),
        due_on=dossier.due_on,
    )


def answers(session: Session, dossier: Dossier, viewer: Viewer) -> papers.Answers:
    items = _items(session, dossier)
    cover = _cover(dossier, issuer.organisation_board(viewer.on), _marks(dossier, items))
    rows = tuple(remarks.answers(session, dossier, items, viewer))
    return papers.Answers(cover, rows, replace(_BOARD_CLOSING, recipients=(BODIES[Stage.COMMITTEE],)))


def conclusion(
    session: Session, dossier: Dossier, on: date, number: int | None
) -> papers.Conclusion:
    """Tell what was ruled at the dossier's stage; the rest stands as it was submitted."""
    stage, items = _stage(dossier), _items(session, dossier)
    ruled = remarks.rulings(session, dossier.id, stage)
    head = issuer.provincial_committee(on, number)
    marks = _marks(dossier, items, draft=dossier.state not in _CONCLUDED)
    return papers.Conclusion(
        cover=_cover(dossier, head, marks),
        body=BODIES[stage],
        undisputed=len(items) - len(ruled),
        ruled=tuple(
            _ruled(each, ruled[each.item.ordinal]) for each in items if each.item.ordinal in ruled
        ),
        closing=_committee_closing(stage, (_BOARD, "Các cơ quan, đơn vị có liên quan")),
    )


def decision(session: Session, dossier: Dossier, on: date) -> papers.Decision:
    """Print what was approved; before it is issued, a draft with its number and days left open."""
    items, bases = _items(session, dossier), _bases(session, dossier)
    issued = session.scalar(
        select(Issuance)
        .where(Issuance.dossier_id == dossier.id)
        .options(joinedload(Issuance.document))
    )
    head = issuer.provincial_committee((issued and issued.document.issued_on) or on)
    marks = _marks(dossier, items, bases, draft=issued is None) + _standing(issued)
    closing = _committee_closing(
        Stage.COMMITTEE, ("Ban Tổ chức Trung ương (để báo cáo)", "Các cơ quan, đơn vị tại Điều 3")
    )
    cover = _cover(dossier, head, marks)
    if issued:
        signature = replace(
            closing.signature, office=issued.signatory_office, name=issued.signatory
        )
        closing, cover = replace(closing, signature=signature), replace(cover, sha256=issued.sha256)
    ruled = remarks.rulings(session, dossier.id, Stage.COMMITTEE)
    return papers.Decision(
        cover=cover,
        number=issued.document.number if issued else "",
        bases=bases,
        listings=tuple(_listings(items, ruled, head)),
        effective_from=issued.effective_from if issued else None,
        closing=closing,
    )


def review_pack(session: Session, dossier: Dossier, viewer: Viewer) -> papers.ReviewPack:
    """Gather what differs and what the person may see of what was said; inner threads are marked."""
    items = _items(session, dossier)
    heard = remarks.said(session, dossier.id, viewer)
    inner = any(each.audience is Audience.COMMITTEE for each in heard)
    marks = _marks(dossier, items) + ((papers.INTERNAL_REMARKS,) if inner else ())
    cover = _cover(dossier, issuer.committee_office(viewer.on), marks)
    return papers.ReviewPack(cover, _differing(items), tuple(each.remark for each in heard))


def _stage(dossier: Dossier) -> Stage:
    return Stage.of(dossier.state) or Stage.COMMITTEE


def _differing(items: Sequence[AskedItem]) -> tuple[AskedItem, ...]:
    return tuple(each for each in items if each.item.differs)


def _items(session: Session, dossier: Dossier) -> tuple[AskedItem, ...]:
    items = dossier_items.read(session, dossier.id)
    numbers = {number for item in items for number, *_ in item.rows}
    unread = set(
        session.scalars(
            select(SourceDocument.number).where(
                SourceDocument.number.in_(numbers), SourceDocument.state != SourceState.VERIFIED
            )
        )
    )
    return tuple(AskedItem(item, _mark(item, unread)) for item in items)


def _mark(item: Item, unread: set[str]) -> str:
    return UNVERIFIED if any(number in unread for number, *_ in item.rows) else ""


def _bases(session: Session, dossier: Dossier) -> tuple[Basis, ...]:
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


def _marks(
    dossier: Dossier,
    items: Iterable[AskedItem],
    bases: Iterable[Basis] = (),
    *,
    draft: bool = False,
) -> tuple[str, ...]:
    unverified = any(each.mark for each in (*items, *bases))
    early = draft or dossier.state is DossierState.DRAFT
    return (papers.DRAFT_PAPER,) * early + (UNVERIFIED,) * unverified


def _standing(issued: Issuance | None) -> tuple[str, ...]:
    """Say of an issued decision what a reader of its print must know."""
    if issued is None:
        return ()
    awaiting = issued.urgent and issued.confirmed_by_id is None
    withdrawn = issued.withdrawn_on is not None
    return (_AWAITING,) * awaiting + (DossierState.WITHDRAWN.label,) * withdrawn


def _cover(dossier: Dossier, head: Letterhead, marks: tuple[str, ...]) -> Cover:
    return Cover(head, dossier.id, dossier.title, dossier.number, dossier.sha256 or "", marks)


def _committee_closing(stage: Stage, recipients: tuple[str, ...]) -> Closing:
    authority = f"T/M {BODIES[stage].removesuffix(' Tỉnh ủy')}"
    return Closing(Signature(authority, ""), recipients, _OFFICE)


def _member_ballots(
    session: Session, dossier: Dossier, stage: Stage, viewer: Viewer
) -> Iterable[MemberBallot]:
    marks = (
        select(Ballot.person_id, DossierItem.ordinal, BallotMark.choice, BallotMark.remark)
        .join(BallotMark, BallotMark.ballot_id == Ballot.id)
        .join(DossierItem, DossierItem.id == BallotMark.item_id)
        .where(Ballot.dossier_id == dossier.id, Ballot.stage == stage, visible(Ballot, viewer))
    )
    said: defaultdict[int, dict[int, tuple[Choice, str]]] = defaultdict(dict)
    for person_id, ordinal, choice, remark in session.execute(marks):
        said[person_id][ordinal] = (choice, remark)
    seats = (
        select(Person.id, Person.name, Seat.office)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.stage == stage, Seat.votes, Seat.holds_on(viewer.on))
        .order_by(Seat.rank, Person.sort_key)
    )
    for person_id, name, office in session.execute(seats):
        yield MemberBallot(name, office, said[person_id])


def _ruled(asked: AskedItem, ruling: Ruling) -> RuledItem:
    return RuledItem(asked, ruling.verdict, ruling.amended_name or "", ruling.reason)


def _listings(
    items: Sequence[AskedItem], ruled: dict[int, Ruling], head: Letterhead
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
        origin="; ".join(f"{number}, bảng {table}, dòng {row}" for number, _, table, row in item.rows),
        mark=asked.mark,
    )
