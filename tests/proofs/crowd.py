"""People at their browsers: signed in, and each with sheets of five lines to send."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, session as browser
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.config import Config
from catalogue.models import Account
from catalogue.services import accounts
from tests.making import TODAY
from tests.proofs.browsers import Sent, form, page, send_all, told_as_json

DAY = "/ngay-cua-toi"
OUTBOX = "/ngay-cua-toi/gui"
LINES = 5
_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Person:
    """One browser that is signed in: its cookie and the token of its forms."""

    cookie: str
    token: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Five lines of one person's day under the keys that their browser made."""

    person: Person
    task: int
    day: date = TODAY
    keys: tuple[str, ...] = field(default_factory=lambda: tuple(_new_keys()))

    def by_page(self) -> bytes:
        lines = {
            f"{number}-{name}": value
            for number, line in enumerate(self._lines())
            for name, value in line.items()
        }
        path, fields = f"{DAY}?ngay={self.day}", {"csrf_token": self.person.token} | lines
        return form(path, self.person.cookie, fields)

    def by_outbox(self) -> bytes:
        lines = [line | {"day": self.day.isoformat()} for line in self._lines()]
        return told_as_json(OUTBOX, self.person.cookie, self.person.token, {"lines": lines})

    def _lines(self) -> list[dict[str, str]]:
        told = {
            "task": str(self.task),
            "hours": "0,5",
            "product": "Một báo cáo",
            "content": "Soạn thảo báo cáo tháng",
        }
        return [{"entry_key": key} | told for key in self.keys]


def settings_for(engine: Engine, instance: Path) -> Config:
    return Config(
        database_url=engine.url.render_as_string(hide_password=False),
        instance=instance,
        today=TODAY,
        secure_cookies=False,
        trusted_hosts=("127.0.0.1",),
        proxies=0,
    )


def open_sessions(engine: Engine, people: Sequence[int]) -> list[str]:
    """Sign everybody in by the service and not by as many slow hashes; answers their secrets."""
    with Session(engine) as session:
        secrets = [_open_session(session, number) for number in people]
        session.commit()
    return secrets


def at_their_page(port: int, settings: Config, secrets: Sequence[str]) -> list[Person]:
    """Let everybody open the day's page once, as a browser does before it sends anything."""
    app = create_app(settings)
    cookies = [signed_in(app, each).cookie for each in secrets]
    opened = send_all(port, [Sent(0, page(DAY, cookie)) for cookie in cookies])
    return [
        Person(cookie, _token(answer.text)) for cookie, answer in zip(cookies, opened, strict=True)
    ]


def signed_in(app: Flask, secret: str) -> Person:
    """Make the browser that the secret opens, with a token of its own making."""
    with app.test_request_context():
        browser["_user_id"] = secret
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return Person(f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(browser))}", token)


def _open_session(session: Session, person: int) -> str:
    account = Account(person_id=person, username=f"nguoi.{person:03d}")
    session.add(account)
    session.flush()
    return accounts.sign_in(session, account.id, at=datetime.now(UTC))


def _new_keys() -> list[str]:
    return [str(uuid.uuid4()) for _ in range(LINES)]


def _token(text: str) -> str:
    found = _TOKEN.search(text)
    assert found, text[:500]
    return found[1]
