"""Requests to fill in past days: one's own, and those of the people whose work one judges."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Permission, Viewer
from catalogue.models import BackfillConsent, Person
from catalogue.queries import judges


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose requests are asked for; `waiting` are those without an answer."""

    people: Collection[int]
    waiting: bool = False


class Listed(NamedTuple):
    """One request with its answer, None while it waits."""

    consent_id: int
    person_id: int
    person: str
    first: date
    last: date
    reason: str
    asked_at: datetime
    granted: bool | None
    open_until: date | None
    answer: str | None
    decided_by: str | None


def judged(session: Session, viewer: Viewer) -> Collection[int]:
    """Name the people whose work the person judges today, but not in a head's place."""
    if not viewer.may(Permission.JUDGE_WORK):
        return frozenset()
    everybody = judges.judged_by(session, viewer, viewer.on, viewer.on)
    return {each.person_id for each in everybody if each.in_place_of is None}


def listed(
    session: Session, wanted: Wanted, *, offset: int = 0, limit: int | None = None
) -> Sequence[Listed]:
    """List requests: those that wait first, then the latest."""
    query = _narrowed(_columns(), wanted).order_by(
        BackfillConsent.granted.is_not(None), BackfillConsent.id.desc()
    )
    return [Listed(*row) for row in session.execute(query.offset(offset).limit(limit))]


def count(session: Session, wanted: Wanted) -> int:
    query = _narrowed(select(func.count(BackfillConsent.id)), wanted)
    rows: int = session.execute(query).scalar_one()
    return rows


def one(session: Session, consent_id: int, people: Collection[int]) -> Listed | None:
    """Find one request of some people."""
    query = _narrowed(_columns(), Wanted(people)).where(BackfillConsent.id == consent_id)
    row = session.execute(query).first()
    return Listed(*row) if row else None


def _columns() -> Select[Any]:
    decider = aliased(Person)
    return (
        select(
            BackfillConsent.id,
            Person.id,
            Person.name,
            BackfillConsent.first_day,
            BackfillConsent.last_day,
            BackfillConsent.reason,
            BackfillConsent.asked_at,
            BackfillConsent.granted,
            BackfillConsent.open_until,
            BackfillConsent.answer,
            decider.name,
        )
        .join(Person, Person.id == BackfillConsent.person_id)
        .outerjoin(decider, decider.id == BackfillConsent.decided_by_id)
    )


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.where(BackfillConsent.person_id.in_(wanted.people))
    return query.where(BackfillConsent.granted.is_(None)) if wanted.waiting else query
