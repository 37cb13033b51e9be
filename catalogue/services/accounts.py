"""Accounts, their sessions, and the links by which a password is chosen."""

import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotFound
from catalogue.domain.text import clean
from catalogue.models import Account, LoginFailure, LoginSession, OneTimeLink
from catalogue.services import auditing, passwords

TRIES = 5
TRIES_PERIOD = timedelta(minutes=1)
LINK_LIFE = timedelta(days=3)
CONFIRMED_FOR = timedelta(minutes=5)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SECRET_BYTES = 32


class SignInRefused(CatalogueError):
    """The name or the password is wrong; which of them is not said."""


class TooManyTries(CatalogueError):
    """Too many wrong passwords in a short time for this name from this place."""


class PasswordNeeded(CatalogueError):
    """What is asked for weighs so much that the password must be given again first."""


def digest(secret: str) -> str:
    """Give the form in which a secret is kept: who reads the table cannot use it."""
    return sha256(secret.encode()).hexdigest()


def canonical(username: str) -> str:
    """Give the one form of a user name, however it is typed."""
    return clean(username).casefold()


def make_account(
    session: Session, person_id: int, username: str, *, by: int | None, at: datetime
) -> Account:
    """Give a person an account; it opens nothing until a password is set."""
    name = canonical(username)
    if not _USERNAME.fullmatch(name):
        message = (
            "Tên đăng nhập: từ 3 đến 60 ký tự, chỉ gồm chữ cái không dấu, chữ số, "
            "dấu chấm, gạch nối, gạch dưới."
        )
        raise Invalid(message, field="username")
    if session.scalar(select(Account.id).where(Account.username == name)) is not None:
        message = f"Tên đăng nhập «{name}» đã có người dùng."
        raise Conflict(message)
    account = Account(person_id=person_id, username=name)
    session.add(account)
    session.flush()
    auditing.record(session, "account.made", name, by=by, at=at, person=person_id)
    return account


def set_password(
    session: Session, account: Account, password: str, *, by: int | None, at: datetime
) -> None:
    """Set the password and end every session that the former one opened."""
    account.password_hash = passwords.hashed(password)
    _end(session, LoginSession.account_id == account.id, at)
    auditing.record(session, "password.set", account.username, by=by, at=at)
    session.flush()


def set_email(
    session: Session, account: Account, email: str, *, by: int | None, at: datetime
) -> None:
    """Set where the account's letters go, or nowhere for an empty address."""
    address = clean(email)
    if address and not _EMAIL.fullmatch(address):
        message = f"Thư điện tử: «{address}» không phải là địa chỉ. Hãy ghi như ten@tinh.example."
        raise Invalid(message, field="email")
    account.email = address or None
    auditing.record(session, "email.set", account.username, by=by, at=at)
    session.flush()


def recognise(session: Session, username: str, password: str, *, address: str, at: datetime) -> int:
    """Give the account that the name and the password open; reads only.

    Raises TooManyTries after `TRIES` refusals within a minute, SignInRefused otherwise: the same
    for a name that exists and for one that does not.
    """
    name = canonical(username)
    _slow_down(session, name, address, at)
    account = _usable(session, name)
    if not passwords.matches(account.password_hash if account else None, password) or not account:
        raise SignInRefused("Tên đăng nhập hoặc mật khẩu không đúng.")
    return account.id


def note_refusal(session: Session, username: str, *, address: str, at: datetime) -> None:
    """Remember a refused attempt, and forget those that no longer count."""
    session.execute(delete(LoginFailure).where(LoginFailure.at < at - TRIES_PERIOD))
    session.add(LoginFailure(who_sha256=_who(canonical(username), address), at=at))
    session.flush()


def sign_in(session: Session, account_id: int, *, at: datetime) -> str:
    """Open a session; answers its secret, of which only the digest is kept."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    account = session.get_one(Account, account_id)
    session.add(
        LoginSession(secret_sha256=digest(secret), account_id=account_id, opened_at=at, seen_at=at)
    )
    auditing.record(session, "signed_in", account.username, by=account.person_id, at=at)
    session.flush()
    return secret


def sign_out(session: Session, secret: str, *, by: int, at: datetime) -> None:
    """End the session that the secret opened."""
    _end(session, LoginSession.secret_sha256 == digest(secret), at)
    auditing.record(session, "signed_out", str(by), by=by, at=at)
    session.flush()


def note_seen(session: Session, session_id: int, *, at: datetime) -> None:
    """Put off the end of a session that is in use."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=at))


def confirm(session: Session, secret: str, *, by: int, at: datetime) -> None:
    """Note that the person gave the password again in this session; `recognise` compared it."""
    opened = update(LoginSession).where(LoginSession.secret_sha256 == digest(secret))
    session.execute(opened.values(confirmed_at=at))
    auditing.record(session, "password.confirmed", str(by), by=by, at=at)


def confirmed_lately(session: Session, secret: str, *, at: datetime) -> bool:
    """Tell whether the password was given in this session within `CONFIRMED_FOR`."""
    given = func.coalesce(LoginSession.confirmed_at, LoginSession.opened_at)
    lately = select(LoginSession.id).where(
        LoginSession.secret_sha256 == digest(secret), given > at - CONFIRMED_FOR
    )
    return session.scalar(lately) is not None


def make_one_time_link(session: Session, account: Account, *, by: int | None, at: datetime) -> str:
    """Make a link for choosing a password; answers its secret, to be told once."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    session.add(
        OneTimeLink(
            secret_sha256=digest(secret),
            account_id=account.id,
            made_at=at,
            expires_at=at + LINK_LIFE,
        )
    )
    auditing.record(session, "link.made", account.username, by=by, at=at)
    session.flush()
    return secret


def open_link(session: Session, secret: str, *, at: datetime) -> OneTimeLink:
    """Find a link that may still be used; raises NotFound for any other."""
    link = session.scalar(
        select(OneTimeLink)
        .where(OneTimeLink.secret_sha256 == digest(secret))
        .where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > at)
        .with_for_update()
    )
    if link is None or link.account.disabled:
        message = (
            "Liên kết này đã được dùng hoặc đã hết hạn. "
            "Hãy đề nghị người quản trị gửi liên kết mới."
        )
        raise NotFound(message)
    return link


def use_one_time_link(session: Session, secret: str, password: str, *, at: datetime) -> None:
    """Set the account's password by its link, which then no longer works."""
    link = open_link(session, secret, at=at)
    set_password(session, link.account, password, by=link.account.person_id, at=at)
    link.used_at = at
    session.flush()


def _usable(session: Session, name: str) -> Account | None:
    if not _USERNAME.fullmatch(name):
        return None
    return session.scalar(select(Account).where(Account.username == name, ~Account.disabled))


def _slow_down(session: Session, name: str, address: str, at: datetime) -> None:
    refused = select(func.count(LoginFailure.id)).where(
        LoginFailure.who_sha256 == _who(name, address), LoginFailure.at > at - TRIES_PERIOD
    )
    if session.scalars(refused).one() >= TRIES:
        seconds = int(TRIES_PERIOD.total_seconds())
        message = f"Bạn đã thử sai {TRIES} lần. Hãy đợi {seconds} giây rồi đăng nhập lại."
        raise TooManyTries(message)


def _who(name: str, address: str) -> str:
    return digest(f"{name}\n{address}")


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    open_ones = update(LoginSession).where(which, LoginSession.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=at))
