"""Mending logged lines: each correction a new line, what was taken away kept to be read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, day_refusal
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.models import Assignment, LogLine
from catalogue.queries.day_facts import facts as facts_of
from catalogue.services import inserting, logging_work, repeats
from catalogue.services.day_sums import sum_day, sum_days

# A save is of one day, or of the days of one week.
_SAVED_WITHIN = timedelta(days=6)


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
    """Write a line that supersedes one of the person's own; the former stays to be read.

    Sent twice with the same key, it answers the same line.
    """
    logging_work.lock(session, by)
    former = _own(session, line_id, by)
    again = _successor(session, line_id)
    if again and draft.entry_key and repeats.tells(draft, again, former.day):
        return again
    _refuse_kept(former, past_closing=past_closing)
    facts = facts_of(
        session, by, former.day, today=today, tasks=[draft.task_version_id], but=former.id
    )
    facts = facts_for(former, draft, facts)
    facts = facts.past_closing() if past_closing else facts
    logging_work.refuse([draft], facts, [0])
    row = logging_work.row_of(draft, facts, at) | _after(former, draft, facts)
    former.current = False
    session.flush()
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    for touched in {former.assignment_id, row["assignment_id"]}:
        sum_day(session, touched, former.day)
    return session.get_one(LogLine, new_id)


def _after(former: LogLine, draft: LineDraft, facts: DayFacts) -> dict[str, Any]:
    """Give what a line keeps of the one that it takes the place of.

    Hours that were told in time stay so; only more of them are filled in later.
    """
    more = draft.minutes > former.minutes
    backfilled = former.backfilled or (more and facts.backfilled)
    return {"supersedes_id": former.id, "backfilled": backfilled}


def facts_for(former: LogLine, draft: LineDraft, facts: DayFacts) -> DayFacts:
    """Give the facts as they are for a line's correction.

    Its work may be handed in meanwhile. What was sent back is mended however late that was; only
    more hours would be filling in later.
    """
    work = dict(facts.work)
    if former.work_item_id is not None:
        work[former.work_item_id] = former.task_version.task_id
    sent_back = former.verdict is not None and former.verdict.sends_back
    answering = sent_back and draft.minutes <= former.minutes
    return replace(facts, work=work, consented=facts.consented or answering)


def remove_line(
    session: Session,
    line_id: int,
    *,
    today: date,
    by: int,
    at: datetime,
    past_closing: bool = False,
) -> LogLine:
    """Take a line of the person's own away; it stays to be read, and can be put back.

    Doing so twice answers the same line.
    """
    logging_work.lock(session, by)
    line = _own(session, line_id, by)
    if line.removed_at is not None and _successor(session, line_id) is None:
        return line
    _refuse_kept(line, past_closing=past_closing)
    refusal = day_refusal(facts_of(session, by, line.day, today=today))
    if refusal and not past_closing:
        raise SheetRefused([refusal])
    line.current, line.removed_at = False, at
    session.flush()
    sum_day(session, line.assignment_id, line.day)
    return line


def undo_save(
    session: Session, line_id: int, *, today: date, by: int, at: datetime
) -> Sequence[LogLine]:
    """Take away all that one save wrote, however much, named by one of its lines.

    All of it or none: raises Conflict where a line was corrected or judged since, SheetRefused
    where a day is open no more. Doing so twice takes nothing more.
    """
    logging_work.lock(session, by)
    lines = _written_with(session, _own(session, line_id, by), by)
    for line in lines:
        _refuse_kept(line, past_closing=False)
    days = sorted({line.day for line in lines})
    found = (day_refusal(facts_of(session, by, day, today=today)) for day in days)
    if refused := [refusal for refusal in found if refusal]:
        raise SheetRefused(refused)
    for line in lines:
        line.current, line.removed_at = False, at
    session.flush()
    if lines:
        sum_days(session, {line.assignment_id for line in lines}, days[0], days[-1])
    return lines


def _written_with(session: Session, line: LogLine, by: int) -> Sequence[LogLine]:
    """List what is not taken away of a person's save: its lines were written at one moment."""
    nearby = LogLine.day.between(line.day - _SAVED_WITHIN, line.day + _SAVED_WITHIN)
    query = (
        select(LogLine)
        .join(LogLine.assignment)
        .where(Assignment.person_id == by, nearby, LogLine.written_at == line.written_at)
        .where(LogLine.removed_at.is_(None))
    )
    return session.scalars(query.execution_options(populate_existing=True)).all()


def restore_line(session: Session, line_id: int, *, today: date, by: int, at: datetime) -> LogLine:
    """Put a removed line back as a new one; doing so twice answers with the same line."""
    logging_work.lock(session, by)
    former = _own(session, line_id, by)
    if again := _successor(session, line_id):
        if again.removed_at is not None:
            raise Conflict("Dòng này đã được đặt lại rồi lại được bỏ. Hãy mở lại ngày để xem.")
        return again
    if former.removed_at is None:
        raise Conflict("Dòng này chưa bị bỏ. Hãy mở lại ngày để xem.")
    draft = repeats.draft_of(former)
    facts = facts_of(session, by, former.day, today=today, tasks=[draft.task_version_id])
    logging_work.refuse([draft], facts, [0])
    row = logging_work.row_of(draft, facts, at) | _after(former, draft, facts)
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    sum_day(session, row["assignment_id"], former.day)
    return session.get_one(LogLine, new_id)


def _own(session: Session, line_id: int, by: int) -> LogLine:
    line = session.get(LogLine, line_id)
    if line is None or line.assignment.person_id != by:
        raise NotFound("Không tìm thấy nội dung này.")
    return line


def _successor(session: Session, line_id: int) -> LogLine | None:
    return session.scalar(select(LogLine).where(LogLine.supersedes_id == line_id))


def _refuse_kept(line: LogLine, *, past_closing: bool) -> None:
    """Refuse a line that its writer may no longer correct or take away."""
    if not line.current:
        raise Conflict("Dòng này đã được sửa ở nơi khác. Hãy mở lại ngày để xem dòng mới nhất.")
    if line.verdict is not None and line.verdict.settles and not past_closing:
        message = (
            f"Dòng này đã được đánh giá «{line.verdict.label}» nên không sửa được. "
            "Nếu có sai sót, hãy nêu ý kiến về đánh giá hoặc gửi đề nghị điều chỉnh."
        )
        raise Conflict(message)
