"""A day's sheet is written whole or not at all, once however often it is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.errors import Conflict, Invalid, NotFound, SheetRefused
from catalogue.domain.judging import Verdict
from catalogue.models import (
    BackfillConsent,
    LogLine,
    PersonDay,
    PinnedTask,
)
from catalogue.queries import own_days
from catalogue.services import absences, closing_days, correcting, logging_weeks, pins
from catalogue.services.logging_weeks import WeekRefused
from tests.making import AT, TODAY, make_description, task_versions
from tests.own_diary import DAY, Diary, key


@pytest.fixture
def diary(session: Session) -> Diary:
    return Diary(session)


def test_a_sheet_with_one_line_refused_writes_none_and_tells_every_reason(diary: Diary) -> None:
    with pytest.raises(SheetRefused) as refused:
        diary.save(diary.draft(), diary.draft(product=None), diary.draft(0), diary.draft(1500))
    found = [(each.line, each.field) for each in refused.value.refusals]
    assert found == [(1, "product"), (2, "hours"), (3, "hours"), (3, "hours")]
    assert diary.minutes() == []


def test_a_repeat_answers_the_same_lines_and_a_partial_one_writes_what_was_new(
    diary: Diary,
) -> None:
    first = diary.save(diary.draft(10, entry_key=key(1)), diary.draft(20, entry_key=key(2)))
    again = diary.save(diary.draft(10, entry_key=key(1)), diary.draft(20, entry_key=key(2)))
    assert (again.line_ids, again.repeated) == (first.line_ids, 2)
    partly = diary.save(diary.draft(30, entry_key=key(3)), diary.draft(20, entry_key=key(2)))
    assert partly.line_ids[1] == first.line_ids[1]
    assert (partly.repeated, diary.minutes()) == (1, [10, 20, 30])
    assert diary.session.scalars(select(PersonDay.standard_minutes)).one() == 60


def test_a_key_that_told_another_thing_is_refused_at_its_line_and_changes_nothing(
    diary: Diary,
) -> None:
    diary.save(diary.draft(10, entry_key=key(1)))
    for changed in ({"minutes": 11}, {"content": "Khác"}, {"overtime": True}):
        draft = diary.draft(**{"minutes": 10, "entry_key": key(1)} | changed)  # type: ignore[arg-type]
        with pytest.raises(SheetRefused) as refused:
            diary.save(diary.draft(20, entry_key=key(2)), draft)
        assert [(each.line, each.field) for each in refused.value.refusals] == [(1, "task")]
    with pytest.raises(SheetRefused, match="nội dung khác"):
        diary.save(diary.draft(10, entry_key=key(1)), day=TODAY)
    assert diary.minutes() == [10]


def test_a_repeat_of_what_is_gone_writes_nothing_and_says_so(diary: Diary) -> None:
    sheet = [diary.draft(10, entry_key=key(1)), diary.draft(20, entry_key=key(2))]
    first, second = diary.save(*sheet).line_ids
    correcting.remove_line(diary.session, second, **diary.now())
    again = diary.save(*sheet)
    assert (again.line_ids, again.repeated, again.gone) == ([first, second], 2, [1])
    assert diary.minutes() == [10]


def test_a_refusal_of_a_partial_repeat_names_the_line_of_the_sheet_that_was_sent(
    diary: Diary,
) -> None:
    diary.save(diary.draft(10, entry_key=key(1)))
    with pytest.raises(SheetRefused) as refused:
        diary.save(diary.draft(10, entry_key=key(1)), diary.draft(product=None, entry_key=key(2)))
    assert [each.line for each in refused.value.refusals] == [1]


def test_another_persons_key_is_refused_and_tells_nothing(diary: Diary) -> None:
    diary.save(diary.draft(entry_key=key(1)))
    with pytest.raises(Conflict, match="Mã gửi này đã được dùng"):
        diary.save(diary.draft(entry_key=key(1)), by=diary.office.head.id)


def test_a_line_is_taken_away_and_put_back_once(diary: Diary) -> None:
    (line_id,) = diary.save(diary.draft(45, entry_key=key(1))).line_ids
    arguments = diary.now()
    removed = correcting.remove_line(diary.session, line_id, **arguments)
    assert (removed.current, removed.removed_at, diary.minutes()) == (False, AT, [])
    assert diary.session.scalars(select(func.count(PersonDay.day))).one() == 0
    back = [correcting.restore_line(diary.session, line_id, **arguments).id for _ in range(2)]
    assert back[0] == back[1] != line_id
    assert diary.minutes() == [45]


def test_a_settled_line_is_neither_corrected_nor_taken_away(diary: Diary) -> None:
    (line_id,) = diary.save(diary.draft()).line_ids
    arguments = diary.now()
    for verdict in (Verdict.ACCEPTED, Verdict.LATE):
        diary.session.get_one(LogLine, line_id).verdict = verdict
        diary.session.flush()
        with pytest.raises(Conflict, match="đã được đánh giá"):
            correcting.remove_line(diary.session, line_id, **arguments)
    diary.session.get_one(LogLine, line_id).verdict = Verdict.CORRECTION
    diary.session.flush()
    line = correcting.correct_line(diary.session, line_id, diary.draft(30), **arguments)
    assert (line.verdict, line.supersedes_id) == (None, line_id)


def test_a_closed_day_takes_nothing_until_its_person_opens_it(diary: Diary) -> None:
    arguments = diary.now()
    closings = [closing_days.close(diary.session, DAY, **arguments).id for _ in range(2)]
    assert closings[0] == closings[1]
    with pytest.raises(Invalid, match="đã chốt"):
        diary.save(diary.draft())
    closing_days.reopen(diary.session, DAY, **arguments)
    diary.save(diary.draft())
    assert diary.minutes() == [60]


def test_a_closed_month_stays_as_it_is(diary: Diary) -> None:
    (line_id,) = diary.save(diary.draft()).line_ids
    arguments = diary.now()
    closing_days.close(diary.session, DAY, **arguments)
    diary.close_month()
    with pytest.raises(Invalid, match="đã khóa"):
        diary.save(diary.draft())
    with pytest.raises(Invalid, match="đã khóa"):
        correcting.remove_line(diary.session, line_id, **arguments)
    with pytest.raises(Conflict, match="đã khóa"):
        closing_days.reopen(diary.session, DAY, **arguments)
    with pytest.raises(Conflict, match=r"[Đđ]ã khóa"):
        absences.enter(diary.session, diary.person.id, AbsenceKind.MISSION, DAY, DAY, by=1, at=AT)


def test_consent_opens_a_day_that_is_too_long_past_and_its_lines_bear_the_mark(
    diary: Diary,
) -> None:
    long_past = TODAY - timedelta(days=40)
    diary.limit(DiaryLimit.BACKFILL_DAYS, 7)
    diary.limit(DiaryLimit.ON_TIME_DAYS, 1)
    with pytest.raises(Invalid, match="quá 7 ngày được ghi bù"):
        diary.save(diary.draft(), day=long_past)
    consent = BackfillConsent(
        person_id=diary.person.id,
        first_day=long_past,
        last_day=long_past,
        reason="Đi công tác dài ngày",
        asked_at=AT,
        granted=True,
        open_until=TODAY,
        decided_by_id=diary.office.head.id,
        decided_at=AT,
    )
    diary.session.add(consent)
    diary.session.flush()
    (line_id,) = diary.save(diary.draft(), day=long_past).line_ids
    assert diary.session.get_one(LogLine, line_id).backfilled


def test_leave_closes_the_day_for_standard_hours_only(diary: Diary) -> None:
    leave, own = AbsenceKind.LEAVE, diary.person.id
    absence = absences.enter(diary.session, own, leave, DAY, DAY, by=own, at=AT)
    with pytest.raises(Invalid, match="bạn nghỉ"):
        diary.save(diary.draft())
    diary.save(diary.draft(overtime=True))
    days = own_days.between(diary.session, own, DAY, TODAY, today=TODAY)
    assert (days.standard([DAY]), days.standard([TODAY])) == (0, 480)
    absences.withdraw(diary.session, absence.id, by=own, at=AT)
    diary.save(diary.draft())
    assert diary.minutes() == [60, 60]


def test_an_absence_overlaps_no_other_and_no_hours_logged_in_standard_time(diary: Diary) -> None:
    own = diary.person.id
    diary.save(diary.draft())
    with pytest.raises(Conflict, match="đã ghi việc trong giờ chuẩn"):
        absences.enter(diary.session, own, AbsenceKind.LEAVE, DAY, TODAY, by=own, at=AT)
    absences.enter(diary.session, own, AbsenceKind.MISSION, DAY, TODAY, by=own, at=AT)
    with pytest.raises(Conflict, match="đã ghi «Đi công tác»"):
        absences.enter(diary.session, own, AbsenceKind.LEAVE, TODAY, TODAY, by=own, at=AT)
    with pytest.raises(Invalid, match="từ ngày bắt đầu"):
        absences.enter(diary.session, own, AbsenceKind.LEAVE, TODAY, DAY, by=own, at=AT)


def test_a_week_tells_the_refusals_of_every_day_at_once(diary: Diary) -> None:
    days = [TODAY - timedelta(days=each) for each in (2, 1, 0)]
    sheets = {
        days[0]: [diary.draft()],
        days[1]: [diary.draft(product=None)],
        days[2]: [diary.draft(), diary.draft(1500)],
    }
    with pytest.raises(WeekRefused) as refused:
        logging_weeks.save_week(diary.session, sheets, today=TODAY, by=diary.person.id, at=AT)
    found = {
        day: [(each.line, each.field) for each in refusals]
        for day, refusals in refused.value.refusals.items()
    }
    assert found == {days[1]: [(0, "product")], days[2]: [(1, "hours"), (1, "hours")]}


def test_only_tasks_of_an_own_position_are_pinned_each_once(diary: Diary) -> None:
    session, own, task_id = diary.session, diary.person.id, diary.tasks[0].task_id
    for _ in range(2):
        pins.pin(session, task_id, by=own, at=AT)
    assert session.scalars(select(PinnedTask.task_id)).all() == [task_id]
    other = make_description(session, diary.office.positions[2], diary.office.agency, ("Lái xe",))
    with pytest.raises(NotFound):
        pins.pin(session, task_versions(session, other)[0].task_id, by=own, at=AT)
    pins.unpin(session, task_id, by=own)
    assert session.scalars(select(PinnedTask.task_id)).all() == []
