"""Objecting to a judgement, once, and deciding on it one level up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.judging import COUNTED, ObjectionOutcome, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.domain.work_items import WorkItemMove, WorkItemState
from catalogue.models import (
    Assignment,
    Judgement,
    LogLine,
    Objection,
    Person,
    WorkItem,
    WorkItemStep,
)
from catalogue.queries import clean_days, objections
from catalogue.services import auditing, work_notices
from catalogue.services.day_sums import sum_day

_NOT_FOUND = "Không tìm thấy nội dung này."


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to an objection; a new verdict, or None where the old one is kept."""

    answer: str
    verdict: Verdict | None = None

    @property
    def outcome(self) -> ObjectionOutcome:
        return ObjectionOutcome.UPHELD if self.verdict is None else ObjectionOutcome.CHANGED


def object_to(
    session: Session, judgement_id: int, text: str, *, today: date, by: int, at: datetime
) -> Objection:
    """Answer to the last judgement of one's own line or work item; only once for each of these.

    The same words sent again, as by a second click, answer with the objection that was made.
    """
    judgement = session.get(Judgement, judgement_id)
    if judgement is None or _assignment(judgement).person_id != by:
        raise NotFound(_NOT_FOUND)
    _lock(session, by)
    if (made := _made(session, judgement_id, text)) is not None:
        return made
    _refuse_objecting(session, judgement)
    _refuse_unheard(session, judgement, today)
    if not text:
        raise Invalid("Ý kiến: hãy ghi điều bạn chưa đồng ý và vì sao.", field="text")
    refuse_secret(text, "text")
    objection = Objection(judgement_id=judgement.id, by_id=by, text=text, at=at)
    session.add(objection)
    session.flush()
    auditing.record(session, "objection.made", str(objection.id), by=by, at=at)
    session.flush()
    return objection


def decide(
    session: Session, objection_id: int, decision: Decision, viewer: Viewer, *, at: datetime
) -> Objection:
    """Keep or change what was objected to; the answer is read by both sides."""
    objector = session.scalar(select(Objection.by_id).where(Objection.id == objection_id))
    if objector is None:
        raise NotFound(_NOT_FOUND)
    _lock(session, objector)
    objection = session.get_one(Objection, objection_id, populate_existing=True)
    judged = _assignment(objection.judgement)
    deciders = objections.deciders(session, objection.judgement, judged, viewer.on)
    if viewer.person_id not in deciders:
        raise NotFound(_NOT_FOUND)
    _refuse_deciding(session, objection, decision)
    if decision.verdict is not None:
        former = objection.judgement
        word = Judgement(
            log_line_id=former.log_line_id,
            work_item_id=former.work_item_id,
            verdict=decision.verdict,
            reason=decision.answer,
            by_id=viewer.person_id,
            for_id=deciders[viewer.person_id],
            at=at,
        )
        _change(session, former, word)
    objection.outcome, objection.answer = decision.outcome, decision.answer
    objection.decided_by_id, objection.decided_at = viewer.person_id, at
    auditing.record(
        session,
        "objection.decided",
        str(objection.id),
        by=viewer.person_id,
        at=at,
        outcome=decision.outcome.value,
    )
    work_notices.decided(session, objection, at=at)
    session.flush()
    return objection


def _change(session: Session, former: Judgement, word: Judgement) -> None:
    """Write the decider's own word beside the former one, and what follows from it."""
    session.add(word)
    if former.log_line is not None:
        former.log_line.verdict = word.verdict
        session.flush()
        sum_day(session, former.log_line.assignment_id, former.log_line.day)
    if former.work_item is not None:
        _settle(session, former.work_item, word)


def _settle(session: Session, item: WorkItem, word: Judgement) -> None:
    """Let a piece of work stand as decided, with the lines that were judged so."""
    accepted = word.verdict in COUNTED
    item.state = WorkItemState.ACCEPTED if accepted else WorkItemState.NOT_ACCEPTED
    item.revision += 1
    step = WorkItemMove.ACCEPT if accepted else WorkItemMove.NOT_ACCEPT
    session.add(
        WorkItemStep(
            work_item_id=item.id, move=step, person_id=word.by_id, at=word.at, note=word.reason
        )
    )
    for line in _lines(session, item):
        session.add(
            Judgement(
                log_line_id=line.id,
                verdict=word.verdict,
                reason=word.reason,
                by_id=word.by_id,
                for_id=word.for_id,
                at=word.at,
            )
        )
        line.verdict = word.verdict
        session.flush()
        sum_day(session, line.assignment_id, line.day)


