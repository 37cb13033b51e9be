"""Work of several days: assigned or proposed, handed in, judged then; late by its dates alone."""

from dataclasses import dataclass
from datetime import date

from catalogue.domain.judging import Verdict
from catalogue.domain.states import MoveNotAllowed
from catalogue.domain.words import LabelledWord


class WorkItemState(LabelledWord):
    """Where a piece of work of several days stands."""

    PROPOSED = "proposed", "Đề xuất, chờ đồng ý"
    OPEN = "open", "Đang làm"
    HANDED_IN = "handed_in", "Đã nộp, chờ đánh giá"
    ACCEPTED = "accepted", "Đạt"
    NOT_ACCEPTED = "not_accepted", "Chưa đạt"
    DROPPED = "dropped", "Đã bỏ"


class WorkItemMove(LabelledWord):
    """What is done with a piece of work."""

    ASSIGN = "assign", "Giao việc"
    PROPOSE = "propose", "Đề xuất"
    AGREE = "agree", "Đồng ý"
    EXTEND = "extend", "Đổi hạn"
    HAND_IN = "hand_in", "Nộp kết quả"
    SEND_BACK = "send_back", "Yêu cầu làm tiếp"
    ACCEPT = "accept", "Đánh giá đạt"
    NOT_ACCEPT = "not_accept", "Đánh giá chưa đạt"
    DROP = "drop", "Bỏ"


_W = WorkItemState
MOVES: dict[tuple[WorkItemState, WorkItemMove], WorkItemState] = {
    (_W.PROPOSED, WorkItemMove.AGREE): _W.OPEN,
    (_W.PROPOSED, WorkItemMove.DROP): _W.DROPPED,
    (_W.OPEN, WorkItemMove.EXTEND): _W.OPEN,
    (_W.OPEN, WorkItemMove.HAND_IN): _W.HANDED_IN,
    (_W.OPEN, WorkItemMove.DROP): _W.DROPPED,
    (_W.HANDED_IN, WorkItemMove.SEND_BACK): _W.OPEN,
    (_W.HANDED_IN, WorkItemMove.ACCEPT): _W.ACCEPTED,
    (_W.HANDED_IN, WorkItemMove.NOT_ACCEPT): _W.NOT_ACCEPTED,
}
# Hours may be logged on these.
OPEN_WORK = (_W.PROPOSED, _W.OPEN)
# These are not over yet: somebody still has to do something.
GOING_ON = (*OPEN_WORK, _W.HANDED_IN)


@dataclass(frozen=True, slots=True)
class WorkDraft:
    """A piece of work as it is assigned or proposed: on which task, what it leaves, by when."""

    task_version_id: int
    title: str
    product: str
    quantity: int
    due_on: date

    @property
    def told(self) -> str:
        return f"{self.title} {self.product}"


@dataclass(frozen=True, slots=True)
class Result:
    """What is handed in: what came of the work, how many pieces, where it can be seen."""

    text: str
    quantity: int
    evidence: str | None = None

    @property
    def told(self) -> str:
        return f"{self.text} {self.evidence or ''}"


def work_after(state: WorkItemState, move: WorkItemMove) -> WorkItemState:
    """Give the state that a move leads to, or refuse it in the reader's words."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed("Công việc", state, move) from None


def days_late(due_on: date, handed_in_on: date | None, today: date) -> int:
    """Count the days past the due day, at handing in or until today; 0 where it is in time."""
    return max(((handed_in_on or today) - due_on).days, 0)


def verdict_of(due_on: date, handed_in_on: date, *, accepted: bool) -> Verdict:
    """Give the word on a piece of work: the head says whether it is good, its dates whether late.

    Late work that is good is accepted work all the same.
    """
    if not accepted:
        return Verdict.NOT_ACCEPTED
    late = days_late(due_on, handed_in_on, handed_in_on)
    return Verdict.LATE if late else Verdict.ACCEPTED
