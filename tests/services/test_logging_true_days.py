"""Every position that one holds is logged on, as worded that day; long and many days are true."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import SheetRefused
from catalogue.domain.words import AssignmentKind, TaskKind
from catalogue.importers import foundation
from catalogue.models import Assignment, Establishment, PersonDay, TaskVersion
from catalogue.queries.diary_limits import limits_on
from catalogue.queries.tasks import own_tasks
from catalogue.services import describing, founding, logging_work
from tests.drafts import whole_record
from tests.making import AT, TODAY, make_description, task_versions
from tests.own_diary import DAY, Diary

SEED = Path(__file__).parents[2] / "seed" / "btctw_2752_2765"


@pytest.fixture
def diary(session: Session) -> Diary:
    return Diary(session)


def refused_lines(diary: Diary, *drafts: LineDraft, day: date = DAY) -> list[int | None]:
    """Which lines of the sheet are refused for their task."""
    with pytest.raises(SheetRefused) as refused:
        diary.save(*drafts, day=day)
    return [each.line for each in refused.value.refusals if each.field == "task"]


def tasks_of(diary: Diary, position: int) -> list[TaskVersion]:
    """Describe one more position of the office."""
    office = diary.office
    described = make_description(
        diary.session, office.positions[position], office.agency, ("Việc riêng của vị trí",)
    )
    return task_versions(diary.session, described)


def hold_too(diary: Diary, position: int, since: date) -> Assignment:
    """Let the holder hold one more position from a day on."""
    place = Establishment(
        unit_id=diary.office.unit.id,
        position_id=diary.office.positions[position].position_id,
        headcount=1,
        valid_from=since,
    )
    diary.session.add(place)
    diary.session.flush()
    held = Assignment(
        person_id=diary.person.id,
        establishment_id=place.id,
        kind=AssignmentKind.CONCURRENT,
        valid_from=since,
    )
    diary.session.add(held)
    diary.session.flush()
    return held


def test_both_positions_of_a_person_are_logged_on_each_under_its_own(diary: Diary) -> None:
    driving, foreign = tasks_of(diary, 2), tasks_of(diary, 0)
    held = hold_too(diary, 2, since=DAY)
    offered = [task.task_version_id for task in own_tasks(diary.session, diary.person.id, DAY)]
    assert offered == [task.id for task in (*diary.tasks, *driving)]
    drive = LineDraft(driving[0].id, 90, product="Chuyến xe")
    diary.save(diary.draft(60), drive)
    sums = select(Assignment.kind, PersonDay.standard_minutes).join(
        Assignment, Assignment.id == PersonDay.assignment_id
    )
    assert dict(diary.session.execute(sums).tuples().all()) == {
        AssignmentKind.PRIMARY: 60,
        held.kind: 90,
    }
    stranger = LineDraft(foreign[0].id, 5, product="Quyết định")
    assert refused_lines(diary, diary.draft(), stranger) == [1]
    assert refused_lines(diary, diary.draft(), drive, day=DAY - timedelta(days=1)) == [1]


def test_a_month_of_27_long_and_short_days_passes_the_limits_of_the_seed(diary: Diary) -> None:
    """More days than the month's 21 standard ones; 10,19 hours a day, and a driver's 2,6."""
    founding.lay_rules(diary.session, foundation.read(SEED))
    diary.session.flush()
    days = [date(2024, 3, number) for number in range(1, 28)]
    told = {day: (612, 156)[place % 2] for place, day in enumerate(days)}
    for day, minutes in told.items():
        overtime = day.weekday() >= 5
        logging_work.save_sheet(
            diary.session,
            [diary.draft(minutes, overtime=overtime)],
            day=day,
            today=day,
            by=diary.person.id,
            at=AT,
        )
    sums = select(PersonDay.day, PersonDay.standard_minutes + PersonDay.overtime_minutes)
    assert dict(diary.session.execute(sums).tuples().all()) == told
    at_weekends = select(func.count()).where(PersonDay.overtime_minutes > 0)
    assert diary.session.scalar(at_weekends) == 8
    with pytest.raises(SheetRefused, match="quá 7 ngày"):
        diary.save(diary.draft(), day=days[-1])


def test_every_kind_of_task_that_leaves_no_product_has_its_cap_in_the_seed(diary: Diary) -> None:
    founding.lay_rules(diary.session, foundation.read(SEED))
    diary.session.flush()
    capped = limits_on(diary.session, DAY).productless
    assert set(capped) == set(TaskKind) - {TaskKind.PRODUCT}


def test_a_task_is_logged_on_in_the_wording_of_the_day_alone(diary: Diary) -> None:
    office, former = diary.office, diary.tasks[0]
    source = describing.Source(
        file_name="lan-hai.docx",
        sha256=sha256(b"lan hai").hexdigest(),
        valid_from=TODAY,
        agency_id=office.agency.id,
    )
    record = whole_record(office.positions[1].name)
    describing.record_descriptions(diary.session, [record], source, by=None, at=AT)
    (present,) = diary.session.scalars(
        select(TaskVersion).where(
            TaskVersion.task_id == former.task_id, TaskVersion.id != former.id
        )
    )
    worded = {
        day: LineDraft(task.id, 60, product="Báo cáo")
        for day, task in ((DAY, former), (TODAY, present))
    }
    assert refused_lines(diary, worded[TODAY], day=DAY) == [0]
    assert refused_lines(diary, worded[DAY], day=TODAY) == [0]
    for day, draft in worded.items():
        diary.save(draft, day=day)
    assert diary.minutes() == [60, 60]
