"""Closing months, of one reporting unit or of all: set-based, over an acknowledged list."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from catalogue.domain.closing import Lacking, refuse_unfinished, refuse_unread
from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.hours import Month
from catalogue.models import Assignment, Establishment, MonthClosing, Person, Unit
from catalogue.queries import month_lacks
from catalogue.services import auditing


def close_unit(  # noqa: PLR0913 (closing has this many circumstances)
    session: Session,
    unit_id: int,
    month: Month,
    *,
    acknowledged: bool,
    today: date,
    by: int,
    at: datetime,
) -> Sequence[Lacking]:
    """Close one reporting unit's month; answers what it lacked, as the audit keeps it."""
    refuse_unfinished(month, today)
    if not _locked(session, month, [unit_id]):
        raise NotFound("Không tìm thấy nội dung này.")
    _refuse_closed(session, unit_id, month)
    lacking = month_lacks.lacking(session, month, [unit_id], today=today)
    refuse_unread(month, lacking, acknowledged=acknowledged)
    _close(session, month, [unit_id], by=by, at=at)
    _record(session, month, [unit_id], lacking, by=by, at=at)
    return lacking


def close_all(
    session: Session, month: Month, *, acknowledged: bool, today: date, by: int, at: datetime
) -> Sequence[int]:
    """Close the month of every reporting unit that has not closed it; answers which they are."""
    refuse_unfinished(month, today)
    units = _locked(session, month, None)
    closed = set(
        session.scalars(select(MonthClosing.unit_id).where(MonthClosing.month == month.first))
    )
    opened = [unit_id for unit_id in units if unit_id not in closed]
    if not opened:
        message = f"{month.label.capitalize()} đã được khóa ở mọi đơn vị. Không có gì thay đổi."
        raise Conflict(message)
    lacking = month_lacks.lacking(session, month, opened, today=today)
    refuse_unread(month, lacking, acknowledged=acknowledged)
    _close(session, month, opened, by=by, at=at)
    _record(session, month, opened, lacking, by=by, at=at)
    return opened


def _locked(session: Session, month: Month, units: Collection[int] | None) -> Sequence[int]:
    """Lock the reporting units of the month, and everybody who then worked in them.

    Who saves, corrects or judges lines holds the person's row: it is done before the month closes,
    or finds it closed. Others may still name these people, so their keys stay free.
    """
    reporting = select(Unit.id).where(
        Unit.reporting_unit_id == Unit.id,
        Unit.valid_from <= month.last,
        Unit.valid_to.is_(None) | (Unit.valid_to >= month.first),
    )
    if units is not None:
        reporting = reporting.where(Unit.id.in_(units))
    found = session.scalars(reporting.order_by(Unit.id).with_for_update(key_share=True)).all()
    people = (
        select(Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(Unit.reporting_unit_id.in_(found), Assignment.valid_from <= month.last)
        .where(Assignment.valid_to.is_(None) | (Assignment.valid_to >= month.first))
    )
    locked = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    session.execute(locked.with_for_update(key_share=True)).all()
    return found


def _refuse_closed(session: Session, unit_id: int, month: Month) -> None:
    former = session.scalar(
        select(MonthClosing).where(
            MonthClosing.unit_id == unit_id, MonthClosing.month == month.first
        )
    )
    if former is not None:
        message = (
            f"{month.label.capitalize()} của đơn vị này đã được {former.closed_by.name} khóa. "
            "Không có gì thay đổi."
        )
        raise Conflict(message)


def _close(
    session: Session, month: Month, units: Collection[int], *, by: int, at: datetime
) -> None:
    chosen = select(
        Unit.id,
        literal(month.first, MonthClosing.month.type),
        literal(by),
        literal(at, MonthClosing.closed_at.type),
    ).where(Unit.id.in_(units))
    columns = ["unit_id", "month", "closed_by_id", "closed_at"]
    session.execute(insert(MonthClosing).from_select(columns, chosen))


def _record(
    session: Session,
    month: Month,
    units: Collection[int],
    lacking: Collection[Lacking],
    *,
    by: int,
    at: datetime,
) -> None:
    auditing.record(
        session,
        "month.closed",
        str(month),
        by=by,
        at=at,
        units=sorted(units),
        lacking=[each.figures for each in lacking],
    )
    session.flush()
