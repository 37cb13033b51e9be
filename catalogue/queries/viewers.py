"""Who is asking and what was granted to them: one statement, asked at every request."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Row,
    Select,
    bindparam,
    lambda_stmt,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import (
    Account,
    Assignment,
    CalendarFeed,
    Establishment,
    LoginSession,
    Person,
    RoleGrant,
    Unit,
)

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)


class OpenSession(NamedTuple):
    """One browser's session that was not ended, of an account that is not disabled."""

    session_id: int
    opened_at: datetime
    seen_at: datetime
    viewer: Viewer

    def holds(self, at: datetime) -> bool:
        """Tell whether it is still good: in use within half an hour, begun within ten."""
        return at - self.seen_at < IDLE and at - self.opened_at < ABSOLUTE


def open_session(session: Session, digest: str, day: date) -> OpenSession | None:
    """Find the session whose secret has this digest, and what its person may do on the day."""
    # Through the connection: for rows alone the session's own way costs as much again.
    rows = session.connection().execute(_OF_SESSION, {"digest": digest, "day": day}).all()
    if not rows:
        return None
    session_id, opened_at, seen_at, account_id, person_id, name, _, _ = rows[0]
    viewer = Viewer(person_id, account_id, name, _scopes(rows), day)
    return OpenSession(session_id, opened_at, seen_at, viewer)


def of_feed(session: Session, digest: str, day: date) -> Viewer | None:
    """Find whose calendar address has this digest; None for an account that is disabled."""
    rows = session.connection().execute(_OF_FEED, {"digest": digest, "day": day}).all()
    if not rows:
        return None
    account_id, person_id, name, _, _ = rows[0]
    return Viewer(person_id, account_id, name, _scopes(rows), day)


def _scopes(rows: Sequence[Row[Any]]) -> dict[Role, frozenset[int] | None]:
    scopes: dict[Role, frozenset[int] | None] = {}
    granted = ((role, unit_id) for *_, role, unit_id in rows if role is not None)
    for role, unit_id in granted:
        present = scopes.get(role, frozenset())
        if unit_id is None or present is None:
            scopes[role] = None
        else:
            scopes[role] = present | {unit_id}
    return scopes


_WHO = (Account.id.label("account_id"), Person.id.label("person_id"), Person.name)


def _of_session() -> Select[Any]:
    return _with_scopes(
        select(LoginSession.id, LoginSession.opened_at, LoginSession.seen_at, *_WHO)
        .join(Account, Account.id == LoginSession.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(LoginSession.secret_sha256 == bindparam("digest"))
        .where(LoginSession.ended_at.is_(None), ~Account.disabled)
    )


def _of_feed() -> Select[Any]:
    return _with_scopes(
        select(*_WHO)
        .join(CalendarFeed, CalendarFeed.account_id == Account.id)
        .join(Person, Person.id == Account.person_id)
        .where(CalendarFeed.secret_sha256 == bindparam("digest"), ~Account.disabled)
    )


def _with_scopes(who: Select[Any]) -> Select[Any]:
    """Select who asks beside each (role, unit) of the person; both empty where there is none."""
    day = bindparam("day", type_=Date)
    opened = who.cte("opened")
    granted = (
        select(RoleGrant.role, RoleGrant.unit_id)
        .join(opened, opened.c.person_id == RoleGrant.person_id)
        .where(RoleGrant.holds_on(day))
        .cte("granted", recursive=True)
    )
    reached = granted.union(  # the units below each granted one
        select(granted.c.role, Unit.id).join(granted, Unit.parent_id == granted.c.unit_id)
    )
    staff = literal_column(f"'{Role.STAFF.value}'", RoleGrant.role.type).label("role")
    own = (
        select(staff, Establishment.unit_id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .join(opened, opened.c.person_id == Assignment.person_id)
        .where(Assignment.holds_on(day))
    )
    scopes = union_all(select(reached.c.role, reached.c.unit_id), own).subquery()
    return select(opened, scopes.c.role, scopes.c.unit_id).outerjoin_from(opened, scopes, true())


# Built once, and known by its place here: putting a statement together costs more than running it,
# and to know it again by all that stands in it takes a quarter of running it.
_OF_SESSION = lambda_stmt(_of_session, enable_tracking=False)
_OF_FEED = lambda_stmt(_of_feed, enable_tracking=False)
