"""Accounts, sessions and links, on either database."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.models import Account, AuditEntry, LoginFailure, LoginSession, OneTimeLink
from catalogue.services import accounts, passwords
from tests.making import AT, PASSWORD, make_person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(session: Session) -> Account:
    person = make_person(session, "Nguyễn Văn A")
    made = accounts.make_account(session, person.id, "  Van.A ", by=None, at=AT)
    accounts.set_password(session, made, PASSWORD, by=None, at=AT)
    session.commit()
    return made


def recognise(session: Session, username: str, password: str = PASSWORD) -> int:
    return accounts.recognise(session, username, password, address="10.0.0.1", at=AT)


def test_a_name_is_one_name_however_it_is_typed(session: Session, account: Account) -> None:
    assert account.username == "van.a"
    assert recognise(session, "VAN.A\u200b ") == account.id


@pytest.mark.parametrize(
    "name", ["ab", "a b c", "vаn.a", "tên", "<b>", "-abc", "a" * 61, "a\x00bc"]
)
def test_a_name_that_could_be_mistaken_is_refused(session: Session, name: str) -> None:
    person = make_person(session, "Nguyễn Văn B")
    with pytest.raises(Invalid):
        accounts.make_account(session, person.id, name, by=None, at=AT)


def test_a_taken_name_is_refused(session: Session, account: Account) -> None:
    person = make_person(session, "Nguyễn Văn B")
    with pytest.raises(Conflict):
        accounts.make_account(session, person.id, account.username.upper(), by=None, at=AT)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("van.a", "sai"),
        ("khong.co", PASSWORD),
        ("van.a", "x" * 201),
        ("a\x00b", PASSWORD),
        ("", ""),
    ],
)
def test_who_is_not_recognised_is_told_nothing(
    session: Session, username: str, password: str
) -> None:
    with pytest.raises(accounts.SignInRefused):
        recognise(session, username, password)


def test_an_account_without_a_password_or_disabled_opens_nothing(
    session: Session, account: Account
) -> None:
    account.disabled = True
    session.flush()
    with pytest.raises(accounts.SignInRefused):
        recognise(session, "van.a")
    account.disabled, account.password_hash = False, None
    session.flush()
    with pytest.raises(accounts.SignInRefused):
        recognise(session, "van.a")


def test_a_stranger_costs_as_much_as_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    class Listening:
        def verify(self, stored: str, password: bytes) -> None:
            del password
            compared.append(stored)

    monkeypatch.setattr(passwords, "_HASHER", Listening())
    assert passwords.matches(None, PASSWORD) is False
    assert compared[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_is_one_however_its_letters_are_composed() -> None:
    assert passwords.matches(passwords.hashed("me\u0323 nhe\u0301 em"), "m\u1eb9 nh\u00e9 em")


@pytest.mark.parametrize("password", ["", "1234567", "x" * 201])
def test_a_password_of_the_wrong_length_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.hashed(password)


def test_five_refusals_in_a_minute_make_the_sixth_wait(session: Session, account: Account) -> None:
    for second in range(accounts.TRIES):
        accounts.note_refusal(
            session, "van.a", address="10.0.0.1", at=AT - timedelta(seconds=second)
        )
    with pytest.raises(accounts.TooManyTries):
        recognise(session, "van.a")
    other_place = accounts.recognise(session, "van.a", PASSWORD, address="10.0.0.2", at=AT)
    later = accounts.recognise(session, "van.a", PASSWORD, address="10.0.0.1", at=AT + MINUTE)
    assert other_place == later == account.id


def test_old_refusals_are_forgotten(session: Session) -> None:
    accounts.note_refusal(session, "a", address="", at=AT - 2 * MINUTE)
    accounts.note_refusal(session, "a", address="", at=AT)
    assert len(session.scalars(select(LoginFailure)).all()) == 1


def test_tables_hold_no_secret_in_the_clear(session: Session, account: Account) -> None:
    secret = accounts.sign_in(session, account.id, at=AT)
    link = accounts.make_one_time_link(session, account, by=None, at=AT)
    kept = [session.scalars(select(LoginSession.secret_sha256)).one()]
    kept += [session.scalars(select(OneTimeLink.secret_sha256)).one(), account.password_hash or ""]
    assert not {secret, link, PASSWORD} & set(kept)
    entries = session.scalars(select(AuditEntry)).all()
    told = " ".join(f"{entry.subject} {entry.detail}" for entry in entries)
    assert secret not in told
    assert link not in told


def test_signing_out_ends_that_session_only(session: Session, account: Account) -> None:
    first, second = (accounts.sign_in(session, account.id, at=AT) for _ in range(2))
    accounts.sign_out(session, first, by=account.person_id, at=AT + MINUTE)
    ended = {row.secret_sha256: row.ended_at for row in session.scalars(select(LoginSession))}
    assert ended[accounts.digest(first)] == AT + MINUTE
    assert ended[accounts.digest(second)] is None


def test_a_new_password_ends_all_sessions(session: Session, account: Account) -> None:
    accounts.sign_in(session, account.id, at=AT)
    accounts.set_password(session, account, "mật khẩu mới", by=None, at=AT + MINUTE)
    session.expire_all()
    assert session.scalars(select(LoginSession.ended_at)).one() == AT + MINUTE


def test_a_link_works_once_and_for_its_time(session: Session, account: Account) -> None:
    used = accounts.make_one_time_link(session, account, by=None, at=AT)
    late = accounts.make_one_time_link(session, account, by=None, at=AT)
    accounts.use_one_time_link(session, used, "mật khẩu mới", at=AT + MINUTE)
    with pytest.raises(NotFound):
        accounts.use_one_time_link(session, used, "mật khẩu khác", at=AT + 2 * MINUTE)
    with pytest.raises(NotFound):
        accounts.use_one_time_link(session, late, PASSWORD, at=AT + accounts.LINK_LIFE)
    assert recognise(session, "van.a", "mật khẩu mới") == account.id


def test_a_link_of_a_disabled_account_opens_nothing(session: Session, account: Account) -> None:
    link = accounts.make_one_time_link(session, account, by=None, at=AT)
    account.disabled = True
    session.flush()
    with pytest.raises(NotFound):
        accounts.open_link(session, link, at=AT)


def test_a_poor_password_leaves_the_link_unused(session: Session, account: Account) -> None:
    link = accounts.make_one_time_link(session, account, by=None, at=AT)
    with pytest.raises(Invalid):
        accounts.use_one_time_link(session, link, "ngắn", at=AT)
    assert accounts.open_link(session, link, at=AT).used_at is None
