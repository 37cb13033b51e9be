"""What the committee does to a dossier as a whole: takes it up, passes it on, ends, returns it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState, Move, after
from catalogue.models import Dossier
from catalogue.queries import reviews, seats
from catalogue.services import ballots, dossiers, seating

# Before which body a dossier lies: by its members it is taken up, passed on, and returned.
BEFORE = {
    DossierState.SUBMITTED: Stage.STANDING,
    DossierState.STANDING_REVIEW: Stage.STANDING,
    DossierState.COMMITTEE_REVIEW: Stage.COMMITTEE,
    DossierState.CONCLUDED: Stage.COMMITTEE,
}


class StillOpen(Conflict):
    """The stage cannot end yet: too few have answered, or disputed items have no ruling."""


def take_up(session: Session, dossier_id: int, *, by: int, at: datetime, today: date) -> Dossier:
    """Begin the review of what was submitted: the standing body's members or its secretary."""
    after(dossiers.locked(session, dossier_id).state, Move.OPEN)
    if seats.of_person(session, Stage.STANDING, by, today) is None:
        seating.refuse_unseated(session, Stage.STANDING, by=by, today=today)
    return dossiers.move(session, dossier_id, Move.OPEN, by=by, at=at)


def forward(session: Session, dossier_id: int, *, by: int, at: datetime, today: date) -> Dossier:
    """End the standing body's stage and hand the dossier on to the committee."""
    return _end(session, dossier_id, Move.FORWARD, by=by, at=at, today=today)


def conclude(session: Session, dossier_id: int, *, by: int, at: datetime, today: date) -> Dossier:
    """End the committee's stage: every item is decided, by ballot or by a ruling."""
    return _end(session, dossier_id, Move.CONCLUDE, by=by, at=at, today=today)


def give_back(
    session: Session, dossier_id: int, reason: str, *, by: int, at: datetime, today: date
) -> Dossier:
    """Return a dossier with the reason; answers the next numbered draft."""
    state = dossiers.locked(session, dossier_id).state
    after(state, Move.RETURN)
    seating.refuse_unseated(session, BEFORE[state], by=by, today=today)
    return dossiers.give_back(session, dossier_id, reason, by=by, at=at)


def _end(
    session: Session, dossier_id: int, step: Move, *, by: int, at: datetime, today: date
) -> Dossier:
    stage = Stage.STANDING if step is Move.FORWARD else Stage.COMMITTEE
    dossier = dossiers.locked(session, dossier_id)
    after(dossier.state, step)
    seating.refuse_unseated(session, stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    lacking = (
        reviews.read(session, dossier_id, today)
        .result(stage)
        .missing(ballots.item_names(session, dossier_id))
    )
    if lacking:
        raise StillOpen(f"Chưa thể «{step.label}»: {'; '.join(lacking)}. Chưa có gì thay đổi.")
    return dossiers.move(session, dossier_id, step, by=by, at=at)
