"""Two who assess at once: one assessment is opened, and it is confirmed once."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.states import AssessmentMove, AssessmentState, MoveNotAllowed
from catalogue.domain.words import Role
from catalogue.models import Assessment
from catalogue.services import assessing
from tests.assessments import answer, assignment_of, make_assessment
from tests.drafts import make_office
from tests.making import AT, TODAY, make_person
from tests.racing import Deed, at_once


def test_a_holder_and_a_head_who_open_one_at_once_open_the_same(
    session: Session, engine: Engine
) -> None:
    office = make_office(session)
    place, people = assignment_of(session, office.holder), (office.holder.id, office.head.id)
    session.commit()

    def opening(by: int) -> Deed:
        return lambda own: assessing.begin(own, place, day=TODAY, by=by, at=AT)

    assert at_once(engine, *map(opening, people)) == [None, None]
    assert len(session.scalars(select(Assessment)).all()) == 1


def test_two_heads_confirm_an_assessment_once(session: Session, engine: Engine) -> None:
    office = make_office(session)
    second = make_person(session, "Mai Phó Thủ Trưởng", role=Role.HEAD, role_unit=office.unit)
    made = make_assessment(session, office.holder, office.head, AssessmentState.HEAD_SAID)
    answers = {
        by: answer(made, AssessmentMove.CONFIRM, level)
        for by, level in ((office.head.id, 2), (second.id, 4))
    }
    made_id = made.id
    session.commit()

    def confirming(by: int) -> Deed:
        return lambda own: assessing.confirm(own, made_id, answers[by], today=TODAY, by=by, at=AT)

    refusals = at_once(engine, *map(confirming, answers))
    assert [type(refusal) for refusal in refusals if refusal] == [MoveNotAllowed]
    session.refresh(made)
    agreed = {2: office.head.id, 4: second.id}
    assert agreed[made.levels[0].agreed_level or 0] == made.confirmed_by_id
