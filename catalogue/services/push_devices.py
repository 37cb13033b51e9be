"""Keeping the devices on which people want to be told: added by their owner, removed when gone."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.push import MOST_DEVICES, Subscription, encoded
from catalogue.models import Person, PushSubscription
from catalogue.services import auditing


def add(session: Session, told: Subscription, *, by: int, at: datetime) -> None:
    """Keep a device for a person; one that another person used before changes hands."""
    session.get(Person, by, with_for_update=True)  # one button pressed twice is one device
    known = select(PushSubscription).where(PushSubscription.endpoint == told.endpoint)
    device = session.scalar(known)
    if device is None or device.person_id != by:
        _refuse_too_many(session, by)
        auditing.record(session, "device.added", _service(told.endpoint), by=by, at=at)
    if device is None:
        device = PushSubscription(endpoint=told.endpoint)
        session.add(device)
    device.person_id, device.added_at = by, at
    device.p256dh, device.auth = encoded(told.key), encoded(told.secret)
    session.flush()


def remove(session: Session, device_id: int, *, by: int, at: datetime) -> None:
    """Let go of one of a person's own devices; raises NotFound for anybody else's."""
    device = session.get(PushSubscription, device_id)
    if device is None or device.person_id != by:
        raise NotFound("Không có thiết bị này trong danh sách của bạn. Hãy tải lại trang.")
    auditing.record(session, "device.removed", _service(device.endpoint), by=by, at=at)
    session.delete(device)
    session.flush()


def forget(session: Session, device_id: int) -> None:
    """Let go of a device that its push service no longer knows; it may be gone already."""
    session.execute(delete(PushSubscription).where(PushSubscription.id == device_id))


def _refuse_too_many(session: Session, person_id: int) -> None:
    query = select(func.count(PushSubscription.id)).where(PushSubscription.person_id == person_id)
    if session.scalars(query).one() >= MOST_DEVICES:
        message = f"Thiết bị: mỗi người nhận trên nhiều nhất {MOST_DEVICES} thiết bị. Hãy bỏ bớt."
        raise Conflict(message)


def _service(endpoint: str) -> str:
    return urlsplit(endpoint).hostname or ""
