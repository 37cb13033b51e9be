"""Beginning work of several days: the head assigns it, or its holder proposes it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.domain.work_items import GOING_ON, WorkDraft, WorkItemMove, WorkItemState
from catalogue.models import Assignment, WorkItem
from catalogue.queries.assignable import tasks_of
from catalogue.services import work_items, work_notices

_NOT_FOUND = "Không tìm thấy nội dung này."


def assign(
    session: Session, assignment_id: int, draft: WorkDraft, *, viewer: Viewer, at: datetime
) -> WorkItem:
    """Give a piece of work to a holder whom one judges."""
    holder = _holder(session, assignment_id)
    work_items.refuse_stranger(session, holder, viewer)
    item = _begun(session, holder, draft, viewer.on)
    item.assigned_by_id, item.state = viewer.person_id, WorkItemState.OPEN
    work_items.step(session, item, WorkItemMove.ASSIGN, by=viewer.person_id, at=at)
    work_notices.given(session, item, at=at)
    return item


def propose(
    session: Session, assignment_id: int, draft: WorkDraft, *, today: date, by: int, at: datetime
) -> WorkItem:
    """Propose a piece of work of one's own; hours may be logged on it at once."""
    holder = _holder(session, assignment_id)
    if holder.person_id != by:
        raise NotFound(_NOT_FOUND)
    item = _begun(session, holder, draft, today)
    work_items.step(session, item, WorkItemMove.PROPOSE, by=by, at=at)
    return item


def _holder(session: Session, assignment_id: int) -> Assignment:
    """Find who is to do the work; two who give it at once wait here for each other."""
    holder = session.get(Assignment, assignment_id, with_for_update=True)
    if holder is None:
        raise NotFound(_NOT_FOUND)
    return holder


def _begun(session: Session, holder: Assignment, draft: WorkDraft, today: date) -> WorkItem:
    tasks = {each.task_version_id: each for each in tasks_of(session, holder.id, today)}
    task = tasks.get(draft.task_version_id)
    if task is None:
        message = f"Nhiệm vụ: không thuộc vị trí của người này ngày {today:%d/%m/%Y}."
        raise Invalid(message, field="task")
    if draft.due_on < today:
        raise Invalid("Hạn: hãy chọn từ hôm nay trở đi.", field="due_on")
    refuse_secret(draft.told, "title")
    _refuse_repeated(session, holder, draft)
    item = WorkItem(
        assignment_id=holder.id,
        task_id=task.task_id,
        title=draft.title,
        product=draft.product,
        quantity=draft.quantity,
        product_unit=task.product_unit,
        assigned_on=today,
        due_on=draft.due_on,
        state=WorkItemState.PROPOSED,
    )
    session.add(item)
    session.flush()
    return item


def _refuse_repeated(session: Session, holder: Assignment, draft: WorkDraft) -> None:
    """Refuse the same work twice: a page sent again, or two who thought of the same."""
    same = select(WorkItem.id).where(
        WorkItem.assignment_id == holder.id,
        WorkItem.title == draft.title,
        WorkItem.due_on == draft.due_on,
        WorkItem.state.in_(GOING_ON),
    )
    if session.scalar(same.limit(1)) is not None:
        raise Conflict("Việc cùng tên, cùng hạn của người này đã có và chưa kết thúc.")
