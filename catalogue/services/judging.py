"""Who may judge which submission, as the rule of the day says; refusals name who can instead."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.approving import Hands, holds, who_judges
from catalogue.domain.errors import Conflict, NotAllowed, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove, DraftState, draft_after
from catalogue.domain.words import Role
from catalogue.models import ApprovalRule, DescriptionDraft, Submission
from catalogue.queries import approvals
from catalogue.queries.approval_rules import parents, rule_for, upwards
from catalogue.queries.role_holders import role_holders
from catalogue.services import drafting


def locked(session: Session, submission_id: int) -> Submission:
    """Read a submission with its draft as it now stands; refused where a later one was sent."""
    draft_id = session.scalar(select(Submission.draft_id).where(Submission.id == submission_id))
    if draft_id is None:
        raise NotFound("Không tìm thấy bản trình này.")
    drafting.locked(session, draft_id)
    submission = session.get_one(Submission, submission_id)
    last = newest(session, draft_id)
    if last is not None and last.id != submission.id:
        raise _overtaken(submission.sha256, last)
    return submission


def newest(session: Session, draft_id: int) -> Submission | None:
    """Give the submission that counts: the last one that was sent."""
    query = select(Submission).where(Submission.draft_id == draft_id)
    return session.scalars(query.order_by(Submission.number.desc()).limit(1)).first()


def rule_of(session: Session, draft: DescriptionDraft, day: date) -> ApprovalRule:
    """Give the rule by which a draft is drafted and judged on the day."""
    rule = rule_for(session, draft.unit_id, day)
    if rule is None:
        message = (
            f"Ngày {day:%d/%m/%Y} chưa có quy định ai soạn, thẩm định, phê duyệt bản mô tả này. "
            "Ban Thường vụ cần ghi quy định ở trang «Phân cấp phê duyệt» trước."
        )
        raise Conflict(message)
    return rule


def judged(session: Session, submission: Submission, move: DraftMove, viewer: Viewer) -> DraftState:
    """Give the state that a judgement leads to; refuses whom role, unit or own hand keeps out."""
    draft = submission.draft
    state = draft_after(draft.state, move)
    rule = rule_of(session, draft, viewer.on)
    role = who_judges(draft.state, rule.appraiser, rule.approver)
    if role is None:
        raise ValueError(draft.state)
    refuse_without_role(session, draft, role, viewer)
    hands = approvals.hands(session, submission)
    if why := hands.keeps_out(move, viewer.person_id):
        others = _others(session, draft, role, viewer.on, hands)
        raise NotAllowed(f"{why} {others}")
    return state


def refuse_without_role(
    session: Session, draft: DescriptionDraft, role: Role, viewer: Viewer
) -> None:
    """Refuse whoever does not hold the role for the draft's unit on their day."""
    if holds(viewer, role, draft.unit_id):
        return
    others = _others(session, draft, role, viewer.on, None)
    raise NotAllowed(f"Việc này là của người giữ vai trò «{role.label}». {others}")


def refuse_other_content(submission: Submission, sha256_seen: str) -> None:
    """Refuse to approve what was not the content on the approver's page."""
    if submission.sha256 != sha256_seen:
        raise _overtaken(sha256_seen, submission)


def _overtaken(seen: str, last: Submission) -> Conflict:
    return Conflict(
        f"Bản bạn đang xem (mã {seen[:12]}…) không phải bản trình mới nhất: lần {last.number}, "
        f"mã {last.sha256[:12]}…. Hãy mở bản mới nhất, đọc rồi quyết định. Chưa có gì thay đổi."
    )


def _others(
    session: Session, draft: DescriptionDraft, role: Role, day: date, hands: Hands | None
) -> str:
    """Say who else can, so that nobody stands before a closed door."""
    out = {hands.submitted_by, *hands.authors} if hands else set()
    if hands and hands.appraised_by and draft.state is DraftState.APPRAISED:
        out.add(hands.appraised_by)
    above = upwards(parents(session), draft.unit_id)
    names = role_holders(session, role, above, day, out)
    if names:
        return f"Người làm được: {', '.join(names)}."
    return (
        f"Hiện chưa có ai khác giữ vai trò «{role.label}» cho đơn vị này: đề nghị quản trị "
        "giao vai trò cho một người khác, hoặc Ban Thường vụ đổi quy định ở trang «Phân cấp phê "
        "duyệt»."
    )
