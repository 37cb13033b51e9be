"""Assessing a holder against the framework: the holder says, the head says, both agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.assessing import LEVELS, Said, Words, fingerprint
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.states import AssessmentMove, AssessmentState, assessment_after
from catalogue.models import (
    AssessedLevel,
    Assessment,
    Assignment,
    Establishment,
    Requirement,
)
from catalogue.queries import assessors
from catalogue.queries.described_for import described_for
from catalogue.services import auditing

_NOT_FOUND = "Không tìm thấy nội dung này."


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side sends: its words by requirement, and the fingerprint of what it had read.

    Without `finished` the words are only kept, and may be incomplete.
    """

    said: Mapping[int, Said]
    seen: str
    finished: bool = True


def begin(session: Session, assignment_id: int, *, day: date, by: int, at: datetime) -> Assessment:
    """Open an assessment against the framework in force that day; the open one is given instead."""
    # Two who open one at once wait here for each other.
    assignment = session.get(Assignment, assignment_id, with_for_update=True)
    if assignment is None:
        raise NotFound(_NOT_FOUND)
    if assignment.person_id != by:
        _refuse_stranger(session, assignment, by=by, day=day)
    if present := _open(session, assignment_id):
        return present
    description_id, requirements = _framework(session, assignment, day)
    opened = Assessment(
        assignment_id=assignment_id,
        description_id=description_id,
        assessed_on=day,
        state=AssessmentState.OPEN,
        opened_at=at,
        levels=[AssessedLevel(requirement_id=each) for each in requirements],
    )
    session.add(opened)
    session.flush()
    _note(session, "begun", opened, by=by, at=at)
    return opened


def say_self(
    session: Session, assessment_id: int, answer: Answer, *, by: int, at: datetime
) -> Assessment:
    """Write what the holder says of themself, with evidence; only until the head has spoken."""
    assessment = _locked(session, assessment_id)
    if assessment.assignment.person_id != by:
        raise NotAllowed("Chỉ người giữ vị trí mới tự đánh giá. Chưa có gì thay đổi.")
    reached = _step(assessment, AssessmentMove.SAY_SELF, answer)
    for row in assessment.levels:
        row.self_level, row.evidence = answer.said.get(row.requirement_id, Said(None))
    _reach(session, assessment, reached, by=by, at=at)
    return assessment


def say_head(
    session: Session, assessment_id: int, answer: Answer, *, today: date, by: int, at: datetime
) -> Assessment:
    """Write what the head says, with notes; may be changed until it is confirmed."""
    assessment = _locked(session, assessment_id)
    _refuse_stranger(session, assessment.assignment, by=by, day=today)
    reached = _step(assessment, AssessmentMove.SAY_HEAD, answer)
    for row in assessment.levels:
        row.head_level, row.head_note = answer.said.get(row.requirement_id, Said(None))
    assessment.head_id = by
    _reach(session, assessment, reached, by=by, at=at)
    return assessment


def confirm(
    session: Session, assessment_id: int, answer: Answer, *, today: date, by: int, at: datetime
) -> Assessment:
    """Write the level agreed on for each competency; from then on nothing of it changes."""
    assessment = _locked(session, assessment_id)
    _refuse_stranger(session, assessment.assignment, by=by, day=today)
    reached = _step(assessment, AssessmentMove.CONFIRM, answer)
    for row in assessment.levels:
        row.agreed_level = answer.said[row.requirement_id].level
    # Before the state: the database lets nothing be written into a confirmed one.
    session.flush()
    assessment.confirmed_by_id, assessment.confirmed_at = by, at
    _reach(session, assessment, reached, by=by, at=at)
    return assessment


def seen(assessment: Assessment, move: AssessmentMove) -> str:
    """Give the fingerprint of what is read before this is said."""
    words = (
        Words(row.requirement_id, row.self_level, row.evidence, row.head_level, row.head_note)
        for row in assessment.levels
    )
    return fingerprint(assessment.state, move, words)


def _locked(session: Session, assessment_id: int) -> Assessment:
    """Read an assessment as it now stands, and keep it so until the transaction ends."""
    query = select(Assessment).where(Assessment.id == assessment_id)
    assessment = session.scalar(
        query.with_for_update(of=Assessment).execution_options(populate_existing=True)
    )
    if assessment is None:
        raise NotFound(_NOT_FOUND)
    return assessment


