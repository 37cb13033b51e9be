"""Hours that have no task yet: where they come from, and what becomes of them."""

from catalogue.domain.states import MoveNotAllowed
from catalogue.domain.words import LabelledWord


class PendingKind(LabelledWord):
    """Why hours have no task."""

    UNPLANNED = "unplanned", "Việc phát sinh"
    UNMATCHED = "unmatched", "Chưa gắn nhiệm vụ"


class PendingState(LabelledWord):
    """Where hours without a task stand."""

    WAITING = "waiting", "Chờ gắn"
    PROPOSED = "proposed", "Đề nghị bổ sung vào bản mô tả"
    MAPPED = "mapped", "Đã gắn nhiệm vụ"
    RETURNED = "returned", "Trả lại"
    REMOVED = "removed", "Đã bỏ"


class PendingMove(LabelledWord):
    """What is done with hours without a task."""

    MAP = "map", "Gắn nhiệm vụ"
    PROPOSE = "propose", "Đề nghị bổ sung"
    RETURN = "return", "Trả lại"
    SEND_AGAIN = "send_again", "Gửi lại"
    REMOVE = "remove", "Bỏ"


_P = PendingState
MOVES: dict[tuple[PendingState, PendingMove], PendingState] = {
    (_P.WAITING, PendingMove.MAP): _P.MAPPED,
    (_P.WAITING, PendingMove.PROPOSE): _P.PROPOSED,
    (_P.WAITING, PendingMove.RETURN): _P.RETURNED,
    (_P.WAITING, PendingMove.REMOVE): _P.REMOVED,
    (_P.PROPOSED, PendingMove.MAP): _P.MAPPED,
    (_P.PROPOSED, PendingMove.RETURN): _P.RETURNED,
    (_P.RETURNED, PendingMove.SEND_AGAIN): _P.WAITING,
    (_P.RETURNED, PendingMove.REMOVE): _P.REMOVED,
}
# These hours are still to become lines; the others are lines already, or none.
OPEN_PENDING = (_P.WAITING, _P.PROPOSED)


def pending_after(state: PendingState, move: PendingMove) -> PendingState:
    """Give the state that a move leads to, or refuse it in the reader's words."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed("Dòng chờ gắn", state, move) from None
