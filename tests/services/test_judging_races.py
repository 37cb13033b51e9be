"""Two who judge the same work at once: one does, the other is told, nothing is doubled."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import CatalogueError, Conflict
from catalogue.domain.judging import Verdict
from catalogue.models import Judgement, LogLine, Objection
from catalogue.services import judging_work, logging_work, objecting
from catalogue.services.judging_work import Said
from catalogue.services.objecting import Decision
from tests.judged import MONDAY, Judged, make_judged
from tests.making import AT, TODAY

Deed = Callable[[Session], object]


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def at_once(engine: Engine, *deeds: Deed) -> Sequence[CatalogueError | None]:
    """Do all at the same moment, each in its own transaction; answers the refusals."""
    barrier = Barrier(len(deeds))

    def one(deed: Deed) -> CatalogueError | None:
        barrier.wait()
        with Session(engine) as session:
            try:
                deed(session)
            except CatalogueError as refusal:
                session.rollback()
                return refusal
            session.commit()
            return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def judging(office: Judged, line: LogLine, said: Said, *, chief: bool = False) -> Deed:
    viewer, key = office.as_chief if chief else office.as_head, line.id
    return lambda session: judging_work.judge_line(session, key, said, viewer, at=AT)


def accepting(office: Judged, *lines: LogLine, chief: bool = False) -> Deed:
    viewer, week = office.as_chief if chief else office.as_head, office.week(*lines)
    return lambda session: judging_work.accept_days(session, week, viewer, at=AT)


def test_one_of_two_words_on_a_line_is_said_and_the_other_told(
    office: Judged, engine: Engine
) -> None:
    line = office.line()
    deeds = (
        judging(office, line, Said(Verdict.NOT_ACCEPTED, "Thiếu")),
        judging(office, line, Said(Verdict.LATE, "Chậm"), chief=True),
        accepting(office, line),
    )
    office.session.commit()

    refusals = at_once(engine, *deeds)

    assert sum(refusal is None for refusal in refusals) == 1
    assert all(isinstance(refusal, Conflict) for refusal in refusals if refusal)
    ((_, said, _, _),) = office.words()
    assert office.session.get_one(LogLine, line.id, populate_existing=True).verdict == said
    assert office.sums_are_equal()


def test_a_week_accepted_by_two_is_accepted_once(office: Judged, engine: Engine) -> None:
    lines = [office.line(person) for person in (office.clerk, office.colleague)]
    deeds = (accepting(office, *lines), accepting(office, *lines[::-1], chief=True))
    office.session.commit()

    refusals = at_once(engine, *deeds)

    assert [type(refusal) for refusal in refusals].count(Conflict) == 1
    assert office.session.scalar(select(func.count()).select_from(Judgement)) == 2
    assert office.sums_are_equal()


def test_a_line_written_while_its_day_is_accepted_is_not_accepted(
    office: Judged, engine: Engine
) -> None:
    line = office.line()
    draft, clerk = LineDraft(office.task.id, 30, product="Thêm"), office.clerk.id

    def writing(session: Session) -> object:
        return logging_work.log_line(session, draft, day=MONDAY, today=TODAY, by=clerk, at=AT)

    deeds = (accepting(office, line), writing)
    office.session.commit()

    at_once(engine, *deeds)

    accepted = select(LogLine.id).where(LogLine.verdict == Verdict.ACCEPTED)
    assert set(office.session.scalars(accepted)) <= {line.id}
    assert office.sums_are_equal()


def test_an_objection_is_decided_by_one_of_two(office: Judged, engine: Engine) -> None:
    line = office.line()
    said = Said(Verdict.NOT_ACCEPTED, "Thiếu")
    word = judging_work.judge_line(office.session, line.id, said, office.as_head, at=AT)
    made = objecting.object_to(
        office.session, word.id, "Đủ rồi", today=TODAY, by=office.clerk.id, at=AT
    )
    key, viewer = made.id, office.as_chief
    deeds: list[Deed] = [
        lambda session: objecting.decide(session, key, Decision("Vẫn thiếu"), viewer, at=AT),
        lambda session: objecting.decide(
            session, key, Decision("Đủ", Verdict.ACCEPTED), viewer, at=AT
        ),
    ]
    office.session.commit()

    refusals = at_once(engine, *deeds)

    assert [type(refusal) for refusal in refusals].count(Conflict) == 1
    stands = office.session.get_one(Objection, key, populate_existing=True)
    changed = office.session.get_one(LogLine, line.id, populate_existing=True).verdict
    assert (stands.outcome == "changed") == (changed is Verdict.ACCEPTED)
    assert office.sums_are_equal()
