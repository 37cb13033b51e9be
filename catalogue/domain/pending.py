"""Hours that have no task yet: where they come from, and what becomes of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from catalogue.domain import day_rules
from catalogue.domain.day_rules import DayFacts
from catalogue.domain.errors import Refusal
from catalogue.domain.states import MoveNotAllowed
from catalogue.domain.words import LabelledWord, WorkPlace


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
    # An officer who finds no new task in it sends it back to the head, not to the person.
    (_P.PROPOSED, PendingMove.SEND_AGAIN): _P.WAITING,
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


@dataclass(frozen=True, slots=True)
class PendingDraft:
    """Hours without a task as a person tells them; `assigned_by` is who gave the work.

    `entry_key` is made by the sender, so that sending again writes nothing twice.
    """

    assignment_id: int
    minutes: int
    content: str
    product: str | None = None
    quantity: int | None = None
    overtime: bool = False
    place: WorkPlace | None = None
    evidence: str | None = None
    note: str | None = None
    assigned_by: str | None = None
    entry_key: str | None = None

    @property
    def told(self) -> str:
        """All that was typed about the work, beside the figures."""
        typed = (self.content, self.product, self.evidence, self.note, self.assigned_by)
        return " ".join(text for text in typed if text)

    def columns(self) -> dict[str, object]:
        """Give what is kept of it, named as the columns of its table; its key is not told again."""
        names = [each.name for each in fields(self) if each.name != "entry_key"]
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which task a line is mapped to; `seen` is how many steps it had gone when it was read.

    `product` is what the chooser says of the result where the writer said nothing.
    """

    pending_id: int
    task_version_id: int
    seen: int
    product: str | None = None
    quantity: int | None = None


def pending_refusals(draft: PendingDraft, facts: DayFacts) -> list[Refusal]:
    """Give every reason why the hours cannot be told for the day; none when they can."""
    if found := day_rules.day_refusal(facts):
        return [found]
    return list(_of_draft(draft, facts))


def _of_draft(draft: PendingDraft, facts: DayFacts) -> Iterator[Refusal]:
    if not draft.content:
        yield Refusal(0, "content", "Nội dung: hãy ghi đã làm việc gì.")
    found = (
        day_rules.amount_refusal(0, draft.minutes),
        day_rules.absence_refusal(0, facts, overtime=draft.overtime),
        day_rules.secret_refusal(0, draft.told),
        day_rules.overfull(0, draft.minutes, facts),
    )
    yield from (refusal for refusal in found if refusal)
