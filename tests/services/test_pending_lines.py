"""Hours without a task wait outside all totals, and become a line, a proposal, or nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.errors import (
    CatalogueError,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    SheetRefused,
)
from catalogue.domain.pending import Choice, PendingState
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, TaskKind
from catalogue.models import Absence, DayClosing, DiaryRule, LogLine, PendingLine, Person
from catalogue.queries import trace
from catalogue.services import correcting, mapping_pending, pending_lines
from tests.making import AT, SINCE, TODAY, make_line, make_person, make_unit
from tests.racing import at_once
from tests.waiting_hours import Waiting

KEY = "0" * 36
REASON = "Việc này không thuộc vị trí"
Deed = Callable[[Waiting, PendingLine], object]


@pytest.fixture
def waiting(session: Session) -> Waiting:
    return Waiting(session)


def give_back(waiting: Waiting, line: PendingLine, reason: str = REASON) -> PendingLine:
    head = waiting.viewer(waiting.office.head)
    return mapping_pending.give_back(
        waiting.session, line.id, reason, len(line.steps), viewer=head, at=AT
    )


def propose(waiting: Waiting, line: PendingLine, reason: str = REASON) -> PendingLine:
    head = waiting.viewer(waiting.office.head)
    return mapping_pending.propose(
        waiting.session, line.id, reason, len(line.steps), viewer=head, at=AT
    )


def decline(waiting: Waiting, line: PendingLine, by: Person | None = None) -> PendingLine:
    officer = waiting.viewer(by or waiting.office.officer)
    return mapping_pending.decline(
        waiting.session, line.id, REASON, len(line.steps), viewer=officer, at=AT
    )


def send_again(waiting: Waiting, line: PendingLine, minutes: int = 60, **told: object) -> None:
    pending_lines.send_again(
        waiting.session,
        line.id,
        waiting.draft(minutes, **told),
        today=TODAY,
        by=waiting.office.holder.id,
        at=AT,
    )


def remove(waiting: Waiting, line: PendingLine) -> None:
    by = waiting.office.holder.id
    pending_lines.remove(waiting.session, line.id, today=TODAY, by=by, at=AT)


def map_own(waiting: Waiting, line: PendingLine, by: Person | None = None) -> int:
    return mapping_pending.map_own(
        waiting.session,
        Choice(line.id, waiting.tasks[0].id, len(line.steps)),
        today=TODAY,
        by=(by or waiting.office.holder).id,
        at=AT,
    )


def test_told_hours_wait_outside_the_totals_and_are_told_once(waiting: Waiting) -> None:
    line = waiting.tell(90, entry_key=KEY, assigned_by="Chánh Văn phòng")
    assert waiting.tell(90, entry_key=KEY).id == line.id
    assert waiting.sums() == (0, 0, 90)
    waiting.assert_whole()
    draft, stranger = waiting.draft(entry_key=KEY), waiting.office.head.id
    with pytest.raises(Conflict, match="Mã gửi này đã được dùng"):
        pending_lines.tell(waiting.session, draft, day=TODAY, today=TODAY, by=stranger, at=AT)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"minutes": 0}, "lớn hơn 0"),
        ({"minutes": 1441}, "không quá 24"),
        ({"content": ""}, "hãy ghi đã làm việc gì"),
        ({"content": "Xử lý công văn số 12-BC/TU(M)"}, "văn bản mật"),
        ({"assigned_by": "Phòng TỐI MẬT"}, "văn bản mật"),
        ({"day": TODAY + timedelta(days=1)}, "chưa đến ngày này"),
        ({"day": SINCE - timedelta(days=1)}, "bạn không giữ vị trí này"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    waiting: Waiting, told: dict[str, object], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        waiting.tell(**told)  # type: ignore[arg-type]
    assert waiting.sums() == (0, 0, 0)


def test_a_day_holds_no_more_than_24_hours_waiting_ones_included(waiting: Waiting) -> None:
    make_line(waiting.session, waiting.office.holder, waiting.tasks[0], minutes=1380)
    with pytest.raises(SheetRefused, match="chỉ còn chỗ cho 1 giờ"):
        waiting.tell(61)
    waiting.tell(60)
    assert waiting.sums() == (1380, 0, 60)


def test_closed_days_leave_and_days_too_long_ago_take_no_hours(waiting: Waiting) -> None:
    session, holder = waiting.session, waiting.office.holder
    session.add(DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=7, basis="Thử", valid_from=SINCE))
    session.add(DayClosing(person_id=holder.id, day=TODAY, closed_at=AT))
    yesterday = TODAY - timedelta(days=1)
    leave = Absence(
        person_id=holder.id,
        first_day=yesterday,
        last_day=yesterday,
        kind=AbsenceKind.LEAVE,
        entered_by_id=holder.id,
        entered_at=AT,
    )
    session.add(leave)
    session.flush()
    for day, says in (
        (TODAY, "đã chốt"),
        (yesterday, "bạn nghỉ"),
        (TODAY - timedelta(days=8), "đã quá 7 ngày"),
    ):
        with pytest.raises(SheetRefused, match=says):
            waiting.tell(day=day)


def test_mapping_makes_a_line_that_traces_to_its_decision(waiting: Waiting) -> None:
    line = waiting.tell(90, note="Ngoài kế hoạch")
    line.backfilled = True
    (line_id,) = waiting.map(line)
    made = waiting.line(line_id)
    assert (made.pending_id, made.content, made.note) == (
        line.id,
        "Đón đoàn công tác",
        "Ngoài kế hoạch",
    )
    assert made.backfilled
    assert made.assignment.person_id == waiting.office.holder.id
    assert waiting.sums() == (90, 0, 0)
    assert waiting.state(line) is PendingState.MAPPED
    found = trace.of_line(waiting.session, line_id)
    assert found is not None
    assert found.document_number == "09-ĐA/TU"
    waiting.assert_whole()


def test_several_are_mapped_at_once_or_none(waiting: Waiting) -> None:
    whole, lacking = waiting.tell(60), waiting.tell(30, product=None)
    with pytest.raises(SheetRefused, match="phải ghi sản phẩm") as refused:
        waiting.map(whole, lacking)
    assert [each.line for each in refused.value.refusals] == [1]
    waiting.session.rollback()
    assert waiting.session.scalar(select(func.count(LogLine.id))) == 0
    again = [waiting.tell(60), waiting.tell(30)]
    assert len(waiting.map(*again)) == 2
    assert waiting.sums() == (90, 0, 0)


def test_who_maps_may_say_the_product_that_the_writer_did_not(waiting: Waiting) -> None:
    task, head = waiting.tasks[0].id, waiting.viewer(waiting.office.head)
    lacking, told = waiting.tell(30, product=None), waiting.tell(60)
    choices = [Choice(line.id, task, 0, "Báo cáo nhanh", 2) for line in (lacking, told)]
    ids = mapping_pending.map_to_tasks(waiting.session, choices, viewer=head, at=AT)
    made = [waiting.line(line_id) for line_id in ids]
    assert [(line.product, line.quantity) for line in made] == [
        ("Báo cáo nhanh", 2),
        ("Báo cáo đón đoàn", None),
    ]
    assert lacking.product is None
    assert [(step.person_id, step.note) for step in lacking.steps + told.steps] == [
        (waiting.office.head.id, "Ghi thêm sản phẩm: Báo cáo nhanh × 2"),
        (waiting.office.head.id, ""),
    ]
    secret = Choice(waiting.tell(product=None).id, task, 0, "Dự thảo TỐI MẬT")
    with pytest.raises(SheetRefused, match="văn bản mật"):
        mapping_pending.map_to_tasks(waiting.session, [secret], viewer=head, at=AT)


def test_a_day_closed_since_or_long_past_may_still_be_mapped(waiting: Waiting) -> None:
    line = waiting.tell(1440)
    waiting.session.add(DayClosing(person_id=waiting.office.holder.id, day=TODAY, closed_at=AT))
    waiting.session.flush()
    waiting.map(line)
    assert waiting.sums() == (1440, 0, 0)


def test_a_task_for_secret_papers_takes_no_words(waiting: Waiting) -> None:
    line = waiting.tell()
    waiting.tasks[0].kind = TaskKind.SECRET
    with pytest.raises(SheetRefused, match="chỉ ghi số giờ"):
        waiting.map(line)


@pytest.mark.parametrize("deed", [give_back, propose, Waiting.map])
def test_only_who_judges_decides_and_never_of_their_own(waiting: Waiting, deed: Deed) -> None:
    line, office = waiting.tell(), waiting.office
    other_unit = make_unit(waiting.session, "BTCTU", "Ban Tổ chức")
    other_head = make_person(waiting.session, "Mai Nơi Khác", role=Role.HEAD, role_unit=other_unit)
    for person, kind in (
        (office.officer, NotFound),
        (other_head, NotFound),
        (office.holder, NotAllowed),
    ):
        office.head = person
        with pytest.raises(kind):
            deed(waiting, line)
    assert waiting.state(line) is PendingState.WAITING


@pytest.mark.parametrize("deed", [give_back, Waiting.map, send_again, remove, map_own])
def test_a_closed_month_takes_and_loses_no_hours(waiting: Waiting, deed: Deed) -> None:
    line = waiting.unmatched()
    if deed is send_again:
        give_back(waiting, line)
    before = waiting.sums()
    waiting.close_month()
    with pytest.raises(SheetRefused, match="tháng 04/2024 đã khóa"):
        deed(waiting, line)
    assert waiting.sums() == before


@pytest.mark.parametrize("deed", [give_back, propose, Waiting.map, map_own])
def test_what_was_decided_meanwhile_is_shown_before_it_is_decided_again(
    waiting: Waiting, deed: Deed
) -> None:
    line = waiting.unmatched()
    as_read = PendingLine(id=line.id)
    give_back(waiting, line)
    send_again(waiting, line, content="Đón đoàn khác")
    with pytest.raises(Conflict, match="đã được người khác xử lý"):
        deed(waiting, as_read)


def test_what_is_returned_is_mended_and_sent_again_even_long_after(waiting: Waiting) -> None:
    waiting.session.add(
        DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=0, basis="Thử", valid_from=SINCE)
    )
    line = waiting.tell(60)
    with pytest.raises(Invalid, match="Lý do"):
        give_back(waiting, line, "")
    give_back(waiting, line)
    assert waiting.sums() == (0, 0, 0)
    line.day = TODAY - timedelta(days=3)
    waiting.session.flush()
    with pytest.raises(SheetRefused, match="đã quá 0 ngày"):
        send_again(waiting, line, minutes=61)
    send_again(waiting, line, minutes=45, content="Đón đoàn công tác của trung ương")
    assert waiting.sums(line.day) == (0, 0, 45)
    assert [step.note for step in line.steps] == [REASON, ""]
    waiting.assert_whole()
    propose(waiting, line)
    with pytest.raises(Conflict, match="chưa được trả lại"):
        send_again(waiting, line)


def test_a_proposal_waits_for_the_officers_who_may_send_it_back(waiting: Waiting) -> None:
    line = waiting.tell()
    propose(waiting, line)
    assert waiting.sums() == (0, 0, 60)
    with pytest.raises(NotFound):
        decline(waiting, line, by=waiting.office.head)
    decline(waiting, line)
    assert waiting.state(line) is PendingState.WAITING
    propose(waiting, line)
    waiting.map(line)
    assert waiting.sums() == (60, 0, 0)
    waiting.assert_whole()


def test_what_was_taken_back_counts_nowhere(waiting: Waiting) -> None:
    line = waiting.tell()
    with pytest.raises(NotFound):
        pending_lines.own(waiting.session, line.id, waiting.office.head.id)
    remove(waiting, line)
    assert waiting.sums() == (0, 0, 0)
    with pytest.raises(CatalogueError, match="không thể"):
        remove(waiting, line)
    waiting.assert_whole()


def test_ones_own_task_may_be_chosen_for_a_sheets_line_but_not_for_unplanned_work(
    waiting: Waiting,
) -> None:
    with pytest.raises(NotAllowed, match="do thủ trưởng gắn"):
        map_own(waiting, waiting.tell())
    line = waiting.unmatched()
    with pytest.raises(NotFound):
        map_own(waiting, line, by=waiting.office.head)
    made = waiting.line(map_own(waiting, line))
    assert made.pending_id == line.id
    assert waiting.sums() == (60, 0, 60)
    waiting.assert_whole()


def test_a_mapped_line_is_corrected_like_any_other(waiting: Waiting) -> None:
    (line_id,) = waiting.map(waiting.tell())
    correcting.remove_line(
        waiting.session, line_id, today=TODAY, by=waiting.office.holder.id, at=AT
    )
    assert waiting.sums() == (0, 0, 0)
    waiting.assert_whole()


def test_two_heads_map_a_line_once(waiting: Waiting, engine: Engine) -> None:
    office = waiting.office
    second = make_person(waiting.session, "Mai Phó", role=Role.HEAD, role_unit=office.unit)
    line = waiting.tell()
    choice = Choice(line.id, waiting.tasks[0].id, 0)
    viewers = [waiting.viewer(person) for person in (office.head, second)]
    waiting.session.commit()

    def mapping(viewer: Viewer) -> Callable[[Session], object]:
        return lambda own: mapping_pending.map_to_tasks(own, [choice], viewer=viewer, at=AT)

    refused = at_once(engine, *map(mapping, viewers))
    assert [type(each) for each in refused if each] == [Conflict]
    assert waiting.sums() == (60, 0, 0)
    waiting.assert_whole()
