"""Writing the diary: a day's sheet and its sums in one transaction, corrections as new lines."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import CompoundSelect, String, bindparam, null, select, union_all
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, day_refusal, refusals
from catalogue.domain.diary import FullLine, LineDraft
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.models import Assignment, LogLine, PendingLine, Person
from catalogue.queries.day_facts import facts as facts_of
from catalogue.services import inserting
from catalogue.services.day_sums import sum_day

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Saved:
    """The lines of a sheet that was sent, in its order; `repeated` had been written before."""

    line_ids: Sequence[int]
    repeated: int


def save_sheet(
    session: Session,
    drafts: Sequence[LineDraft],
    *,
    day: date,
    today: date,
    by: int,
    at: datetime,
) -> Saved:
    """Write lines of the person's own day, all of them or none.

    A draft's `entry_key` makes a repeated send harmless: the line that it wrote first is answered
    again. Raises SheetRefused with every reason at once, each with its line.
    """
    _lock(session, by)
    sent = _sent_before(session, drafts, by)
    places = [place for place, draft in enumerate(drafts) if draft.entry_key not in sent]
    written = {}
    if places:
        fresh = [drafts[place] for place in places]
        tasks = {draft.task_version_id for draft in fresh}
        facts = facts_of(session, by, day, today=today, tasks=tasks)
        _refuse(fresh, facts, places)
        rows = [_row(draft, facts, at) for draft in fresh]
        written = dict(zip(places, inserting.insert_rows(session, LogLine, rows), strict=True))
        for assignment_id in {row["assignment_id"] for row in rows}:
            sum_day(session, assignment_id, day)
    lines = [
        written[place] if place in written else sent[draft.entry_key or ""]
        for place, draft in enumerate(drafts)
    ]
    return Saved(lines, len(drafts) - len(places))


def log_line(
    session: Session, draft: LineDraft, *, day: date, today: date, by: int, at: datetime
) -> LogLine:
    """Write one line of the person's own day, as a sheet of one."""
    saved = save_sheet(session, [draft], day=day, today=today, by=by, at=at)
    return session.get_one(LogLine, saved.line_ids[0])


def correct_line(
    session: Session, line_id: int, draft: LineDraft, *, today: date, by: int, at: datetime
) -> LogLine:
    """Write a line that supersedes one of the person's own; the former stays to be read."""
    former = _own_current(session, line_id, by)
    facts = facts_of(
        session, by, former.day, today=today, tasks=[draft.task_version_id], but=former.id
    )
    _refuse([draft], facts, [0])
    row = _row(draft, facts, at) | {"supersedes_id": former.id, "pending_id": None}
    former.current = False
    session.flush()
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    for touched in {former.assignment_id, row["assignment_id"]}:
        sum_day(session, touched, former.day)
    return session.get_one(LogLine, new_id)


def remove_line(session: Session, line_id: int, *, today: date, by: int, at: datetime) -> LogLine:
    """Take a line of the person's own away; it stays to be read, and can be put back."""
    line = _own_current(session, line_id, by)
    if refusal := day_refusal(facts_of(session, by, line.day, today=today)):
        raise SheetRefused([refusal])
    line.current, line.removed_at = False, at
    session.flush()
    sum_day(session, line.assignment_id, line.day)
    return line


def restore_line(session: Session, line_id: int, *, today: date, by: int, at: datetime) -> LogLine:
    """Put a removed line back as a new one; doing so twice answers with the same line."""
    _lock(session, by)
    former = _own(session, line_id, by)
    again = session.scalar(select(LogLine).where(LogLine.supersedes_id == line_id))
    if again is not None:
        return again
    if former.removed_at is None:
        raise Conflict("Dòng này chưa bị bỏ. Hãy mở lại ngày để xem.")
    draft = _draft_of(former)
    facts = facts_of(session, by, former.day, today=today, tasks=[draft.task_version_id])
    _refuse([draft], facts, [0])
    row = _row(draft, facts, at) | {"supersedes_id": former.id}
    (new_id,) = inserting.insert_rows(session, LogLine, [row])
    sum_day(session, row["assignment_id"], former.day)
    return session.get_one(LogLine, new_id)


