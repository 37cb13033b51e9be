"""Consent to fill in past days: asked with a reason, granted until a day, by who judges."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import BackfillConsent, DiaryRule
from catalogue.services import backfills
from tests.closing import DAY, Diary, make_diary
from tests.making import AT, SINCE, TODAY
from tests.services import approval

UNTIL = TODAY + timedelta(days=2)


@pytest.fixture
def diary(session: Session) -> Diary:
    session.add(
        DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=7, basis="Mặc định", valid_from=SINCE)
    )
    return make_diary(session)


def ask(
    diary: Diary, first: date = DAY, last: date = DAY, reason: str = "Đi công tác"
) -> BackfillConsent:
    return backfills.ask(diary.session, first, last, reason, today=TODAY, by=diary.holder, at=AT)


def decide(
    diary: Diary,
    made: BackfillConsent,
    until: date | None = UNTIL,
    answer: str = "",
    viewer: Viewer | None = None,
) -> BackfillConsent:
    by = viewer or approval.head(diary.office)
    return backfills.decide(diary.session, made.id, by, open_until=until, answer=answer, at=AT)


def test_a_day_past_the_window_opens_with_the_heads_consent_and_bears_the_mark(
    diary: Diary,
) -> None:
    diary.session.add(
        DiaryRule(limit=DiaryLimit.ON_TIME_DAYS, value=1, basis="Mặc định", valid_from=SINCE)
    )
    with pytest.raises(Invalid, match="đã quá 7 ngày"):
        diary.log()
    decide(diary, ask(diary))
    assert diary.log().backfilled
    with pytest.raises(Invalid, match="đã quá 7 ngày"):
        diary.log(day=date(2024, 3, 6))
    assert diary.broken() == []


def test_what_is_refused_says_why_and_opens_nothing(diary: Diary) -> None:
    made = ask(diary)
    with pytest.raises(Invalid, match="vì sao không đồng ý"):
        decide(diary, made, None)
    decide(diary, made, None, "Đã nhắc nhiều lần")
    with pytest.raises(Invalid, match="đã quá 7 ngày"):
        diary.log()
    with pytest.raises(Conflict, match="đã được trả lời"):
        decide(diary, made)


def test_only_who_judges_the_person_answers(diary: Diary) -> None:
    made = ask(diary)
    office = diary.office
    for viewer in (
        approval.viewer(office, office.holder, Role.HEAD),
        approval.officer(office),
        approval.viewer(office, office.organiser, Role.ORGANISER),
    ):
        with pytest.raises(NotAllowed):
            decide(diary, made, viewer=viewer)


def test_consent_ends_on_a_day_that_is_near(diary: Diary) -> None:
    made = ask(diary)
    for days in (-1, 61):
        with pytest.raises(Invalid, match="từ hôm nay đến 60 ngày tới"):
            decide(diary, made, TODAY + timedelta(days=days))


def test_a_request_that_makes_no_sense_is_refused(diary: Diary) -> None:
    for first, last, reason, says in (
        (DAY, DAY, "", "vì sao chưa ghi"),
        (DAY, DAY - timedelta(days=1), "x", "hãy chọn từ"),
        (DAY, TODAY + timedelta(days=1), "x", "ngày đã qua"),
        (date(2024, 3, 1), date(2024, 4, 1), "x", "không quá 31 ngày"),
        (TODAY, TODAY, "x", "còn trong thời hạn"),
    ):
        with pytest.raises(Invalid, match=says):
            ask(diary, first, last, reason)


def test_the_same_days_are_asked_for_once_and_never_of_a_closed_month(diary: Diary) -> None:
    ask(diary)
    with pytest.raises(Conflict, match="đang chờ trả lời"):
        ask(diary, DAY - timedelta(days=1))
    diary.close()
    with pytest.raises(Conflict, match="đề nghị điều chỉnh"):
        ask(diary, date(2024, 3, 11), date(2024, 3, 12))
