"""What is lacking by confirmed assessments alone: by competency, and as training needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, distinct, func, select, true
from sqlalchemy.orm import Session, aliased

from catalogue.domain.assessing import FEWEST_PEOPLE
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import AssessmentState
from catalogue.domain.words import CompetencyGroup
from catalogue.models import (
    AssessedLevel,
    Assessment,
    Assignment,
    Competency,
    Establishment,
    Requirement,
    Unit,
)
from catalogue.queries.assessments import last
from catalogue.queries.below import with_below
from catalogue.queries.competencies import standing


class Spread(NamedTuple):
    """How the people of a unit stand in one competency that is asked of them."""

    competency_id: int
    competency: str
    group: CompetencyGroup | None
    people: int
    above: int
    enough: int
    one_short: int
    more_short: int

    @property
    def short(self) -> int:
        return self.one_short + self.more_short


class Need(NamedTuple):
    """How many people must go from one level to another in one competency."""

    competency_id: int
    competency: str
    group: CompetencyGroup | None
    from_level: int
    to_level: int
    people: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The units whose sums a person may read, and those whose people are too few to be counted."""

    counted: tuple[int, ...]
    people: int
    too_few: tuple[str, ...]


def spread(session: Session, unit_id: int, viewer: Viewer) -> Sequence[Spread]:
    """Tell of each competency how the people of a unit and those below it stand."""
    lacking = Requirement.level_min - AssessedLevel.agreed_level
    most = func.coalesce(Requirement.level_max, Requirement.level_min)
    within = Establishment.unit_id.in_(with_below(unit_id))
    over = AssessedLevel.agreed_level > most
    query = (
        _assessed(
            select(
                *_COMPETENCY,
                func.count(),
                *map(
                    _sum,
                    (
                        over,
                        (lacking <= 0) & ~over,
                        lacking == 1,
                        lacking > 1,
                    ),
                ),
            ),
            viewer,
        )
        .where(within, Requirement.level_min.is_not(None))
        .where(_readable(viewer, Permission.READ_ASSESSMENT))
        .group_by(*_COMPETENCY)
        .order_by(_STANDING.name_folded)
    )
    return [Spread(*row[:2], *row[3:]) for row in session.execute(query)]


def reach(session: Session, viewer: Viewer, unit_id: int | None = None) -> Reach:
    """Choose the units to sum, all or one with those below it.

    Who may not read the assessments of a unit counts it only where its people are so many that no
    figure tells who is meant; the same units are left out of every sum.
    """
    query = (
        select(Unit.id, Unit.name, func.count(distinct(Assignment.person_id)))
        .join(Establishment, Establishment.unit_id == Unit.id)
        .join(Assignment, Assignment.establishment_id == Establishment.id)
        .join(Assessment, last(AssessmentState.CONFIRMED))
        .where(Assignment.holds_on(viewer.on))
        .where(_readable(viewer, Permission.READ_TRAINING_NEEDS))
        .group_by(Unit.id, Unit.name, Unit.rank)
        .order_by(Unit.rank, Unit.id)
    )
    if unit_id is not None:
        query = query.where(Unit.id.in_(with_below(unit_id)))
    readable = viewer.units(Permission.READ_ASSESSMENT)
    counted, too_few, total = [], [], 0
    for unit, name, people in session.execute(query):
        if readable is None or unit in readable or people >= FEWEST_PEOPLE:
            counted.append(unit)
            total += people
        else:
            too_few.append(name)
    return Reach(tuple(counted), total, tuple(too_few))


def needs(
    session: Session, units: Collection[int], viewer: Viewer, group: CompetencyGroup | None = None
) -> Sequence[Need]:
    """Count who lacks levels in the units named, most people first; each person once."""
    lacking = AssessedLevel.agreed_level < Requirement.level_min
    each = (
        _assessed(
            select(
                *_COMPETENCY,
                Assignment.person_id,
                func.min(AssessedLevel.agreed_level).label("from_level"),
                func.max(Requirement.level_min).label("to_level"),
            ),
            viewer,
        )
        .where(lacking, Establishment.unit_id.in_(units))
        .where(true() if group is None else _STANDING.group == group)
        .group_by(*_COMPETENCY, Assignment.person_id)
        .subquery()
    )
    columns = [column for column in each.c if column.name != "person_id"]
    people = func.count()
    query = (
        select(*columns, people)
        .group_by(*columns)
        .order_by(people.desc(), each.c.name_folded, each.c.from_level, each.c.to_level)
    )
    return [Need(*row[:2], *row[3:]) for row in session.execute(query)]


_STANDING = aliased(Competency)
_COMPETENCY = (_STANDING.id, _STANDING.name, _STANDING.name_folded, _STANDING.group)


def _assessed(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Join the levels agreed on in each holder's last confirmed assessment."""
    return (
        query.select_from(Assignment)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Assessment, last(AssessmentState.CONFIRMED))
        .join(AssessedLevel, AssessedLevel.assessment_id == Assessment.id)
        .join(Requirement, Requirement.id == AssessedLevel.requirement_id)
        .join(Competency, Competency.id == Requirement.competency_id)
        .join(_STANDING, _STANDING.id == standing())
        .where(Assignment.holds_on(viewer.on))
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _readable(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    units = viewer.units(permission)
    return true() if units is None else Establishment.unit_id.in_(units)
