"""Who holds a role that reaches a unit: whom a refusal names as the one who can."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.words import Role
from catalogue.models import Person, RoleGrant


def role_holders(
    session: Session, role: Role, above: Collection[int], day: date, without: Collection[int] = ()
) -> Sequence[str]:
    """List the names of who holds it on no unit, which reaches all, or on one of those `above`."""
    named = (
        select(Person.name, Person.sort_key, Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, RoleGrant.holds_on(day))
        .where(or_(RoleGrant.unit_id.is_(None), RoleGrant.unit_id.in_(above)))
        .where(Person.id.not_in(without))
        .distinct()
        .order_by(Person.sort_key, Person.id)
    )
    return [name for name, *_ in session.execute(named)]
