"""Assessments in any state, for tests: walked there through the program's own services."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.assessing import Said
from catalogue.domain.states import AssessmentMove, AssessmentState
from catalogue.models import Assessment, Assignment, Person
from catalogue.services import assessing
from catalogue.services.assessing import Answer
from tests.making import AT, TODAY


def assignment_of(session: Session, person: Person) -> int:
    held = select(Assignment.id).where(Assignment.person_id == person.id)
    return session.scalars(held.order_by(Assignment.id)).first() or 0


def answer(
    assessment: Assessment,
    move: AssessmentMove,
    levels: int | Sequence[int | None],
    *,
    text: str = "",
    finished: bool = True,
) -> Answer:
    """Say one level of every competency, or one of each in the form's order, having read all."""
    rows = assessment.levels
    given = [levels] * len(rows) if isinstance(levels, int) else levels
    said: Mapping[int, Said] = {
        row.requirement_id: Said(level, text) for row, level in zip(rows, given, strict=True)
    }
    return Answer(said, assessing.seen(assessment, move), finished)


def make_assessment(  # noqa: PLR0913 (an assessment has this many circumstances)
    session: Session,
    holder: Person,
    head: Person,
    state: AssessmentState = AssessmentState.CONFIRMED,
    *,
    level: int = 1,
    text: str = "Đã làm tốt",
    day: date = TODAY,
) -> Assessment:
    """One assessment of the holder's first position, every competency at one level."""
    made = assessing.begin(session, assignment_of(session, holder), day=day, by=holder.id, at=AT)
    if state is AssessmentState.OPEN:
        return made
    own = answer(made, AssessmentMove.SAY_SELF, level, text=text)
    assessing.say_self(session, made.id, own, by=holder.id, at=AT)
    if state is AssessmentState.SELF_SAID:
        return made
    said = answer(made, AssessmentMove.SAY_HEAD, level, text="Đồng ý")
    assessing.say_head(session, made.id, said, today=day, by=head.id, at=AT)
    if state is AssessmentState.HEAD_SAID:
        return made
    agreed = answer(made, AssessmentMove.CONFIRM, level)
    return assessing.confirm(session, made.id, agreed, today=day, by=head.id, at=AT)
