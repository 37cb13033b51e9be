"""People, the positions they hold, what they were granted, and how they sign in."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.words import AssignmentKind, Role
from catalogue.models.base import (
    Base,
    Digest,
    FoldedName,
    Key,
    Moment,
    Short,
    word,
)
from catalogue.models.unit import Establishment, Unit
from catalogue.models.validity import Dated


class Person(Base):
    """One person; `sort_key` puts the given name first, as Vietnamese lists do."""

    __tablename__ = "person"

    id: Mapped[Key]
    name: Mapped[Short]
    name_folded: Mapped[FoldedName]
    sort_key: Mapped[FoldedName]
    synthetic: Mapped[bool] = mapped_column(default=False)


class Assignment(Dated, Base):
    """A person holding an established position from one day to another."""

    __tablename__ = "assignment"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    kind: Mapped[AssignmentKind] = mapped_column(word(AssignmentKind))
    person: Mapped[Person] = relationship()
    establishment: Mapped[Establishment] = relationship()


class RoleGrant(Dated, Base):
    """A role given to a person for a unit and those below it; no unit means the whole province."""

    __tablename__ = "role_grant"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[Moment]
    unit: Mapped[Unit | None] = relationship()


class Account(Base):
    """How a person signs in; without a password hash nobody can."""

    __tablename__ = "account"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    username: Mapped[Short] = mapped_column(unique=True)
    password_hash: Mapped[Short | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    email: Mapped[Short | None]
    person: Mapped[Person] = relationship()


class LoginSession(Base):
    """One signed-in browser, known by the digest of its secret; ending the row signs it out.

    `confirmed_at` is when the password was last given again, for what asks that of a person.
    """

    __tablename__ = "login_session"

    id: Mapped[Key]
    secret_sha256: Mapped[Digest] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    confirmed_at: Mapped[Moment | None]
    account: Mapped[Account] = relationship()


class LoginFailure(Base):
    """One refused attempt, kept to slow down guessing; the name is kept only as a digest."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_who_at", "who_sha256", "at"),)

    id: Mapped[Key]
    who_sha256: Mapped[Digest]
    at: Mapped[Moment]


class OneTimeLink(Base):
    """A link by which an account chooses its password once."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("used_at IS NULL OR used_at >= made_at", "used_after_made"),)

    id: Mapped[Key]
    secret_sha256: Mapped[Digest] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    account: Mapped[Account] = relationship()
