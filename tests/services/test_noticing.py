"""People are told of the diary once each, and who was away or has written is left in peace."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.errors import Invalid
from catalogue.domain.notices import Channel, NoticeKind, QuietHours
from catalogue.domain.words import DayKind, Role
from catalogue.domain.work_items import WorkItemState
from catalogue.models import (
    Absence,
    Account,
    Assignment,
    CalendarDay,
    DayClosing,
    Notice,
    Person,
    Unit,
    WorkItem,
)
from catalogue.queries import missing_days, notices
from catalogue.services import noticing
from tests.drafts import Office, make_office
from tests.making import (
    AT,
    TODAY,
    make_account,
    make_grant,
    make_line,
    make_person,
    task_versions,
)

YESTERDAY = TODAY - timedelta(days=1)
NOON = time(12)


@pytest.fixture
def office(session: Session) -> Office:
    """An office whose holder has an account and has written nothing."""
    session.add(CalendarDay(day=date(2024, 1, 1), kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
    office = make_office(session)
    holder = make_person(
        session, "Người Giữ Việc", unit=office.unit, position_id=office.present.position_id
    )
    make_account(session, holder, "nguoigiu").email = "nguoigiu@tinh.example"
    session.flush()
    return office


def holder(office: Office) -> Person:
    return office.session.scalars(select(Person).where(Person.name == "Người Giữ Việc")).one()


def nudge(office: Office, day: date = TODAY) -> list[str]:
    noticing.nudge(office.session, today=day, at=AT)
    query = select(Person.name).join(Notice, Notice.person_id == Person.id)
    query = query.where(Notice.kind == NoticeKind.DAY_MISSING)
    return list(office.session.scalars(query))


def test_who_wrote_nothing_is_reminded_once_the_next_morning(office: Office) -> None:
    assert nudge(office) == ["Người Giữ Việc"]
    assert nudge(office) == ["Người Giữ Việc"]


def test_a_monday_reminds_of_the_friday(office: Office) -> None:
    nudge(office, date(2024, 4, 8))
    assert office.session.scalars(select(Notice.about_day)).all() == [date(2024, 4, 5)]


def test_nobody_is_reminded_of_a_year_without_a_calendar(office: Office) -> None:
    assert notices.last_working_day(office.session, date(2025, 1, 3)) == date(2024, 12, 31)
    assert notices.last_working_day(office.session, date(2025, 2, 3)) is None


def test_who_has_written_is_left_in_peace(office: Office) -> None:
    task = task_versions(office.session, office.present)[0]
    make_line(office.session, holder(office), task, day=YESTERDAY)
    assert nudge(office) == []


def away(office: Office, kind: AbsenceKind, first: date = YESTERDAY, *, half: bool = False) -> None:
    person = holder(office)
    office.session.add(
        Absence(
            person_id=person.id,
            kind=kind,
            first_day=first,
            last_day=TODAY,
            half=half,
            entered_by_id=person.id,
            entered_at=AT,
        )
    )
    office.session.flush()


@pytest.mark.parametrize("kind", AbsenceKind)
def test_leave_excuses_and_a_mission_or_a_course_does_not(
    office: Office, kind: AbsenceKind
) -> None:
    away(office, kind)
    assert nudge(office) == ([] if kind.lowers_standard else ["Người Giữ Việc"])


def test_half_a_day_of_leave_does_not_excuse_and_two_halves_do(office: Office) -> None:
    away(office, AbsenceKind.LEAVE, half=True)
    assert missing_days.without_lines(office.session, YESTERDAY) == [holder(office).id]
    away(office, AbsenceKind.ILLNESS, half=True)
    assert nudge(office) == []


def test_who_closed_the_day_is_left_in_peace_until_it_is_opened_again(office: Office) -> None:
    closing = DayClosing(person_id=holder(office).id, day=YESTERDAY, closed_at=AT)
    office.session.add(closing)
    assert nudge(office) == []
    closing.reopened_at = AT
    assert nudge(office) == ["Người Giữ Việc"]


def test_who_holds_two_first_positions_is_reminded_once(office: Office) -> None:
    session = office.session
    held = session.scalars(
        select(Assignment).where(Assignment.person_id == holder(office).id)
    ).one()
    session.add(
        Assignment(
            person_id=held.person_id,
            establishment_id=held.establishment_id,
            kind=held.kind,
            valid_from=YESTERDAY,
        )
    )
    assert missing_days.without_lines(session, YESTERDAY) == [held.person_id]
    assert nudge(office) == ["Người Giữ Việc"]


def test_who_writes_after_the_reminder_was_made_is_told_no_more(office: Office) -> None:
    nudge(office)
    person = holder(office)
    assert len(notices.unread(office.session, person.id)) == 1
    task = task_versions(office.session, office.present)[0]
    make_line(office.session, person, task, day=YESTERDAY)
    assert (waiting(office), notices.unread(office.session, person.id)) == ([], [])
    assert len(notices.of_person(office.session, person.id)) == 1


def test_the_same_is_told_once_even_by_two_at_a_time(office: Office) -> None:
    person = holder(office).id

    def tell() -> int:
        return noticing.tell(
            office.session,
            [person, person],
            NoticeKind.ASSIGNED,
            "Bạn được giao việc",
            "/viec-nhieu-ngay/1",
            about=TODAY,
            key=1,
            at=AT,
        )

    assert (tell(), tell()) == (1, 0)


def summary(office: Office, unit: Unit | None) -> str:
    """What a head of the unit, or of all, is told of the week before."""
    session = office.session
    head = make_person(session, "Trưởng Đơn Vị")
    make_grant(session, head, Role.HEAD, unit)
    make_account(session, head, "truong")
    for _ in range(2):
        noticing.summarise_week(session, today=TODAY, at=AT)
    return session.scalars(select(Notice.text).where(Notice.person_id == head.id)).one()


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_head_is_told_how_last_week_went(office: Office, *, everywhere: bool) -> None:
    session, day = office.session, date(2024, 4, 3)
    task = task_versions(session, office.present)[0]
    make_line(session, holder(office), task, day=day, minutes=60)
    judged_later = make_line(session, holder(office), task, day=day, minutes=30)
    item = WorkItem(
        assignment_id=judged_later.assignment_id,
        task_id=task.task_id,
        title="Đề án",
        product="Đề án",
        quantity=1,
        assigned_on=day,
        due_on=TODAY,
        state=WorkItemState.OPEN,
    )
    session.add(item)
    session.flush()
    judged_later.work_item_id = item.id
    text = summary(office, None if everywhere else office.unit)
    assert text.startswith("Tuần 01/04–07/04/2024: ")
    assert "1:30 giờ" in text
    assert "1 dòng chờ đánh giá" in text


@pytest.mark.parametrize(("first", "silent"), [(1, 1), (2, 2)])
def test_who_was_on_leave_all_week_is_not_counted_as_silent(
    office: Office, first: int, silent: int
) -> None:
    away(office, AbsenceKind.LEAVE, date(2024, 4, first))
    assert f" {silent} người chưa có dòng nào" in summary(office, office.unit)


def waiting(office: Office, clock: time = NOON) -> list[str | None]:
    rows = notices.waiting(office.session, Channel.EMAIL, at=AT, clock=clock)
    return [each.email for each in rows]


def test_a_channel_carries_each_notice_once(office: Office) -> None:
    nudge(office)
    assert waiting(office) == ["nguoigiu@tinh.example"]
    notice = office.session.scalars(select(Notice.id)).one()
    noticing.carried(office.session, notice, Channel.EMAIL, at=AT)
    assert waiting(office) == []


def test_nobody_is_written_to_at_rest_nor_against_their_wish(office: Office) -> None:
    nudge(office)
    person = holder(office).id
    assert waiting(office, time(22)) == []
    noticing.choose(office.session, {}, time(11), time(13), by=person)
    assert waiting(office) == []
    assert waiting(office, time(22)) == ["nguoigiu@tinh.example"]
    noticing.choose(office.session, {Channel.EMAIL: False}, time(0), time(0), by=person)
    assert waiting(office) == []


def test_what_was_read_or_is_old_goes_out_no_more(office: Office) -> None:
    nudge(office)
    later = notices.waiting(office.session, Channel.EMAIL, at=AT + timedelta(days=3), clock=NOON)
    assert later == []
    own = holder(office).id
    (seen,) = notices.unread(office.session, own)
    noticing.tell(office.session, [own], NoticeKind.JUDGED, "Mới", "/", about=TODAY, at=AT)
    noticing.read(office.session, seen.notice_id, by=own, at=AT)
    assert [each.text for each in notices.unread(office.session, own)] == ["Mới"]
    noticing.read(office.session, seen.notice_id + 1, by=own, at=AT)
    assert waiting(office) == []


def test_an_account_that_is_closed_is_not_told(office: Office) -> None:
    account = office.session.scalars(select(Account).where(Account.username == "nguoigiu")).one()
    account.disabled = True
    office.session.flush()
    assert nudge(office) == []


def test_the_programs_own_channel_cannot_be_turned_off(office: Office) -> None:
    with pytest.raises(Invalid, match="luôn hiện"):
        noticing.choose(office.session, {Channel.PROGRAM: False}, time(0), time(0), by=1)


def test_quiet_hours_run_over_midnight() -> None:
    night = QuietHours(time(21), time(6, 30))
    assert [hour for hour in range(24) if time(hour) in night] == [0, 1, 2, 3, 4, 5, 6, 21, 22, 23]
    assert time(12) not in QuietHours(time(0), time(0))
