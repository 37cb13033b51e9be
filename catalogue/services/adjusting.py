"""Adjusting closed months: asked with a reason, decided by another who judges, written then."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.adjusting import Asked, as_json, from_json
from catalogue.domain.day_rules import DayFacts, refusals
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SheetRefused
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.models import Adjustment, Assignment, LogLine, Person
from catalogue.queries.day_facts import facts as facts_of
from catalogue.queries.judges import judges_in_own_right
from catalogue.services import auditing, correcting, logging_work

_NOT_FOUND = "Không tìm thấy nội dung này."


def ask(session: Session, asked: Asked, *, today: date, by: int, at: datetime) -> Adjustment:
    """Ask for a line of one's own closed month to be written, corrected or taken away."""
    if not asked.reason:
        raise Invalid("Lý do: hãy ghi vì sao cần điều chỉnh.", field="reason")
    refuse_secret(asked.reason, "reason")
    _lock(session, by)
    former = _former(session, asked.former_id, by)
    day = former.day if former else asked.day
    tasks = [asked.draft.task_version_id] if asked.draft else []
    facts = facts_of(session, by, day, today=today, tasks=tasks, but=former.id if former else None)
    _refuse_open(facts, former)
    if asked.draft:
        _refuse_line(asked.draft, facts, former)
        _refuse_repeated(session, asked.draft, day, by)
    adjustment = Adjustment(
        assignment_id=_assignment(asked.draft, facts, former),
        day=day,
        former_id=former.id if former else None,
        content=as_json(asked.draft) if asked.draft else None,
        reason=asked.reason,
        asked_by_id=by,
        asked_at=at,
    )
    session.add(adjustment)
    session.flush()
    _record(session, "adjustment.asked", adjustment, by=by, at=at)
    return adjustment


def decide(
    session: Session,
    adjustment_id: int,
    viewer: Viewer,
    *,
    accepted: bool,
    answer: str,
    at: datetime,
) -> Adjustment:
    """Accept, and write it in the same transaction, or refuse; always with a reason."""
    adjustment = _undecided(session, adjustment_id, viewer)
    if not answer:
        raise Invalid("Lý do: hãy ghi vì sao đồng ý hoặc không đồng ý.", field="answer")
    refuse_secret(answer, "answer")
    if accepted:
        adjustment.log_line_id = _write(session, adjustment, today=viewer.on, at=at)
    adjustment.accepted, adjustment.answer = accepted, answer
    adjustment.decided_by_id, adjustment.decided_at = viewer.person_id, at
    session.flush()
    action = "adjustment.accepted" if accepted else "adjustment.refused"
    _record(session, action, adjustment, by=viewer.person_id, at=at)
    return adjustment


def _lock(session: Session, person_id: int) -> None:
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _former(session: Session, line_id: int | None, by: int) -> LogLine | None:
    """Find the line that is to be another, or gone; one may wait for one answer at a time."""
    if line_id is None:
        return None
    line = session.get(LogLine, line_id)
    if line is None or line.assignment.person_id != by:
        raise NotFound(_NOT_FOUND)
    if not line.current:
        raise Conflict("Dòng này đã được thay hoặc bỏ. Hãy mở lại ngày để xem dòng mới nhất.")
    waiting = select(Adjustment.id).where(
        Adjustment.former_id == line_id, Adjustment.accepted.is_(None)
    )
    if session.scalar(waiting) is not None:
        raise Conflict("Dòng này đã có một đề nghị điều chỉnh đang chờ quyết định.")
    return line


def _refuse_open(facts: DayFacts, former: LogLine | None) -> None:
    """Refuse what can still be mended in the diary itself."""
    settled = former is not None and former.verdict is not None and former.verdict.settles
    if not facts.month_closed and not settled:
        message = (
            f"Tháng {facts.day:%m/%Y} của bạn chưa khóa: hãy ghi hoặc sửa ngay trong nhật ký ngày "
            f"{facts.day:%d/%m/%Y}; nếu đã quá hạn, hãy xin ghi bù."
        )
        raise Conflict(message)


def _refuse_line(draft: LineDraft, facts: DayFacts, former: LogLine | None) -> None:
    facts = correcting.facts_for(former, draft, facts) if former else facts
    if found := refusals([draft], facts.past_closing()):
        raise SheetRefused(found)


def _refuse_repeated(session: Session, draft: LineDraft, day: date, by: int) -> None:
    """Refuse the very line that was asked for already and waits: a button was pressed twice."""
    waiting = select(Adjustment.content).where(
        Adjustment.asked_by_id == by, Adjustment.day == day, Adjustment.decided_at.is_(None)
    )
    if as_json(draft) in session.scalars(waiting).all():
        message = "Đề nghị giống hệt đã gửi và đang chờ trả lời. Không gửi thêm."
        raise Conflict(message)


def _assignment(draft: LineDraft | None, facts: DayFacts, former: LogLine | None) -> int:
    """Name the assignment whose judge decides: of the task asked for, or of the line to go."""
    if draft is not None:
        return facts.tasks[draft.task_version_id].assignment_id
    if former is None:
        raise NotFound(_NOT_FOUND)
    return former.assignment_id


def _undecided(session: Session, adjustment_id: int, viewer: Viewer) -> Adjustment:
    """Lock what is to be decided; refuses who asked for it, and who does not judge this person."""
    owner = session.scalar(
        select(Assignment.person_id)
        .join(Adjustment, Adjustment.assignment_id == Assignment.id)
        .where(Adjustment.id == adjustment_id)
    )
    if owner is None:
        raise NotFound(_NOT_FOUND)
    _lock(session, owner)
    adjustment = session.get_one(Adjustment, adjustment_id, populate_existing=True)
    if adjustment.accepted is not None:
        raise Conflict("Đề nghị này đã được quyết định. Hãy mở lại trang để xem.")
    if adjustment.asked_by_id == viewer.person_id:
        raise NotAllowed("Bạn không quyết định đề nghị của chính mình.")
    if not judges_in_own_right(session, viewer, adjustment.assignment_id):
        raise NotAllowed(
            "Chỉ người đánh giá sản phẩm của người này mới quyết định được, không phải người được "
            "ủy quyền."
        )
    return adjustment


def _write(session: Session, adjustment: Adjustment, *, today: date, at: datetime) -> int | None:
    """Carry out what was asked for, past the closing; answers the line that was written."""
    by, former = adjustment.asked_by_id, adjustment.former_id
    if adjustment.content is None:
        if former is not None:
            correcting.remove_line(session, former, today=today, by=by, at=at, past_closing=True)
        return None
    draft = from_json(adjustment.content)
    if former is not None:
        line = correcting.correct_line(
            session, former, draft, today=today, by=by, at=at, past_closing=True
        )
        return line.id
    saved = logging_work.save_sheet(
        session, [draft], day=adjustment.day, today=today, by=by, at=at, past_closing=True
    )
    return saved.line_ids[0]


def _record(
    session: Session, action: str, adjustment: Adjustment, *, by: int, at: datetime
) -> None:
    auditing.record(
        session,
        action,
        str(adjustment.id),
        by=by,
        at=at,
        day=adjustment.day.isoformat(),
        assignment=adjustment.assignment_id,
        former=adjustment.former_id,
        line=adjustment.log_line_id,
    )
    session.flush()
