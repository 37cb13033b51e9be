"""Who may assess whom on a day, read whole: heads, organisers and the tree of units are few."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.assessing import Assessors
from catalogue.domain.words import Role
from catalogue.models import RoleGrant, Unit


def on(session: Session, day: date) -> Assessors:
    """Read the grants that hold on the day, and the units above and below each other."""
    granted: dict[Role, dict[int | None, set[int]]] = {
        role: defaultdict(set) for role in (Role.HEAD, Role.ORGANISER)
    }
    grants = select(RoleGrant.role, RoleGrant.unit_id, RoleGrant.person_id).where(
        RoleGrant.role.in_(granted), RoleGrant.holds_on(day)
    )
    for role, unit_id, person_id in session.execute(grants):
        granted[role][unit_id].add(person_id)
    above = dict(session.execute(select(Unit.id, Unit.parent_id)).tuples().all())
    return Assessors(above, granted[Role.HEAD], granted[Role.ORGANISER])
