"""What heads and the judged read: marks on lines, who waits for whom, one's own month."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.domain.own_month import OwnMonth
from catalogue.domain.roles import Viewer
from catalogue.domain.words import DayKind, Role
from catalogue.domain.work_items import WorkItemState
from catalogue.models import Absence, CalendarDay, DiaryRule, Judgement, LogLine, Objection
from catalogue.queries import (
    deputies,
    judged_lines,
    judgements,
    judges,
    judging_turns,
    objections,
    own_months,
    own_results,
)
from catalogue.queries.judging_turns import DaysWaiting, JudgingTurns
from catalogue.queries.objections import Part, Wanted
from catalogue.queries.own_results import Standing
from catalogue.services import judging_work, objecting
from catalogue.services.judging_work import Said
from catalogue.services.objecting import Decision
from tests.judged import MONDAY, TUESDAY, Judged, make_judged
from tests.making import AT, SINCE, TODAY

REJECT = Said(Verdict.NOT_ACCEPTED, "Thiếu số liệu")
APRIL = Month(2024, 4)


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def rejected(office: Judged, line: LogLine) -> Judgement:
    return judging_work.judge_line(office.session, line.id, REJECT, office.as_head, at=AT)


def turns(office: Judged, viewer: Viewer) -> JudgingTurns:
    known = judges.on(office.session, viewer.on)
    return judging_turns.of(office.session, viewer, known)


def objection_to(office: Judged, word: Judgement) -> Objection:
    return objecting.object_to(
        office.session, word.id, "Đủ rồi", today=TODAY, by=office.clerk.id, at=AT
    )


def test_a_line_shows_its_last_word_and_what_goes_beyond_the_norm(office: Judged) -> None:
    for minutes, since in ((2, SINCE), (5, TUESDAY)):
        office.session.add(
            DiaryRule(limit=DiaryLimit.MINUTES_A_PAGE, value=minutes, basis="Thử", valid_from=since)
        )
    line, later = office.line(minutes=90), office.line(day=TUESDAY, minutes=90)
    line.pages = later.pages = 20
    rejected(office, line)
    office.question(later)
    found = judged_lines.lines(office.session, [line.assignment_id], MONDAY, TUESDAY)
    ((first,), (second,)) = found[line.assignment_id].values()
    assert (first.overrun, first.verdict, first.reason) == (50, Verdict.NOT_ACCEPTED, REJECT.reason)
    assert (first.judge, first.blocks, first.waits) == ("Trần Thủ Trưởng", True, False)
    assert (second.overrun, second.questioned, second.blocks, second.waits) == (
        None,
        True,
        True,
        True,
    )


def test_days_wait_until_judged_with_their_work_item_or_closed(office: Judged) -> None:
    lines = [office.line(), office.line(), office.line(day=TUESDAY)]
    item_line = office.line(office.colleague)
    item_line.work_item_id = office.work_item().id
    office.session.flush()
    keys = [lines[0].assignment_id, item_line.assignment_id]
    asked = (office.session, keys, MONDAY, TODAY)
    assert judged_lines.waiting(*asked) == {lines[0].assignment_id: (2, MONDAY)}
    assert turns(office, office.as_head) == JudgingTurns(DaysWaiting(2, MONDAY), 0)
    office.close_month()
    assert judged_lines.waiting(*asked) == {}


def test_an_objection_waits_above_and_is_read_by_who_judged(office: Judged) -> None:
    made = objection_to(office, rejected(office, office.line()))
    for viewer, part in (
        (office.as_chief, Part.DECIDES),
        (office.as_head, Part.READS),
        (office.as_organiser, None),
        (office.viewer(office.clerk, Role.DEPUTY, office.office), None),
    ):
        found = objections.one(office.session, made.id, viewer)
        assert (found[1] if found else None) is part
        mine = objections.mine(office.session, viewer)
        found_in_list = [each[1] for each in objections.listed(office.session, mine, Wanted())]
        assert found_in_list == ([part] if part else [])
    assert turns(office, office.as_chief).objections == 1
    assert turns(office, office.as_head).objections == 0


def test_an_objection_to_a_line_that_was_corrected_waits_for_nobody(office: Judged) -> None:
    line = office.line()
    made = objection_to(office, rejected(office, line))
    office.correct(line)
    found = objections.one(office.session, made.id, office.as_chief)
    assert found
    assert (found[0].open, found[1]) == (False, Part.READS)


def test_objections_are_listed_by_page_those_that_wait_first(office: Judged) -> None:
    session, made = office.session, []
    for number in range(5):
        made.append(objection_to(office, rejected(office, office.line())))
        made[-1].at = AT + timedelta(hours=number)
    kept = Decision("Giữ nguyên", None)
    for each in made[:2]:
        objecting.decide(session, each.id, kept, office.as_chief, at=AT)
    mine = objections.mine(session, office.as_chief)

    def listed(wanted: Wanted, offset: int = 0, limit: int | None = None) -> list[int]:
        found = objections.listed(session, mine, wanted, offset=offset, limit=limit)
        return [made.index(session.get_one(Objection, each.objection_id)) for each, _ in found]

    assert listed(Wanted()) == [2, 3, 4, 1, 0]
    assert listed(Wanted(), 2, 2) == [4, 1]
    assert listed(Wanted(open=False)) == [1, 0]
    for wanted, count in ((Wanted(), 5), (Wanted(open=True), 3), (Wanted("khong ai"), 0)):
        assert objections.count(session, mine, wanted) == len(listed(wanted)) == count


def test_every_word_on_a_line_is_kept_with_who_and_in_whose_place(office: Judged) -> None:
    office.name_deputy()
    line = office.line()
    first = rejected(office, line)
    again = Said(Verdict.LATE, "Chậm", seen=first.id)
    judging_work.judge_line(office.session, line.id, again, office.as_deputy(), at=AT)
    words = judgements.of_line(office.session, line.id)
    assert [(word.judge, word.in_place_of) for word in words] == [
        ("Trần Thủ Trưởng", None),
        ("Lê Đồng Nghiệp", "Trần Thủ Trưởng"),
    ]


def test_ones_own_month_shows_each_line_and_what_was_said_of_it(office: Judged) -> None:
    judged, waiting = office.line(), office.line(day=TUESDAY)
    objection_to(office, rejected(office, judged))
    item = office.work_item(WorkItemState.NOT_ACCEPTED)
    word = Judgement(
        work_item_id=item.id, verdict=Verdict.LATE, reason="Chậm", by_id=office.head.id, at=AT
    )
    office.session.add(word)
    office.session.flush()
    session, clerk = office.session, office.clerk.id
    first, second = own_results.lines(session, clerk, APRIL)
    assert (first.line_id, first.verdict, first.objection) == (
        judged.id,
        Verdict.NOT_ACCEPTED,
        "Đủ rồi",
    )
    assert (second.line_id, second.verdict, second.may_object) == (waiting.id, None, False)
    (handed_in,) = own_results.work_items(session, clerk, APRIL)
    assert (handed_in.work, handed_in.verdict, handed_in.may_object) == (
        "Đề án số hóa",
        Verdict.LATE,
        True,
    )
    assert own_results.of_judgement(session, word.id, clerk) == handed_in
    assert own_results.of_judgement(session, word.id, office.colleague.id) is None
    assert own_results.count(session, clerk, APRIL, Standing.WAITING) == 1
    assert own_results.lines(session, clerk, APRIL, Standing.NOT_ACCEPTED) == [first]


def test_ones_own_standard_is_of_ones_own_days(office: Judged) -> None:
    office.line(minutes=90)
    session, clerk = office.session, office.clerk.id
    assert own_months.of_person(session, clerk, APRIL) == OwnMonth(None, 90, 0, 90)
    session.add(CalendarDay(day=SINCE, kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
    session.add(
        Absence(
            person_id=clerk,
            kind=AbsenceKind.LEAVE,
            first_day=MONDAY - timedelta(days=7),
            last_day=MONDAY,
            entered_by_id=clerk,
            entered_at=AT,
        )
    )
    session.flush()
    own = own_months.of_person(session, clerk, APRIL)
    assert own.standard == (22 - 6) * 480
    assert own.of_standard(own.logged) == Decimal("1.17")
    assert own.of_logged(own.product) == Decimal(100)


def test_a_head_names_for_the_units_below_whoever_works_there(office: Judged) -> None:
    assert [name for _, name in deputies.units(office.session, office.as_head)] == [
        "Văn phòng Huyện ủy",
        "Phòng Tổng hợp",
    ]
    named = [name for _, name in deputies.people(office.session, office.as_head)]
    assert named == ["Nguyễn Người Ghi", "Lê Đồng Nghiệp"]
    office.name_deputy()
    (given,) = deputies.named_by(office.session, office.head.id)
    assert (given.standing(TODAY), given.may_end(TODAY)) == ("Đang có hiệu lực", True)
    assert given.standing(TODAY + timedelta(days=1)) == "Đã kết thúc"
