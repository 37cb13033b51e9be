"""`catalogue notify` rings devices: sealed and signed, once, and only where push keys are set."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.config import BadSetting, Config
from catalogue.domain.notices import Channel
from catalogue.domain.push import USUAL_HOSTS
from catalogue.exporters import push_message
from catalogue.models import Agency, PushSubscription, sqlite
from catalogue.services import noticing, push_devices
from tests.making import make_account, make_document, make_person, make_positions, make_unit
from tests.push_service import (
    HANGS_UP,
    SIGNING_KEY,
    Browser,
    PushService,
    open_push_service,
)
from tests.terminal import Answer, Terminal

AT = datetime(2024, 4, 10, tzinfo=UTC)
SUBJECT = "mailto:quan-tri@tinh.example"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "time_of_day", lambda: time(12))


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CATALOGUE_VAPID_PRIVATE_KEY", SIGNING_KEY)
    monkeypatch.setenv("CATALOGUE_VAPID_SUBJECT", SUBJECT)
    monkeypatch.delenv("CATALOGUE_PUSH_HOSTS", raising=False)
    return monkeypatch


@pytest.fixture
def service(keys: pytest.MonkeyPatch) -> Iterator[PushService]:
    keys.setenv("CATALOGUE_PUSH_HOSTS", "127.0.0.1")
    with open_push_service() as service:
        yield service


@pytest.fixture
def office(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Session]:
    """An installation with one person who has written nothing, and has an account."""
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
        session.info["holder"] = holder.id
        make_account(session, holder, "giuviec")
        session.commit()
        yield session
    engine.dispose()


def give(office: Session, endpoint: str) -> Browser:
    """Let the holder's browser be kept as a device, and let the database go."""
    browser = Browser()
    with office.begin():
        told = browser.subscription(endpoint)
        push_devices.add(office, told, by=office.info["holder"], at=AT)
    return browser


def devices(office: Session) -> list[str]:
    with office.begin():
        return list(office.scalars(select(PushSubscription.endpoint)))


def rung(answer: Answer) -> str:
    return answer.out.partition("báo ")[2].partition(" ")[0]


def test_a_notice_reaches_each_device_sealed_and_signed_and_comes_once(
    terminal: Terminal, office: Session, service: PushService
) -> None:
    phone, desk = (give(office, service.endpoint(name)) for name in ("phone", "desk"))
    answer = terminal("notify")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == (
        "Đã nhắc 1 người trong chương trình, gửi 0 thư, báo 1 lần tới thiết bị.\n"
    )
    assert rung(terminal("notify")) == "0"
    (first, on_phone), (second, on_desk) = service.taken
    assert (first, second) == ("/phone", "/desk")
    assert phone.open(on_phone) == desk.open(on_desk)
    told = json.loads(phone.open(on_phone))
    assert told["title"] == "Ngày hôm trước chưa ghi"
    assert "Ngày 09/04/2024 chưa có dòng nhật ký nào" in told["text"]
    assert told["path"] == "/ngay-cua-toi?ngay=2024-04-09"
    signer = service.senders[0]
    assert (signer["aud"], signer["sub"]) == (f"http://127.0.0.1:{service.port}", SUBJECT)
    key = Config.from_environment().push
    assert key
    assert signer["key"] == push_message.public_key(key.private_key)


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_keeps_no_other_back(
    terminal: Terminal, office: Session, service: PushService, status: int
) -> None:
    give(office, service.endpoint("old"))
    give(office, service.endpoint("new"))
    service.answers["/old"] = status
    answer = terminal("notify")
    assert (answer.status, rung(answer)) == (0, "1")
    assert [path for path, _ in service.taken] == ["/new"]
    assert devices(office) == [service.endpoint("new")]


