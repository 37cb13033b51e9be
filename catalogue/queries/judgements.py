"""What was said of one line, every word of it: judgements, objections, colleagues' questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.judging import ObjectionOutcome, Verdict
from catalogue.domain.roles import Permission, Viewer
from catalogue.models import Judgement, LineQuestion, Objection, Person


class Word(NamedTuple):
    """One judgement, with the objection to it where there is one."""

    judgement_id: int
    verdict: Verdict
    reason: str
    judge: str
    in_place_of: str | None
    at: datetime
    objection: str | None
    objected_at: datetime | None
    outcome: ObjectionOutcome | None
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None


class Question(NamedTuple):
    """What a colleague asked about one line, and the answer where there is one."""

    text: str
    asked_by: str
    asked_at: datetime
    answer: str | None


def of_line(session: Session, line_id: int) -> Sequence[Word]:
    """List what was said of a line, the oldest word first."""
    judge, head, decider = aliased(Person), aliased(Person), aliased(Person)
    query = (
        select(
            Judgement.id,
            Judgement.verdict,
            Judgement.reason,
            judge.name,
            head.name,
            Judgement.at,
            Objection.text,
            Objection.at,
            Objection.outcome,
            Objection.answer,
            decider.name,
            Objection.decided_at,
        )
        .join(judge, judge.id == Judgement.by_id)
        .outerjoin(head, head.id == Judgement.for_id)
        .outerjoin(Objection, Objection.judgement_id == Judgement.id)
        .outerjoin(decider, decider.id == Objection.decided_by_id)
        .where(Judgement.log_line_id == line_id)
        .order_by(Judgement.id)
    )
    return [Word(*row) for row in session.execute(query)]


def questions(session: Session, line_id: int) -> Sequence[Question]:
    """List what was asked about a line, for who judges it: they read who asked."""
    query = (
        select(LineQuestion.text, Person.name, LineQuestion.asked_at, LineQuestion.answer)
        .join(Person, Person.id == LineQuestion.asked_by_id)
        .where(LineQuestion.log_line_id == line_id)
        .order_by(LineQuestion.id)
    )
    return [Question(*row) for row in session.execute(query)]


def may_be_read(viewer: Viewer, person_id: int, unit_id: int) -> bool:
    """Tell who reads judgements: who was judged, and who answers for the unit; not colleagues."""
    if viewer.person_id == person_id:
        return True
    if not viewer.may(Permission.READ_ASSESSMENT):
        return False
    units = viewer.units(Permission.READ_ASSESSMENT)
    return units is None or unit_id in units
