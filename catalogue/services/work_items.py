"""Work of several days on its way: agreed to, put off, handed in, sent back, dropped."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.domain.work_items import (
    Result,
    WorkItemMove,
    WorkItemState,
    work_after,
)
from catalogue.models import Assignment, Person, WorkItem, WorkItemStep
from catalogue.queries.judges import judge_of
from catalogue.services import auditing, work_notices

_NOT_FOUND = "Không tìm thấy nội dung này."


def agree(
    session: Session, item_id: int, revision: int, *, viewer: Viewer, at: datetime
) -> WorkItem:
    """Agree to what was proposed."""
    item = _judged(session, item_id, WorkItemMove.AGREE, revision, viewer)
    reach(session, item, WorkItemMove.AGREE, by=viewer.person_id, at=at)
    return item


def extend(  # noqa: PLR0913 (what is changed, why, and by whom)
    session: Session,
    item_id: int,
    due_on: date,
    reason: str,
    revision: int,
    *,
    viewer: Viewer,
    at: datetime,
) -> WorkItem:
    """Set another due day, with a reason; the former one stays among the steps."""
    item = _judged(session, item_id, WorkItemMove.EXTEND, revision, viewer)
    _refuse_reason(reason)
    if due_on < viewer.on or due_on == item.due_on:
        message = "Hạn: hãy chọn một ngày khác hạn đang có, từ hôm nay trở đi."
        raise Invalid(message, field="due_on")
    note = f"{reason} (hạn trước: {item.due_on:%d/%m/%Y})"
    item.due_on = due_on
    reach(session, item, WorkItemMove.EXTEND, by=viewer.person_id, at=at, note=note)
    return item


def send_back(
    session: Session, item_id: int, reason: str, revision: int, *, viewer: Viewer, at: datetime
) -> WorkItem:
    """Ask for more work on what was handed in; its due day stays."""
    item = _judged(session, item_id, WorkItemMove.SEND_BACK, revision, viewer)
    _refuse_reason(reason)
    item.handed_in_on = None
    reach(session, item, WorkItemMove.SEND_BACK, by=viewer.person_id, at=at, note=reason)
    work_notices.sent_back(session, item, at=at)
    return item


def hand_in(  # noqa: PLR0913 (what is handed in, and by whom)
    session: Session,
    item_id: int,
    result: Result,
    revision: int,
    *,
    today: date,
    by: int,
    at: datetime,
) -> WorkItem:
    """Hand in what came of one's work, today: whether it is late follows from that."""
    item = locked(session, item_id)
    _refuse_other(item, by)
    refuse_stale(item, revision)
    work_after(item.state, WorkItemMove.HAND_IN)
    if not result.text:
        raise Invalid("Kết quả: hãy ghi việc đã để lại gì.", field="result")
    refuse_secret(result.told, "result")
    item.result, item.evidence = result.text, result.evidence
    item.handed_quantity, item.handed_in_on = result.quantity, today
    reach(session, item, WorkItemMove.HAND_IN, by=by, at=at, note=result.text)
    return item


def drop(
    session: Session, item_id: int, reason: str, revision: int, *, viewer: Viewer, at: datetime
) -> WorkItem:
    """Drop a piece of work: its head with a reason, or the holder what they only proposed.

    Lines already logged stay, and are judged day by day.
    """
    item = locked(session, item_id)
    own = item.assignment.person_id == viewer.person_id
    if not own or item.state is not WorkItemState.PROPOSED:
        refuse_stranger(session, item.assignment, viewer)
        _refuse_reason(reason)
    refuse_stale(item, revision)
    reach(session, item, WorkItemMove.DROP, by=viewer.person_id, at=at, note=reason)
    return item


def locked(session: Session, item_id: int) -> WorkItem:
    """Read a piece of work as it now stands, and keep it and its holder's days so."""
    holder = (
        select(Assignment.person_id)
        .join(WorkItem, WorkItem.assignment_id == Assignment.id)
        .where(WorkItem.id == item_id)
    )
    # Whoever saves a day holds the person: the lines of this work stand still meanwhile.
    person = select(Person.id).where(Person.id == holder.scalar_subquery())
    session.execute(person.with_for_update())
    query = select(WorkItem).where(WorkItem.id == item_id)
    item = session.scalar(query.execution_options(populate_existing=True))
    if item is None:
        raise NotFound(_NOT_FOUND)
    return item


def refuse_stranger(session: Session, holder: Assignment, viewer: Viewer) -> int | None:
    """Refuse whoever does not judge the holder's work; answers in whose place they do."""
    if holder.person_id == viewer.person_id:
        raise NotAllowed(
            "Không ai tự giao, tự đồng ý hoặc tự đánh giá việc của mình: thủ trưởng cấp trên làm "
            "việc này. Chưa có gì thay đổi."
        )
    judges, in_place_of = judge_of(session, viewer, holder.id)
    if not judges:
        raise NotFound(_NOT_FOUND)
    return in_place_of


def refuse_stale(item: WorkItem, revision: int) -> None:
    """Refuse an answer to what the work said before somebody changed it."""
    if item.revision != revision:
        raise Conflict(
            "Việc này đã được người khác thay đổi sau khi bạn mở trang. Phần bạn vừa ghi CHƯA "
            "được lưu: hãy xem nội dung mới rồi ghi lại."
        )


def _judged(
    session: Session, item_id: int, move: WorkItemMove, revision: int, viewer: Viewer
) -> WorkItem:
    item = locked(session, item_id)
    refuse_stranger(session, item.assignment, viewer)
    refuse_stale(item, revision)
    work_after(item.state, move)
    return item


def _refuse_other(item: WorkItem, by: int) -> None:
    if item.assignment.person_id != by:
        raise NotFound(_NOT_FOUND)


def _refuse_reason(reason: str) -> None:
    if not reason:
        raise Invalid("Lý do: hãy ghi lý do để người làm biết.", field="reason")
    refuse_secret(reason, "reason")


def reach(
    session: Session, item: WorkItem, move: WorkItemMove, *, by: int, at: datetime, note: str = ""
) -> None:
    """Bring the work to the state that a move leads to: another revision, and a step."""
    item.state = work_after(item.state, move)
    item.revision += 1
    step(session, item, move, by=by, at=at, note=note)


def step(
    session: Session, item: WorkItem, move: WorkItemMove, *, by: int, at: datetime, note: str = ""
) -> None:
    """Write down who did what and the due day that held then; flushes."""
    item.steps.append(WorkItemStep(move=move, person_id=by, at=at, due_on=item.due_on, note=note))
    auditing.record(session, f"work.{move.value}", str(item.id), by=by, at=at)
    session.flush()
