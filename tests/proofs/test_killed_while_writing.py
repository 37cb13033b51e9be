"""A process killed at any moment loses no line that it said was kept, and doubles none."""

import random
import time
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.models import LogLine
from tests.making import SINCE
from tests.proofs.conftest import Say, Start
from tests.proofs.ground import Ground, assert_sound
from tests.proofs.line_writer import send

pytestmark = pytest.mark.proof
TRIALS = {"sqlite": 50, "postgresql": 20}
LONGEST_LIFE = 0.6


def written(engine: Engine, keys: set[str]) -> int:
    with Session(engine) as session:
        lines = select(func.count(LogLine.id)).where(LogLine.entry_key.in_(keys))
        return session.scalars(lines).one()


def test_every_line_said_to_be_kept_is_there_once(
    engine: Engine, ground: Ground, start: Start, say: Say
) -> None:
    chance = random.Random(9)  # noqa: S311 (moments, no secret)
    trials, kept_in_all, unanswered, kept_unanswered = TRIALS[engine.dialect.name], 0, 0, 0
    for trial in range(trials):
        day = SINCE + timedelta(days=trial)
        url = engine.url.render_as_string(hide_password=False)
        writer = start("line_writer", url, ground.task, day)
        assert writer.stdout
        said = [writer.stdout.readline(), writer.stdout.readline()]  # it is under way
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        writer.kill()
        said += writer.communicate()[0].splitlines()
        sent = {words.split()[1] for words in said if words.startswith("sent ")}
        kept = {words.split()[1] for words in said if words.startswith("kept ")}

        assert written(engine, kept) == len(kept)
        unanswered += len(sent - kept)
        kept_unanswered += written(engine, sent - kept)
        for key in sent:  # what a browser does that got no answer, and one that did
            send(engine, ground.task, day, key)
        assert written(engine, sent) == len(sent)
        kept_in_all += len(kept)
    assert_sound(engine)
    say(
        f"{trials} kills, {kept_in_all} lines said to be kept, 0 lost, 0 doubled; "
        f"{unanswered} unanswered, of which {kept_unanswered} had been kept"
    )
