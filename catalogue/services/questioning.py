"""Asking about a line on the board, and answering: read by its writer, its heads and who asked."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from catalogue.domain.board import QUESTIONS_A_DAY
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.notices import NoticeKind
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.models import LineQuestion, LogLine
from catalogue.queries import board, line_questions
from catalogue.services import auditing, noticing

_A_DAY = timedelta(days=1)


def ask(session: Session, line_id: int, text: str, *, by: Viewer, at: datetime) -> LineQuestion:
    """Ask about a colleague's line; the question goes to its writer without the asker's name.

    Raises NotFound where the line is on no board of theirs, Conflict past a day's measure.
    """
    found = board.line(session, line_id, by, Permission.ASK_ON_BOARD)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    line, writer_id = found
    if writer_id == by.person_id:
        raise Conflict("Đây là dòng của bạn. Nếu cần sửa, hãy mở ngày của tôi.")
    if not text:
        raise Invalid("Ý kiến: hãy viết điều bạn muốn hỏi.", field="text")
    refuse_secret(text, "text")
    if line_questions.asked_today(session, by.person_id, at - _A_DAY) >= QUESTIONS_A_DAY:
        message = f"Bạn đã nêu {QUESTIONS_A_DAY} ý kiến trong 24 giờ. Hãy nêu tiếp vào ngày mai."
        raise Conflict(message)
    question = LineQuestion(log_line_id=line.id, asked_by_id=by.person_id, text=text, asked_at=at)
    session.add(question)
    session.flush()
    noticing.tell(
        session,
        [writer_id],
        NoticeKind.QUESTION,
        f"Có người hỏi về dòng nhật ký ngày {line.day:%d/%m/%Y} của bạn.",
        "/bang-cong-khai",
        about=line.day,
        key=question.id,
        at=at,
    )
    auditing.record(
        session, "line.asked", f"dòng {line.id}", by=by.person_id, at=at, question=question.id
    )
    return question


def answer(
    session: Session, question_id: int, text: str, *, by: Viewer, at: datetime
) -> LineQuestion:
    """Answer a question about one's own line, once; whoever asked is told."""
    question = session.get(LineQuestion, question_id, with_for_update=True)
    if question is None or _writer(session, question) != by.person_id:
        raise NotFound("Không tìm thấy nội dung này.")
    if question.answer is not None:
        raise Conflict("Ý kiến này đã được trả lời.")
    if not text:
        raise Invalid("Trả lời: hãy viết câu trả lời.", field="text")
    refuse_secret(text, "text")
    question.answer, question.answered_at = text, at
    day = question.log_line.day
    noticing.tell(
        session,
        [question.asked_by_id],
        NoticeKind.QUESTION,
        f"Ý kiến bạn nêu về một dòng nhật ký ngày {day:%d/%m/%Y} đã được trả lời.",
        f"/bang-cong-khai?ngay={day}",
        about=day,
        key=question.id,
        at=at,
    )
    auditing.record(
        session,
        "line.answered",
        f"dòng {question.log_line_id}",
        by=by.person_id,
        at=at,
        question=question.id,
    )
    return question


def _writer(session: Session, question: LineQuestion) -> int:
    return session.get_one(LogLine, question.log_line_id).assignment.person_id
