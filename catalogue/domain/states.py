"""Where a dossier stands, and every move it may make: one table."""

from dataclasses import dataclass

from catalogue.domain.errors import Conflict
from catalogue.domain.words import LabelledWord


class DossierState(LabelledWord):
    """Where a dossier of the catalogue stands on its way to a decision."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã trình"
    STANDING_REVIEW = "standing_review", "Thường trực đang cho ý kiến"
    COMMITTEE_REVIEW = "committee_review", "Ban Thường vụ đang xem xét"
    RETURNED = "returned", "Trả lại"
    CONCLUDED = "concluded", "Đã thông qua từng mục"
    ISSUED = "issued", "Đã ban hành"
    SUPERSEDED = "superseded", "Đã thay thế"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class Move(LabelledWord):
    """What is done to a dossier as a whole."""

    SUBMIT = "submit", "Trình"
    OPEN = "open", "Nhận xem xét"
    FORWARD = "forward", "Chuyển Ban Thường vụ"
    RETURN = "return", "Trả lại"
    CONCLUDE = "conclude", "Thông qua từng mục"
    ISSUE = "issue", "Ban hành"
    ISSUE_URGENTLY = "issue_urgently", "Ban hành khẩn"
    SUPERSEDE = "supersede", "Thay thế"
    WITHDRAW = "withdraw", "Thu hồi"


_S = DossierState
MOVES: dict[tuple[DossierState, Move], DossierState] = {
    (_S.DRAFT, Move.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, Move.OPEN): _S.STANDING_REVIEW,
    (_S.SUBMITTED, Move.RETURN): _S.RETURNED,
    (_S.STANDING_REVIEW, Move.FORWARD): _S.COMMITTEE_REVIEW,
    (_S.STANDING_REVIEW, Move.RETURN): _S.RETURNED,
    (_S.COMMITTEE_REVIEW, Move.RETURN): _S.RETURNED,
    (_S.COMMITTEE_REVIEW, Move.CONCLUDE): _S.CONCLUDED,
    (_S.COMMITTEE_REVIEW, Move.ISSUE_URGENTLY): _S.ISSUED,
    (_S.CONCLUDED, Move.RETURN): _S.RETURNED,
    (_S.CONCLUDED, Move.ISSUE): _S.ISSUED,
    (_S.ISSUED, Move.SUPERSEDE): _S.SUPERSEDED,
    (_S.ISSUED, Move.WITHDRAW): _S.WITHDRAWN,
}


class MoveNotAllowed(Conflict):
    """The dossier does not stand where this may be done to it."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves open from one state, for a page to offer."""

    state: DossierState

    def __contains__(self, move: Move) -> bool:
        return (self.state, move) in MOVES


def after(state: DossierState, move: Move) -> DossierState:
    """Give the state that a move leads to, or refuse it in the reader's words."""
    try:
        return MOVES[state, move]
    except KeyError:
        message = (
            f"Hồ sơ đang ở trạng thái «{state.label}» nên không thể «{move.label}». "
            "Hãy mở lại hồ sơ để xem trạng thái mới nhất. Chưa có gì thay đổi."
        )
        raise MoveNotAllowed(message) from None


# While the content may still change; afterwards it is what was hashed.
OPEN_TO_EDIT = frozenset((DossierState.DRAFT,))
UNDER_REVIEW = frozenset((DossierState.STANDING_REVIEW, DossierState.COMMITTEE_REVIEW))
# What is asked for is settled, and nothing of it was issued yet.
DISCUSSED = UNDER_REVIEW | {DossierState.SUBMITTED, DossierState.CONCLUDED}
# What these held is free to be asked for again.
RELEASED = frozenset((DossierState.RETURNED, DossierState.WITHDRAWN))
# On the way to a decision: what these ask for, no other may ask for meanwhile.
UNDER_WAY = frozenset(
    (DossierState.DRAFT, DossierState.SUBMITTED, *UNDER_REVIEW, DossierState.CONCLUDED)
)
ENDED = frozenset((DossierState.RETURNED, DossierState.SUPERSEDED, DossierState.WITHDRAWN))
