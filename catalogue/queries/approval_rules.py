"""Which role drafts, appraises and approves a description, as the rule of a day says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import ApprovalRule, Unit

Parents = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one day; the tree of units only where a rule is of one of them."""

    rules: Sequence[ApprovalRule]
    parents: Parents

    def of(self, unit_id: int | None) -> ApprovalRule | None:
        """Give the rule for a unit's own descriptions, or for general ones where none is named.

        A rule of the unit itself goes before one of a unit above it, and that before the common.
        """
        for place in (*upwards(self.parents, unit_id), None):
            for rule in self.rules:
                if rule.general == (unit_id is None) and rule.unit_id == place:
                    return rule
        return None


def rules_on(session: Session, day: date) -> Rules:
    """Read the rules that hold on a day, the latest first."""
    found = session.scalars(
        select(ApprovalRule)
        .where(ApprovalRule.holds_on(day))
        .order_by(ApprovalRule.valid_from.desc(), ApprovalRule.id.desc())
    ).all()
    of_units = any(rule.unit_id is not None for rule in found)
    return Rules(found, parents(session) if of_units else {})


def rule_for(session: Session, unit_id: int | None, day: date) -> ApprovalRule | None:
    """Give the rule for one unit's own descriptions, or for general ones where none is named."""
    return rules_on(session, day).of(unit_id)


def history(session: Session) -> Sequence[tuple[ApprovalRule, str | None]]:
    """List every rule there was with its unit's name: common ones first, the latest first."""
    listed = (
        select(ApprovalRule, Unit.name)
        .outerjoin(Unit, Unit.id == ApprovalRule.unit_id)
        .order_by(
            ApprovalRule.general.desc(),
            ApprovalRule.unit_id.is_not(None),
            Unit.name,
            ApprovalRule.valid_from.desc(),
            ApprovalRule.id.desc(),
        )
    )
    return session.execute(listed).tuples().all()


def parents(session: Session) -> Parents:
    """Give the unit above each unit."""
    return dict(session.execute(select(Unit.id, Unit.parent_id)).tuples().all())


def upwards(above: Parents, unit_id: int | None) -> list[int]:
    """List a unit and those above it, the nearest first."""
    found: list[int] = []
    while unit_id is not None and unit_id not in found:
        found.append(unit_id)
        unit_id = above.get(unit_id)
    return found
