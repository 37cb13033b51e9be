"""What a person may do to a dossier on the committee's pages today."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.blueprints.guard import viewer
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.reviewing import Stage
from catalogue.domain.roles import Permission
from catalogue.domain.states import Move, Moves
from catalogue.extensions import db
from catalogue.models import Dossier, Seat
from catalogue.queries.reviews import Review
from catalogue.services import dossiers
from catalogue.services.reviews import BEFORE


@dataclass(frozen=True, slots=True)
class Offered:
    """What the person may do to a dossier today; who wrote it may do nothing.

    `voted` tells that their ballot of this stage was sent.
    """

    moves: Moves
    stage: Stage | None
    seats: Sequence[Seat]
    own: bool
    voted: bool

    @property
    def votes(self) -> bool:
        return not self.own and any(seat.votes for seat in self.seats)

    @property
    def casts(self) -> bool:
        return self.stage is not None and self.votes

    @property
    def enters(self) -> bool:
        secretary = any(seat.secretary for seat in self.seats)
        return self.stage is not None and secretary and not self.own

    @property
    def takes_up(self) -> bool:
        return Move.OPEN in self.moves and bool(self.seats) and not self.own

    @property
    def forwards(self) -> bool:
        return Move.FORWARD in self.moves and self.votes

    @property
    def concludes(self) -> bool:
        return Move.CONCLUDE in self.moves and self.votes

    @property
    def issues(self) -> bool:
        return Move.ISSUE in self.moves and bool(self.seats) and not self.own

    @property
    def issues_urgently(self) -> bool:
        return Move.ISSUE_URGENTLY in self.moves and bool(self.seats) and not self.own

    @property
    def returns(self) -> bool:
        return Move.RETURN in self.moves and self.votes


def offered(dossier: Dossier, review: Review | None) -> Offered:
    """Say what the signed-in person may do to the dossier today."""
    person, moves, stage = viewer(), Moves(dossier.state), Stage.of(dossier.state)
    if review is None or not person.may(Permission.REVIEW):
        return Offered(moves, stage, seats=(), own=False, voted=False)
    seats = review.sits(BEFORE.get(dossier.state), person.person_id)
    return Offered(
        moves,
        stage,
        seats=seats,
        own=bool(seats) and person.person_id in dossiers.authors(db.session(), dossier),
        voted=any((one.stage, one.person_id) == (stage, person.person_id) for one in review.cast),
    )


def at_work(dossier: Dossier, review: Review | None) -> Stage:
    """Give the stage at which the person acts; refuses whoever has no seat there, or wrote it."""
    offer = offered(dossier, review)
    if offer.stage is None:
        raise Conflict(
            f"Hồ sơ đang ở trạng thái «{dossier.state.label}», không ở bước lấy ý kiến nào."
        )
    if not (offer.casts or offer.enters):
        raise NotAllowed(
            "Bạn không có ghế ở bước này, hoặc đã tham gia soạn, trình hồ sơ này, nên không cho ý "
            "kiến được."
        )
    return offer.stage
