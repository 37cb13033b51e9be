"""What people are to be told of the diary, and what they were told."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.hours import is_working_day
from catalogue.domain.notices import USUAL_QUIET, Channel, NoticeKind, QuietHours
from catalogue.domain.pending import OPEN_PENDING
from catalogue.domain.words import AssignmentKind
from catalogue.models import (
    Absence,
    Account,
    Assignment,
    Establishment,
    LogLine,
    Notice,
    NoticeDelivery,
    NoticeSetting,
    PendingLine,
    Person,
    PersonDay,
    QuietTime,
)
from catalogue.queries import calendar
from catalogue.queries.clean_days import waits

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


class UnitWeek(NamedTuple):
    """How a week of some units went, for who heads them."""

    people: int
    minutes: int
    without_lines: int
    unjudged: int
    pending: int


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


def without_lines(session: Session, day: date) -> Sequence[int]:
    """List the people who hold a position on the day, wrote nothing for it and were not away."""
    return session.scalars(_WITHOUT_LINES, {"day": day}).all()


def of_week(session: Session, units: Collection[int], first: date, last: date) -> UnitWeek:
    """Sum a week of some units; people count who hold a position there on its last day."""
    members = (
        select(Assignment.id, Assignment.person_id, Assignment.kind)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Establishment.unit_id.in_(units), Assignment.holds_on(last))
        .subquery()
    )
    days = PersonDay.day.between(first, last)
    spent = select(
        func.coalesce(func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes), 0)
    ).join(members, members.c.id == PersonDay.assignment_id)
    logged = (
        select(func.count(members.c.person_id.distinct()))
        .join(PersonDay, PersonDay.assignment_id == members.c.id)
        .where(days)
    )
    unjudged = (
        select(func.count(LogLine.id))
        .join(members, members.c.id == LogLine.assignment_id)
        .where(waits(), LogLine.day.between(first, last))
    )
    pending = (
        select(func.count(PendingLine.id))
        .join(members, members.c.id == PendingLine.assignment_id)
        .where(or_(*(PendingLine.state == state for state in OPEN_PENDING)))
    )
    people = session.scalar(select(func.count(members.c.person_id.distinct()))) or 0
    return UnitWeek(
        people=people,
        minutes=int(session.scalar(spent.where(days)) or 0),
        without_lines=people - (session.scalar(logged) or 0),
        unjudged=session.scalar(unjudged) or 0,
        pending=session.scalar(pending) or 0,
    )


def told_before(session: Session, kind: NoticeKind, day: date, key: int = 0) -> Sequence[int]:
    """List who was told of a subject before."""
    query = select(Notice.person_id).where(
        Notice.kind == kind, Notice.about_day == day, Notice.about_key == key
    )
    return session.scalars(query).all()


def of_person(session: Session, person_id: int) -> Sequence[Told]:
    """List the last notices to a person, the latest first."""
    query = (
        select(Notice.id, Notice.kind, Notice.text, Notice.path, Notice.made_at, Notice.read_at)
        .where(Notice.person_id == person_id)
        .order_by(Notice.id.desc())
        .limit(SHOWN)
    )
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
        .where(~_carried(channel), ~_unwanted(channel))
        .order_by(Notice.id)
    )
    return [
        Waiting(*row[:-2])
        for row in session.execute(query)
        if clock not in _quiet(row.begin, row.end)
    ]


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


def _without_lines() -> Select[tuple[int]]:
    day = bindparam("day", type_=Date)
    any_of = aliased(Assignment)
    logged = (
        select(PersonDay.day)
        .join(any_of, any_of.id == PersonDay.assignment_id)
        .where(any_of.person_id == Assignment.person_id, PersonDay.day == day)
        .exists()
    )
    away = (
        select(Absence.id)
        .where(Absence.person_id == Assignment.person_id, Absence.withdrawn_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day)
        .exists()
    )
    return (
        select(Assignment.person_id)
        .join(Account, Account.person_id == Assignment.person_id)
        .where(Assignment.kind == AssignmentKind.PRIMARY, Assignment.holds_on(day))
        .where(~Account.disabled, ~logged, ~away)
        .order_by(Assignment.person_id)
    )


_WITHOUT_LINES = _without_lines()
