"""Competencies by the name that stands for their synonyms: the list, and one of them whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    distinct,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from catalogue.domain.framework import UNGROUPED, Competence, Levels
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, LabelledWord, PositionGroup
from catalogue.models import (
    Agency,
    Competency,
    Description,
    Position,
    PositionVersion,
    Requirement,
)
from catalogue.queries.in_force import stands
from catalogue.queries.visible import visible


class GroupChoice(LabelledWord):
    """The groups of competencies to choose from, and those of none."""

    GENERAL = "chung", CompetencyGroup.GENERAL.label
    PROFESSIONAL = "chuyen-mon", CompetencyGroup.PROFESSIONAL.label
    MANAGERIAL = "quan-ly", CompetencyGroup.MANAGERIAL.label
    NONE = "chua-xep", UNGROUPED

    @property
    def group(self) -> CompetencyGroup | None:
        return None if self is GroupChoice.NONE else CompetencyGroup[self.name]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which competencies are asked for."""

    text: str = ""
    choice: GroupChoice | None = None


class Listed(NamedTuple):
    """One competency of the list; `positions` counts those that ask for it on the day."""

    competency_id: int
    name: str
    group: CompetencyGroup | None
    positions: int


class Known(NamedTuple):
    """One competency, and the one that it is a synonym of."""

    competency_id: int
    name: str
    group: CompetencyGroup | None
    same_as_id: int | None


class Asking(NamedTuple):
    """One position that asks for the competency."""

    position_id: int
    name: str
    agency: str
    group: PositionGroup | None
    printed: str
    low: int | None
    high: int | None

    @property
    def levels(self) -> Levels:
        return Levels(self.low, self.high)


def standing(of: type[Competency] = Competency) -> ColumnElement[int]:
    """Give the competency that stands for a name: itself, or the one that it is a synonym of.

    Whatever sums competencies or lays them side by side does so by this.
    """
    return func.coalesce(of.same_as_id, of.id)


def by_group() -> tuple[SQLColumnExpression[Any], ...]:
    """Order competencies as forms print their groups, those of no group last, then by name."""
    ranks = [(Competency.group == group, rank) for rank, group in enumerate(CompetencyGroup)]
    return case(*ranks, else_=len(ranks)), Competency.name_folded


def described_on(day: date) -> ColumnElement[bool]:
    """Join to a position's version of the day the description that then holds in every unit."""
    return and_(
        Description.position_id == PositionVersion.position_id,
        Description.unit_id.is_(None),
        stands(Description.state),
        Description.holds_on(day),
    )


def in_force_for(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Limit positions' versions to those of the viewer's day, for who may read descriptions."""
    return (
        stands(PositionVersion.state),
        PositionVersion.holds_on(viewer.on),
        visible(PositionVersion, viewer),
        visible(Description, viewer),
    )


def listed(
    session: Session, wanted: Wanted, viewer: Viewer, *, offset: int = 0, limit: int | None = None
) -> Sequence[Listed]:
    """List the competencies by group and name, their synonyms left out."""
    asked = _positions_asking(viewer)
    query = (
        select(
            Competency.id,
            Competency.name,
            Competency.group,
            func.coalesce(asked.c.positions, 0),
        )
        .outerjoin(asked, asked.c.competency_id == Competency.id)
        .order_by(*by_group())
    )
    rows = session.execute(_narrowed(query, wanted).offset(offset).limit(limit))
    return [Listed(*row) for row in rows]


def count(session: Session, wanted: Wanted) -> int:
    counted = _narrowed(select(func.count()).select_from(Competency), wanted)
    return int(session.execute(counted).scalar_one())


def synonyms(session: Session, standing_ids: Iterable[int]) -> dict[int, list[Known]]:
    """Give the synonyms of each of the competencies."""
    query = (
        select(Competency.id, Competency.name, Competency.group, Competency.same_as_id)
        .where(Competency.same_as_id.in_(list(standing_ids)))
        .order_by(Competency.name_folded)
    )
    found: dict[int, list[Known]] = defaultdict(list)
    for row in session.execute(query):
        found[row.same_as_id].append(Known(*row))
    return found


def one(session: Session, competency_id: int) -> Known | None:
    query = select(Competency.id, Competency.name, Competency.group, Competency.same_as_id)
    row = session.execute(query.where(Competency.id == competency_id)).first()
    return Known(*row) if row else None


def choices(session: Session) -> list[Competence]:
    """List every competency that stands for itself, to choose from."""
    query = (
        select(Competency.id, Competency.name, Competency.group)
        .where(Competency.same_as_id.is_(None))
        .order_by(*by_group())
    )
    return [Competence(*row) for row in session.connection().execute(query)]


def asking(session: Session, standing_id: int, viewer: Viewer) -> list[Asking]:
    """List the positions whose description in force asks for a competency, by any of its names."""
    query = (
        select(
            PositionVersion.position_id,
            PositionVersion.name,
            Agency.name,
            PositionVersion.group,
            Requirement.name,
            Requirement.level_min,
            Requirement.level_max,
        )
        .select_from(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(Description, described_on(viewer.on))
        .join(Requirement, Requirement.description_id == Description.id)
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(standing() == standing_id, *in_force_for(viewer))
        .order_by(Requirement.level_max, Requirement.level_min, Agency.id, PositionVersion.id)
    )
    return [Asking(*row) for row in session.execute(query)]


def by_levels(asking: Iterable[Asking]) -> list[tuple[Levels, int]]:
    """Count how many positions ask for each range of levels, in the order in which they stand."""
    return list(Counter(each.levels for each in asking).items())


def _positions_asking(viewer: Viewer) -> Subquery:
    """Count for each competency the positions whose description in force asks for it."""
    positions = func.count(distinct(PositionVersion.position_id))
    return (
        select(standing().label("competency_id"), positions.label("positions"))
        .select_from(PositionVersion)
        .join(Description, described_on(viewer.on))
        .join(Requirement, Requirement.description_id == Description.id)
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(*in_force_for(viewer))
        .group_by(standing())
        .subquery()
    )


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.where(Competency.same_as_id.is_(None))
    if wanted.choice:
        query = query.where(Competency.group.is_not_distinct_from(wanted.choice.group))
    return query.where(_says(wanted.text)) if wanted.text else query


def _says(text: str) -> ColumnElement[bool]:
    """Match every word typed, in the name or in that of a synonym."""
    words = fold(text).split()
    if not words:  # nothing but marks was typed, and no name holds those
        return false()
    other = aliased(Competency)
    by_synonym = select(other.same_as_id).where(*(other.name_folded.contains(w) for w in words))
    own = and_(*(Competency.name_folded.contains(word) for word in words))
    return or_(own, Competency.id.in_(by_synonym))
