"""The limits of the diary that hold on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Date, bindparam, select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit, Limits
from catalogue.domain.words import TaskKind
from catalogue.models import DiaryRule


def limits_on(session: Session, day: date) -> Limits:
    """Read the limits of a day; of two rows for the same one, the later holds."""
    return gathered(row.tuple() for row in session.connection().execute(_ON, {"day": day}))


def gathered(rows: Iterable[tuple[DiaryLimit, TaskKind | None, int]]) -> Limits:
    """Put rows of limits together, the earlier before those that take their place."""
    found, productless = dict[DiaryLimit, int](), dict[TaskKind, int]()
    for limit, kind, value in rows:
        if kind is None:
            found[limit] = value
        else:
            productless[kind] = value
    return Limits(
        backfill_days=found.get(DiaryLimit.BACKFILL_DAYS),
        on_time_days=found.get(DiaryLimit.ON_TIME_DAYS),
        minutes_a_page=found.get(DiaryLimit.MINUTES_A_PAGE),
        board_days=found.get(DiaryLimit.BOARD_DAYS),
        productless=productless,
    )


_ON = (
    select(DiaryRule.limit, DiaryRule.kind, DiaryRule.value)
    .where(DiaryRule.holds_on(bindparam("day", type_=Date)))
    .order_by(DiaryRule.valid_from, DiaryRule.id)
)
