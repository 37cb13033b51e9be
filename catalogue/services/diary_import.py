"""Carrying out an import of diaries: lines, hours that wait, and their sums in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue.domain import diary_plan
from catalogue.domain.diary_plan import Fate, PlannedFile, PlannedRow
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.limits import LOG_TEXT_CHARACTERS, NAME_CHARACTERS
from catalogue.domain.many_days import DayKey, ManyDays
from catalogue.domain.pending import PendingKind, PendingState
from catalogue.domain.upload import DiaryClaim
from catalogue.models import PendingLine
from catalogue.services import auditing, diary_matching, inserting, logging_work
from catalogue.services.day_sums import sum_days

_Days = Mapping[DayKey, Sequence[tuple[str, PlannedRow]]]


def write(  # noqa: PLR0913 (what an import is made of)
    session: Session,
    files: Sequence[SheetFile],
    claim: DiaryClaim,
    *,
    today: date,
    waived: bool,
    by: int | None,
    at: datetime,
) -> Sequence[PlannedFile]:
    """Write what can be written of the files, and say what became of every row.

    It is planned anew, behind everybody else's saving: what was written since the preview is
    repeated, and a day that was closed since is refused.
    """
    planned, known, facts = diary_matching.plan(
        session, files, claim, today=today, waived=waived, held=True
    )
    lines, waiting = _by_day(planned, Fate.LINE), _by_day(planned, Fate.PENDING)
    logging_work.write_days(
        session,
        [([each.draft() for _, each in rows], facts[key]) for key, rows in lines.items()],
        at=at,
    )
    rows = [
        _pending_row(each, name, at)
        | {"assignment_id": known.assignment(*key), "backfilled": facts[key].backfilled}
        for key, told in waiting.items()
        for name, each in told
    ]
    inserting.insert_rows(session, PendingLine, rows)
    _sum(session, {*lines, *waiting}, known)
    _write_down(session, planned, claim, by=by, at=at)
    return planned


def _sum(session: Session, written: Collection[DayKey], known: ManyDays) -> None:
    if written:
        held = {each.assignment_id for key in written for each in known.held[key]}
        days = [day for _, day in written]
        sum_days(session, held, min(days), max(days))


def _by_day(planned: Iterable[PlannedFile], fate: Fate) -> _Days:
    found: dict[DayKey, list[tuple[str, PlannedRow]]] = defaultdict(list)
    for file in planned:
        for each in file.rows:
            if each.fate is fate:
                found[each.person_id, each.row.day].append((file.name, each))
    return found


def _pending_row(each: PlannedRow, file_name: str, at: datetime) -> dict[str, Any]:
    row = each.row
    beside = (
        row.note,
        f"Số văn bản: {row.document}" if row.document else "",
        f"Số trang: {row.pages}" if row.pages else "",
    )
    return {
        "day": row.day,
        "kind": PendingKind.UNMATCHED,
        "state": PendingState.WAITING,
        "content": row.work[:LOG_TEXT_CHARACTERS],
        "product": row.product or None,
        "quantity": row.quantity,
        "minutes": row.minutes,
        "overtime": row.overtime,
        "place": row.place,
        "evidence": row.evidence or None,
        "note": "\n".join(filter(None, beside))[:LOG_TEXT_CHARACTERS] or None,
        "assigned_by": None,
        "origin": f"{file_name} › {row.where}"[:NAME_CHARACTERS],
        "entry_key": each.key,
        "written_at": at,
    }


def _write_down(
    session: Session,
    planned: Sequence[PlannedFile],
    claim: DiaryClaim,
    *,
    by: int | None,
    at: datetime,
) -> None:
    sums = diary_plan.sums(planned)
    counts = {fate.value: sums[fate] for fate in Fate}
    auditing.record(
        session, "diary.imported", claim.subject, by=by, at=at, files=len(planned), **counts
    )
