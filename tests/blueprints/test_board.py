"""A unit reads its own days from the day after, asks about lines, and nothing reaches others."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.board import QUESTIONS_A_DAY
from catalogue.domain.words import TaskKind
from catalogue.extensions import db
from catalogue.models import Absence, AuditEntry, LineQuestion, LogLine, Person, TaskVersion
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OTHER_CANARY, OTHER_PERSON, OWN_CANARY, World
from tests.making import AT, TODAY, make_line

YESTERDAY = TODAY - timedelta(days=1)
PRODUCT = "Biên bản của hôm trước"


@pytest.fixture(autouse=True)
def logged_yesterday(app: Flask, world: World) -> int:
    """One line of the staff's on the day before; its identifier."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), Session(db.engine) as session:
        line = session.get_one(LogLine, world.line)
        task = session.get_one(TaskVersion, world.task)
        told = make_line(
            session,
            line.assignment.person,
            task,
            day=YESTERDAY,
            content=OWN_CANARY,
            product=PRODUCT,
        )
        session.commit()
        return told.id


def page(client: FlaskClient, path: str = "/bang-cong-khai") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def ask(client: FlaskClient, line: int, text: str = "Sản phẩm này ở đâu?") -> int:
    return client.post(f"/bang-cong-khai/dong/{line}/y-kien", data={"text": text}).status_code


def test_members_read_the_day_before_with_products_and_without_notes(sign_in: SignIn) -> None:
    shown = page(sign_in("unit_officer"))
    assert PRODUCT in shown
    assert OWN_CANARY not in shown


def test_nothing_of_another_unit_is_on_it(sign_in: SignIn, world: World) -> None:
    client = sign_in("other_staff")
    assert PRODUCT not in page(client)
    assert client.get(f"/bang-cong-khai?don-vi={world.unit}").status_code == 404


@pytest.mark.parametrize("persona", ["organiser", "committee", "auditor"])
def test_who_reads_all_units_chooses_one(sign_in: SignIn, world: World, persona: str) -> None:
    assert PRODUCT in page(sign_in(persona), f"/bang-cong-khai?don-vi={world.unit}")


@pytest.mark.parametrize("days", [0, 31])
def test_today_and_days_long_past_are_not_read_line_by_line(sign_in: SignIn, days: int) -> None:
    day = TODAY - timedelta(days=days)
    assert sign_in("staff").get(f"/bang-cong-khai?ngay={day}").status_code == 404


def test_months_past_are_read_in_sums(sign_in: SignIn, world: World) -> None:
    shown = page(
        sign_in("organiser"), f"/bang-cong-khai/thang?don-vi={world.other_unit}&thang=2024-02"
    )
    assert OTHER_PERSON in shown
    assert "1,5" in shown
    assert OTHER_CANARY not in shown


def test_a_restricted_line_shows_the_tasks_code_and_hours_alone(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        db.session.execute(update(TaskVersion).values(kind=TaskKind.SECRET))
        task = db.session.get_one(TaskVersion, world.task).text
        db.session.commit()
    shown = page(sign_in("unit_officer"))
    assert "Nhiệm vụ 1" in shown
    assert PRODUCT not in shown
    assert task not in shown


def test_who_has_no_line_is_named_and_who_is_away_is_told_apart(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client, day = sign_in("staff"), YESTERDAY - timedelta(days=1)
    with app.app_context():
        person = db.session.get_one(LogLine, world.line).assignment.person
        name, person_id = person.name, person.id
    assert f"{name}</li>" in page(client, f"/bang-cong-khai?ngay={day}")
    with app.app_context():
        db.session.add(
            Absence(
                person_id=person_id,
                kind=AbsenceKind.ILLNESS,
                first_day=day,
                last_day=day,
                entered_by_id=person_id,
                entered_at=AT,
            )
        )
        db.session.commit()
    shown = page(client, f"/bang-cong-khai?ngay={day}")
    assert f"{name} (vắng mặt)" in shown
    assert AbsenceKind.ILLNESS.label not in shown


def test_a_day_off_names_nobody(sign_in: SignIn) -> None:
    shown = page(sign_in("staff"), f"/bang-cong-khai?ngay={date(2024, 4, 7)}")
    assert "Ngày nghỉ theo lịch" in shown
    assert "Chưa có dòng nhật ký của ngày này" not in shown


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


def test_a_printed_day_names_who_printed_it_and_is_written_down(
    sign_in: SignIn, app: Flask
) -> None:
    client = sign_in("unit_officer")
    printed = client.post("/bang-cong-khai/in").get_data(as_text=True)
    assert "Người in:" in printed
    assert datetime.now().astimezone().strftime("%Y") in printed
    with app.app_context():
        kinds = db.session.scalars(select(AuditEntry.action)).all()
    assert "board.printed" in kinds
