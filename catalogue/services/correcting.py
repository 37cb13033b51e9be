"""Mending logged lines: each correction a new line, what was taken away kept to be read."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import day_refusal
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.models import LogLine
from catalogue.queries.day_facts import facts as facts_of
from catalogue.services import inserting, logging_work
from catalogue.services.day_sums import sum_day


def correct_line(  # noqa: PLR0913 (a correction has this many circumstances)
    session: Session,
    line_id: int,
    draft: LineDraft,
    *,
    today: date,
    by: int,
    at: datetime,
    past_closing: bool = False,
) -> LogLine:
    """Write a line that supersedes one of the person's own; the former stays to be read."""
    former = _own_current(session, line_id, by, past_closing=past_closing)
    facts = facts_of(
        session, by, former.day, today=today, tasks=[draft.task_version_id], but=former.id
    )
    facts = facts.past_closing(former.work_item_id) if past_closing else facts
    logging_work.refuse([draft], facts, [0])
    row = logging_work.row_of(draft, facts, at) | {"supersedes_id": former.id, "pending_id": None}
    former.current = False
    session.flush()
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    for touched in {former.assignment_id, row["assignment_id"]}:
        sum_day(session, touched, former.day)
    return session.get_one(LogLine, new_id)


def remove_line(
    session: Session,
    line_id: int,
    *,
    today: date,
    by: int,
    at: datetime,
    past_closing: bool = False,
) -> LogLine:
    """Take a line of the person's own away; it stays to be read, and can be put back."""
    line = _own_current(session, line_id, by, past_closing=past_closing)
    refusal = day_refusal(facts_of(session, by, line.day, today=today))
    if refusal and not past_closing:
        raise SheetRefused([refusal])
    line.current, line.removed_at = False, at
    session.flush()
    sum_day(session, line.assignment_id, line.day)
    return line


def restore_line(session: Session, line_id: int, *, today: date, by: int, at: datetime) -> LogLine:
    """Put a removed line back as a new one; doing so twice answers with the same line."""
    logging_work.lock(session, by)
    former = _own(session, line_id, by)
    again = session.scalar(select(LogLine).where(LogLine.supersedes_id == line_id))
    if again is not None:
        return again
    if former.removed_at is None:
        raise Conflict("Dòng này chưa bị bỏ. Hãy mở lại ngày để xem.")
    draft = draft_of(former)
    facts = facts_of(session, by, former.day, today=today, tasks=[draft.task_version_id])
    logging_work.refuse([draft], facts, [0])
    row = logging_work.row_of(draft, facts, at) | {"supersedes_id": former.id}
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    sum_day(session, row["assignment_id"], former.day)
    return session.get_one(LogLine, new_id)


def _own(session: Session, line_id: int, by: int) -> LogLine:
    line = session.get(LogLine, line_id)
    if line is None or line.assignment.person_id != by:
        raise NotFound("Không tìm thấy nội dung này.")
    return line


def _own_current(session: Session, line_id: int, by: int, *, past_closing: bool = False) -> LogLine:
    """Find a line that its writer may still correct or take away."""
    logging_work.lock(session, by)
    line = _own(session, line_id, by)
    if not line.current:
        raise Conflict("Dòng này đã được sửa ở nơi khác. Hãy mở lại ngày để xem dòng mới nhất.")
    if line.verdict is not None and line.verdict.settles and not past_closing:
        message = (
            f"Dòng này đã được đánh giá «{line.verdict.label}» nên không sửa được. "
            "Nếu có sai sót, hãy nêu ý kiến về đánh giá hoặc gửi đề nghị điều chỉnh."
        )
        raise Conflict(message)
    return line


def draft_of(line: LogLine) -> LineDraft:
    """Tell a line again as it was told."""
    return LineDraft(
        task_version_id=line.task_version_id,
        minutes=line.minutes,
        content=line.content,
        product=line.product,
        quantity=line.quantity,
        overtime=line.overtime,
        place=line.place,
        document_number=line.document_number,
        pages=line.pages,
        evidence=line.evidence,
        note=line.note,
        work_item_id=line.work_item_id,
    )