def _lines(session: Session, item: WorkItem) -> Sequence[LogLine]:
    """Find the lines that took the work's word; those closed before it have none."""
    query = select(LogLine).where(
        LogLine.work_item_id == item.id, LogLine.current, LogLine.verdict.is_not(None)
    )
    return session.scalars(query).all()


def _assignment(judgement: Judgement) -> Assignment:
    judged = judgement.log_line or judgement.work_item
    if judged is None:
        raise ValueError(judgement.id)
    return judged.assignment


def _lock(session: Session, person_id: int) -> None:
    """Let what touches one person's judged work go one after the other."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def _made(session: Session, judgement_id: int, text: str) -> Objection | None:
    same = select(Objection).where(Objection.judgement_id == judgement_id, Objection.text == text)
    return session.scalars(same).first()


def _refuse_objecting(session: Session, judgement: Judgement) -> None:
    same = Judgement.log_line_id == judgement.log_line_id
    if judgement.log_line_id is None:
        same = Judgement.work_item_id == judgement.work_item_id
    if session.scalar(select(Judgement.id).where(same, Judgement.id > judgement.id).limit(1)):
        raise Conflict("Việc này đã có đánh giá mới hơn. Hãy mở lại trang để đọc.")
    objected = select(Objection.id).join(Judgement, Judgement.id == Objection.judgement_id)
    if session.scalar(objected.where(same).limit(1)) is not None:
        raise Conflict("Bạn đã nêu ý kiến về việc này; mỗi việc chỉ nêu một lần.")
    if judgement.verdict is Verdict.ACCEPTED:
        raise Conflict("Việc này được đánh giá «Đạt» nên không cần nêu ý kiến.")
    if judgement.log_line is not None:
        _refuse_line(session, judgement.log_line)


def _refuse_unheard(session: Session, judgement: Judgement, today: date) -> None:
    """Refuse what nobody could answer, rather than let it wait for ever."""
    if not objections.deciders(session, judgement, _assignment(judgement), today):
        raise Conflict(
            "Chưa gửi được ý kiến: không có ai ở cấp trên của người đánh giá, cũng không có ủy "
            "viên Ban Thường vụ nào trong chương trình để giải quyết. Hãy báo người quản trị cấp "
            "vai trò, rồi gửi lại. Chưa có gì thay đổi."
        )


def _refuse_line(session: Session, line: LogLine) -> None:
    session.refresh(line)
    of_work = select(LogLine.id).where(LogLine.id == line.id, clean_days.of_work(LogLine))
    if session.scalar(of_work) is not None:
        raise Conflict("Dòng này thuộc việc nhiều ngày: hãy nêu ý kiến về công việc đó.")
    _refuse_gone(line)


def _refuse_deciding(session: Session, objection: Objection, decision: Decision) -> None:
    if objection.outcome is not None:
        message = f"Ý kiến này đã được giải quyết: «{objection.outcome.label}»."
        raise Conflict(f"{message} Chưa có gì thay đổi.")
    if not decision.answer:
        raise Invalid("Trả lời: hãy ghi lý do, cả hai bên đều đọc.", field="answer")
    refuse_secret(decision.answer, "answer")
    if decision.verdict is objection.judgement.verdict:
        message = "Đánh giá mới: đang giống đánh giá cũ. Hãy chọn mức khác, hoặc chọn giữ nguyên."
        raise Invalid(message, field="verdict")
    former = objection.judgement
    if former.work_item_id is not None and decision.verdict is Verdict.CORRECTION:
        message = "Đánh giá mới: việc nhiều ngày chỉ đạt, chậm hoặc chưa đạt."
        raise Invalid(message, field="verdict")
    line = former.log_line
    if line is not None and decision.verdict is not None:
        session.refresh(line)
        _refuse_gone(line)


def _refuse_gone(line: LogLine) -> None:
    """Refuse what lines that no longer count were judged; a closed month is no hindrance."""
    if not line.current:
        raise Conflict("Dòng này đã được sửa hoặc bỏ, nên đánh giá cũ không còn tính.")
