"""A draft on its way to approval: sent, taken back, returned, appraised, approved."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents, missing
from catalogue.domain.approving import Approval, Incomplete, Verdict
from catalogue.domain.description import Section
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.roles import Viewer
from catalogue.domain.states import OPEN_DRAFT, DraftMove, draft_after
from catalogue.domain.words import VersionState
from catalogue.models import (
    Description,
    DescriptionDraft,
    DraftStep,
    PositionVersion,
    SectionRemark,
    Submission,
)
from catalogue.queries.draft_competencies import competencies, synonyms
from catalogue.queries.followed import former_tasks
from catalogue.queries.in_force import stands
from catalogue.services import auditing, describing, drafting, judging
from catalogue.services.description_rows import Provenance


def submit(session: Session, draft_id: int, viewer: Viewer, *, at: datetime) -> Submission:
    """Freeze a draft that lacks nothing and hand it over; raises Incomplete for one that does."""
    draft = drafting.locked(session, draft_id)
    state = draft_after(draft.state, DraftMove.SUBMIT)
    rule = judging.rule_of(session, draft, viewer.on)
    judging.refuse_without_role(session, draft, rule.drafter, viewer)
    _refuse_incomplete(session, draft, viewer.on)
    former = judging.newest(session, draft.id)
    submission = Submission(
        draft_id=draft.id,
        number=former.number + 1 if former else 1,
        content=draft.content,
        sha256=contents.digest(draft.content),
        submitted_by_id=viewer.person_id,
        submitted_at=at,
    )
    session.add(submission)
    session.flush()
    draft.state = state
    _step(session, submission, DraftMove.SUBMIT, viewer, at=at)
    return submission


def take_back(session: Session, submission_id: int, viewer: Viewer, *, at: datetime) -> Submission:
    """Let whoever sent it go on writing, as long as nobody has judged it."""
    submission = judging.locked(session, submission_id)
    state = draft_after(submission.draft.state, DraftMove.TAKE_BACK)
    if submission.submitted_by_id != viewer.person_id:
        message = (
            f"Chỉ người đã gửi ({submission.submitted_by.name}) mới rút lại được. "
            "Người thẩm định có thể trả lại."
        )
        raise NotAllowed(message)
    submission.draft.state = state
    _step(session, submission, DraftMove.TAKE_BACK, viewer, at=at)
    return submission


def send_back(
    session: Session, submission_id: int, verdict: Verdict, viewer: Viewer, *, at: datetime
) -> Submission:
    """Return a submission with what is to be mended, in general and by section."""
    submission = judging.locked(session, submission_id)
    verdict.refuse_empty()
    state = judging.judged(session, submission, DraftMove.RETURN, viewer)
    submission.draft.state = state
    for section, text in verdict.remarks.items():
        _remark(session, submission.draft, section, text, viewer, at=at, submission=submission)
    _step(session, submission, DraftMove.RETURN, viewer, at=at, note=verdict.note)
    return submission


def appraise(
    session: Session, submission_id: int, note: str, viewer: Viewer, *, at: datetime
) -> Submission:
    """Say that a submission is fit to be approved."""
    submission = judging.locked(session, submission_id)
    state = judging.judged(session, submission, DraftMove.APPRAISE, viewer)
    submission.draft.state = state
    _step(session, submission, DraftMove.APPRAISE, viewer, at=at, note=note)
    return submission


def approve(
    session: Session, submission_id: int, approval: Approval, viewer: Viewer, *, at: datetime
) -> Description:
    """Put in force what was read: its digest names it. It is written as a numbered version."""
    submission = judging.locked(session, submission_id)
    draft = submission.draft
    state = judging.judged(session, submission, DraftMove.APPROVE, viewer)
    judging.refuse_other_content(submission, approval.sha256_seen)
    approval.refuse_odd_day(viewer.on)
    _refuse_incomplete(session, draft, approval.valid_from)
    description = describing.record_approved(
        session,
        contents.from_json(submission.content),
        _version_on(session, draft, approval.valid_from),
        Provenance("", submission.sha256, VersionState.ISSUED, approval.valid_from, draft.unit_id),
        former_tasks(session, draft.position_id, draft.unit_id, approval.valid_from).keys(),
        at=at,
    )
    draft.state = state
    submission.description_id = description.id
    _step(session, submission, DraftMove.APPROVE, viewer, at=at, note=approval.note)
    return description


def remark(
    session: Session, draft_id: int, section: Section, text: str, viewer: Viewer, *, at: datetime
) -> SectionRemark:
    """Say something of one section while a draft is on its way; its state stays."""
    draft = drafting.locked(session, draft_id)
    if draft.state not in OPEN_DRAFT:
        message = (
            f"Bản soạn {draft.state.label.lower()} nên không góp ý được nữa. Hãy mở lại trang."
        )
        raise Conflict(message)
    said = _remark(session, draft, section, text, viewer, at=at)
    auditing.record(
        session,
        "draft.remarked",
        str(draft.id),
        by=viewer.person_id,
        at=at,
        draft=draft.id,
        section=section.value,
    )
    session.flush()
    return said


def _refuse_incomplete(session: Session, draft: DescriptionDraft, day: date) -> None:
    """Hold the draft against the version that it follows on the day, which may have changed."""
    former = former_tasks(session, draft.position_id, draft.unit_id, day)
    lacks = missing.find(contents.from_json(draft.content), former, synonyms(competencies(session)))
    if lacks:
        raise Incomplete(lacks)


def _version_on(session: Session, draft: DescriptionDraft, day: date) -> PositionVersion:
    """Find how the position is worded on the day: it may have been renamed since drafting."""
    wording = session.scalar(
        select(PositionVersion)
        .where(PositionVersion.position_id == draft.position_id)
        .where(stands(PositionVersion.state), PositionVersion.holds_on(day))
    )
    if wording is None:
        message = (
            f"Vị trí này không còn trong danh mục vào ngày {day:%d/%m/%Y} nên không phê duyệt được "
            "bản mô tả cho nó. Hãy chọn ngày khác, hoặc trả lại để soạn cho vị trí mới."
        )
        raise Conflict(message)
    return wording


def _remark(  # noqa: PLR0913 (where, what, who, when)
    session: Session,
    draft: DescriptionDraft,
    section: Section,
    text: str,
    viewer: Viewer,
    *,
    at: datetime,
    submission: Submission | None = None,
) -> SectionRemark:
    said = SectionRemark(
        draft_id=draft.id,
        submission_id=submission.id if submission else None,
        section=section,
        text=text,
        author_id=viewer.person_id,
        at=at,
    )
    session.add(said)
    return said


def _step(
    session: Session,
    submission: Submission,
    move: DraftMove,
    viewer: Viewer,
    *,
    at: datetime,
    note: str = "",
) -> None:
    """Write a move down, in the draft's own history and in the audit."""
    by = viewer.person_id
    session.add(
        DraftStep(
            draft_id=submission.draft_id,
            submission_id=submission.id,
            move=move,
            person_id=by,
            at=at,
            note=note,
        )
    )
    detail = {"draft": submission.draft_id, "sha256": submission.sha256}
    auditing.record(session, f"draft.{move.value}", str(submission.id), by=by, at=at, **detail)
    session.flush()
