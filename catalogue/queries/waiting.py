"""What waits for a person in the review of the catalogue, the most pressing first."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.reviewing import Stage
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import LabelledWord
from catalogue.models import Ballot, Dossier, Issuance, Seat


class Wait(LabelledWord):
    """What is asked of the person."""

    RETURNED = "returned", "Hồ sơ bị trả lại, hãy sửa và trình lại"
    BALLOT = "ballot", "Chờ phiếu ý kiến của bạn"
    CONFIRMATION = "confirmation", "Ban hành khẩn, chờ xác nhận sau"
    SUBMITTED = "submitted", "Hồ sơ mới trình, chờ nhận xem xét"
    DRAFT = "draft", "Hồ sơ đang soạn, chưa trình"


class Waiting(NamedTuple):
    """One thing to do: on which dossier, or on which issuance where `issuance_id` is set."""

    wait: Wait
    dossier_id: int
    issuance_id: int | None
    title: str
    detail: str
    due_on: date | None


_STAGES = {
    Stage.STANDING: DossierState.STANDING_REVIEW,
    Stage.COMMITTEE: DossierState.COMMITTEE_REVIEW,
}
_ORDER = list(Wait)


def for_person(session: Session, viewer: Viewer) -> Sequence[Waiting]:
    """List what waits for the person on their day."""
    found: list[Waiting] = []
    if viewer.may(Permission.DRAFT_DOSSIER):
        found += _drafts(session)
    if viewer.may(Permission.REVIEW):
        found += [*_submitted(session), *_ballots(session, viewer), *_urgent(session, viewer)]
    return sorted(found, key=lambda each: (_ORDER.index(each.wait), each.due_on or date.max))


def _drafts(session: Session) -> list[Waiting]:
    """Drafts; one that follows a returned dossier carries the reason."""
    returned = aliased(Dossier)
    first = returned.id == Dossier.first_id
    later = returned.first_id == Dossier.first_id
    rows = session.execute(
        select(Dossier.id, Dossier.title, Dossier.due_on, returned.return_reason)
        .outerjoin(
            returned,
            and_(
                Dossier.first_id.is_not(None),
                first | later,
                returned.number == Dossier.number - 1,
            ),
        )
        .where(Dossier.state == DossierState.DRAFT)
    )
    return [
        Waiting(Wait.RETURNED if reason else Wait.DRAFT, key, None, title, reason or "", due_on)
        for key, title, due_on, reason in rows
    ]


def _submitted(session: Session) -> list[Waiting]:
    rows = session.execute(
        select(Dossier.id, Dossier.title, Dossier.due_on).where(
            Dossier.state == DossierState.SUBMITTED
        )
    )
    return [Waiting(Wait.SUBMITTED, key, None, title, "", due_on) for key, title, due_on in rows]


def _ballots(session: Session, viewer: Viewer) -> list[Waiting]:
    """Dossiers at a stage at which the person votes and has not sent a ballot."""
    at_stage = or_(
        *(and_(Seat.stage == stage, Dossier.state == state) for stage, state in _STAGES.items())
    )
    sent = select(Ballot.id).where(
        Ballot.dossier_id == Dossier.id,
        Ballot.stage == Seat.stage,
        Ballot.person_id == Seat.person_id,
        Ballot.sent_at.is_not(None),
    )
    rows = session.execute(
        select(Dossier.id, Dossier.title, Dossier.due_on, Seat.stage)
        .join(Seat, at_stage)
        .where(Seat.person_id == viewer.person_id, Seat.votes, Seat.holds_on(viewer.on))
        .where(~sent.exists())
    )
    return [
        Waiting(Wait.BALLOT, key, None, title, stage.label, due_on)
        for key, title, due_on, stage in rows
    ]


def _urgent(session: Session, viewer: Viewer) -> list[Waiting]:
    rows = session.execute(
        select(Dossier.id, Issuance.id, Dossier.title, Issuance.urgent_reason)
        .join(Issuance, Issuance.dossier_id == Dossier.id)
        .where(Issuance.urgent, Issuance.confirmed_at.is_(None))
        .where(Issuance.withdrawn_on.is_(None), Issuance.issued_by_id != viewer.person_id)
    )
    return [
        Waiting(Wait.CONFIRMATION, dossier, issuance, title, reason, None)
        for dossier, issuance, title, reason in rows
    ]
