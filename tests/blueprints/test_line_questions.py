"""Colleagues ask about lines of the board; the writer answers without knowing whom."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalogue.domain.board import QUESTIONS_A_DAY
from catalogue.extensions import db
from catalogue.models import LineQuestion, Person
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.boards import page, written_by


@pytest.fixture(autouse=True)
def logged_yesterday(app: Flask, world: World) -> int:
    """One line of the staff's on the day before; its identifier."""
    app.config["WTF_CSRF_ENABLED"] = False
    return written_by(app, world, "staff")


def ask(client: FlaskClient, line: int, text: str = "Sản phẩm này ở đâu?") -> int:
    return client.post(f"/bang-cong-khai/dong/{line}/y-kien", data={"text": text}).status_code


def test_a_question_reaches_its_writer_without_a_name_and_the_head_with_one(
    sign_in: SignIn, logged_yesterday: int, app: Flask, world: World
) -> None:
    assert ask(sign_in("unit_officer"), logged_yesterday) == 303
    with app.app_context():
        asker = db.session.scalars(
            select(Person.name).join(LineQuestion, LineQuestion.asked_by_id == Person.id)
        ).one()
    writer = page(sign_in("staff"))
    assert "Sản phẩm này ở đâu?" in writer
    assert f"{asker}, " not in writer
    assert f"{asker}, " in page(sign_in("head"))
    assert "Sản phẩm này ở đâu?" not in page(
        sign_in("committee"), f"/bang-cong-khai?don-vi={world.unit}"
    )


def test_a_head_who_is_asked_reads_no_name_though_they_read_those_of_others(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    line = written_by(app, world, "head")
    client = sign_in("unit_officer")
    sent = client.post(
        f"/bang-cong-khai/dong/{line}/y-kien", data={"text": "Bản ký đâu?"}, follow_redirects=True
    )
    assert "ai đánh giá người ấy thì thấy" in sent.text
    head = page(sign_in("head"))
    assert "Bản ký đâu?" in head
    assert "Nguyễn Văn unit_officer, " not in head


def test_the_writer_answers_once(sign_in: SignIn, logged_yesterday: int, app: Flask) -> None:
    ask(sign_in("unit_officer"), logged_yesterday)
    client = sign_in("staff")
    with app.app_context():
        question = db.session.scalars(select(LineQuestion.id)).one()
    path = f"/bang-cong-khai/y-kien/{question}"
    sent = {"text": "Trong tủ hồ sơ"}
    assert sign_in("head").post(path, data=sent).status_code == 404
    assert client.post(path, data=sent).status_code == 303
    assert client.post(path, data=sent).status_code == 409
    assert "Trong tủ hồ sơ" in page(sign_in("unit_officer"))


def test_nobody_asks_about_their_own_line_nor_one_that_is_on_no_board(
    sign_in: SignIn, world: World, logged_yesterday: int
) -> None:
    assert ask(sign_in("staff"), logged_yesterday) == 409
    assert ask(sign_in("other_staff"), logged_yesterday) == 404
    assert ask(sign_in("unit_officer"), world.line) == 404


def test_questions_have_a_measure_a_day(sign_in: SignIn, logged_yesterday: int, app: Flask) -> None:
    client = sign_in("unit_officer")
    answers = [ask(client, logged_yesterday) for _ in range(QUESTIONS_A_DAY + 1)]
    assert answers == [303] * QUESTIONS_A_DAY + [409]
    with app.app_context():
        assert db.session.scalar(select(func.count(LineQuestion.id))) == QUESTIONS_A_DAY
