"""The papers of a dossier as records: read once for each, ready to be printed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import issuer, papers
from catalogue.domain.layout import Signature
from catalogue.domain.papers import AskedItem, Closing, MemberBallot, RuledItem
from catalogue.domain.reviewing import Audience, Choice, Stage
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.models import (
    Ballot,
    BallotMark,
    Dossier,
    DossierItem,
    Person,
    Ruling,
    Seat,
)
from catalogue.queries import paper_parts as parts, remarks
from catalogue.queries.visible import visible

_BOARD_CLOSING = Closing(Signature("Trưởng ban", ""), ("Như trên",), parts.BOARD)
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
    items, bases = parts.items(session, dossier), parts.bases(session, dossier)
    cover = parts.cover(dossier, issuer.organisation_board(on), parts.marks(dossier, items, bases))
    return papers.Proposal(cover, bases, items, dossier.due_on, _BOARD_CLOSING)


def ballots(session: Session, dossier: Dossier, viewer: Viewer) -> papers.Ballots:
    """Make a ballot for each who votes at the dossier's stage, with what may be seen of it."""
    stage, items = _stage(dossier), parts.items(session, dossier)
    return papers.Ballots(
        cover=parts.cover(dossier, issuer.committee_office(viewer.on), parts.marks(dossier, items)),
        body=parts.BODIES[stage],
        items=parts.differing(items),
        ballots=tuple(_member_ballots(session, dossier, stage, viewer)),
        due_on=dossier.due_on,
    )


def answers(session: Session, dossier: Dossier, viewer: Viewer) -> papers.Answers:
    items = parts.items(session, dossier)
    cover = parts.cover(dossier, issuer.organisation_board(viewer.on), parts.marks(dossier, items))
    rows = tuple(remarks.answers(session, dossier, items, viewer))
    return papers.Answers(
        cover, rows, replace(_BOARD_CLOSING, recipients=(parts.BODIES[Stage.COMMITTEE],))
    )


def conclusion(
    session: Session, dossier: Dossier, on: date, number: int | None
) -> papers.Conclusion:
    """Tell what was ruled at the dossier's stage; the rest stands as it was submitted."""
    stage, items = _stage(dossier), parts.items(session, dossier)
    ruled = remarks.rulings(session, dossier.id, stage)
    head = issuer.provincial_committee(on, number)
    marks = parts.marks(dossier, items, draft=dossier.state not in _CONCLUDED)
    return papers.Conclusion(
        cover=parts.cover(dossier, head, marks),
        body=parts.BODIES[stage],
        undisputed=len(items) - len(ruled),
        ruled=tuple(
            _ruled(each, ruled[each.item.ordinal]) for each in items if each.item.ordinal in ruled
        ),
        closing=parts.committee_closing(stage, (parts.BOARD, "Các cơ quan, đơn vị có liên quan")),
    )


def review_pack(session: Session, dossier: Dossier, viewer: Viewer) -> papers.ReviewPack:
    """Gather what differs and what was said, as far as the person may see it."""
    items = parts.items(session, dossier)
    heard = remarks.said(session, dossier.id, viewer)
    inner = any(each.audience is Audience.COMMITTEE for each in heard)
    marks = parts.marks(dossier, items) + ((papers.INTERNAL_REMARKS,) if inner else ())
    cover = parts.cover(dossier, issuer.committee_office(viewer.on), marks)
    return papers.ReviewPack(cover, parts.differing(items), tuple(each.remark for each in heard))


def _stage(dossier: Dossier) -> Stage:
    return Stage.of(dossier.state) or Stage.COMMITTEE


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
