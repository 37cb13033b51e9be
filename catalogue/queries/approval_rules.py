"""Which role drafts, appraises and approves a description, as the rule of a day says."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ApprovalRule, Unit


def rule_for(session: Session, unit_id: int | None, day: date) -> ApprovalRule | None:
    """Give the rule for a unit's own descriptions, or for general ones where no unit is named.

    A rule of the unit itself goes before one of the units above it, and that before the common one.
    """
    rules = session.scalars(
        select(ApprovalRule)
        .where(ApprovalRule.general == (unit_id is None), ApprovalRule.holds_on(day))
        .order_by(ApprovalRule.valid_from.desc(), ApprovalRule.id.desc())
    ).all()
    for place in (*_upwards(session, unit_id), None):
        for rule in rules:
            if rule.unit_id == place:
                return rule
    return None


def _upwards(session: Session, unit_id: int | None) -> list[int]:
    """List a unit and those above it, the nearest first."""
    found: list[int] = []
    while unit_id is not None and unit_id not in found:
        found.append(unit_id)
        unit_id = session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
    return found
