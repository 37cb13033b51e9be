"""Who was judged may object once; it goes one level up and is decided once."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.judging import ObjectionOutcome, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.domain.work_items import WorkItemMove, WorkItemState
from catalogue.models import Judgement, LogLine, Objection, RoleGrant
from catalogue.queries import judges, judging_turns
from catalogue.services import judging_work, objecting
from catalogue.services.judging_work import Said
from catalogue.services.objecting import Decision
from tests.judged import Judged, make_judged
from tests.making import AT, TODAY, make_person

REJECT = Said(Verdict.NOT_ACCEPTED, "Thiếu số liệu")
KEEP, CHANGE = Decision("Đánh giá đúng"), Decision("Đã đủ số liệu", Verdict.ACCEPTED)


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def judged(
    office: Judged, line: LogLine, said: Said = REJECT, by: Viewer | None = None
) -> Judgement:
    return judging_work.judge_line(office.session, line.id, said, by or office.as_head, at=AT)


def objection_to(office: Judged, judgement: Judgement) -> Objection:
    return objecting.object_to(
        office.session, judgement.id, "Số liệu ở phụ lục", today=TODAY, by=office.clerk.id, at=AT
    )


def decide(
    office: Judged, objection: Objection, decision: Decision = CHANGE, by: Viewer | None = None
) -> Objection:
    viewer = by or office.as_chief
    return objecting.decide(office.session, objection.id, decision, viewer, at=AT)


def test_a_changed_judgement_is_the_deciders_own_word(office: Judged) -> None:
    line = office.line()
    made = decide(office, objection_to(office, judged(office, line)))
    assert made.outcome is ObjectionOutcome.CHANGED
    assert (made.answer, made.decided_by_id) == ("Đã đủ số liệu", office.chief.id)
    assert line.verdict is Verdict.ACCEPTED
    assert [word[1:3] for word in office.words()] == [
        ("not_accepted", office.head.id),
        ("accepted", office.chief.id),
    ]
    assert office.sums_are_equal()


def test_a_judgement_that_is_kept_stays_alone(office: Judged) -> None:
    line = office.line()
    made = decide(office, objection_to(office, judged(office, line)), KEEP)
    assert made.outcome is ObjectionOutcome.UPHELD
    assert (line.verdict, len(office.words())) == (Verdict.NOT_ACCEPTED, 1)


def test_an_objection_is_decided_once(office: Judged) -> None:
    made = objection_to(office, judged(office, office.line()))
    decide(office, made, KEEP)
    with pytest.raises(Conflict, match="đã được giải quyết"):
        decide(office, made)


def test_it_goes_one_level_up_and_never_to_either_side(office: Judged) -> None:
    made = objection_to(office, judged(office, office.line()))
    beside = make_person(office.session, "Đỗ Cấp Phó", role=Role.HEAD, role_unit=office.office)
    for viewer in (
        office.as_head,
        office.viewer(office.clerk, Role.STAFF, office.room),
        office.viewer(beside, Role.HEAD, office.office, office.room),
        office.as_organiser,
    ):
        with pytest.raises(NotFound):
            decide(office, made, by=viewer)


def test_a_deputys_word_goes_above_the_head_in_whose_place_it_stands(office: Judged) -> None:
    office.name_deputy()
    made = objection_to(office, judged(office, office.line(), by=office.as_deputy()))
    for viewer in (office.as_head, office.as_deputy()):
        with pytest.raises(NotFound):
            decide(office, made, by=viewer)
    decide(office, made)


def test_the_word_of_the_topmost_head_goes_to_an_organiser(office: Judged) -> None:
    made = objection_to(office, judged(office, office.line(), by=office.as_chief))
    decide(office, made, by=office.as_organiser)


def test_over_the_only_organiser_decides_the_committee_and_without_one_nothing_is_taken(
    office: Judged,
) -> None:
    office.session.execute(delete(RoleGrant).where(RoleGrant.role == Role.HEAD))
    word = judged(office, office.line(), by=office.as_organiser)
    with pytest.raises(Conflict, match="Chưa gửi được"):
        objection_to(office, word)
    member = make_person(office.session, "Ngô Ủy Viên", role=Role.COMMITTEE)
    made = objection_to(office, word)
    viewer = office.viewer(member, Role.COMMITTEE)
    known = judges.on(office.session, TODAY)
    assert judging_turns.of(office.session, viewer, known).objections == 1
    decide(office, made, by=viewer)
    assert office.words()[-1][1:3] == ("accepted", member.id)


def test_only_the_last_word_on_ones_own_work_is_objected_to_and_once(office: Judged) -> None:
    line = office.line()
    first = judged(office, line)
    last = judged(office, line, Said(Verdict.LATE, "Chậm", seen=first.id))
    with pytest.raises(Conflict, match="mới hơn"):
        objection_to(office, first)
    with pytest.raises(NotFound):
        objecting.object_to(
            office.session, last.id, "Không", today=TODAY, by=office.colleague.id, at=AT
        )
    decide(office, objection_to(office, last), Decision("Chưa", Verdict.NOT_ACCEPTED))
    with pytest.raises(Conflict, match="chỉ nêu một lần"):
        objection_to(office, office.session.get_one(Judgement, last.id + 1))


def test_the_same_words_sent_again_are_one_objection_and_other_words_are_refused(
    office: Judged,
) -> None:
    word = judged(office, office.line())
    made = objection_to(office, word)
    assert objection_to(office, word) is made
    with pytest.raises(Conflict, match="chỉ nêu một lần"):
        objecting.object_to(
            office.session, word.id, "Ý khác", today=TODAY, by=office.clerk.id, at=AT
        )


def test_acceptance_and_silence_are_no_objection(office: Judged) -> None:
    with pytest.raises(Conflict):
        objection_to(office, judged(office, office.line(), Said(Verdict.ACCEPTED)))
    word = judged(office, office.line())
    with pytest.raises(Invalid):
        objecting.object_to(office.session, word.id, "", today=TODAY, by=office.clerk.id, at=AT)


def test_a_line_objected_to_is_judged_by_nobody_else(office: Judged) -> None:
    line = office.line()
    word = judged(office, line)
    objection_to(office, word)
    with pytest.raises(Conflict, match="cấp trên quyết định"):
        judged(office, line, Said(Verdict.ACCEPTED, seen=word.id))


def test_closing_the_month_cuts_no_objection_off(office: Judged) -> None:
    line, other = office.line(), office.line()
    made, word = objection_to(office, judged(office, line)), judged(office, other)
    office.close_month()
    decide(office, made)
    decide(office, objection_to(office, word))
    assert (line.verdict, other.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert office.sums_are_equal()


@pytest.mark.parametrize(
    "decision", [Decision("", Verdict.ACCEPTED), Decision("Vẫn vậy", Verdict.NOT_ACCEPTED)]
)
def test_a_decision_says_something_new_and_why(office: Judged, decision: Decision) -> None:
    made = objection_to(office, judged(office, office.line()))
    with pytest.raises(Invalid):
        decide(office, made, decision)


def test_a_work_item_changes_with_the_lines_that_belong_to_it(office: Judged) -> None:
    item, line = office.work_item(WorkItemState.NOT_ACCEPTED), office.line()
    line.work_item_id, line.verdict = item.id, Verdict.NOT_ACCEPTED
    word = Judgement(
        work_item_id=item.id,
        verdict=Verdict.NOT_ACCEPTED,
        reason="Thiếu phụ lục",
        by_id=office.head.id,
        at=AT,
    )
    office.session.add(word)
    office.session.flush()
    made = objection_to(office, word)
    with pytest.raises(Invalid):
        decide(office, made, Decision("Sửa đi", Verdict.CORRECTION))
    decide(office, made)
    assert (item.state, line.verdict) == (WorkItemState.ACCEPTED, Verdict.ACCEPTED)
    assert [word[:3] for word in office.words() if word[0]] == [
        (line.id, "accepted", office.chief.id)
    ]
    assert [(step.move, step.person_id) for step in item.steps] == [
        (WorkItemMove.ACCEPT, office.chief.id)
    ]
    assert office.sums_are_equal()


def test_a_work_items_line_is_objected_to_with_its_work(office: Judged) -> None:
    line = office.line()
    word = judged(office, line)
    line.work_item_id = office.work_item(WorkItemState.NOT_ACCEPTED).id
    office.session.flush()
    with pytest.raises(Conflict, match="việc nhiều ngày"):
        objection_to(office, word)
