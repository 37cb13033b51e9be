"""Adding milestones, extending them on the record, and the addresses of personal calendars."""

import secrets
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import ExtensionDraft, MilestoneDraft
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.models import Account, CalendarFeed, Extension, Milestone, Person, Unit
from catalogue.queries import milestones
from catalogue.queries.milestones import Deadline
from catalogue.services import accounts, auditing

_SECRET_BYTES = 32


def add(
    session: Session, draft: MilestoneDraft, *, today: date, by: int, at: datetime
) -> Milestone:
    """Add a milestone; its day may not be past already."""
    _refuse_length("name", "Tên mốc", draft.name)
    _refuse_length("basis", "Căn cứ", draft.basis)
    if draft.due_on < today:
        message = f"Ngày hạn: {draft.due_on:%d/%m/%Y} đã qua. Hãy chọn từ {today:%d/%m/%Y} trở đi."
        raise Invalid(message, field="due_on")
    _refuse_repeated(session, draft)
    milestone = Milestone(
        name=draft.name,
        subject=draft.subject,
        due_on=draft.due_on,
        basis=draft.basis,
        added_by_id=by,
        added_at=at,
    )
    session.add(milestone)
    session.flush()
    auditing.record(
        session,
        "milestone.added",
        str(milestone.id),
        by=by,
        at=at,
        name=draft.name,
        due_on=draft.due_on.isoformat(),
    )
    return milestone


def extend(
    session: Session, milestone_id: int, draft: ExtensionDraft, *, by: int, at: datetime
) -> Extension:
    """Grant a later day, to all units or to one, with its reason.

    Raises Conflict where somebody granted one that this person had not seen.
    """
    locked = select(Milestone.id).where(Milestone.id == milestone_id).with_for_update()
    deadline = milestones.deadline(session, milestone_id) if session.scalar(locked) else None
    if deadline is None:
        raise NotFound("Không tìm thấy nội dung này.")
    last = _refuse_unseen(session, milestone_id, draft.seen)
    _refuse_length("reason", "Lý do", draft.reason)
    _refuse_not_later(session, deadline, draft)
    extension = Extension(
        milestone_id=milestone_id,
        number=last + 1,
        unit_id=draft.unit_id,
        due_on=draft.due_on,
        reason=draft.reason,
        granted_by_id=by,
        granted_at=at,
    )
    session.add(extension)
    session.flush()
    auditing.record(
        session,
        "milestone.extended",
        str(milestone_id),
        by=by,
        at=at,
        number=extension.number,
        unit=draft.unit_id,
        due_on=draft.due_on.isoformat(),
        reason=draft.reason,
    )
    return extension


def renew_feed(session: Session, account_id: int, *, by: int, at: datetime) -> str:
    """Give the account a new calendar address; answers its secret once, the former one ends."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    # Two at once would both find no feed: they wait for each other at the account.
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.account_id == account_id))
    if feed is None:
        feed = CalendarFeed(account_id=account_id)
        session.add(feed)
    feed.secret_sha256, feed.made_at = accounts.digest(secret), at
    session.flush()
    auditing.record(session, "calendar_feed.made", str(account_id), by=by, at=at)
    return secret


def _refuse_length(field: str, label: str, text: str) -> None:
    if not text:
        message = f"{label}: chưa nhập."
        raise Invalid(message, field=field)
    if len(text) > NAME_CHARACTERS:
        message = f"{label}: dài {len(text)} ký tự, vượt giới hạn {NAME_CHARACTERS}."
        raise Invalid(message, field=field)


def _refuse_repeated(session: Session, draft: MilestoneDraft) -> None:
    same = select(Milestone.id).where(
        Milestone.name == draft.name, Milestone.due_on == draft.due_on
    )
    if session.scalar(same) is not None:
        message = f"Tên mốc: đã có mốc «{draft.name}» vào ngày {draft.due_on:%d/%m/%Y}."
        raise Invalid(message, field="name")


def _refuse_unseen(session: Session, milestone_id: int, seen: int) -> int:
    """Give the number of the last extension, which is to be the one that the person saw."""
    newest = select(func.max(Extension.number)).where(Extension.milestone_id == milestone_id)
    last = session.scalar(newest) or 0
    if last == seen:
        return last
    query = select(Extension.due_on, Person.name).join(Person, Person.id == Extension.granted_by_id)
    due_on, name = session.execute(
        query.where(Extension.milestone_id == milestone_id, Extension.number == last)
    ).one()
    message = (
        f"{name} vừa gia hạn mốc này đến {due_on:%d/%m/%Y} (lần {last}). Lần gia hạn của bạn "
        "CHƯA được ghi: hãy xem danh sách bên dưới rồi gửi lại nếu vẫn cần."
    )
    raise Conflict(message)


def _refuse_not_later(session: Session, deadline: Deadline, draft: ExtensionDraft) -> None:
    if draft.unit_id is not None and session.get(Unit, draft.unit_id) is None:
        raise Invalid("Đơn vị: không có lựa chọn này.", field="unit")
    present = deadline.due_for(draft.unit_id)
    if draft.due_on <= present:
        message = f"Hạn mới: phải sau hạn đang có hiệu lực, {present:%d/%m/%Y}."
        raise Invalid(message, field="due_on")
