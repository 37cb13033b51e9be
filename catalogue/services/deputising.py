"""Heads name who judges in their place for a time, and end it; a deputy hands nothing on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import Assignment, Establishment, Person, RoleGrant, Unit
from catalogue.services import granting


@dataclass(frozen=True, slots=True)
class Deputising:
    """Who is to judge in which unit and those below it, from one day to another, both included."""

    person_id: int
    unit_id: int
    since: date
    until: date


def name(session: Session, wanted: Deputising, viewer: Viewer, *, at: datetime) -> RoleGrant:
    """Name a deputy; the password was asked for again before.

    Asked for again to the letter, as by a second click, it answers with what was given.
    """
    _refuse_days(wanted, viewer.on)
    _refuse_reach(session, wanted, viewer)
    # Two pages of one head wait here for each other.
    session.get_one(Person, viewer.person_id, with_for_update={"key_share": True})
    given = _given(session, wanted, viewer.person_id)
    if given is not None:
        _refuse_other_days(given, wanted)
        return given
    return granting.grant(
        session,
        wanted.person_id,
        Role.DEPUTY,
        unit_id=wanted.unit_id,
        since=wanted.since,
        until=wanted.until,
        by=viewer.person_id,
        at=at,
    )


def end(session: Session, grant_id: int, *, today: date, by: int, at: datetime) -> RoleGrant:
    """End a delegation of one's own before its time: from today on the deputy judges nothing."""
    query = select(RoleGrant).where(
        RoleGrant.id == grant_id, RoleGrant.role == Role.DEPUTY, RoleGrant.granted_by_id == by
    )
    given = session.scalars(query.with_for_update()).first()
    if given is None:
        raise NotFound("Không tìm thấy lần ủy quyền này.")
    if given.valid_to is not None and given.valid_to < today:
        raise Conflict("Lần ủy quyền này đã kết thúc trước đó. Chưa có gì thay đổi.")
    return granting.revoke(session, grant_id, on=today, by=by, at=at)


def _refuse_days(wanted: Deputising, today: date) -> None:
    if wanted.since < today:
        message = f"Từ ngày: hãy chọn từ {today:%d/%m/%Y}; không ủy quyền cho ngày đã qua."
        raise Invalid(message, field="since")
    if wanted.until < wanted.since:
        message = f"Đến ngày: hãy chọn từ {wanted.since:%d/%m/%Y} trở đi."
        raise Invalid(message, field="until")


def _refuse_reach(session: Session, wanted: Deputising, viewer: Viewer) -> None:
    """Refuse units that the head does not head, and whoever does not work in one that they do."""
    headed = viewer.scopes.get(Role.HEAD, frozenset())
    if session.get(Unit, wanted.unit_id) is None or (
        headed is not None and wanted.unit_id not in headed
    ):
        raise NotFound("Không tìm thấy đơn vị này.")
    if wanted.person_id == viewer.person_id:
        raise Invalid("Người được ủy quyền: không tự ủy quyền cho mình.", field="person")
    held = (
        select(Assignment.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.person_id == wanted.person_id, Assignment.holds_on(wanted.since))
    )
    if headed is not None:
        held = held.where(Establishment.unit_id.in_(headed))
    if session.scalar(held.limit(1)) is None:
        message = (
            f"Người được ủy quyền: ngày {wanted.since:%d/%m/%Y} người này không làm việc trong "
            "đơn vị của bạn. Hãy chọn người khác."
        )
        raise Invalid(message, field="person")


def _given(session: Session, wanted: Deputising, head_id: int) -> RoleGrant | None:
    """Find a delegation to the same person for some of the same days."""
    same = select(RoleGrant).where(
        RoleGrant.role == Role.DEPUTY,
        RoleGrant.granted_by_id == head_id,
        RoleGrant.person_id == wanted.person_id,
        RoleGrant.unit_id == wanted.unit_id,
        RoleGrant.valid_from <= wanted.until,
        RoleGrant.valid_to >= wanted.since,
        RoleGrant.valid_to >= RoleGrant.valid_from,
    )
    return session.scalars(same.order_by(RoleGrant.id).limit(1)).first()


def _refuse_other_days(given: RoleGrant, wanted: Deputising) -> None:
    since, until = given.valid_from, given.valid_to
    if until is not None and (since, until) != (wanted.since, wanted.until):
        message = (
            f"Người này đã được ủy quyền ở đơn vị này từ {since:%d/%m/%Y} đến "
            f"{until:%d/%m/%Y}. Hãy chọn ngày khác, hoặc kết thúc lần đó trước."
        )
        raise Conflict(message)
