"""Keeping some tasks on top of one's own list."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    Person,
    PinnedTask,
    TaskVersion,
)

_MOST = 20


def pin(session: Session, task_id: int, *, by: int, at: datetime) -> None:
    """Pin a task of one of the person's positions; doing so twice changes nothing."""
    session.execute(select(Person.id).where(Person.id == by).with_for_update())
    pinned = session.scalars(select(PinnedTask.task_id).where(PinnedTask.person_id == by)).all()
    if task_id in pinned:
        return
    if not session.scalar(_of_own_position(task_id, by)):
        raise NotFound("Không tìm thấy nội dung này.")
    if len(pinned) >= _MOST:
        raise Conflict(f"Đã ghim {_MOST} việc. Hãy bỏ ghim một việc rồi ghim việc này.")
    session.add(PinnedTask(person_id=by, task_id=task_id, pinned_at=at))
    session.flush()


def unpin(session: Session, task_id: int, *, by: int) -> None:
    """Take a pin away, where there is one."""
    pinned = delete(PinnedTask).where(PinnedTask.person_id == by, PinnedTask.task_id == task_id)
    session.execute(pinned)


def _of_own_position(task_id: int, person_id: int) -> Select[tuple[int]]:
    return (
        select(Assignment.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Description, Description.position_id == Establishment.position_id)
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Assignment.person_id == person_id, TaskVersion.task_id == task_id)
        .limit(1)
    )
