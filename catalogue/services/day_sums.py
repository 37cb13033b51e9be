"""Keeping each day's sums equal to its lines, in the transaction that writes or judges them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    Insert,
    Integer,
    and_,
    bindparam,
    delete,
    insert,
    lambda_stmt,
)
from sqlalchemy.orm import Session

from catalogue.models import LogLine, PendingLine, PersonDay
from catalogue.queries.line_sums import SUMS, summed


def sum_day(session: Session, assignment_id: int, day: date) -> None:
    """Put one day's sums back equal to its lines."""
    sum_days(session, [assignment_id], day, day)


def sum_grown_day(session: Session, assignment_id: int, day: date) -> None:
    """Put one day's sums equal to its lines, where some were added and none can have gone.

    It is what every save of a day does, and one statement where `sum_day` takes two.
    """
    session.connection().execute(_GROW, {"assignment": assignment_id, "grown": day})


def sum_days(session: Session, assignments: Collection[int], first: date, last: date) -> None:
    """Put the sums of some assignments, from one day to another, back equal to their lines."""
    span = {"assignments": list(assignments), "first": first, "last": last}
    session.connection().execute(_FORGET, span)
    session.connection().execute(_WRITE, span)


def sum_all_days(session: Session) -> None:
    """Rebuild every day's sums with one statement."""
    session.execute(delete(PersonDay))
    session.execute(insert(PersonDay).from_select(_COLUMNS, summed()))


def _here(table: type[LogLine | PendingLine | PersonDay]) -> ColumnElement[bool]:
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    chosen = table.assignment_id.in_(bindparam("assignments", expanding=True))
    return and_(chosen, table.day.between(first, last))


def _grow() -> Insert:
    """Write the sums of one day over those that it has; both databases say it alike."""
    assignment, day = bindparam("assignment", type_=Integer), bindparam("grown", type_=Date)
    of_day = [
        and_(table.assignment_id == assignment, table.day == day)
        for table in (LogLine, PendingLine)
    ]
    over = ", ".join(f"{name} = excluded.{name}" for name in SUMS)
    written = f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {over}"
    return insert(PersonDay).from_select(_COLUMNS, summed(*of_day).suffix_with(written))


_KEY = ["assignment_id", "day"]
_COLUMNS = [*_KEY, *SUMS]
# Put together once: that costs more than running them.
_FORGET = delete(PersonDay).where(_here(PersonDay))
_WRITE = insert(PersonDay).from_select(_COLUMNS, summed(_here(LogLine), _here(PendingLine)))
_GROW = lambda_stmt(_grow, enable_tracking=False)
