"""Saying from which day who drafts, appraises and approves descriptions: dated, with its basis."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.roles import GRANTED, Permission
from catalogue.domain.words import Role
from catalogue.models import ApprovalRule, Unit
from catalogue.services import auditing


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule as it is set: for general descriptions, or for those of all units or of one."""

    general: bool
    unit_id: int | None
    drafter: Role
    appraiser: Role
    approver: Role
    basis: str
    since: date


def add(session: Session, ruled: Ruled, *, by: int, at: datetime, today: date) -> ApprovalRule:
    """Set a rule from a day on; the one that it replaces holds until the day before."""
    _refuse_odd(ruled, today)
    rivals = _rivals(session, ruled)
    if any(rival.valid_from >= ruled.since for rival in rivals):
        message = (
            f"Đã có quy định bắt đầu từ {ruled.since:%d/%m/%Y} hoặc muộn hơn cho cùng phạm vi. "
            "Hãy chọn ngày sau ngày đó."
        )
        raise Conflict(message)
    for rival in rivals:
        rival.valid_to = ruled.since - timedelta(days=1)
    rule = ApprovalRule(
        general=ruled.general,
        unit_id=ruled.unit_id,
        drafter=ruled.drafter,
        appraiser=ruled.appraiser,
        approver=ruled.approver,
        basis=ruled.basis,
        valid_from=ruled.since,
    )
    session.add(rule)
    session.flush()
    roles = {"drafter": ruled.drafter, "appraiser": ruled.appraiser, "approver": ruled.approver}
    auditing.record(
        session,
        "approval_rule.set",
        ruled.basis,
        by=by,
        at=at,
        rule=rule.id,
        since=ruled.since.isoformat(),
        **roles,
    )
    session.flush()
    return rule


def _refuse_odd(ruled: Ruled, today: date) -> None:
    if not ruled.basis:
        raise Invalid("Căn cứ: hãy ghi văn bản hoặc quy định làm căn cứ.", field="basis")
    if ruled.since < today:
        message = (
            f"Từ ngày: hãy chọn từ {today:%d/%m/%Y}; việc đã làm giữ nguyên quy định của ngày đó."
        )
        raise Invalid(message, field="since")
    if ruled.general and ruled.unit_id is not None:
        message = "Đơn vị: bản mô tả chung áp dụng cho mọi đơn vị, hãy để trống đơn vị."
        raise Invalid(message, field="unit")
    for role, permission in (
        (ruled.drafter, Permission.DRAFT_DESCRIPTION),
        (ruled.appraiser, Permission.APPRAISE_DESCRIPTION),
        (ruled.approver, Permission.APPROVE_DESCRIPTION),
    ):
        if role not in GRANTED[permission]:
            raise Invalid(f"Vai trò «{role.label}» không được làm bước này. Hãy chọn vai trò khác.")


def _rivals(session: Session, ruled: Ruled) -> list[ApprovalRule]:
    """Find the rules of the same reach that are not ended before the new one begins."""
    if ruled.unit_id is not None:
        # Two who set one unit's rule at once wait here for each other.
        session.get_one(Unit, ruled.unit_id, with_for_update=True)
    query = (
        select(ApprovalRule)
        .where(ApprovalRule.general == ruled.general)
        .where(ApprovalRule.unit_id.is_not_distinct_from(ruled.unit_id))
        .where((ApprovalRule.valid_to.is_(None)) | (ApprovalRule.valid_to >= ruled.since))
        .with_for_update()
    )
    return list(session.scalars(query))
