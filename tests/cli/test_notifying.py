"""`catalogue notify`: people are told in the program, and once each by letter where one can go."""

import os
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.models import Agency, Notice, Unit, sqlite
from tests.making import make_account, make_document, make_person, make_positions, make_unit
from tests.postbox import Postbox, open_postbox
from tests.terminal import Terminal


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "time_of_day", lambda: time(12))


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
    """An installation with one person who has written nothing."""
    monkeypatch.setenv("CATALOGUE_TODAY", "2024-04-10")
    del terminal
    url = os.environ.get("CATALOGUE_DATABASE_URL", f"sqlite:///{tmp_path / 'catalogue.db'}")
    engine = create_engine(url)
    sqlite.prepare(engine)
    with Session(engine) as session:
        agency = session.scalars(select(Agency).where(Agency.code == "VPTU")).one()
        (position,) = make_positions(session, agency, make_document(session, "TK"), ["Chánh"])
        unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
        holder = make_person(session, "Lê Giữ Việc", unit=unit, position_id=position.position_id)
        make_account(session, holder, "giuviec").email = "giuviec@tinh.example"
        session.commit()
        yield session
    engine.dispose()


def write(office: Session) -> None:
    """Write something of one's own, as somebody else does meanwhile."""
    with office.begin():
        office.execute(update(Unit).values(name="Văn phòng"))


def told(office: Session) -> int:
    """Count what was told, and let the database go."""
    with office.begin():
        return len(office.scalars(select(Notice.id)).all())


def told_and_sent(people: int, letters: int) -> str:
    """What the command says where no device takes notices."""
    return (
        f"Đã nhắc {people} người trong chương trình, gửi {letters} thư, báo 0 lần tới thiết bị.\n"
    )


def test_a_missing_day_is_told_in_the_program_and_by_one_letter(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    first = terminal("notify", "--url", "https://vtvl.example/")
    again = terminal("notify")

    assert (first.status, first.out) == (0, told_and_sent(1, 1))
    assert again.out == told_and_sent(0, 0)
    ((to, letter),) = postbox.letters
    assert to == "giuviec@tinh.example"
    words = letter.get_content()
    assert "Ngày 09/04/2024 chưa có dòng nhật ký nào" in words
    assert "https://vtvl.example/ngay-cua-toi?ngay=2024-04-09" in words
    assert "https://vtvl.example/loi-nhac\n" in words
    assert told(office) == 1


def test_without_a_mail_server_the_program_still_tells(terminal: Terminal, office: Session) -> None:
    answer = terminal("notify")
    assert (answer.status, answer.out) == (0, told_and_sent(1, 0))
    assert told(office) == 1


def test_nobody_is_told_before_the_morning(
    terminal: Terminal, office: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "time_of_day", lambda: time(0, 10))
    assert terminal("notify").out == told_and_sent(0, 0)
    assert told(office) == 0


def test_an_address_that_is_refused_is_named_and_tried_again(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    postbox.refused.add("giuviec@tinh.example")
    refused = terminal("notify")
    assert refused.status == 65
    assert "Lê Giữ Việc" in refused.err
    postbox.refused.clear()
    assert "gửi 1 thư" in terminal("notify").out
    assert told(office) == 1


def test_others_write_while_the_mail_server_is_waited_for(
    terminal: Terminal, office: Session, postbox: Postbox
) -> None:
    postbox.meanwhile = lambda: write(office)
    answer = terminal("notify")
    assert (answer.status, answer.err) == (0, "")
    assert len(postbox.letters) == 1
