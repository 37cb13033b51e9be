"""An assessment takes its way: the holder, the head, both; once confirmed nothing changes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.states import AssessmentMove, AssessmentState, MoveNotAllowed
from catalogue.domain.words import Role
from catalogue.models import AssessedLevel, Assessment, AuditEntry, Description, Requirement
from catalogue.services import assessing
from tests.assessments import answer, assignment_of, make_assessment
from tests.drafts import Office, make_office
from tests.making import AT, TODAY, make_grant, make_person, make_unit

SELF, HEAD, CONFIRM = AssessmentMove.SAY_SELF, AssessmentMove.SAY_HEAD, AssessmentMove.CONFIRM
SECRET = "4-Bằng chứng riêng"


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def begun(office: Office) -> Assessment:
    return make_assessment(office.session, office.holder, office.head, AssessmentState.OPEN)


def test_it_is_opened_against_what_the_description_in_force_asks(office: Office) -> None:
    opened = begun(office)
    asked = select(Requirement.id).where(Requirement.description_id == office.present.id)
    assert opened.description_id == office.present.id
    assert [row.requirement_id for row in opened.levels] == list(office.session.scalars(asked))


def test_the_units_own_description_goes_before_the_general_one(office: Office) -> None:
    session, general = office.session, office.present
    copied = {
        column.key: getattr(general, column.key)
        for column in Description.__table__.columns
        if column.key != "id"
    }
    particular = Description(**copied | {"unit_id": office.unit.id, "number": 2})
    session.add(particular)
    session.flush()
    asked = general.requirements[0]
    session.add(
        Requirement(
            description_id=particular.id,
            competency_id=asked.competency_id,
            ordinal=1,
            group_heading=asked.group_heading,
            name=asked.name,
            level_min=3,
            level_max=4,
        )
    )
    session.flush()
    assert begun(office).description_id == particular.id


def test_the_open_one_is_given_again_and_a_later_one_stands_beside(office: Office) -> None:
    first = begun(office)
    assert begun(office).id == first.id
    confirmed = make_assessment(office.session, office.holder, office.head)
    later = begun(office)
    assert confirmed.id == first.id
    assert later.id != first.id
    assert confirmed.state is AssessmentState.CONFIRMED


def test_a_position_without_a_framework_is_not_assessed(office: Office) -> None:
    driver = make_person(
        office.session,
        "Lê Lái Xe",
        unit=office.unit,
        position_id=office.positions[2].position_id,
    )
    with pytest.raises(Conflict, match="chưa có khung năng lực"):
        make_assessment(office.session, driver, office.head, AssessmentState.OPEN)


def test_who_has_left_the_position_is_not_assessed(office: Office) -> None:
    place = assignment_of(office.session, office.holder)
    with pytest.raises(Conflict, match="không giữ vị trí"):
        assessing.begin(
            office.session, place, day=TODAY - timedelta(days=365), by=office.holder.id, at=AT
        )


def test_a_stranger_neither_opens_nor_assesses(office: Office) -> None:
    session, stranger = office.session, office.officer.id
    place = assignment_of(session, office.holder)
    with pytest.raises(NotAllowed, match="không phải người đánh giá"):
        assessing.begin(session, place, day=TODAY, by=stranger, at=AT)
    made = make_assessment(session, office.holder, office.head, AssessmentState.SELF_SAID)
    with pytest.raises(NotAllowed, match="không phải người đánh giá"):
        assessing.say_head(session, made.id, answer(made, HEAD, 2), today=TODAY, by=stranger, at=AT)


def test_a_head_opens_it_for_somebody_of_the_unit(office: Office) -> None:
    place = assignment_of(office.session, office.holder)
    opened = assessing.begin(office.session, place, day=TODAY, by=office.head.id, at=AT)
    assert opened.state is AssessmentState.OPEN


def test_nobody_says_the_holders_word_but_the_holder(office: Office) -> None:
    made = begun(office)
    with pytest.raises(NotAllowed, match="Chỉ người giữ vị trí"):
        assessing.say_self(office.session, made.id, answer(made, SELF, 2), by=office.head.id, at=AT)


def test_a_head_neither_assesses_nor_confirms_themself(office: Office) -> None:
    session = office.session
    make_grant(session, office.holder, Role.HEAD, office.unit)
    made = make_assessment(session, office.holder, office.organiser, AssessmentState.SELF_SAID)
    for by, message in ((office.holder.id, "chính mình"), (office.head.id, "không phải người")):
        with pytest.raises(NotAllowed, match=message):
            assessing.say_head(session, made.id, answer(made, HEAD, 2), today=TODAY, by=by, at=AT)
    by = office.organiser.id
    assessing.say_head(session, made.id, answer(made, HEAD, 2), today=TODAY, by=by, at=AT)
    with pytest.raises(NotAllowed, match="chính mình"):
        assessing.confirm(
            session, made.id, answer(made, CONFIRM, 5), today=TODAY, by=office.holder.id, at=AT
        )


def test_a_head_of_the_unit_above_assesses_the_head_below(office: Office) -> None:
    session = office.session
    above = make_unit(session, "HUYEN", "Huyện ủy")
    office.unit.parent_id = above.id
    chief = make_person(session, "Đặng Bí Thư", role=Role.HEAD, role_unit=above)
    make_grant(session, office.holder, Role.HEAD, office.unit)
    made = make_assessment(session, office.holder, chief)
    assert made.confirmed_by_id == chief.id
    with pytest.raises(NotAllowed, match="không phải người đánh giá"):
        make_assessment(session, office.holder, office.organiser)


def test_words_are_kept_unfinished_and_the_holders_may_change_until_the_head_spoke(
    office: Office,
) -> None:
    session, made, by = office.session, begun(office), office.holder.id
    unfinished = answer(made, SELF, [None], text="Đang viết", finished=False)
    assessing.say_self(session, made.id, unfinished, by=by, at=AT)
    assert (made.state, made.levels[0].evidence) == (AssessmentState.OPEN, "Đang viết")
    with pytest.raises(Invalid, match="Chưa chọn cấp độ ở 1 năng lực: Giao tiếp"):
        assessing.say_self(session, made.id, answer(made, SELF, [None]), by=by, at=AT)
    for level in (2, 3):
        assessing.say_self(session, made.id, answer(made, SELF, level), by=by, at=AT)
    assert (made.state, made.levels[0].self_level) == (AssessmentState.SELF_SAID, 3)
    said = answer(made, HEAD, 1, text="Cần thêm việc thực tế")
    assessing.say_head(session, made.id, said, today=TODAY, by=office.head.id, at=AT)
    with pytest.raises(MoveNotAllowed, match="Thủ trưởng đã đánh giá"):
        assessing.say_self(session, made.id, answer(made, SELF, 4), by=by, at=AT)


def test_the_head_may_change_their_word_until_it_is_confirmed(office: Office) -> None:
    session, by = office.session, office.head.id
    made = make_assessment(session, office.holder, office.head, AssessmentState.HEAD_SAID)
    assessing.say_head(session, made.id, answer(made, HEAD, 4), today=TODAY, by=by, at=AT)
    assessing.confirm(session, made.id, answer(made, CONFIRM, 3), today=TODAY, by=by, at=AT)
    row = made.levels[0]
    assert (row.self_level, row.head_level, row.agreed_level) == (1, 4, 3)
    assert (made.head_id, made.confirmed_by_id, made.confirmed_at) == (by, by, AT)
    with pytest.raises(MoveNotAllowed, match="Đã xác nhận"):
        assessing.say_head(session, made.id, answer(made, HEAD, 5), today=TODAY, by=by, at=AT)


def test_words_that_changed_since_they_were_read_are_not_answered(office: Office) -> None:
    session, by = office.session, office.head.id
    made = make_assessment(session, office.holder, office.head, AssessmentState.SELF_SAID)
    stale = answer(made, HEAD, 2)
    again = answer(made, SELF, 5)
    assessing.say_self(session, made.id, again, by=office.holder.id, at=AT)
    with pytest.raises(Conflict, match="CHƯA được lưu"):
        assessing.say_head(session, made.id, stale, today=TODAY, by=by, at=AT)


def test_levels_and_competencies_that_are_none_are_refused(office: Office) -> None:
    made = begun(office)
    good = answer(made, SELF, 2)
    for said in ({0: good.said[made.levels[0].requirement_id]}, answer(made, SELF, 6).said):
        with pytest.raises(Invalid, match="không còn dùng được"):
            assessing.say_self(
                office.session, made.id, replace(good, said=said), by=office.holder.id, at=AT
            )


def test_the_audit_tells_who_did_what_and_no_level(office: Office) -> None:
    made = begun(office)
    own = answer(made, SELF, 4, text=SECRET)
    assessing.say_self(office.session, made.id, own, by=office.holder.id, at=AT)
    query = select(AuditEntry).where(AuditEntry.action.startswith("assessment."))
    entries = list(office.session.scalars(query.order_by(AuditEntry.seq)))
    assert [entry.action for entry in entries] == ["assessment.begun", "assessment.self_said"]
    place = assignment_of(office.session, office.holder)
    assert [entry.detail for entry in entries] == [{"assignment": place}] * 2


def test_the_database_itself_holds_a_confirmed_assessment(office: Office) -> None:
    session = office.session
    confirmed = make_assessment(session, office.holder, office.head)
    later = begun(office)
    requirement = confirmed.levels[0].requirement_id
    other = Requirement(
        description_id=office.present.id,
        competency_id=confirmed.levels[0].requirement.competency_id,
        ordinal=9,
        group_heading="",
        name="Khác",
    )
    session.add(other)
    session.flush()
    session.add(AssessedLevel(assessment_id=later.id, requirement_id=other.id))
    session.commit()
    mine = AssessedLevel.assessment_id == confirmed.id
    statements = (
        update(Assessment).where(Assessment.id == confirmed.id).values(state=AssessmentState.OPEN),
        update(AssessedLevel).where(mine).values(agreed_level=5),
        update(AssessedLevel).where(mine).values(evidence="Sửa"),
        delete(Assessment).where(Assessment.id == confirmed.id),
        delete(AssessedLevel).where(mine),
        insert(AssessedLevel).values(
            assessment_id=confirmed.id, requirement_id=other.id, evidence="", head_note=""
        ),
        update(AssessedLevel)
        .where(AssessedLevel.requirement_id == other.id)
        .values(assessment_id=confirmed.id),
    )
    refused = pytest.raises(DatabaseError, match="a confirmed assessment is never changed")
    for statement in statements:
        with refused, session.begin_nested():
            session.execute(statement)
    session.expire_all()
    kept = session.get_one(AssessedLevel, (confirmed.id, requirement))
    assert (kept.agreed_level, kept.evidence) == (1, "Đã làm tốt")
    assert confirmed.state is AssessmentState.CONFIRMED
