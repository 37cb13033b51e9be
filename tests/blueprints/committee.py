"""A dossier before the committee, with everybody whom it concerns able to sign in."""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.blueprints import clock
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.models import Account, Base, LoginSession, sqlite
from catalogue.services import accounts, passwords
from tests.blueprints.conftest import database_of
from tests.dossiers import make_province
from tests.making import PASSWORD, make_account, make_agency, make_person, make_unit

_NO_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Before:
    """The dossier, its items in order, the people and their accounts, by what they are."""

    dossier: int
    items: tuple[int, ...]
    people: dict[str, int]
    accounts: dict[str, int]

    @property
    def path(self) -> str:
        return f"/ho-so/{self.dossier}"


@dataclass(frozen=True)
class Browser:
    """One person's browser."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, **fields: object) -> TestResponse:
        """Send a form with the token of a page that this browser has open."""
        token = _TOKEN.search(self.client.get("/").text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **fields})


Enter = Callable[[str], Browser]
T = TypeVar("T", bound=Base)


class Kept(Protocol):
    """Reads all rows of a table."""

    def __call__(self, table: type[T]) -> Sequence[T]: ...


def lay(path: Path) -> Before:
    """Write the province with a submitted dossier into an empty file."""
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        province = make_province(session)
        province.match_all()
        dossier = province.dossier(DossierState.SUBMITTED)
        elsewhere = make_unit(session, "KHAC", "Đơn vị khác", make_agency(session, "K", "Khác"))
        named = {
            "chief": province.members[0],
            "member": province.members[1],
            "third": province.members[2],
            "secretary": province.secretary,
            "organiser": province.organiser,
            "unit_officer": province.unit_officer,
            "auditor": make_person(session, "Hồ Kiểm Tra", role=Role.AUDITOR),
            "unseated": make_person(session, "Mai Chưa Có Ghế", role=Role.COMMITTEE),
            "stranger": make_person(
                session, "Lý Đơn Vị Khác", role=Role.UNIT_OFFICER, role_unit=elsewhere
            ),
        }
        opened = {name: make_account(session, one, name).id for name, one in named.items()}
        session.commit()
        before = Before(
            dossier=dossier.id,
            items=tuple(item.id for item in dossier.items),
            people={name: one.id for name, one in named.items()},
            accounts=opened,
        )
    engine.dispose()
    return before


def open_for(app: Flask, before: Before, name: str) -> Browser:
    """Sign a person in without the password's slow hash."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        secret = accounts.sign_in(session, before.accounts[name], at=clock.now())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return Browser(client)


def copy_into(app: Flask, path: Path) -> None:
    shutil.copy(path, database_of(app))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=None, WTF_CSRF_ENABLED=True)


def only(rows: Sequence[T]) -> T:
    (one,) = rows
    return one


def ballot(before: Before, deed: str, **marks: str) -> dict[str, str]:
    """The fields of a ballot; `item_3="disagree: vì sao"` marks item 3."""
    fields = {"stage": Stage.STANDING.value, "deed": deed}
    for name, said in marks.items():
        item = before.items[int(name.removeprefix("item_")) - 1]
        choice, _, remark = said.partition(": ")
        fields |= {f"choice-{item}": choice, f"remark-{item}": remark}
    return fields


def agree_to_all(browser: Browser, before: Before, stage: Stage = Stage.STANDING) -> None:
    for deed in ("con-lai", "gui"):
        fields = all_agreed(before) if deed == "gui" else {}
        fields |= {"stage": stage.value, "deed": deed}
        assert browser.post(f"{before.path}/phieu", **fields).status_code == 303


def all_agreed(before: Before) -> dict[str, str]:
    return {f"choice-{item}": "agree" for item in before.items}


def whole(page: str) -> None:
    """What holds for every page: labelled fields, one heading, nothing inline."""
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not _NO_SCRIPT.search(page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
        if 'type="hidden"' not in field and 'type="radio"' not in field:
            found = re.search(r'\sid="([^"]+)"', field)
            assert found, field
            assert found[1] in labelled, field
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert "None" not in re.sub(r"<[^>]*>", "", page)


def forget_password(app: Flask, before: Before) -> None:
    """Let six minutes pass since anybody gave their password."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.get_one(Account, before.accounts["chief"])
        account.password_hash = passwords.hashed(PASSWORD)
        session.execute(update(LoginSession).values(opened_at=clock.now() - timedelta(minutes=6)))
