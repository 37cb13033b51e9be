"""Whom reminders concern, and how each may be reached."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, bindparam, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import Account, Person, RoleGrant, Unit
from catalogue.queries.progress import Units

# Who answers for what is left: the province's organisers and committee, and each unit's own.
CONCERNED = (Role.ORGANISER, Role.COMMITTEE, Role.HEAD, Role.UNIT_OFFICER)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, the address of the account if it has one, and the units answered for."""

    person_id: int
    name: str
    email: str | None
    units: Units


def answered_for(viewer: Viewer) -> Units:
    """Give the units whose milestones the person answers for; None stands for all of them."""
    scopes = [scope for role, scope in viewer.scopes.items() if role in CONCERNED]
    if None in scopes:
        return None
    return frozenset().union(*filter(None, scopes))


def recipients(
    session: Session, day: date, roles: Collection[Role] = CONCERNED
) -> Sequence[Recipient]:
    """List the people who hold one of the roles on the day and who may sign in."""
    people: dict[tuple[int, str, str | None], list[int | None]] = defaultdict(list)
    asked = {"day": day, "roles": list(roles)}
    for person_id, name, email, unit_id in session.execute(_GRANTED, asked):
        people[person_id, name, email].append(unit_id)
    return [
        Recipient(*person, None if None in units else frozenset(filter(None, units)))
        for person, units in people.items()
    ]


def _granted() -> Select[Any]:
    """Select each person beside each unit answered for, those below included."""
    granted = (
        select(RoleGrant.person_id, RoleGrant.unit_id)
        .where(RoleGrant.role.in_(bindparam("roles", expanding=True)))
        .where(RoleGrant.holds_on(bindparam("day", type_=Date)))
        .cte("granted", recursive=True)
    )
    reached = granted.union(
        select(granted.c.person_id, Unit.id).join(granted, Unit.parent_id == granted.c.unit_id)
    )
    return (
        select(Person.id, Person.name, Account.email, reached.c.unit_id)
        .join(reached, reached.c.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(~Account.disabled)
        .order_by(Person.id)
    )


_GRANTED = _granted()