def log_many(session: Session, lines: Iterable[FullLine], *, at: datetime) -> Iterator[int]:
    """Write lines in bulk, yielding how many after each batch.

    No rule is asked; `day_sums.sum_all_days` must follow.
    """
    written_at = inserting.moment(session, at)
    remaining = iter(lines)
    while batch := list(islice(remaining, BATCH)):
        columns = dict(zip(FullLine._fields, zip(*batch, strict=True), strict=True))
        columns["day"] = tuple(line.day.isoformat() for line in batch)
        inserting.insert(session, LogLine, columns, current=True, written_at=written_at)
        yield len(batch)


def _lock(session: Session, person_id: int) -> None:
    """Let one save of a person wait for another; SQLite's transaction does so by itself."""
    session.flush()  # what was changed before is to be read by what follows
    session.connection().execute(_LOCKED, {"person": person_id})


def _sent_before(session: Session, drafts: Collection[LineDraft], by: int) -> dict[str, int]:
    """Find the lines that some of the drafts wrote when they were first sent, by their key."""
    keys = [draft.entry_key for draft in drafts if draft.entry_key]
    if not keys:
        return {}
    found = session.connection().execute(_SENT, {"keys": keys}).all()
    if any(person != by for _, _, person in found):
        raise Conflict("Mã gửi này đã được dùng. Hãy mở lại trang rồi ghi lại.")
    return {key: line_id for key, line_id, _ in found}


_KEYS = bindparam("keys", type_=String, expanding=True)
# Put together once: that costs more than running them.
_LOCKED = select(Person.id).where(Person.id == bindparam("person")).with_for_update()
# A key that hours without a task were sent under comes back with nobody's number.
_SENT: CompoundSelect[Any] = union_all(
    select(LogLine.entry_key, LogLine.id, Assignment.person_id)
    .join(LogLine.assignment)
    .where(LogLine.entry_key.in_(_KEYS)),
    select(PendingLine.entry_key, null(), null()).where(PendingLine.entry_key.in_(_KEYS)),
)


def _refuse(drafts: Sequence[LineDraft], facts: DayFacts, places: Sequence[int]) -> None:
    """Raise what the rules found; `places` are the drafts' own in the sheet that was sent."""
    if found := refusals(drafts, facts):
        raise SheetRefused(
            [each if each.line is None else replace(each, line=places[each.line]) for each in found]
        )


def _own(session: Session, line_id: int, by: int) -> LogLine:
    line = session.get(LogLine, line_id)
    if line is None or line.assignment.person_id != by:
        raise NotFound("Không tìm thấy nội dung này.")
    return line


def _own_current(session: Session, line_id: int, by: int) -> LogLine:
    """Find a line that its writer may still correct or take away."""
    _lock(session, by)
    line = _own(session, line_id, by)
    if not line.current:
        raise Conflict("Dòng này đã được sửa ở nơi khác. Hãy mở lại ngày để xem dòng mới nhất.")
    if line.verdict is not None and line.verdict.settles:
        message = (
            f"Dòng này đã được đánh giá «{line.verdict.label}» nên không sửa được. "
            "Nếu có sai sót, hãy nêu ý kiến về đánh giá hoặc gửi đề nghị điều chỉnh."
        )
        raise Conflict(message)
    return line


def _row(draft: LineDraft, facts: DayFacts, at: datetime) -> dict[str, Any]:
    return {
        "assignment_id": facts.tasks[draft.task_version_id].assignment_id,
        "task_version_id": draft.task_version_id,
        "day": facts.day,
        "content": draft.content,
        "product": draft.product or None,
        "quantity": draft.quantity,
        "minutes": draft.minutes,
        "overtime": draft.overtime,
        "place": draft.place,
        "document_number": draft.document_number or None,
        "pages": draft.pages,
        "evidence": draft.evidence or None,
        "note": draft.note or None,
        "work_item_id": draft.work_item_id,
        "entry_key": draft.entry_key,
        "backfilled": facts.backfilled,
        "current": True,
        "written_at": at,
    }


def _draft_of(line: LogLine) -> LineDraft:
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
