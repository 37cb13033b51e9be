"""Heads judge the work of others: one line with a reason, or clean days at once."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import LogLine, Objection, PersonDay
from catalogue.queries import own_results
from catalogue.services import judging_work, objecting, work_items
from catalogue.services.judging_work import Accepted, Said
from tests.judged import MONDAY, TUESDAY, Judged, make_judged
from tests.making import AT, TODAY

ACCEPT = Said(Verdict.ACCEPTED)
REJECT = Said(Verdict.NOT_ACCEPTED, "Thiếu số liệu")


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def judge(office: Judged, line: LogLine, said: Said = ACCEPT, by: Viewer | None = None) -> int:
    viewer = by or office.as_head
    return judging_work.judge_line(office.session, line.id, said, viewer, at=AT).id


def accepted_minutes(office: Judged, day: date = MONDAY) -> int:
    query = select(PersonDay.accepted_minutes).where(PersonDay.day == day)
    return sum(office.session.scalars(query))


def test_the_last_word_on_a_line_holds_and_the_former_stay(office: Judged) -> None:
    line = office.line(minutes=90)
    first = judge(office, line, REJECT)
    assert (line.verdict, accepted_minutes(office)) == (Verdict.NOT_ACCEPTED, 0)
    judge(office, line, Said(Verdict.LATE, "Sau hạn một ngày", seen=first))
    assert (line.verdict, accepted_minutes(office)) == (Verdict.LATE, 90)
    assert [verdict for _, verdict, _, _ in office.words()] == ["not_accepted", "late"]
    assert office.sums_are_equal()


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.ACCEPTED])
def test_every_word_but_acceptance_wants_a_reason(office: Judged, verdict: Verdict) -> None:
    with pytest.raises(Invalid):
        judge(office, office.line(), Said(verdict))


def test_nobody_judges_their_own_work(office: Judged) -> None:
    with pytest.raises(NotAllowed):
        judge(office, office.line(office.head))


def test_a_head_is_judged_from_one_level_up_only(office: Judged) -> None:
    line = office.line(office.head)
    other_head = office.viewer(office.colleague, Role.HEAD, office.office)
    with pytest.raises(NotFound):
        judge(office, line, by=other_head)
    judge(office, line, by=office.as_chief)
    assert line.verdict is Verdict.ACCEPTED


def test_who_neither_heads_nor_stands_in_judges_nothing(office: Judged) -> None:
    line = office.line()
    for viewer in (office.as_organiser, office.as_deputy()):
        with pytest.raises(NotFound):
            judge(office, line, by=viewer)


def test_a_deputys_word_names_the_head_in_whose_place_it_stands(office: Judged) -> None:
    office.name_deputy()
    line = office.line()
    judge(office, line, by=office.as_deputy())
    assert office.words() == [(line.id, "accepted", office.colleague.id, office.head.id)]


def test_a_deputy_judges_neither_the_head_nor_after_the_last_day(office: Judged) -> None:
    office.name_deputy(until=TODAY)
    with pytest.raises(NotFound):
        judge(office, office.line(office.head), by=office.as_deputy())
    with pytest.raises(NotFound):
        judge(office, office.line(), by=office.as_deputy(on=date(2024, 4, 11)))


def test_a_word_unread_is_told_before_another_is_said(office: Judged) -> None:
    line = office.line()
    judge(office, line, REJECT)
    with pytest.raises(Conflict, match="Trần Thủ Trưởng vừa đánh giá"):
        judge(office, line, ACCEPT, by=office.as_chief)


def of_work_item(office: Judged, line: LogLine) -> None:
    line.work_item_id = office.work_item().id


def of_closed_month(office: Judged, line: LogLine) -> None:
    del line
    office.close_month()


def superseded(office: Judged, line: LogLine) -> None:
    office.correct(line)


@pytest.mark.parametrize("happens", [of_work_item, of_closed_month, superseded])
def test_what_is_settled_elsewhere_is_not_judged_here(
    office: Judged, happens: Callable[[Judged, LogLine], None]
) -> None:
    line = office.line()
    happens(office, line)
    with pytest.raises(Conflict):
        judge(office, line)


def test_a_corrected_line_waits_again_for_a_word(office: Judged) -> None:
    line = office.line()
    judge(office, line, Said(Verdict.CORRECTION, "Ghi rõ số văn bản"))
    corrected = office.correct(line)
    assert corrected.verdict is None
    judge(office, corrected)
    assert accepted_minutes(office) == 30
    assert office.sums_are_equal()


def test_a_week_of_several_people_is_accepted_at_once(office: Judged) -> None:
    lines = [
        office.line(person, day)
        for person in (office.clerk, office.colleague)
        for day in (MONDAY, MONDAY, TUESDAY)
    ]
    done = judging_work.accept_days(office.session, office.week(*lines), office.as_head, at=AT)
    assert done == Accepted(lines=6, days=4, left=0)
    assert {(verdict, by) for _, verdict, by, _ in office.words()} == {("accepted", office.head.id)}
    assert office.sums_are_equal()
    assert accepted_minutes(office) == 360


def rejected(office: Judged, line: LogLine) -> None:
    judge(office, line, REJECT)


def questioned(office: Judged, line: LogLine) -> None:
    office.question(line)


def objected(office: Judged, line: LogLine) -> None:
    word = judge(office, line, Said(Verdict.LATE, "Chậm"))
    line.verdict = Verdict.ACCEPTED
    office.session.add(Objection(judgement_id=word, by_id=office.clerk.id, text="Không", at=AT))
    office.session.flush()


@pytest.mark.parametrize("spoils", [rejected, questioned, objected, of_work_item])
def test_a_day_that_is_not_clean_is_left_alone(
    office: Judged, spoils: Callable[[Judged, LogLine], None]
) -> None:
    spoilt, beside, clean = office.line(), office.line(), office.line(day=TUESDAY)
    spoils(office, spoilt)
    week = office.week(spoilt, beside, clean)
    done = judging_work.accept_days(office.session, week, office.as_head, at=AT)
    office.session.refresh(beside)
    assert (done.lines, done.days, beside.verdict) == (1, 1, None)
    assert done.left == 1
    assert office.sums_are_equal()


def dropped(office: Judged, *lines: LogLine) -> None:
    """Have the lines be of a piece of work that the head then drops."""
    item = office.work_item()
    for line in lines:
        line.work_item_id = item.id
    office.session.flush()
    head = office.as_head
    work_items.drop(office.session, item.id, "Không còn cần", 0, viewer=head, at=AT)


def test_lines_of_dropped_work_are_accepted_by_the_day(office: Judged) -> None:
    lines = office.line(), office.line(day=TUESDAY)
    dropped(office, *lines)
    done = judging_work.accept_days(office.session, office.week(*lines), office.as_head, at=AT)
    assert done == Accepted(lines=2, days=2, left=0)
    assert office.sums_are_equal()


def test_a_line_of_dropped_work_is_judged_and_objected_to_by_itself(office: Judged) -> None:
    line = office.line()
    dropped(office, line)
    word = judge(office, line, REJECT)
    (own,) = own_results.lines(office.session, office.clerk.id, Month.of(MONDAY))
    assert own.may_object
    objecting.object_to(office.session, word, "Đủ rồi", today=TODAY, by=office.clerk.id, at=AT)


def test_a_line_written_meanwhile_is_not_accepted_unread(office: Judged) -> None:
    read, _added = office.line(), office.line()
    with pytest.raises(Conflict, match="dòng mới ghi"):
        judging_work.accept_days(office.session, office.week(read), office.as_head, at=AT)
    assert office.words() == []


def test_what_is_accepted_twice_is_written_once(office: Judged) -> None:
    week = office.week(office.line())
    judging_work.accept_days(office.session, week, office.as_head, at=AT)
    with pytest.raises(Conflict, match="Không còn dòng nào"):
        judging_work.accept_days(office.session, week, office.as_head, at=AT)
    assert len(office.words()) == 1


def test_a_closed_month_is_left_alone(office: Judged) -> None:
    week = office.week(office.line())
    office.close_month()
    with pytest.raises(Conflict, match="tháng đã khóa"):
        judging_work.accept_days(office.session, week, office.as_head, at=AT)


def test_one_person_who_is_not_theirs_refuses_all(office: Judged) -> None:
    own, heads = office.line(), office.line(office.head)
    with pytest.raises(NotFound):
        judging_work.accept_days(office.session, office.week(own, heads), office.as_head, at=AT)
    assert office.words() == []


def test_a_deputys_week_names_the_head(office: Judged) -> None:
    office.name_deputy()
    line = office.line()
    judging_work.accept_days(office.session, office.week(line), office.as_deputy(), at=AT)
    assert office.words() == [(line.id, "accepted", office.colleague.id, office.head.id)]
