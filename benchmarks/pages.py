"""Pages against the floor that any page pays: login, session, CSRF, SQL, fifty rows.

All are asked for in process, in short turns, by the processor's time: what others take of the
machine for a while would otherwise fall to one of them. The floor signs people in by their number
in the cookie, reads one row for it and fifty for the table, and draws them with the same template
engine. The page that rolls the whole province up is held to summing its lines instead.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, render_template
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks.hours import COVERING, RAW_UNITS
from benchmarks.province import AT, Province, province
from benchmarks.ratios import Ratio
from benchmarks.timing import ratio, timed
from catalogue.app import create_app
from catalogue.blueprints import clock
from catalogue.config import Config
from catalogue.domain.annex import Annex, Row
from catalogue.domain.words import Role, SourceState
from catalogue.models import Agency, Assignment, SourceDocument, Unit
from catalogue.services import accounts, cataloguing, day_sums, granting, logging_work

TODAY = date(2024, 2, 20)
GOAL = 0.6
_DAY, _WEEK = "/ngay-cua-toi?ngay=2024-02-16", "/tuan-cua-toi?ngay=2024-02-16"
_MONTH = "/gio?thang=2024-02"
_FIRST, _LAST = date(2024, 2, 1), date(2024, 2, 29)
_REQUESTS, _ROUNDS = 10, 40
_ROWS = 300
_FLOOR_PAGE = """<!doctype html><html lang="vi"><head><title>Floor</title></head><body>
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>
<table><tbody>
{% for id, name, code, agency, group, state, source in rows %}
<tr><td><a href="/row/{{ id }}">{{ name }}</a></td><td>{{ code }}</td><td>{{ agency }}</td>
<td>{{ group }}</td><td>{{ state }}</td><td>{{ source }}</td></tr>
{% endfor %}
</tbody></table></body></html>"""
_FLOOR_LOGIN = text("SELECT id, username FROM account WHERE id = :id")
_FLOOR_ROWS = text(
    "SELECT v.position_id, v.name, v.code, a.name, v.\"group\", v.state, 'reference' "
    "FROM position_version v JOIN position p ON p.id = v.position_id "
    "JOIN agency a ON a.id = p.agency_id ORDER BY v.id LIMIT 50"
)


def measure() -> list[Ratio]:
    with province() as land, _pages(land) as (floor, ours):
        paths = ("/danh-muc", _DAY, _WEEK, _unit_month(land))
        ways = {"floor": _asking(floor, "/floor"), "raw": _summing(land)}
        ways |= {path: _asking(ours, path) for path in (*paths, _MONTH)}
        taken = timed(ways, rounds=_ROUNDS, clock=time.process_time)
        month = f"{_MONTH} / raw GROUP BY over the lines"
        return [
            *(
                Ratio(
                    f"{path} / floor, pages a second", ratio(taken, "floor", path), GOAL, "higher"
                )
                for path in paths
            ),
            Ratio(month, ratio(taken, _MONTH, "raw"), 0.15),
        ]


def _unit_month(land: Province) -> str:
    with Session(land.engine) as session:
        unit = session.scalars(select(func.min(Unit.reporting_unit_id))).one()
    return f"/gio/{unit}?thang=2024-02"


def _summing(land: Province) -> Callable[[], None]:
    """Sum a month by unit over the lines themselves, from an index that holds all it needs."""
    with Session(land.engine) as session:
        session.execute(COVERING)
        session.commit()

    def run() -> None:
        with Session(land.engine) as session:
            for _ in range(_REQUESTS):
                session.execute(RAW_UNITS, {"first": _FIRST, "last": _LAST}).all()

    return run


def _asking(client: FlaskClient, path: str) -> Callable[[], None]:
    def ask() -> None:
        for _ in range(_REQUESTS):
            assert client.get(path).status_code == 200

    return ask


@contextmanager
def _pages(land: Province) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    with Session(land.engine) as session:
        secret = _furnish(session, land)
        session.commit()
    with TemporaryDirectory() as folder:
        ours = create_app(config(str(land.engine.url), Path(folder)))
        client = ours.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
        below = _floor(str(land.engine.url)).test_client()
        with below.session_transaction() as cookie:
            cookie["_user_id"] = "1"
        yield below, client


def _furnish(session: Session, land: Province) -> str:
    """Write the diary, a long list of positions, and somebody who may read all of it."""
    for _ in logging_work.log_many(session, land.lines, at=AT):
        pass
    day_sums.sum_all_days(session)
    agency = session.scalars(select(Agency)).one()
    document = session.scalars(select(SourceDocument).where(SourceDocument.number == "R")).one()
    rows = tuple(_row(number) for number in range(1, _ROWS))
    source = cataloguing.Source(document, agency, "b.docx", "b", SourceState.REFERENCE, TODAY)
    cataloguing.record_annex(session, Annex(rows), source, by=None, at=AT)
    person = session.scalars(select(Assignment.person_id).order_by(Assignment.id)).first() or 0
    granting.grant(
        session, person, Role.ORGANISER, unit_id=None, since=date(2024, 1, 1), by=None, at=AT
    )
    account = accounts.make_account(session, person, "nguoi-do", by=None, at=AT)
    return accounts.sign_in(session, account.id, at=clock.now())


def _row(number: int) -> Row:
    name = f"Chuyên viên tham mưu lĩnh vực công tác số {number}"
    code = f"VT-{number:03d}"
    group = "Nghiệp vụ chuyên ngành"
    return Row(str(number), name, group, "Chuyên viên", code, 1, 1, number + 1, (name, code))


def config(url: str, folder: Path) -> Config:
    return Config(
        database_url=url,
        instance=folder,
        today=TODAY,
        secure_cookies=False,
        trusted_hosts=("localhost",),
        proxies=0,
    )


def _floor(url: str) -> Flask:
    app = Flask("floor")
    app.config.update(SECRET_KEY=secrets.token_bytes(), SQLALCHEMY_DATABASE_URI=url)
    database, logins = SQLAlchemy(app), LoginManager(app)
    CSRFProtect(app)
    template = app.jinja_env.from_string(_FLOOR_PAGE)

    class Somebody(UserMixin):  # type: ignore[misc]
        def __init__(self, key: str) -> None:
            self.id = key

    @logins.user_loader  # type: ignore[untyped-decorator]
    def load(key: str) -> Somebody:
        database.session.execute(_FLOOR_LOGIN, {"id": int(key)}).one()
        return Somebody(key)

    @app.get("/floor")
    @login_required  # type: ignore[untyped-decorator]
    def page() -> str:
        return render_template(template, rows=database.session.execute(_FLOOR_ROWS).all())

    return app
