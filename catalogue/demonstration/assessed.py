"""Assesses a few people of one office of the demonstration, at levels that chance made up."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demonstration.chance import chance
from catalogue.demonstration.loading import Step
from catalogue.domain.assessing import LEVELS, Said
from catalogue.domain.states import AssessmentMove
from catalogue.domain.words import AssignmentKind, Role
from catalogue.models import (
    AssessedLevel,
    Assessment,
    Assignment,
    Establishment,
    RoleGrant,
    Unit,
)
from catalogue.services import assessing
from catalogue.services.assessing import Answer

_UNIT = "VPTU"
_PEOPLE = 14
# The last of them are still on their way, so that the head of the demonstration finds work.
_SAID_BY_BOTH, _SAID_BY_SELF = _PEOPLE - 2, _PEOPLE - 1
_EVIDENCE = "Dữ liệu tổng hợp để trình diễn"

_Level = Callable[[AssessedLevel], int]


def assess(session: Session, *, today: date, at: datetime) -> Step:
    """Walk each assessment through the program's own services; the same levels every time."""
    unit_id, head = _head(session)
    people = _people(session, unit_id, but=head)
    for place, (assignment_id, person_id) in enumerate(people):
        made = assessing.begin(session, assignment_id, day=today, by=person_id, at=at)
        own = _answer(made, AssessmentMove.SAY_SELF, _own_level)
        assessing.say_self(session, made.id, own, by=person_id, at=at)
        if place >= _SAID_BY_SELF:
            continue
        said = _answer(made, AssessmentMove.SAY_HEAD, _heads_level)
        assessing.say_head(session, made.id, said, today=today, by=head, at=at)
        if place < _SAID_BY_BOTH:
            agreed = _answer(made, AssessmentMove.CONFIRM, _heads_level)
            assessing.confirm(session, made.id, agreed, today=today, by=head, at=at)
    return Step("Người → năng lực", f"{len(people)} lần đánh giá (dữ liệu tổng hợp)")


def _head(session: Session) -> tuple[int, int]:
    head = (
        select(Unit.id, RoleGrant.person_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(Unit.code == _UNIT, RoleGrant.role == Role.HEAD)
    )
    unit_id, person_id = session.execute(head).one()
    return unit_id, person_id


def _people(session: Session, unit_id: int, *, but: int) -> list[tuple[int, int]]:
    """List the first who hold a position of the unit, as (assignment, person)."""
    held = (
        select(Assignment.id, Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Establishment.unit_id == unit_id, Assignment.person_id != but)
        .where(Assignment.kind == AssignmentKind.PRIMARY)
        .order_by(Assignment.id)
        .limit(_PEOPLE)
    )
    return list(session.execute(held).tuples())


def _answer(made: Assessment, move: AssessmentMove, level: _Level) -> Answer:
    said = {row.requirement_id: Said(level(row), _EVIDENCE) for row in made.levels}
    return Answer(said, assessing.seen(made, move))


def _own_level(row: AssessedLevel) -> int:
    asked = row.requirement.level_min or 1
    return _held(asked + chance("tự đánh giá", *_place(row)).choice((-1, 0, 0, 0, 1)))


def _heads_level(row: AssessedLevel) -> int:
    return _held((row.self_level or 0) - chance("thủ trưởng", *_place(row)).choice((0, 0, 0, 1)))


def _place(row: AssessedLevel) -> tuple[int, int]:
    return row.assessment_id, row.requirement_id


def _held(level: int) -> int:
    return min(max(level, LEVELS[0]), LEVELS[-1])
