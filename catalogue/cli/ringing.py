"""Ringing people's devices with the notices that wait for them: each notice once a person."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from catalogue.cli import clock
from catalogue.cli.pushing import Courier, Gone, NotTaken
from catalogue.config import Push
from catalogue.domain.notices import Channel
from catalogue.exporters import push_message
from catalogue.extensions import db
from catalogue.queries import notices, push_devices
from catalogue.queries.notices import Waiting
from catalogue.queries.push_devices import Device
from catalogue.services import noticing, push_devices as devices


def ring(push: Push) -> tuple[int, list[str]]:
    """Hand in what devices are still to show; answers how many, and whose failed and why."""
    session, courier = db.session(), Courier(push)
    waiting = notices.waiting(session, Channel.PUSH, at=clock.now(), clock=clock.time_of_day())
    owned = push_devices.of_people(session, {each.person_id for each in waiting})
    session.rollback()
    rung, failed = 0, []
    for each in waiting:
        if each.person_id not in owned:
            continue
        try:
            rung += _ring(courier, each, owned[each.person_id])
        except NotTaken as reason:
            failed.append(f"{each.name} ({reason})")
    return rung, failed


def _ring(courier: Courier, notice: Waiting, owned: Sequence[Device]) -> bool:
    """Claim the notice, then hand it in; the claim is given back where no device took it.

    The claim is committed first: of two commands at once only one rings, and nobody is kept from
    writing while a push service is waited for. Killed in between, it leaves the notice unrung; the
    program itself still shows it.
    """
    session = db.session()
    try:
        noticing.carried(session, notice.notice_id, Channel.PUSH, at=clock.now())
    except IntegrityError:
        db.session.rollback()
        return False
    db.session.commit()
    taken, failure = _hand_in(courier, notice, owned)
    if not taken:
        noticing.not_carried(session, notice.notice_id, Channel.PUSH)
    db.session.commit()
    if failure and not taken:
        raise failure
    return taken


def _hand_in(
    courier: Courier, notice: Waiting, owned: Sequence[Device]
) -> tuple[bool, NotTaken | None]:
    """Give the notice to each device; one that its push service forgot is forgotten here too."""
    plain = push_message.message(notice.kind.label, notice.text, notice.path)
    taken, failure = False, None
    for device in owned:
        try:
            courier.hand_in(plain, device.to)
            taken = True
        except Gone:
            devices.forget(db.session(), device.device_id)
            db.session.commit()
        except NotTaken as reason:
            failure = reason
    return taken, failure
