"""Taking in what a device kept without a network: each line once, each answered by its key."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, SheetRefused
from catalogue.domain.outbox import Answer, Kept
from catalogue.services import logging_work


def take_in(
    session: Session, lines: Sequence[Kept], *, by: int, today: date, at: datetime
) -> list[Answer]:
    """Write what can stand of each day; a line that cannot keeps no other from being written."""
    days: dict[date, list[LineDraft]] = defaultdict(list)
    for line in lines:
        days[line.day].append(line.draft)
    return [
        answer
        for day, drafts in days.items()
        for answer in _of_day(session, drafts, day, by=by, today=today, at=at)
    ]


def _of_day(
    session: Session, drafts: Sequence[LineDraft], day: date, *, by: int, today: date, at: datetime
) -> list[Answer]:
    """Try the day as a whole, which is a single write, and line by line only where that fails."""
    words = _refusal(session, drafts, day, by=by, today=today, at=at)
    if words is None:
        return [Answer(draft.entry_key or "") for draft in drafts]
    if len(drafts) == 1:
        return [Answer(drafts[0].entry_key or "", words)]
    return [
        answer
        for draft in drafts
        for answer in _of_day(session, [draft], day, by=by, today=today, at=at)
    ]


def _refusal(
    session: Session, drafts: Sequence[LineDraft], day: date, *, by: int, today: date, at: datetime
) -> str | None:
    """Write the lines; or say why nothing of them was written."""
    try:
        logging_work.save_sheet(session, drafts, day=day, today=today, by=by, at=at)
    except SheetRefused as refused:
        return " ".join(dict.fromkeys(each.message for each in refused.refusals))
    except Conflict as refused:
        return str(refused)
    return None
