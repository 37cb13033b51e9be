"""The limits of the diary that hold on a day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit, Limits
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.words import TaskKind
from catalogue.models import ColumnAlias, DiaryRule


def limits_on(session: Session, day: date) -> Limits:
    """Read the limits of a day; of two rows for the same one, the later holds."""
    return gathered(session.connection().execute(_ON, {"day": day}))


def limits_of(session: Session, days: Collection[date]) -> dict[date, Limits]:
    """Read the limits of many days with one statement."""
    query = (
        select(
            DiaryRule.valid_from,
            DiaryRule.valid_to,
            DiaryRule.limit,
            DiaryRule.kind,
            DiaryRule.value,
        )
        .where(DiaryRule.valid_from <= max(days))
        .where(or_(DiaryRule.valid_to.is_(None), DiaryRule.valid_to >= min(days)))
        .order_by(DiaryRule.valid_from, DiaryRule.id)
    )
    rules = [((first, last or date.max), rule) for first, last, *rule in session.execute(query)]
    return {
        day: gathered(rule for (first, last), rule in rules if first <= day <= last) for day in days
    }


def gathered(rules: Iterable[Any]) -> Limits:
    """Put (limit, kind, value) together, the earlier before those that take their place."""
    found, productless = dict[DiaryLimit, int](), dict[TaskKind, int]()
    for limit, kind, value in rules:
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


def history(session: Session) -> Sequence[DiaryRule]:
    """List every limit there was, by what it limits, the latest first."""
    rules = session.scalars(
        select(DiaryRule).order_by(DiaryRule.valid_from.desc(), DiaryRule.id.desc())
    ).all()
    order = list(DiaryLimit)
    return sorted(rules, key=lambda rule: (order.index(rule.limit), rule.kind or ""))


def headings(session: Session) -> Sequence[ColumnAlias]:
    """List the headings by which a sheet's columns are known, by column."""
    known = session.scalars(select(ColumnAlias).order_by(ColumnAlias.id)).all()
    order = list(DiaryColumn)
    return sorted(known, key=lambda alias: order.index(alias.column))


_ON = (
    select(DiaryRule.limit, DiaryRule.kind, DiaryRule.value)
    .where(DiaryRule.holds_on(bindparam("day", type_=Date)))
    .order_by(DiaryRule.valid_from, DiaryRule.id)
)