@pytest.mark.parametrize("status", [302, 403, 500])
def test_what_was_not_taken_is_reported_and_tried_again(
    terminal: Terminal, office: Session, service: PushService, status: int
) -> None:
    give(office, service.endpoint("phone"))
    service.answers["/phone"] = status
    answer = terminal("notify")
    assert (answer.status, rung(answer)) == (65, "0")
    assert f"Lê Giữ Việc (127.0.0.1 trả lời {status})" in answer.err
    assert service.asked == ["/phone"]
    assert devices(office) == [service.endpoint("phone")]
    service.answers.clear()
    assert rung(terminal("notify")) == "1"


def test_a_push_service_that_does_not_answer_is_tried_once_a_run(
    terminal: Terminal, office: Session, service: PushService
) -> None:
    for name in ("phone", "desk"):
        give(office, service.endpoint(name))
    service.answers |= {"/phone": HANGS_UP, "/desk": HANGS_UP}
    answer = terminal("notify")
    assert answer.status == 65
    assert "Lê Giữ Việc (không nối được 127.0.0.1)" in answer.err
    assert service.asked == ["/phone"]


def test_a_host_that_is_no_longer_named_is_not_asked(
    terminal: Terminal, office: Session, service: PushService, keys: pytest.MonkeyPatch
) -> None:
    give(office, service.endpoint("phone"))
    keys.delenv("CATALOGUE_PUSH_HOSTS")
    answer = terminal("notify")
    assert answer.status == 65
    assert "ngoài CATALOGUE_PUSH_HOSTS" in answer.err
    assert service.asked == []


def test_nobody_is_rung_at_rest_nor_against_their_wish(
    terminal: Terminal, office: Session, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rung(terminal("notify")) == "0"
    give(office, service.endpoint("phone"))
    monkeypatch.setattr(clock, "time_of_day", lambda: time(22))
    assert rung(terminal("notify")) == "0"
    monkeypatch.setattr(clock, "time_of_day", lambda: time(12))
    wish = {Channel.PUSH: False}
    with office.begin():
        noticing.choose(office, wish, time(0), time(0), by=office.info["holder"])
    assert rung(terminal("notify")) == "0"
    assert service.asked == []


def test_without_keys_no_device_is_rung(
    terminal: Terminal, office: Session, service: PushService, keys: pytest.MonkeyPatch
) -> None:
    give(office, service.endpoint("phone"))
    keys.delenv("CATALOGUE_VAPID_PRIVATE_KEY")
    assert rung(terminal("notify")) == "0"
    assert service.asked == []


def test_the_keys_that_are_made_can_be_set(
    bare_terminal: Terminal, keys: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = bare_terminal("push-keys")
    assert answer.status == 0
    settings = dict(line.split("=", 1) for line in answer.out.splitlines())
    for name, value in settings.items():
        keys.setenv(name, value)
    given = Config.from_environment().push
    assert given
    assert given.hosts == USUAL_HOSTS
    assert settings["CATALOGUE_VAPID_PRIVATE_KEY"] not in repr(given)
    kept = tmp_path / "vapid.key"
    kept.write_text(settings["CATALOGUE_VAPID_PRIVATE_KEY"] + "\n")
    keys.setenv("CATALOGUE_VAPID_PRIVATE_KEY", str(kept))
    assert Config.from_environment().push == given
    assert bare_terminal("push-keys").out != answer.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VAPID_PRIVATE_KEY", "không-có-tệp"),
        ("VAPID_PRIVATE_KEY", "/dev/null"),
        ("VAPID_PRIVATE_KEY", "A" * 43),
        ("VAPID_PRIVATE_KEY", "_" * 43),
        ("VAPID_SUBJECT", ""),
        ("VAPID_SUBJECT", "quan-tri@tinh.example"),
        ("VAPID_SUBJECT", "http://tinh.example"),
        ("PUSH_HOSTS", "https://fcm.googleapis.com"),
        ("PUSH_HOSTS", "*"),
        ("PUSH_HOSTS", "a.example,*.*.b"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    keys: pytest.MonkeyPatch, name: str, value: str
) -> None:
    keys.setenv(f"CATALOGUE_{name}", value)
    with pytest.raises(BadSetting, match=f"CATALOGUE_{name}"):
        Config.from_environment()