def _open(session: Session, assignment_id: int) -> Assessment | None:
    return session.scalar(
        select(Assessment)
        .where(Assessment.assignment_id == assignment_id)
        .where(Assessment.state != AssessmentState.CONFIRMED)
    )


def _framework(session: Session, assignment: Assignment, day: date) -> tuple[int, list[int]]:
    """Find the description that holds on the day, and the requirements that it makes."""
    if not _holds(assignment, day):
        raise Conflict(
            f"Ngày {day:%d/%m/%Y} người này không giữ vị trí đó nên không đánh giá được."
        )
    place = select(described_for(Establishment.position_id, Establishment.unit_id, day)).where(
        Establishment.id == assignment.establishment_id
    )
    description_id = session.scalar(place)
    asked = select(Requirement.id).where(Requirement.description_id == description_id)
    requirements = list(session.scalars(asked.order_by(Requirement.ordinal)))
    if description_id is None or not requirements:
        raise Conflict(
            f"Ngày {day:%d/%m/%Y} vị trí này chưa có khung năng lực có hiệu lực. "
            "Hãy đề nghị cán bộ tổ chức hoàn thành bản mô tả công việc trước."
        )
    return description_id, requirements


def _holds(assignment: Assignment, day: date) -> bool:
    last = assignment.valid_to
    return assignment.valid_from <= day and (last is None or day <= last)


def _refuse_stranger(session: Session, assignment: Assignment, *, by: int, day: date) -> None:
    """Refuse whoever is not over the holder: persons are compared, not accounts."""
    if by == assignment.person_id:
        raise NotAllowed("Không ai được đánh giá hoặc xác nhận cho chính mình.")
    unit_id = assignment.establishment.unit_id
    if by not in assessors.on(session, day).of(assignment.person_id, unit_id):
        raise NotAllowed(
            "Bạn không phải người đánh giá ở vị trí này. Thủ trưởng đơn vị đánh giá người trong "
            "đơn vị; thủ trưởng do cấp trên, hoặc cán bộ tổ chức cấp tỉnh, đánh giá."
        )


def _step(assessment: Assessment, move: AssessmentMove, answer: Answer) -> AssessmentState:
    """Give the state that the answer leads to, after every reason to refuse it."""
    reached = assessment_after(assessment.state, move)
    if answer.seen != seen(assessment, move):
        raise Conflict(
            "Nội dung đánh giá đã thay đổi sau khi bạn mở trang. Phần bạn vừa ghi CHƯA được lưu: "
            "hãy xem nội dung mới rồi ghi lại."
        )
    kept = not answer.finished and move is not AssessmentMove.CONFIRM
    _refuse_unknown(assessment, answer)
    if kept and reached is not assessment.state:
        return assessment.state
    _refuse_incomplete(assessment, answer)
    return reached


def _refuse_unknown(assessment: Assessment, answer: Answer) -> None:
    known = {row.requirement_id for row in assessment.levels}
    levels = {said.level for said in answer.said.values()} - {None}
    if not (answer.said.keys() <= known and levels <= set(LEVELS)):
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại.")


def _refuse_incomplete(assessment: Assessment, answer: Answer) -> None:
    left = [
        row.requirement.name
        for row in assessment.levels
        if answer.said.get(row.requirement_id, Said(None)).level is None
    ]
    if left:
        raise Invalid(f"Chưa chọn cấp độ ở {len(left)} năng lực: {'; '.join(left)}.")


def _reach(
    session: Session, assessment: Assessment, state: AssessmentState, *, by: int, at: datetime
) -> None:
    moved = state is not assessment.state
    assessment.state = state
    session.flush()
    if moved:
        _note(session, state.value, assessment, by=by, at=at)


def _note(session: Session, what: str, assessment: Assessment, *, by: int, at: datetime) -> None:
    """Write down who did what; never the levels, which are read where they stand."""
    auditing.record(
        session,
        f"assessment.{what}",
        str(assessment.id),
        by=by,
        at=at,
        assignment=assessment.assignment_id,
    )
    session.flush()
