"""Words about a line are held to the same check for secret papers as the line itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.errors import Invalid
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.domain.work_items import WorkItemState
from catalogue.models import DiaryRule, Judgement
from catalogue.services import (
    backfills,
    judging_work,
    objecting,
    questioning,
    work_items,
    work_judgements,
)
from catalogue.services.judging_work import Said
from catalogue.services.objecting import Decision
from tests.judged import Judged, make_judged
from tests.making import AT, SINCE, TODAY

NAMING = "Đã có tờ trình mật số 12"


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def _judged(office: Judged, reason: str) -> Judgement:
    said = Said(Verdict.NOT_ACCEPTED, reason)
    return judging_work.judge_line(office.session, office.line().id, said, office.as_head, at=AT)


def _judged_work(office: Judged, reason: str) -> object:
    item = office.work_item(WorkItemState.HANDED_IN)
    return work_judgements.judge(
        office.session, item.id, reason, 0, accepted=False, viewer=office.as_head, at=AT
    )


def _objected(office: Judged, text: str) -> int:
    word = _judged(office, "Thiếu số liệu")
    return objecting.object_to(
        office.session, word.id, text, today=TODAY, by=office.clerk.id, at=AT
    ).id


def _decided(office: Judged, answer: str) -> object:
    key = _objected(office, "Đủ số liệu")
    return objecting.decide(office.session, key, Decision(answer), office.as_chief, at=AT)


def _member(office: Judged, *, asks: bool) -> Viewer:
    return office.viewer(office.colleague if asks else office.clerk, Role.STAFF, office.room)


def _asked(office: Judged, text: str) -> int:
    asker = _member(office, asks=True)
    return questioning.ask(office.session, office.line().id, text, by=asker, at=AT).id


def _answered(office: Judged, text: str) -> object:
    key = _asked(office, "Ở đâu?")
    writer = _member(office, asks=False)
    return questioning.answer(office.session, key, text, by=writer, at=AT)


def _sent_back(office: Judged, reason: str) -> object:
    item = office.work_item(WorkItemState.HANDED_IN)
    return work_items.send_back(office.session, item.id, reason, 0, viewer=office.as_head, at=AT)


def _filled_in(office: Judged, reason: str) -> object:
    day = TODAY - timedelta(days=20)
    office.session.add(
        DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=7, basis="Mặc định", valid_from=SINCE)
    )
    by = office.clerk.id
    return backfills.ask(office.session, day, day, reason, today=TODAY, by=by, at=AT)


_SAYING = (
    *(_judged, _judged_work, _objected, _decided, _asked, _answered),
    *(_sent_back, _filled_in),
)


@pytest.mark.parametrize("say", _SAYING)
def test_what_is_said_of_a_line_names_no_secret_paper(
    office: Judged, say: Callable[[Judged, str], object]
) -> None:
    with pytest.raises(Invalid, match="văn bản mật") as refused:
        say(office, NAMING)
    assert refused.value.field in {"text", "reason", "answer"}
    say(office, "Đã có trong tủ")
