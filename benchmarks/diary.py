"""Writing the day: the processor's time of a sheet of five lines, against raw SQL of the same rows.

The floor is one transaction on the driver itself that inserts five lines and the day's sums,
nothing checked. Ours looks up who sends, what was sent before and what the rules need; by the page
it also reads the form, its token and the session. Every sheet is committed to the disk.
"""

import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.pages import TODAY, config
from benchmarks.province import AT, Province, province
from benchmarks.ratios import Ratio
from benchmarks.timing import ratio, timed
from catalogue.app import create_app
from catalogue.blueprints import clock
from catalogue.domain.diary import LineDraft
from catalogue.models import Assignment, TaskVersion
from catalogue.services import accounts, logging_work

LINES, MINUTES = 5, 30
_SHEETS = 40
_OPEN_DAYS = 7
_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
_RAW_LINE = (
    "INSERT INTO log_line (assignment_id, task_version_id, day, content, product, minutes,"
    " overtime, current, backfilled, entry_key, written_at)"
    " VALUES (?, ?, ?, 'Soạn thảo', 'Báo cáo', ?, 0, 1, 0, ?, ?)"
)
_RAW_DAY = (
    "INSERT INTO person_day (assignment_id, day, standard_minutes, overtime_minutes,"
    " product_minutes, accepted_minutes, pending_minutes) VALUES (?, ?, ?, 0, ?, 0, 0)"
    " ON CONFLICT DO UPDATE SET standard_minutes = standard_minutes + excluded.standard_minutes,"
    " product_minutes = product_minutes + excluded.product_minutes"
)


def measure() -> list[Ratio]:
    with province() as land:
        writing = _Writing(land)
        with _browser(land, writing) as by_page:
            ways = {"raw": writing.raw, "service": writing.service, "page": by_page}
            many = {name: _repeated(way) for name, way in ways.items()}
            taken = timed(many, rounds=7, clock=time.process_time)
    return [
        Ratio("CPU of a five-line sheet, service / raw SQL", ratio(taken, "service", "raw"), 8),
        Ratio("CPU of a five-line sheet, page / raw SQL", ratio(taken, "page", "raw"), 15),
    ]


class _Writing:
    """The same sheet in three ways, each time for another person's day."""

    def __init__(self, land: Province) -> None:
        self.engine = land.engine
        with Session(land.engine) as session:
            held = select(Assignment.id, Assignment.person_id).order_by(Assignment.id)
            self.seats = [(row[0], row[1]) for row in session.execute(held)]
            self.task = session.scalars(select(TaskVersion.id)).one()
        self.turn = count()

    def seat(self) -> tuple[int, int]:
        return self.seats[next(self.turn) % len(self.seats)]

    def raw(self) -> None:
        seat, day, minutes = self.seat()[0], TODAY.isoformat(), LINES * MINUTES
        line = (seat, self.task, day, MINUTES)
        connection = self.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(_RAW_LINE, [(*line, key, AT.isoformat(" ")) for key in _keys()])
        cursor.execute(_RAW_DAY, (seat, day, minutes, minutes))
        cursor.execute("COMMIT")
        connection.close()

    def service(self) -> None:
        person = self.seat()[1]
        drafts = [
            LineDraft(self.task, MINUTES, "Soạn thảo", "Báo cáo", entry_key=key) for key in _keys()
        ]
        with Session(self.engine) as session:
            logging_work.save_sheet(session, drafts, day=TODAY, today=TODAY, by=person, at=AT)
            session.commit()


@contextmanager
def _browser(land: Province, writing: _Writing) -> Iterator[Callable[[], None]]:
    """Sign one person in; each of the sheets goes to the next of the days that are open."""
    with Session(land.engine) as session:
        account = accounts.make_account(session, writing.seats[-1][1], "nguoi-do", by=None, at=AT)
        secret = accounts.sign_in(session, account.id, at=clock.now())
        session.commit()
    with TemporaryDirectory() as folder:
        client = create_app(config(str(land.engine.url), Path(folder))).test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
        found = _TOKEN.search(client.get("/ngay-cua-toi").get_data(as_text=True))
        assert found
        token, turn = found[1], count()
        yield lambda: _post(client, token, writing.task, next(turn))


def _post(client: FlaskClient, token: str, task: int, turn: int) -> None:
    fields = {"csrf_token": token}
    for number, key in enumerate(_keys()):
        line = {"entry_key": key, "task": task, "hours": "1p", "product": "Báo cáo"}
        fields |= {f"{number}-{name}": str(value) for name, value in line.items()}
    day = TODAY - timedelta(days=turn % _OPEN_DAYS)
    assert client.post(f"/ngay-cua-toi?ngay={day}", data=fields).status_code == 303


def _repeated(way: Callable[[], None]) -> Callable[[], None]:
    def repeat() -> None:
        for _ in range(_SHEETS):
            way()

    return repeat


def _keys() -> list[str]:
    return [str(uuid.uuid4()) for _ in range(LINES)]
