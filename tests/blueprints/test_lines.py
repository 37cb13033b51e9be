"""A line followed to its decision: its writer and judges read all, colleagues what is public."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.words import Role, TaskKind, WorkPlace
from catalogue.extensions import db
from catalogue.models import DiaryRule, LogLine, TaskVersion, Unit
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OWN_CANARY, World
from tests.boards import PRODUCT, YESTERDAY, page, person_of, written_by
from tests.making import AT, SINCE, TODAY, make_grant

LONG_AGO = TODAY - timedelta(days=11)


@pytest.fixture
def colleague(sign_in: SignIn) -> FlaskClient:
    return sign_in("staff")


def status(client: FlaskClient, line: int) -> int:
    return client.get(f"/dong/{line}").status_code


def change(app: Flask, line: int, **values: object) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        found = session.get_one(LogLine, line)
        for name, value in values.items():
            setattr(found, name, value)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(TODAY, 404), (YESTERDAY, 200), (LONG_AGO, 200), (TODAY - timedelta(days=31), 404)],
)
def test_a_colleague_follows_the_days_of_the_board_alone(
    app: Flask, colleague: FlaskClient, world: World, day: date, expected: int
) -> None:
    assert status(colleague, written_by(app, world, "head", day)) == expected


def test_a_shorter_limit_holds_for_single_lines_too(
    app: Flask, colleague: FlaskClient, sign_in: SignIn, world: World
) -> None:
    line, own = (written_by(app, world, persona, LONG_AGO) for persona in ("head", "staff"))
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.add(
            DiaryRule(limit=DiaryLimit.BOARD_DAYS, value=10, valid_from=SINCE, basis="Quy chế")
        )
    assert status(colleague, line) == 404
    assert status(colleague, own) == 200
    assert status(sign_in("unit_officer"), line) == 200


def test_what_was_taken_back_is_gone_for_colleagues(
    app: Flask, colleague: FlaskClient, sign_in: SignIn, world: World
) -> None:
    line = written_by(app, world, "head")
    change(app, line, current=False, removed_at=AT)
    assert status(colleague, line) == 404
    assert status(sign_in("head"), line) == 200


def test_a_restricted_line_is_not_followed_by_colleagues(
    app: Flask, colleague: FlaskClient, sign_in: SignIn, world: World
) -> None:
    line = written_by(app, world, "head")
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.get_one(TaskVersion, world.task).kind = TaskKind.SECRET
    assert status(colleague, line) == 404
    assert PRODUCT not in page(sign_in("unit_officer"), f"/dong/{line}")


def test_all_that_was_told_is_read_by_the_writer_and_who_answers_for_them(
    app: Flask, colleague: FlaskClient, sign_in: SignIn, world: World
) -> None:
    line = written_by(app, world, "head")
    change(
        app,
        line,
        document_number="2173-CV/BTCTW",
        pages=12,
        place=WorkPlace.GRASS_ROOTS,
        evidence="Tủ số 7",
        note="Đã gửi bản giấy",
    )
    told = {"2173-CV/BTCTW", "12 trang", "Ở cơ sở", "Tủ số 7", "Đã gửi bản giấy", OWN_CANARY}
    for persona in ("head", "unit_officer"):
        read = page(sign_in(persona), f"/dong/{line}")
        assert {text for text in told if text in read} == told
    read = page(colleague, f"/dong/{line}")
    assert not {text for text in told if text in read}
    assert PRODUCT in read


def test_a_deputy_follows_the_lines_that_they_judge(
    app: Flask, colleague: FlaskClient, world: World
) -> None:
    line = written_by(app, world, "unit_officer", TODAY)
    assert status(colleague, line) == 404
    with app.app_context(), Session(db.engine) as session, session.begin():
        deputy, head = (person_of(session, world, each) for each in ("staff", "head"))
        unit = session.get_one(Unit, world.unit)
        make_grant(session, deputy, Role.DEPUTY, unit).granted_by_id = head.id
    assert OWN_CANARY in page(colleague, f"/dong/{line}")
