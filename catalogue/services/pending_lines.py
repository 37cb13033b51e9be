"""Hours told without a known task, as their writer tells, mends and takes them back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.domain.day_rules import day_refusal
from catalogue.domain.errors import Conflict, Invalid, NotFound, SheetRefused
from catalogue.domain.pending import (
    OPEN_PENDING,
    PendingDraft,
    PendingKind,
    PendingMove,
    PendingState,
    pending_after,
    pending_refusals,
)
from catalogue.models import Assignment, LogLine, PendingLine, PendingStep, Person
from catalogue.queries.day_facts import facts as facts_of
from catalogue.services import auditing
from catalogue.services.day_sums import sum_day

_NOT_FOUND = "Không tìm thấy nội dung này."


def tell(
    session: Session, draft: PendingDraft, *, day: date, today: date, by: int, at: datetime
) -> PendingLine:
    """Write down unplanned work of one's own day; the same `entry_key` answers the same line.

    Raises SheetRefused with every reason at once.
    """
    _lock_people(session, [by])
    if former := _sent_before(session, draft.entry_key, by):
        return former
    _refuse_position(session, draft.assignment_id, day, by)
    facts = facts_of(session, by, day, today=today)
    if found := pending_refusals(draft, facts):
        raise SheetRefused(found)
    line = PendingLine(
        **draft.columns(),
        day=day,
        kind=PendingKind.UNPLANNED,
        state=PendingState.WAITING,
        entry_key=draft.entry_key,
        backfilled=facts.backfilled,
        written_at=at,
    )
    session.add(line)
    session.flush()
    sum_day(session, line.assignment_id, day)
    return line


def send_again(
    session: Session, pending_id: int, draft: PendingDraft, *, today: date, by: int, at: datetime
) -> PendingLine:
    """Send what was returned once more, mended; what it said before stays in the audit."""
    line = own(session, pending_id, by)
    reached = pending_after(line.state, PendingMove.SEND_AGAIN)
    if line.state is not PendingState.RETURNED:
        raise Conflict("Dòng này chưa được trả lại nên chưa cần gửi lại.")
    _refuse_position(session, draft.assignment_id, line.day, by)
    facts = facts_of(session, by, line.day, today=today)
    # These hours were told in time; only more of them would be filling in later.
    answered = replace(facts, consented=facts.consented or draft.minutes <= line.minutes)
    if found := pending_refusals(draft, answered):
        raise SheetRefused(found)
    former = {"content": line.content, "minutes": line.minutes, "product": line.product}
    for name, told in draft.columns().items():
        setattr(line, name, told)
    step(session, line, PendingMove.SEND_AGAIN, reached, by=by, at=at, former=former)
    return line


def remove(session: Session, pending_id: int, *, today: date, by: int, at: datetime) -> PendingLine:
    """Take one's own hours back; they stay to be read, and count nowhere."""
    line = own(session, pending_id, by)
    reached = pending_after(line.state, PendingMove.REMOVE)
    if line.state in OPEN_PENDING and (
        refusal := day_refusal(facts_of(session, by, line.day, today=today))
    ):
        raise SheetRefused([refusal])
    step(session, line, PendingMove.REMOVE, reached, by=by, at=at)
    return line


def own(session: Session, pending_id: int, by: int) -> PendingLine:
    """Find hours of the person's own, and keep them as they are until the transaction ends."""
    line = locked(session, [pending_id])[0]
    if line.assignment.person_id != by:
        raise NotFound(_NOT_FOUND)
    return line


def locked(session: Session, pending_ids: Collection[int]) -> list[PendingLine]:
    """Read hours without a task as they now stand, in the order asked for.

    Their writers' own saving, and whoever else decides, waits until the transaction ends.
    """
    chosen = PendingLine.id.in_(pending_ids)
    people = select(Assignment.person_id).join(
        PendingLine, PendingLine.assignment_id == Assignment.id
    )
    _lock_people(session, session.scalars(people.where(chosen)).all())
    query = (
        select(PendingLine)
        .where(chosen)
        .options(
            selectinload(PendingLine.steps),
            joinedload(PendingLine.assignment).joinedload(Assignment.person),
        )
        .execution_options(populate_existing=True)
    )
    found = {line.id: line for line in session.scalars(query)}
    if missing := set(pending_ids) - found.keys():
        raise NotFound(f"{_NOT_FOUND} ({len(missing)})" if len(pending_ids) > 1 else _NOT_FOUND)
    return [found[pending_id] for pending_id in pending_ids]


def step(  # noqa: PLR0913 (a step has this many circumstances)
    session: Session,
    line: PendingLine,
    move: PendingMove,
    reached: PendingState,
    *,
    by: int,
    at: datetime,
    note: str = "",
    **detail: object,
) -> None:
    """Bring hours to another state: the step, the audit entry and the day's sums with it."""
    line.state = reached
    line.steps.append(PendingStep(move=move, person_id=by, at=at, note=note))
    auditing.record(session, f"pending.{move.value}", str(line.id), by=by, at=at, **detail)
    session.flush()
    sum_day(session, line.assignment_id, line.day)


def _lock_people(session: Session, people: Collection[int]) -> None:
    """Let one change of a person's day wait for another; SQLite's transaction does so by itself."""
    chosen = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    session.execute(chosen.with_for_update())


def _sent_before(session: Session, entry_key: str | None, by: int) -> PendingLine | None:
    if entry_key is None:
        return None
    found = session.scalar(select(PendingLine).where(PendingLine.entry_key == entry_key))
    logged = select(LogLine.id).where(LogLine.entry_key == entry_key)
    others = found is not None and found.assignment.person_id != by
    if others or session.scalar(logged) is not None:
        raise Conflict("Mã gửi này đã được dùng. Hãy mở lại trang rồi ghi lại.")
    return found


def _refuse_position(session: Session, assignment_id: int, day: date, by: int) -> None:
    """Refuse a position that the person does not hold on the day."""
    held = select(Assignment.id).where(
        Assignment.id == assignment_id, Assignment.person_id == by, Assignment.holds_on(day)
    )
    if session.scalar(held) is None:
        message = f"Vị trí: ngày {day:%d/%m/%Y} bạn không giữ vị trí này."
        raise Invalid(message, field="position")
