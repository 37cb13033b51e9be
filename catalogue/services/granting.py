"""Giving people roles and taking them back, each time with its entry in the audit."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from catalogue.domain.errors import NotAllowed, NotFound
from catalogue.domain.words import Role
from catalogue.models import RoleGrant
from catalogue.services import auditing


def grant(  # noqa: PLR0913 (a grant has this many circumstances)
    session: Session,
    person_id: int,
    role: Role,
    *,
    unit_id: int | None,
    since: date,
    by: int | None,
    at: datetime,
    until: date | None = None,
) -> RoleGrant:
    """Grant a role for a unit and those below it, or for the whole province without one."""
    _refuse_oneself(person_id, by)
    granted = RoleGrant(
        person_id=person_id,
        role=role,
        unit_id=unit_id,
        valid_from=since,
        valid_to=until,
        granted_by_id=by,
        granted_at=at,
    )
    session.add(granted)
    auditing.record(
        session, "role.granted", str(person_id), by=by, at=at, role=role.value, unit=unit_id
    )
    session.flush()
    return granted


def revoke(session: Session, grant_id: int, *, on: date, by: int | None, at: datetime) -> RoleGrant:
    """End a grant: it no longer holds on the day named; the row stays to be read."""
    granted = session.get(RoleGrant, grant_id)
    if granted is None:
        raise NotFound("Không tìm thấy lần phân quyền này.")
    _refuse_oneself(granted.person_id, by)
    granted.valid_to = on - timedelta(days=1)
    auditing.record(
        session, "role.revoked", str(granted.person_id), by=by, at=at, role=granted.role.value
    )
    session.flush()
    return granted


def _refuse_oneself(person_id: int, by: int | None) -> None:
    if person_id == by:
        raise NotAllowed("Không ai được tự phân quyền hoặc tự bỏ quyền của mình.")
