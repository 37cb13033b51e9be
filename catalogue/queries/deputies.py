"""Whom a head has named to judge in their place, and whom they may name."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import Assignment, Establishment, Person, RoleGrant, Unit


class Delegation(NamedTuple):
    """One naming of a deputy; ended before it began, it never held."""

    grant_id: int
    person: str
    unit: str
    since: date
    until: date

    def standing(self, today: date) -> str:
        if self.until < self.since:
            return "Đã bỏ, chưa có hiệu lực ngày nào"
        if self.until < today:
            return "Đã kết thúc"
        return "Đang có hiệu lực" if self.since <= today else "Chưa đến ngày"

    def may_end(self, today: date) -> bool:
        return self.until >= max(today, self.since)


def named_by(session: Session, head_id: int) -> Sequence[Delegation]:
    """List the delegations that a head has given, the latest first."""
    query = (
        select(RoleGrant.id, Person.name, Unit.name, RoleGrant.valid_from, RoleGrant.valid_to)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.role == Role.DEPUTY, RoleGrant.granted_by_id == head_id)
        .where(RoleGrant.valid_to.is_not(None))
        .order_by(RoleGrant.valid_from.desc(), RoleGrant.id.desc())
    )
    return [Delegation(*row) for row in session.execute(query)]


def units(session: Session, viewer: Viewer) -> Sequence[tuple[int, str]]:
    """List the units for which the head may name a deputy."""
    headed = viewer.scopes.get(Role.HEAD, frozenset())
    query = select(Unit.id, Unit.name).order_by(Unit.rank, Unit.id)
    if headed is not None:
        query = query.where(Unit.id.in_(headed))
    return session.execute(query).tuples().all()


def people(session: Session, viewer: Viewer) -> Sequence[tuple[int, str]]:
    """List whom the head may name: who works in the head's units today, but for the head."""
    headed = viewer.scopes.get(Role.HEAD, frozenset())
    query = (
        select(Person.id, Person.name)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.holds_on(viewer.on), Person.id != viewer.person_id)
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(Person.sort_key, Person.id)
    )
    if headed is not None:
        query = query.where(Establishment.unit_id.in_(headed))
    return session.execute(query).tuples().all()
