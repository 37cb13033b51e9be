"""Whose turn it is: the assessments that wait for a person's own word, or for their judgement."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from catalogue.domain.assessing import Assessors
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import AssessmentState
from catalogue.models import Assessment, Assignment, Establishment, Person
from catalogue.queries import assessors


class Turn(NamedTuple):
    """One assessment that is not confirmed yet."""

    assessment_id: int
    person_id: int
    unit_id: int
    state: AssessmentState


@dataclass(frozen=True, slots=True)
class Turns:
    """What waits for a person: to be said of oneself, to be said and confirmed of others."""

    own: tuple[int, ...]
    to_say: tuple[int, ...]
    to_confirm: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.own or self.others)

    @property
    def others(self) -> tuple[int, ...]:
        return self.to_say + self.to_confirm


def of(session: Session, viewer: Viewer, who: Assessors | None = None) -> Turns:
    """Find what waits for the person today; who assesses whom is read where it is not known."""
    going = _going(session, viewer)
    own = [turn for turn in going if turn.person_id == viewer.person_id]
    others = [
        turn
        for turn in going
        if turn.person_id != viewer.person_id and turn.state is not AssessmentState.OPEN
    ]
    if others:
        known = who or assessors.on(session, viewer.on)
        others = [
            turn for turn in others if viewer.person_id in known.of(turn.person_id, turn.unit_id)
        ]
    return Turns(
        own=_at(own, AssessmentState.OPEN),
        to_say=_at(others, AssessmentState.SELF_SAID),
        to_confirm=_at(others, AssessmentState.HEAD_SAID),
    )


def _going(session: Session, viewer: Viewer) -> list[Turn]:
    units = viewer.units(Permission.ASSESS)
    answered_for = true() if units is None else Establishment.unit_id.in_(units)
    query = (
        select(Assessment.id, Person.id, Establishment.unit_id, Assessment.state)
        .join(Assignment, Assignment.id == Assessment.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assessment.state != AssessmentState.CONFIRMED, Assignment.holds_on(viewer.on))
        .where(or_(Person.id == viewer.person_id, answered_for))
        .order_by(Person.sort_key, Assessment.id)
    )
    return [Turn(*row) for row in session.execute(query)]


def _at(turns: list[Turn], state: AssessmentState) -> tuple[int, ...]:
    return tuple(turn.assessment_id for turn in turns if turn.state is state)
