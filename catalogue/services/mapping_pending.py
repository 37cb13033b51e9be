"""What becomes of hours without a task: mapped to one, proposed for a description, or returned."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, day_refusal, refusals
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Refusal,
    SheetRefused,
)
from catalogue.domain.pending import (
    OPEN_PENDING,
    Choice,
    PendingKind,
    PendingMove,
    PendingState,
    pending_after,
)
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.models import LogLine, PendingLine
from catalogue.queries.day_facts import facts as facts_of
from catalogue.queries.judges import judged_by
from catalogue.services import inserting
from catalogue.services.day_sums import sum_day
from catalogue.services.logging_work import row_of
from catalogue.services.pending_lines import locked, own, step

_CHANGED = (
    "Dòng này đã được người khác xử lý hoặc được sửa sau khi bạn mở trang. Hãy đọc lại rồi quyết "
    "định. Chưa có gì thay đổi."
)
_NO_PRODUCT = (
    "Sản phẩm: nhiệm vụ này phải ghi sản phẩm. Hãy ghi vào ô «Sản phẩm» dưới nhiệm vụ, "
    "hoặc chọn nhiệm vụ khác"
)


def map_to_tasks(
    session: Session, choices: Sequence[Choice], *, viewer: Viewer, at: datetime
) -> list[int]:
    """Make lines of their writers' hours, one or many at once; all of them or none.

    Raises SheetRefused with each reason and the place of its choice.
    """
    lines = locked(session, [choice.pending_id for choice in choices])
    judged = _judged(session, lines, viewer)
    found: list[Refusal] = []
    written = []
    for place, (choice, line) in enumerate(zip(choices, lines, strict=True)):
        _refuse_unread(line, choice.seen)
        reached = pending_after(line.state, PendingMove.MAP)
        facts = _facts(session, line, choice.task_version_id, viewer.on)
        refused = _refused(place, line, choice, facts, judged)
        if refused:
            found += refused
        else:
            written.append(_write(session, line, choice, facts, reached, viewer.person_id, at))
    if found:
        raise SheetRefused(found)
    return written


def map_own(session: Session, choice: Choice, *, today: date, by: int, at: datetime) -> int:
    """Choose the task of one's own hours that a spreadsheet brought without one."""
    line = own(session, choice.pending_id, by)
    if line.kind is not PendingKind.UNMATCHED:
        raise NotAllowed("Việc phát sinh do thủ trưởng gắn nhiệm vụ. Chưa có gì thay đổi.")
    _refuse_unread(line, choice.seen)
    reached = pending_after(line.state, PendingMove.MAP)
    facts = _facts(session, line, choice.task_version_id, today)
    if found := _refused(0, line, choice, facts, None):
        raise SheetRefused(found)
    return _write(session, line, choice, facts, reached, by, at)


def propose(
    session: Session, pending_id: int, reason: str, seen: int, *, viewer: Viewer, at: datetime
) -> PendingLine:
    """Propose the work for the position's description; it then waits in the officers' list."""
    return _decide(session, pending_id, PendingMove.PROPOSE, reason, seen, viewer, at)


def give_back(
    session: Session, pending_id: int, reason: str, seen: int, *, viewer: Viewer, at: datetime
) -> PendingLine:
    """Return the hours to who told them, with the reason."""
    return _decide(session, pending_id, PendingMove.RETURN, reason, seen, viewer, at)


def decline(
    session: Session, pending_id: int, reason: str, seen: int, *, viewer: Viewer, at: datetime
) -> PendingLine:
    """Send a proposal back to the head, who finds another way: the officers' word."""
    line = locked(session, [pending_id])[0]
    units = viewer.units(Permission.DRAFT_DESCRIPTION)
    if units is not None and line.assignment.establishment.unit_id not in units:
        raise NotFound("Không tìm thấy nội dung này.")
    if line.state is not PendingState.PROPOSED:
        raise Conflict(_CHANGED)
    _refuse_unread(line, seen)
    _refuse_reason(reason)
    reached = pending_after(line.state, PendingMove.SEND_AGAIN)
    step(session, line, PendingMove.SEND_AGAIN, reached, by=viewer.person_id, at=at, note=reason)
    return line


