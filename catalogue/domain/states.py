"""Where dossiers, drafts and assessments stand, and every move that those to be decided make."""

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


class DraftState(LabelledWord):
    """Where a drafted job description stands on its way to approval."""

    WRITING = "writing", "Đang soạn"
    SUBMITTED = "submitted", "Đã gửi thẩm định"
    APPRAISED = "appraised", "Đã thẩm định, chờ phê duyệt"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã phê duyệt"
    DROPPED = "dropped", "Đã bỏ"


class DraftMove(LabelledWord):
    """What is done to a draft as a whole."""

    SUBMIT = "submit", "Gửi thẩm định"
    TAKE_BACK = "take_back", "Rút lại để sửa"
    RETURN = "return", "Trả lại"
    APPRAISE = "appraise", "Thẩm định đạt"
    APPROVE = "approve", "Phê duyệt"
    DROP = "drop", "Bỏ bản soạn"


_D = DraftState
DRAFT_MOVES: dict[tuple[DraftState, DraftMove], DraftState] = {
    (_D.WRITING, DraftMove.SUBMIT): _D.SUBMITTED,
    (_D.WRITING, DraftMove.DROP): _D.DROPPED,
    (_D.SUBMITTED, DraftMove.TAKE_BACK): _D.WRITING,
    (_D.SUBMITTED, DraftMove.RETURN): _D.RETURNED,
    (_D.SUBMITTED, DraftMove.APPRAISE): _D.APPRAISED,
    (_D.APPRAISED, DraftMove.RETURN): _D.RETURNED,
    (_D.APPRAISED, DraftMove.APPROVE): _D.APPROVED,
    (_D.RETURNED, DraftMove.SUBMIT): _D.SUBMITTED,
    (_D.RETURNED, DraftMove.DROP): _D.DROPPED,
}


class MoveNotAllowed(Conflict):
    """What is moved does not stand where this may be done to it."""

    def __init__(self, subject: str, state: LabelledWord, move: LabelledWord) -> None:
        super().__init__(
            f"{subject} đang ở trạng thái «{state.label}» nên không thể «{move.label}». "
            f"Hãy mở lại trang để xem trạng thái mới nhất. Chưa có gì thay đổi."
        )


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
        raise MoveNotAllowed("Hồ sơ", state, move) from None


def draft_after(state: DraftState, move: DraftMove) -> DraftState:
    """Give the state that a move leads a draft to, or refuse it in the reader's words."""
    try:
        return DRAFT_MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed("Bản soạn", state, move) from None


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

# A draft of these is being written; of those below, one at a time beside what is in force.
BEING_WRITTEN = frozenset((DraftState.WRITING, DraftState.RETURNED))
OPEN_DRAFT = BEING_WRITTEN | {DraftState.SUBMITTED, DraftState.APPRAISED}


class AssessmentState(LabelledWord):
    """Whose word an assessment waits for."""

    OPEN = "open", "Đang tự đánh giá"
    SELF_SAID = "self_said", "Đã tự đánh giá, chờ thủ trưởng"
    HEAD_SAID = "head_said", "Thủ trưởng đã đánh giá, chờ thống nhất"
    CONFIRMED = "confirmed", "Đã xác nhận"


class AssessmentMove(LabelledWord):
    """Who says their word on an assessment."""

    SAY_SELF = "say_self", "Tự đánh giá"
    SAY_HEAD = "say_head", "Thủ trưởng đánh giá"
    CONFIRM = "confirm", "Xác nhận mức thống nhất"


# One's own word may be changed until the next one was said; a confirmed assessment never moves.
_A = AssessmentState
ASSESSMENT_MOVES: dict[tuple[AssessmentState, AssessmentMove], AssessmentState] = {
    (_A.OPEN, AssessmentMove.SAY_SELF): _A.SELF_SAID,
    (_A.SELF_SAID, AssessmentMove.SAY_SELF): _A.SELF_SAID,
    (_A.SELF_SAID, AssessmentMove.SAY_HEAD): _A.HEAD_SAID,
    (_A.HEAD_SAID, AssessmentMove.SAY_HEAD): _A.HEAD_SAID,
    (_A.HEAD_SAID, AssessmentMove.CONFIRM): _A.CONFIRMED,
}


def assessment_after(state: AssessmentState, move: AssessmentMove) -> AssessmentState:
    """Give the state that a word leads an assessment to, or refuse it in the reader's words."""
    try:
        return ASSESSMENT_MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed("Lần đánh giá", state, move) from None
