"""An account or more for each role, for a demonstration only; others stay without a password."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demonstration import committee
from catalogue.domain.words import AssignmentKind, PositionGroup, Role
from catalogue.models import (
    Assignment,
    Establishment,
    PositionVersion,
    RoleGrant,
    Unit,
)
from catalogue.services import accounts, granting, staffing

# role, user name, the unit whose person holds it, the group of that person's position
_HOLDERS = (
    (Role.STAFF, "canbo", "VPTU", PositionGroup.SPECIALIST),
    (Role.HEAD, "thutruong", "VPTU", PositionGroup.LEADERSHIP),
    (Role.UNIT_OFFICER, "tochuc", "VPTU", PositionGroup.SHARED),
    (Role.ORGANISER, "tochuctinh", "BTCTU", PositionGroup.SPECIALIST),
    (Role.COMMITTEE, "thuongvu", "BTCTU", PositionGroup.LEADERSHIP),
    (Role.COMMITTEE, "uyvien1", "UBKTTU", PositionGroup.LEADERSHIP),
    (Role.COMMITTEE, "uyvien2", "BTGTU", PositionGroup.LEADERSHIP),
    (Role.COMMITTEE, committee.SECRETARY, "BDVTU", PositionGroup.SPECIALIST),
    (Role.AUDITOR, "kiemtra", "UBKTTU", PositionGroup.SPECIALIST),
)
_OF_UNIT = (Role.STAFF, Role.HEAD, Role.UNIT_OFFICER)
ADMINISTRATOR = "quantri"
_PASSWORD_BYTES = 9


@dataclass(frozen=True, slots=True)
class Printed:
    """What is shown once: the role, the user name, the password."""

    role: Role
    username: str
    password: str


def grant_roles(session: Session, *, since: date, at: datetime) -> list[Printed]:
    """Give everybody a role, the holders named above an account, and the committee its seats."""
    holders = {
        _holder(session, unit, group): (role, username) for role, username, unit, group in _HOLDERS
    }
    _grant_everybody(session, {person: role for person, (role, _) in holders.items()}, since, at)
    printed = [
        _open(session, person, role, username, at=at)
        for person, (role, username) in holders.items()
    ]
    committee.seat(session, since=since, at=at)
    administrator = staffing.add_person(session, "Quản trị viên (trình diễn)", synthetic=True)
    session.flush()
    granting.grant(
        session, administrator.id, Role.ADMINISTRATOR, unit_id=None, since=since, by=None, at=at
    )
    return [
        *printed,
        _open(session, administrator.id, Role.ADMINISTRATOR, ADMINISTRATOR, at=at),
    ]


def _holder(session: Session, unit: str, group: PositionGroup) -> int:
    """Find the first person who holds a position of the group in the unit."""
    held = (
        select(Assignment.person_id)
        .join(Assignment.establishment)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(PositionVersion, PositionVersion.position_id == Establishment.position_id)
        .where(Unit.code == unit, PositionVersion.group == group)
        .where(Assignment.kind == AssignmentKind.PRIMARY)
        .order_by(Assignment.id)
        .limit(1)
    )
    return session.scalars(held).one()


def _grant_everybody(
    session: Session, singled_out: dict[int, Role], since: date, at: datetime
) -> None:
    """Make everybody staff of their unit, the singled out what they are singled out for.

    Written at once: the audit names the demonstration's load, not 736 grants.
    """
    places = (
        select(Assignment.person_id, Establishment.unit_id)
        .join(Assignment.establishment)
        .where(Assignment.kind == AssignmentKind.PRIMARY)
    )
    grants = []
    for person, unit in session.execute(places):
        role = singled_out.get(person, Role.STAFF)
        grants.append(
            RoleGrant(
                person_id=person,
                role=role,
                unit_id=unit if role in _OF_UNIT else None,
                valid_from=since,
                granted_at=at,
            )
        )
    session.add_all(grants)
    session.flush()


def _open(session: Session, person: int, role: Role, username: str, *, at: datetime) -> Printed:
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    account = accounts.make_account(session, person, username, by=None, at=at)
    accounts.set_password(session, account, password, by=None, at=at)
    return Printed(role, username, password)
