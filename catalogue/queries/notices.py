"""What people are to be told of the diary, and what they were told."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.hours import is_working_day
from catalogue.domain.notices import USUAL_QUIET, Channel, NoticeKind, QuietHours
from catalogue.models import (
    Account,
    Notice,
    NoticeDelivery,
    NoticeSetting,
    Person,
    QuietTime,
)
from catalogue.queries import calendar, missing_days

SHOWN = 50
# What is older than this is no news: it stays in the program and goes out no more.
FRESH = timedelta(days=2)
_FURTHEST_BACK = 14


class Told(NamedTuple):
    """One notice as its reader sees it."""

    notice_id: int
    kind: NoticeKind
    text: str
    path: str
    made_at: datetime
    read_at: datetime | None


class Waiting(NamedTuple):
    """One notice that a channel is still to carry, with who it is for."""

    notice_id: int
    person_id: int
    name: str
    email: str | None
    kind: NoticeKind
    text: str
    path: str


def last_working_day(session: Session, day: date) -> date | None:
    """Find the working day before a day; None where the calendar has none for a fortnight.

    A year without a calendar has none that anybody knows of.
    """
    kinds = calendar.days(session)
    years = {each.year for each in kinds}
    before = (day - timedelta(days=back) for back in range(1, _FURTHEST_BACK + 1))
    return next(
        (each for each in before if each.year in years and is_working_day(each, kinds)), None
    )


def of_person(session: Session, person_id: int) -> Sequence[Told]:
    """List the last notices to a person, the latest first."""
    return [Told(*row) for row in session.execute(_told(person_id))]


def unread(session: Session, person_id: int) -> Sequence[Told]:
    """List those of the last notices that the person has not read and that still hold."""
    query = _told(person_id).where(Notice.read_at.is_(None), _holds())
    return [Told(*row) for row in session.execute(query)]


def wanted(session: Session, person_id: int) -> dict[Channel, bool]:
    """Tell of each channel whether the person wants it: all of them, unless turned off."""
    query = select(NoticeSetting.channel, NoticeSetting.wanted).where(
        NoticeSetting.person_id == person_id
    )
    return dict.fromkeys(Channel, True) | dict(session.execute(query).tuples().all())


def quiet_hours(session: Session, person_id: int) -> QuietHours | None:
    """Give the hours in which the person wants nothing to ring, where any were set."""
    row = session.get(QuietTime, person_id)
    return QuietHours(row.begin, row.end) if row else None


def waiting(session: Session, channel: Channel, *, at: datetime, clock: time) -> list[Waiting]:
    """List what a channel is still to carry now, to people who want it and are not at rest."""
    query = (
        select(
            Notice.id,
            Notice.person_id,
            Person.name,
            Account.email,
            Notice.kind,
            Notice.text,
            Notice.path,
            QuietTime.begin,
            QuietTime.end,
        )
        .join(Person, Person.id == Notice.person_id)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(QuietTime, QuietTime.person_id == Notice.person_id)
        .where(Notice.made_at >= at - FRESH, Notice.read_at.is_(None), ~Account.disabled)
        .where(_holds(), ~_carried(channel), ~_unwanted(channel))
        .order_by(Notice.id)
    )
    return [
        Waiting(*row[:-2])
        for row in session.execute(query)
        if clock not in _quiet(row.begin, row.end)
    ]


def _told(person_id: int) -> Select[Any]:
    columns = (Notice.id, Notice.kind, Notice.text, Notice.path, Notice.made_at, Notice.read_at)
    query = select(*columns).where(Notice.person_id == person_id)
    return query.order_by(Notice.id.desc()).limit(SHOWN)


def _holds() -> ColumnElement[bool]:
    """Leave out who wrote, closed the day or took leave after the reminder of it was made."""
    missing = missing_days.owed(Notice.person_id, Notice.about_day)
    return or_(Notice.kind != NoticeKind.DAY_MISSING, missing)


def _quiet(begin: time | None, end: time | None) -> QuietHours:
    return QuietHours(begin, end) if begin is not None and end is not None else USUAL_QUIET


def _carried(channel: Channel) -> ColumnElement[bool]:
    return (
        select(NoticeDelivery.notice_id)
        .where(NoticeDelivery.notice_id == Notice.id, NoticeDelivery.channel == channel)
        .exists()
    )


def _unwanted(channel: Channel) -> ColumnElement[bool]:
    return (
        select(NoticeSetting.person_id)
        .where(NoticeSetting.person_id == Notice.person_id, NoticeSetting.channel == channel)
        .where(~NoticeSetting.wanted)
        .exists()
    )