def _decide(  # noqa: PLR0913, PLR0917 (what a decision is made of)
    session: Session,
    pending_id: int,
    move: PendingMove,
    reason: str,
    seen: int,
    viewer: Viewer,
    at: datetime,
) -> PendingLine:
    line = locked(session, [pending_id])[0]
    judged = _judged(session, [line], viewer)
    _refuse_unread(line, seen)
    reached = pending_after(line.state, move)
    _refuse_reason(reason)
    closed = reached not in OPEN_PENDING and _closed_month(_facts(session, line, 0, viewer.on))
    if closed:
        raise SheetRefused([closed])
    place = judged[line.assignment_id]
    step(session, line, move, reached, by=viewer.person_id, at=at, note=reason, in_place_of=place)
    return line


def _judged(
    session: Session, lines: Collection[PendingLine], viewer: Viewer
) -> dict[int, int | None]:
    """Give the assignments that the person judges; refuse where one of the lines is of no such."""
    if any(line.assignment.person_id == viewer.person_id for line in lines):
        raise NotAllowed(
            "Không ai tự xử lý việc phát sinh của mình: thủ trưởng cấp trên làm việc này. "
            "Chưa có gì thay đổi."
        )
    days = [line.day for line in lines]
    known = judged_by(session, viewer, min(days), max(days)) if days else ()
    judged = {each.assignment_id: each.in_place_of for each in known}
    if any(line.assignment_id not in judged for line in lines):
        raise NotFound("Không tìm thấy nội dung này.")
    return judged


def _facts(session: Session, line: PendingLine, task_version_id: int, today: date) -> DayFacts:
    """Read the day without these hours; they were told in time, whoever closed it since."""
    facts = facts_of(
        session, line.assignment.person_id, line.day, today=today, tasks=[task_version_id]
    )
    counted = line.minutes if line.state in OPEN_PENDING else 0
    return replace(facts, logged=facts.logged - counted, closed=False, consented=True, absences=())


def _closed_month(facts: DayFacts) -> Refusal | None:
    return day_refusal(facts) if facts.month_closed else None


def _refused(
    place: int,
    line: PendingLine,
    choice: Choice,
    facts: DayFacts,
    judged: Collection[int] | None,
) -> list[Refusal]:
    """Give every reason against the task; `judged` is None where the writer chooses."""
    task = facts.tasks.get(choice.task_version_id)
    if task is None or (judged is not None and task.assignment_id not in judged):
        whose = line.assignment.person.name
        message = f"Nhiệm vụ: không thuộc vị trí của {whose} ngày {line.day:%d/%m/%Y}."
        return [Refusal(place, "task", message)]
    way = "." if judged is None else ", hoặc mở dòng này để trả lại người ghi bổ sung."
    return [
        replace(each, line=place, message=_NO_PRODUCT + way)
        if each.field == "product"
        else replace(each, line=place)
        for each in refusals([_draft(line, choice)], facts)
    ]


def _write(  # noqa: PLR0913, PLR0917 (what a line is made from)
    session: Session,
    line: PendingLine,
    choice: Choice,
    facts: DayFacts,
    reached: PendingState,
    by: int,
    at: datetime,
) -> int:
    told = row_of(_draft(line, choice), facts, at)
    row = told | {"pending_id": line.id, "backfilled": line.backfilled}
    (line_id,) = inserting.insert_rows(session, LogLine, [row])
    note = _filled_in(line, choice)
    step(session, line, PendingMove.MAP, reached, by=by, at=at, note=note, log_line=line_id)
    if row["assignment_id"] != line.assignment_id:
        sum_day(session, row["assignment_id"], line.day)
    return line_id


def _filled_in(line: PendingLine, choice: Choice) -> str:
    """Tell what the line says that its writer did not."""
    if line.product or not choice.product:
        return ""
    times = f" × {choice.quantity}" if choice.quantity else ""
    return f"Ghi thêm sản phẩm: {choice.product}{times}"


def _draft(line: PendingLine, choice: Choice) -> LineDraft:
    """Word the line as its writer did; only a product that is missing is the chooser's."""
    told = line if line.product else choice
    return LineDraft(
        task_version_id=choice.task_version_id,
        minutes=line.minutes,
        content=line.content,
        product=told.product,
        quantity=told.quantity or line.quantity,
        overtime=line.overtime,
        place=line.place,
        evidence=line.evidence,
        note=line.note,
    )


def _refuse_unread(line: PendingLine, seen: int) -> None:
    if len(line.steps) != seen:
        raise Conflict(_CHANGED)


def _refuse_reason(reason: str) -> None:
    if not reason:
        raise Invalid("Lý do: hãy ghi lý do để người nhận biết phải làm gì.", field="reason")
    refuse_secret(reason, "reason")
