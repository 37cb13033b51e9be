"""Writing a week's grid: each day is a sheet of its own, and all are written or none."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Invalid, Refusal, SheetRefused
from catalogue.services import logging_work


class WeekRefused(Invalid):
    """A week of which nothing may be kept: every refusal of every day, each with its line."""

    def __init__(self, refusals: Mapping[date, Sequence[Refusal]]) -> None:
        first = next(iter(refusals.values()))[0]
        super().__init__(first.message, field=first.field)
        self.refusals = refusals


def save_week(
    session: Session,
    sheets: Mapping[date, Sequence[LineDraft]],
    *,
    today: date,
    by: int,
    at: datetime,
) -> Mapping[date, logging_work.Saved]:
    """Write the lines of several days of the person's own.

    Raises WeekRefused once every day was looked at; the caller rolls back what was written.
    """
    saved: dict[date, logging_work.Saved] = {}
    refused: dict[date, Sequence[Refusal]] = {}
    for day, drafts in sorted(sheets.items()):
        try:
            saved[day] = logging_work.save_sheet(
                session, drafts, day=day, today=today, by=by, at=at
            )
        except SheetRefused as refusal:
            refused[day] = refusal.refusals
    if refused:
        raise WeekRefused(refused)
    return saved
