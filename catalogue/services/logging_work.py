"""Writing the diary: a day's sheet and its sums in one transaction, corrections as new lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Integer, Select, bindparam, lambda_stmt, select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts, refusals
from catalogue.domain.diary import FullLine, LineDraft
from catalogue.domain.errors import SheetRefused
from catalogue.models import LogLine, Person
from catalogue.queries.day_facts import facts as facts_of
from catalogue.services import inserting, repeats
from catalogue.services.day_sums import sum_grown_day

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Saved:
    """The lines of a sheet that was sent, in its order; `repeated` had been written before.

    `gone` are the places of those among them that were taken away or corrected since.
    """

    line_ids: Sequence[int]
    repeated: int
    gone: Sequence[int] = ()


def save_sheet(  # noqa: PLR0913 (a sheet has this many circumstances)
    session: Session,
    drafts: Sequence[LineDraft],
    *,
    day: date,
    today: date,
    by: int,
    at: datetime,
    past_closing: bool = False,
) -> Saved:
    """Write lines of the person's own day, all of them or none.

    A draft's `entry_key` makes a repeated send harmless: the line that it wrote first is answered
    again, where it tells the same. Raises SheetRefused with every reason at once, each with its
    line. `past_closing` is for an adjustment that a second person accepted: then no closing and
    no window keeps it out.
    """
    lock(session, by)
    tasks = {draft.task_version_id for draft in drafts}
    keys = [draft.entry_key for draft in drafts if draft.entry_key]
    facts = facts_of(session, by, day, today=today, tasks=tasks, keys=keys)
    facts = facts.past_closing() if past_closing else facts
    sent = repeats.sent_before(session, drafts, facts, by=by)
    places = [place for place in range(len(drafts)) if place not in sent]
    written = {}
    if places:
        fresh = [drafts[place] for place in places]
        refuse(fresh, facts, places)
        rows = [row_of(draft, facts, at) for draft in fresh]
        written = dict(zip(places, inserting.insert_rows(session, LogLine, rows), strict=True))
        for assignment_id in {row["assignment_id"] for row in rows}:
            sum_grown_day(session, assignment_id, day)
    lines = [written.get(place) or sent[place].id for place in range(len(drafts))]
    return Saved(lines, len(sent), [place for place, line in sent.items() if not line.current])


def log_line(
    session: Session, draft: LineDraft, *, day: date, today: date, by: int, at: datetime
) -> LogLine:
    """Write one line of the person's own day, as a sheet of one."""
    saved = save_sheet(session, [draft], day=day, today=today, by=by, at=at)
    return session.get_one(LogLine, saved.line_ids[0])


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


def write_days(
    session: Session, days: Sequence[tuple[Sequence[LineDraft], DayFacts]], *, at: datetime
) -> Sequence[int]:
    """Write lines of many days at once, and answer their identifiers.

    The rules were asked before, with these facts; `day_sums.sum_days` must follow.
    """
    rows = [row_of(draft, facts, at) for drafts, facts in days for draft in drafts]
    return inserting.insert_rows(session, LogLine, rows)


def lock(session: Session, person_id: int) -> None:
    """Let one save of a person wait for another; SQLite's transaction does so by itself."""
    session.flush()  # what was changed before is to be read by what follows
    session.connection().execute(_LOCK, {"person": person_id})


def refuse(drafts: Sequence[LineDraft], facts: DayFacts, places: Sequence[int]) -> None:
    """Raise what the rules found; `places` are the drafts' own in the sheet that was sent."""
    if found := refusals(drafts, facts):
        raise SheetRefused(
            [each if each.line is None else replace(each, line=places[each.line]) for each in found]
        )


def row_of(draft: LineDraft, facts: DayFacts, at: datetime) -> dict[str, Any]:
    """Give the columns of a new line; its task must be one of the facts'."""
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


def _locking() -> Select[tuple[int]]:
    return (
        select(Person.id).where(Person.id == bindparam("person", type_=Integer)).with_for_update()
    )


# Put together once, and known by its place here: that costs more than running it.
_LOCK = lambda_stmt(_locking, enable_tracking=False)
