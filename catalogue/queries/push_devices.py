"""The devices that take notices."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from catalogue.domain.push import Subscription, decoded
from catalogue.models import PushSubscription


class Device(NamedTuple):
    """One device, and how it is written to."""

    device_id: int
    person_id: int
    to: Subscription
    added_at: datetime


def of_person(session: Session, person_id: int) -> list[Device]:
    """List a person's own devices, the latest first."""
    query = _devices().where(PushSubscription.person_id == person_id)
    return [_device(row) for row in session.execute(query.order_by(PushSubscription.id.desc()))]


def of_people(session: Session, people: Collection[int]) -> dict[int, list[Device]]:
    """Give the devices of those among some people who have any."""
    query = _devices().where(PushSubscription.person_id.in_(people)).order_by(PushSubscription.id)
    found: dict[int, list[Device]] = defaultdict(list)
    for device in map(_device, session.execute(query)):
        found[device.person_id].append(device)
    return dict(found)


_Columns = tuple[int, int, str, str, str, datetime]


def _devices() -> Select[_Columns]:
    return select(
        PushSubscription.id,
        PushSubscription.person_id,
        PushSubscription.endpoint,
        PushSubscription.p256dh,
        PushSubscription.auth,
        PushSubscription.added_at,
    )


def _device(row: Row[_Columns]) -> Device:
    device_id, person_id, endpoint, key, secret, added_at = row
    to = Subscription(endpoint, decoded(key), decoded(secret))
    return Device(device_id, person_id, to, added_at)
