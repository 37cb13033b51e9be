"""`catalogue remind`: letters go through a real server, once, and it says plainly where none is."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from catalogue.domain.words import Role
from catalogue.models import Account, Agency, Reminder, Unit, sqlite
from tests.making import (
    make_account,
    make_document,
    make_person,
    make_positions,
    make_unit,
)
from tests.postbox import Postbox, open_postbox
from tests.terminal import Terminal


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    with open_postbox() as box:
        monkeypatch.setenv("CATALOGUE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("CATALOGUE_SMTP_PORT", str(box.port))
        monkeypatch.setenv("CATALOGUE_SMTP_FROM", "danh-muc@tinh.example")
        monkeypatch.setenv("CATALOGUE_SMTP_STARTTLS", "0")
        yield box


@pytest.fixture
def office(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Session]:
    """An installation five days before its first milestone, with two people who answer for it."""
    monkeypatch.setenv("CATALOGUE_TODAY", "2024-04-10")
    del terminal
    url = os.environ.get("CATALOGUE_DATABASE_URL", f"sqlite:///{tmp_path / 'catalogue.db'}")
    engine = create_engine(url)
    sqlite.prepare(engine)
    with Session(engine) as session:
        agency = session.scalars(select(Agency).where(Agency.code == "VPTU")).one()
        make_positions(session, agency, make_document(session, "Tham khảo"), ["Chánh", "Phó"])
        unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
        for name, role, of in (
            ("Trần Tổ Chức", Role.ORGANISER, None),
            ("Lê Chánh Văn Phòng", Role.HEAD, unit),
        ):
            person = make_person(session, name, role=role, role_unit=of)
            account = make_account(session, person, f"nguoi{person.id}")
            account.email = f"{role.value}@tinh.example"
        session.commit()
        yield session
    engine.dispose()


def write(office: Session) -> None:
    """Write something of one's own, as somebody else does meanwhile."""
    with office.begin():
        office.execute(update(Unit).values(name="Văn phòng"))


def reminders(office: Session) -> int:
    """Count what was written down, and let the database go."""
    with office.begin():
        return len(office.scalars(select(Reminder.id)).all())


def test_each_person_gets_one_letter_that_says_what_is_left(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    answer = terminal("remind", "--url", "https://vtvl.example/")

    assert (answer.status, answer.out, answer.err) == (0, "Đã gửi 2 thư nhắc.\n", "")
    assert sorted(to for to, _ in postbox.letters) == [
        "head@tinh.example",
        "organiser@tinh.example",
    ]
    _, letter = next(each for each in postbox.letters if each[0].startswith("head"))
    assert letter["Subject"] == "Còn 5 ngày đến 15/04/2024: Danh mục chính thức"
    assert letter["From"] == "danh-muc@tinh.example"
    words = letter.get_content()
    assert "Kính gửi Lê Chánh Văn Phòng" in words
    assert "Còn 2 vị trí chưa xong." in words
    assert "https://vtvl.example/moc-thoi-han/1" in words
    assert reminders(office) == 2


def test_the_same_reminder_is_not_sent_twice(
    terminal: Terminal, office: Session, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    del office
    assert terminal("remind").out == "Đã gửi 2 thư nhắc.\n"
    assert terminal("remind").out == "Đã gửi 0 thư nhắc.\n"
    monkeypatch.setenv("CATALOGUE_TODAY", "2024-04-13")
    assert terminal("remind").out == "Đã gửi 2 thư nhắc.\n"
    assert len(postbox.letters) == 4


def test_a_refused_address_keeps_no_other_letter_back_and_is_named(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    postbox.refused.add("organiser@tinh.example")

    answer = terminal("remind")

    assert (answer.status, answer.out) == (65, "Đã gửi 1 thư nhắc.\n")
    assert "Trần Tổ Chức" in answer.err
    assert [to for to, _ in postbox.letters] == ["head@tinh.example"]
    assert reminders(office) == 1
    postbox.refused.clear()
    assert terminal("remind").out == "Đã gửi 1 thư nhắc.\n"


@pytest.mark.parametrize("address", ["không-phải-địa-chỉ", "a@b.example\nBcc: c@d.example"])
def test_an_address_that_no_letter_can_bear_keeps_no_other_back(
    terminal: Terminal, office: Session, postbox: Postbox, address: str
) -> None:
    account = office.scalars(select(Account).where(Account.email.like("organiser%"))).one()
    account.email = address
    office.commit()

    answer = terminal("remind")

    assert (answer.status, answer.out) == (65, "Đã gửi 1 thư nhắc.\n")
    assert [to for to, _ in postbox.letters] == ["head@tinh.example"]


def test_without_a_mail_server_it_says_so_and_sends_nothing(
    terminal: Terminal, office: Session
) -> None:
    answer = terminal("remind")

    assert (answer.status, answer.out) == (65, "")
    assert "Chưa cấu hình máy chủ thư (CATALOGUE_SMTP_HOST): 2 thư nhắc chưa gửi" in answer.err
    assert reminders(office) == 0


def test_a_mail_server_that_does_not_answer_is_named_and_nothing_counts_as_sent(
    terminal: Terminal, office: Session, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    del postbox
    monkeypatch.setenv("CATALOGUE_SMTP_PORT", "1")

    answer = terminal("remind")

    assert (answer.status, answer.out) == (65, "")
    assert "Không gửi được thư qua 127.0.0.1:1" in answer.err
    assert reminders(office) == 0


def test_a_server_without_starttls_is_given_no_letter_unless_that_is_allowed(
    terminal: Terminal, office: Session, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    del office
    monkeypatch.delenv("CATALOGUE_SMTP_STARTTLS")

    answer = terminal("remind")

    assert answer.status == 65
    assert "SMTPNotSupportedError" in answer.err
    assert postbox.letters == []


def test_an_account_is_given_an_address_and_loses_it(terminal: Terminal) -> None:
    given = terminal("email", "QuanTri", "quan.tri@tinh.example")
    assert (given.status, given.out) == (0, "Thư nhắc của QuanTri: quan.tri@tinh.example.\n")
    assert terminal("email", "quantri").out == "Thư nhắc của quantri: không gửi.\n"


@pytest.mark.parametrize("address", ["a", "a@b", "a b@c.d", "a@b.c\nBcc: x@y.z", "ă@b.c"])
def test_what_is_no_address_is_refused(terminal: Terminal, address: str) -> None:
    answer = terminal("email", "quantri", address)
    assert answer.status == 65
    assert "không phải là địa chỉ" in answer.err


def test_nobody_unknown_is_given_an_address(terminal: Terminal) -> None:
    assert terminal("email", "khong-ai", "a@b.example").status == 65


def test_a_sender_is_asked_for(bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE_SMTP_HOST", "127.0.0.1")

    answer = bare_terminal("remind")

    assert answer.status == 65
    assert "CATALOGUE_SMTP_FROM" in answer.err


def test_others_write_while_the_mail_server_is_waited_for(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    postbox.meanwhile = lambda: write(office)
    answer = terminal("remind")
    assert (answer.status, answer.err) == (0, "")
    assert len(postbox.letters) == 2
