"""A dossier before the committee, with everybody whom it concerns able to sign in."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.blueprints import clock
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.models import Base, sqlite
from catalogue.services import accounts
from tests.blueprints.conftest import database_of
from tests.dossiers import make_province
from tests.making import make_account, make_agency, make_person, make_unit

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
