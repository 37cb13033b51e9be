"""A server killed in the middle of writing loses no acknowledged line and doubles none."""

import os
import random
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from threading import Timer

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.models import LogLine
from tests.making import TODAY
from tests.proofs.browsers import UNREACHED, Answered, Sent, send_all
from tests.proofs.conftest import Say
from tests.proofs.crowd import LINES, Sheet, at_their_page, open_sessions, settings_for
from tests.proofs.ground import assert_sound, lay
from tests.serving import free_port, stamp_tables, start_server, wait_for

pytestmark = pytest.mark.proof
KILLS = 50
PEOPLE = 40
WINDOW = 0.6
OPEN_DAYS = 8  # the server lays the limits of the diary: no older day may be filled in
PAGE, OUTBOX = 303, 200


def requests(sheets: Sequence[Sheet]) -> list[bytes]:
    """Send every other sheet by the page, the rest as a device hands in what it kept."""
    return [
        sheet.by_outbox() if place % 2 else sheet.by_page() for place, sheet in enumerate(sheets)
    ]


def kill(server: Popen[bytes]) -> None:
    """End the server with all that it started, at once and without a word."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def lines_of(engine: Engine, sheets: Sequence[Sheet]) -> Counter[str]:
    """Count the lines that stand under each key."""
    keys = [key for sheet in sheets for key in sheet.keys]
    counted = select(LogLine.entry_key, func.count()).where(LogLine.entry_key.in_(keys))
    with Session(engine) as session:
        rows = session.execute(counted.group_by(LogLine.entry_key)).all()
    return Counter({key: count for key, count in rows if key})


def assert_written(answer: Answered) -> None:
    assert answer.status in (PAGE, OUTBOX), answer.text[:500]
    if answer.status == OUTBOX:
        assert answer.text.count('"refusal":""') == LINES, answer.text


def all_once(sheets: Sequence[Sheet]) -> Counter[str]:
    return Counter(key for sheet in sheets for key in sheet.keys)


@dataclass(slots=True)
class Tally:
    """What came of the lines that were on their way when the server was killed."""

    acknowledged: int = 0
    unanswered: int = 0
    kept_unanswered: int = 0

    def count(self, engine: Engine, sheets: Sequence[Sheet], answers: Sequence[Answered]) -> None:
        """Look into the database while no server runs: what was acknowledged is all there."""
        told, untold = list[Sheet](), list[Sheet]()
        for sheet, answer in zip(sheets, answers, strict=True):
            if answer.status == UNREACHED:
                untold.append(sheet)
            else:
                assert_written(answer)
                told.append(sheet)
        assert lines_of(engine, told) == all_once(told)
        kept = [lines_of(engine, [sheet]).total() for sheet in untold]
        assert set(kept) <= {0, LINES}  # whole or not at all
        self.acknowledged += len(told) * LINES
        self.unanswered += len(untold) * LINES
        self.kept_unanswered += sum(kept)


def test_every_acknowledged_line_is_there_once_however_the_server_ends(
    engine: Engine, tmp_path: Path, say: Say
) -> None:
    chance, tally = random.Random(9), Tally()  # noqa: S311 (moments, no secret)
    with Session(engine) as session:
        ground = lay(session, PEOPLE)
    settings, port = settings_for(engine, tmp_path), free_port()
    stamp_tables(settings)
    secrets = open_sessions(engine, ground.people)
    server = start_server(settings, port)
    try:
        wait_for(port)
        people = at_their_page(port, settings, secrets)
        for trial in range(KILLS):
            day = TODAY - timedelta(days=trial % OPEN_DAYS)
            sheets = [Sheet(person, ground.task, day) for person in people]
            sent = requests(sheets)
            end = Timer(chance.uniform(0, WINDOW), kill, [server])
            end.start()
            answers = send_all(port, [Sent(chance.uniform(0, WINDOW), each) for each in sent])
            end.join()
            tally.count(engine, sheets, answers)

            server = start_server(settings, port)
            wait_for(port)
            for answer in send_all(port, [Sent(0, each) for each in sent]):
                assert_written(answer)
            assert lines_of(engine, sheets) == all_once(sheets)
    finally:
        kill(server)
    assert_sound(engine)
    say(
        f"{KILLS} kills, {tally.acknowledged} lines acknowledged, 0 lost, 0 doubled; "
        f"{tally.unanswered} unanswered, of which {tally.kept_unanswered} had been kept"
    )
