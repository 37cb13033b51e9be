"""Two people, or one person in two tabs, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Invalid
from catalogue.models import LogLine
from catalogue.services import correcting, logging_work
from tests.making import AT, TODAY
from tests.proofs.conftest import Say
from tests.proofs.ground import Ground, assert_sound

pytestmark = pytest.mark.proof
ROUNDS = 200


def test_of_two_corrections_of_one_line_exactly_one_wins(
    engine: Engine, ground: Ground, say: Say
) -> None:
    with Session(engine) as session:
        draft = LineDraft(ground.task, 60, product="Một trang")
        line = logging_work.log_line(session, draft, day=TODAY, today=TODAY, by=1, at=AT).id
        session.commit()
    together = Barrier(2)

    def correct(former: int, minutes: int) -> int | None:
        with Session(engine) as session:
            together.wait()
            try:
                draft = LineDraft(ground.task, minutes, product="Một trang")
                new = correcting.correct_line(session, former, draft, today=TODAY, by=1, at=AT).id
            except Conflict:
                return None
            session.commit()
            return new

    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            won = [new for new in pool.map(correct, (line, line), (30, 90)) if new is not None]
            assert len(won) == 1
            (line,) = won
    with Session(engine) as session:
        current = select(func.count(LogLine.id)).where(LogLine.current)
        assert session.scalars(current).one() == 1
        assert session.scalars(select(func.count(LogLine.id))).one() == ROUNDS + 1
    assert_sound(engine)
    say(f"{ROUNDS} pairs of corrections at once: {ROUNDS} won, {ROUNDS} refused")


def test_two_tabs_together_never_fill_a_day_beyond_24_hours(
    engine: Engine, ground: Ground, say: Say
) -> None:
    together = Barrier(2)

    def log(day: int) -> bool:
        with Session(engine) as session:
            together.wait()
            try:
                draft = LineDraft(ground.task, 13 * 60, product="Một trang")
                on = TODAY.replace(month=1, day=day)
                logging_work.log_line(session, draft, day=on, today=TODAY, by=1, at=AT)
            except Invalid:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        for day in range(1, 31):
            assert sorted(pool.map(log, (day, day))) == [False, True]
    assert_sound(engine)
    say("30 days, two lines of 13 hours at once each: one kept, one refused")
