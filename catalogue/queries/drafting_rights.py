"""For which units a person drafts descriptions today, as the rules of the day say."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import ApprovalRule, Unit
from catalogue.queries.approval_rules import rule_for


class DraftedUnit(NamedTuple):
    """A unit whose own descriptions the person drafts."""

    unit_id: int
    agency_id: int | None
    name: str


def may_draft(session: Session, viewer: Viewer, unit_id: int | None) -> bool:
    """Tell whether the person drafts descriptions of a unit, or without one the general ones."""
    rule = rule_for(session, unit_id, viewer.on)
    return rule is not None and _reaches(viewer, rule.drafter, unit_id)


def drafted(session: Session, viewer: Viewer) -> tuple[list[DraftedUnit], bool]:
    """List the units whose descriptions the person drafts, and whether the general ones too."""
    rules = session.scalars(
        select(ApprovalRule)
        .where(ApprovalRule.holds_on(viewer.on))
        .order_by(ApprovalRule.valid_from.desc(), ApprovalRule.id.desc())
    ).all()
    general = next((rule.drafter for rule in rules if rule.general), None)
    drafters: dict[int | None, Role] = {}
    for rule in rules:
        if not rule.general:
            drafters.setdefault(rule.unit_id, rule.drafter)
    units = session.execute(
        select(Unit.id, Unit.parent_id, Unit.agency_id, Unit.name)
        .where(Unit.holds_on(viewer.on))
        .order_by(Unit.name_folded)
    ).all()
    parents: dict[int, int | None] = {unit_id: parent for unit_id, parent, _, _ in units}
    found = [
        DraftedUnit(unit_id, agency_id, name)
        for unit_id, _, agency_id, name in units
        if _reaches(viewer, _drafter(drafters, parents, unit_id), unit_id)
    ]
    return found, _reaches(viewer, general, None)


def _drafter(
    drafters: Mapping[int | None, Role], parents: Mapping[int, int | None], unit_id: int
) -> Role | None:
    """Give the role that drafts for a unit: the nearest rule upwards decides."""
    place: int | None = unit_id
    passed: Sequence[int] = ()
    while place is not None and place not in passed:
        if place in drafters:
            return drafters[place]
        passed, place = (*passed, place), parents.get(place)
    return drafters.get(None)


def _reaches(viewer: Viewer, drafter: Role | None, unit_id: int | None) -> bool:
    if drafter is None or drafter not in viewer.scopes:
        return False
    scope = viewer.scopes[drafter]
    return scope is None or unit_id in scope
