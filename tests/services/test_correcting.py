"""A line is mended by a new one: what was sent back always, and never out of its work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.domain.judging import Verdict
from catalogue.domain.work_items import WorkItemState
from catalogue.models import LogLine, PersonDay
from catalogue.queries import line_ties
from catalogue.services import correcting, logging_weeks, repeats
from tests.making import AT, TODAY, make_line
from tests.own_diary import Diary, key
from tests.waiting_hours import Waiting

LONG_PAST = TODAY - timedelta(days=20)


@pytest.fixture
def diary(session: Session) -> Diary:
    return Diary(session)


@pytest.mark.parametrize("verdict", [Verdict.CORRECTION, Verdict.NOT_ACCEPTED])
def test_what_was_sent_back_is_mended_after_the_window_by_no_more_hours(
    diary: Diary, verdict: Verdict
) -> None:
    (sent_back,) = diary.save(diary.draft(), day=LONG_PAST).line_ids
    (unjudged,) = diary.save(diary.draft(), day=LONG_PAST).line_ids
    diary.limit(DiaryLimit.BACKFILL_DAYS, 7)
    diary.line(sent_back, verdict)
    for line_id, minutes in ((sent_back, 61), (unjudged, 60)):
        with pytest.raises(SheetRefused, match="quá 7 ngày"):
            diary.correct(line_id, diary.draft(minutes))
    assert diary.correct(sent_back, diary.draft(50)).minutes == 50
    assert diary.minutes() == [60, 50]


def test_hours_told_in_time_stay_so_when_they_are_mended_and_only_more_are_filled_in_late(
    diary: Diary,
) -> None:
    early, late = (diary.save(diary.draft(), day=LONG_PAST).line_ids[0] for _ in range(2))
    diary.limit(DiaryLimit.ON_TIME_DAYS, 1)
    assert not diary.correct(early, diary.draft(60, content="Đã rõ hơn")).backfilled
    assert diary.correct(late, diary.draft(61)).backfilled
    (removed,) = diary.save(diary.draft(10)).line_ids
    correcting.remove_line(diary.session, removed, **diary.now())
    later, by = TODAY + timedelta(days=3), diary.person.id
    restored = correcting.restore_line(diary.session, removed, today=later, by=by, at=AT)
    assert not restored.backfilled


def test_a_corrected_line_stays_with_its_work_though_that_was_handed_in(diary: Diary) -> None:
    item, other = diary.work(), diary.work(WorkItemState.HANDED_IN)
    told = diary.draft(product=None, work_item_id=item.id)
    (line_id,) = diary.save(told).line_ids
    item.state = WorkItemState.HANDED_IN
    with pytest.raises(SheetRefused, match="đã nộp"):
        diary.correct(line_id, replace(told, work_item_id=other.id))
    corrected = diary.correct(line_id, replace(told, minutes=30))
    assert (corrected.work_item_id, corrected.minutes) == (item.id, 30)


def test_a_correction_sent_twice_answers_the_same_line_and_another_one_is_a_conflict(
    diary: Diary,
) -> None:
    (line_id,) = diary.save(diary.draft()).line_ids
    told = diary.draft(30, entry_key=key(7))
    assert diary.correct(line_id, told).id == diary.correct(line_id, told).id
    for other in (replace(told, minutes=20), replace(told, entry_key=key(8))):
        with pytest.raises(Conflict, match="sửa ở nơi khác"):
            diary.correct(line_id, other)
    assert diary.minutes() == [30]


def test_a_line_taken_away_twice_is_away_and_one_put_back_meanwhile_stays(diary: Diary) -> None:
    (line_id,) = diary.save(diary.draft()).line_ids
    for _ in range(2):
        assert correcting.remove_line(diary.session, line_id, **diary.now()).id == line_id
    correcting.restore_line(diary.session, line_id, **diary.now())
    with pytest.raises(Conflict):
        correcting.remove_line(diary.session, line_id, **diary.now())
    assert diary.minutes() == [60]


def test_a_line_made_of_unplanned_hours_says_so_however_often_it_was_corrected(
    session: Session,
) -> None:
    waiting = Waiting(session)
    told = waiting.tell()
    (line_id,) = waiting.map(told)
    for minutes in (50, 40):
        draft = replace(repeats.draft_of(session.get_one(LogLine, line_id)), minutes=minutes)
        by = waiting.office.holder.id
        line_id = correcting.correct_line(session, line_id, draft, today=TODAY, by=by, at=AT).id
    assert line_ties.of_line(session, line_id).pending_id == told.id
    plain = make_line(session, waiting.office.holder, waiting.tasks[0])
    assert not line_ties.of_line(session, plain.id)


def test_a_line_that_was_put_back_and_taken_away_again_is_not_said_to_be_back(
    diary: Diary,
) -> None:
    (line_id,) = diary.save(diary.draft()).line_ids
    correcting.remove_line(diary.session, line_id, **diary.now())
    again = correcting.restore_line(diary.session, line_id, **diary.now())
    assert correcting.restore_line(diary.session, line_id, **diary.now()).id == again.id
    correcting.remove_line(diary.session, again.id, **diary.now())
    with pytest.raises(Conflict, match="lại được bỏ"):
        correcting.restore_line(diary.session, line_id, **diary.now())


def test_undoing_takes_one_save_of_one_person_and_nothing_once_a_line_was_corrected(
    diary: Diary,
) -> None:
    moments = [AT + timedelta(seconds=second) for second in range(2)]
    days = [TODAY - timedelta(days=back) for back in (1, 0)]
    own, today = diary.person.id, TODAY
    weeks = [
        logging_weeks.save_week(
            diary.session,
            {day: [diary.draft(), diary.draft()] for day in days},
            today=today,
            by=own,
            at=at,
        )
        for at in moments
    ]
    first, second = (week[days[0]].line_ids[0] for week in weeks)
    with pytest.raises(NotFound):
        correcting.undo_save(diary.session, first, today=TODAY, by=diary.office.head.id, at=AT)
    gone = [correcting.undo_save(diary.session, first, **diary.now()) for _ in range(2)]
    assert [len(lines) for lines in gone] == [4, 0]
    diary.correct(second, diary.draft(50))
    with pytest.raises(Conflict, match="sửa ở nơi khác"):
        correcting.undo_save(diary.session, weeks[1][days[1]].line_ids[0], **diary.now())
    assert diary.minutes() == [60, 60, 60, 50]
    sums = diary.session.scalars(select(PersonDay.standard_minutes).order_by(PersonDay.day))
    assert sums.all() == [110, 120]
