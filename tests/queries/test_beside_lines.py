"""What stands beside the lines of a person's days: read at once, each kind with its own meaning."""

from datetime import timedelta

from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.pending import PendingKind, PendingState
from catalogue.domain.words import TaskKind
from catalogue.domain.work_items import WorkItemState
from catalogue.models import DiaryRule
from catalogue.queries import beside_lines, diary, own_days
from catalogue.queries.diary import OpenWork
from catalogue.queries.tasks import of_week, own_tasks
from tests.making import SINCE, TODAY
from tests.waiting_hours import TITLE, Waiting


def test_hours_that_wait_open_work_and_limits_are_read_together(session: Session) -> None:
    waiting = Waiting(session)
    holder, first = waiting.office.holder.id, TODAY - timedelta(days=1)
    later, sooner = waiting.tell(), waiting.tell(30, day=first)
    late, soon = waiting.work(due_in=9), waiting.work(due_in=2)
    for limit, kind in (
        (DiaryLimit.BACKFILL_DAYS, None),
        (DiaryLimit.PRODUCTLESS_MINUTES, TaskKind.STUDY),
    ):
        session.add(DiaryRule(limit=limit, kind=kind, value=7, basis="Đặt", valid_from=SINCE))
    session.flush()
    beside = beside_lines.between(session, holder, first, TODAY, today=TODAY)
    told = ("Đón đoàn công tác", "Báo cáo đón đoàn")
    kinds = (PendingKind.UNPLANNED, PendingState.WAITING)
    assert beside.waiting == [
        (sooner.id, first, *kinds, 30, *told),
        (later.id, TODAY, *kinds, 60, *told),
    ]
    assert beside.work == [OpenWork(w.id, w.task_id, TITLE, w.due_on) for w in (soon, late)]
    assert (beside.limits.backfill_days, beside.limits.productless) == (7, {TaskKind.STUDY: 7})
    late.state = soon.state = WorkItemState.DROPPED
    session.flush()
    assert not beside_lines.between(session, holder, first, TODAY, today=TODAY).work
    (kept,) = beside_lines.between(session, holder, first, TODAY, today=TODAY, also=late.id).work
    assert kept.work_item_id == late.id


def test_statements_known_by_their_place_are_not_taken_for_one_another(session: Session) -> None:
    waiting = Waiting(session)
    holder = waiting.office.holder.id
    monday = TODAY - timedelta(days=TODAY.weekday())
    for _ in range(2):
        of_day = own_tasks(session, holder, TODAY)
        assert [task.text for task in of_day] == [task.text for task in waiting.tasks]
        assert of_week(session, holder, monday)[TODAY] == of_day
        assert diary.lines(session, holder, monday, TODAY) == []
        assert own_days.between(session, holder, TODAY, TODAY, today=TODAY).employed
