"""Who is signed in and what was granted to them: two statements, asked at every request."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Date, Integer, Select, bindparam, literal_column, select, union_all
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import (
    Account,
    Assignment,
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
    account_id: int
    person_id: int
    name: str

    def holds(self, at: datetime) -> bool:
        """Tell whether it is still good: in use within half an hour, and begun the same day."""
        return at - self.seen_at < IDLE and at - self.opened_at < ABSOLUTE


def _open_sessions() -> Select[tuple[int, datetime, datetime, int, int, str]]:
    return (
        select(
            LoginSession.id,
            LoginSession.opened_at,
            LoginSession.seen_at,
            Account.id,
            Person.id,
            Person.name,
        )
        .join(Account, Account.id == LoginSession.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(LoginSession.secret_sha256 == bindparam("digest"))
        .where(LoginSession.ended_at.is_(None), ~Account.disabled)
    )


def _scopes() -> Select[tuple[Role, int | None]]:
    """Select (role, unit) of a person on a day, the units below each granted one included."""
    person = bindparam("person", type_=Integer)
    day = bindparam("day", type_=Date)
    granted = (
        select(RoleGrant.role, RoleGrant.unit_id)
        .where(RoleGrant.person_id == person, RoleGrant.holds_on(day))
        .cte("granted", recursive=True)
    )
    reached = granted.union(
        select(granted.c.role, Unit.id).join(granted, Unit.parent_id == granted.c.unit_id)
    )
    own = (
        select(
            literal_column(f"'{Role.STAFF.value}'", RoleGrant.role.type).label("role"),
            Establishment.unit_id,
        )
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .where(Assignment.person_id == person, Assignment.holds_on(day))
    )
    both = union_all(select(reached.c.role, reached.c.unit_id), own).subquery()
    return select(both.c.role, both.c.unit_id)


# Built once: putting a statement together costs more than running it.
_OPEN_SESSIONS = _open_sessions()
_SCOPES = _scopes()


def open_session(session: Session, digest: str) -> OpenSession | None:
    """Find the session whose secret has this digest."""
    row = session.execute(_OPEN_SESSIONS, {"digest": digest}).first()
    return OpenSession(*row) if row else None


def viewer(session: Session, opened: OpenSession, day: date) -> Viewer:
    """Give the person with what holds for them on the day."""
    scopes: dict[Role, frozenset[int] | None] = {}
    for role, unit_id in session.execute(_SCOPES, {"person": opened.person_id, "day": day}):
        present = scopes.get(role, frozenset())
        scopes[role] = None if unit_id is None or present is None else present | {unit_id}
    return Viewer(opened.person_id, opened.account_id, opened.name, scopes, day)
