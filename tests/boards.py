"""Lines of the day before, as they stand on the board of the small office of page tests."""

from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from catalogue.extensions import db
from catalogue.models import Account, Person, TaskVersion
from tests.blueprints.world import OWN_CANARY, World
from tests.making import TODAY, make_line

YESTERDAY = TODAY - timedelta(days=1)
PRODUCT = "Biên bản của hôm trước"


def person_of(session: Session, world: World, persona: str) -> Person:
    account = session.get_one(Account, world.people[persona])
    return session.get_one(Person, account.person_id)


def written_by(app: Flask, world: World, persona: str, day: date = YESTERDAY) -> int:
    """Write a line of a persona's own; its identifier."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        task = session.get_one(TaskVersion, world.task)
        person = person_of(session, world, persona)
        made = make_line(session, person, task, day=day, content=OWN_CANARY, product=PRODUCT)
        return made.id


def page(client: FlaskClient, path: str = "/bang-cong-khai") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text
