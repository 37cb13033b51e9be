"""The competencies that a description asks for, with what each level means."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain import description as records
from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models import (
    Competency,
    CompetencyDictionary,
    CompetencyLevel,
    Description,
    PositionVersion,
    Requirement,
)
from catalogue.queries.competencies import standing


class LevelText(NamedTuple):
    """What one level means, in the words of one dictionary; no audience means every position."""

    level: int
    text: str
    dictionary: str
    audience: PositionGroup | None = None


@dataclass(frozen=True, slots=True)
class StoredRequirement:
    """One competency asked for, with the texts of the levels in its range.

    `competency_id` stands for all names of the competency; the name asked for is as printed.
    """

    asked: records.Requirement
    levels: tuple[LevelText, ...]
    competency_id: int
    group: CompetencyGroup | None


def requirements_of(
    session: Session, description_id: int, day: date
) -> tuple[StoredRequirement, ...]:
    """Read what a description asks, each level worded first for the position's own group."""
    asked, stood = aliased(Competency), aliased(Competency)
    named = select(
        Requirement.id,
        stood.id,
        stood.group,
        Requirement.group_heading,
        Requirement.name,
        Requirement.level_min,
        Requirement.level_max,
        CompetencyLevel.level,
        CompetencyLevel.text,
        CompetencyDictionary.title,
        CompetencyDictionary.audience,
    ).join(asked, asked.id == Requirement.competency_id)
    named = named.join(stood, stood.id == standing(asked))
    query = _with_words(named, stood, day).where(Requirement.description_id == description_id)
    rows = session.execute(
        query.order_by(
            Requirement.ordinal, _fitting(), CompetencyDictionary.id, CompetencyLevel.level
        )
    )
    found: dict[int, StoredRequirement] = {}
    for key, competency_id, group, heading, name, low, high, *words in rows:
        present = found.get(key) or StoredRequirement(
            records.Requirement(heading, name, low, high), (), competency_id, group
        )
        more = (LevelText(*words),) if words[2] else ()
        found[key] = replace(present, levels=present.levels + more)
    return tuple(found.values())


def _with_words(query: Select[Any], stood: type[Competency], day: date) -> Select[Any]:
    """Join the texts of the levels asked for, by any name of the competency."""
    worded = aliased(Competency)
    in_range = and_(
        CompetencyLevel.competency_id == worded.id,
        CompetencyLevel.level.between(Requirement.level_min, Requirement.level_max),
        CompetencyLevel.text.is_not(None),
    )
    holding = and_(
        CompetencyDictionary.id == CompetencyLevel.dictionary_id,
        CompetencyDictionary.holds_on(day),
    )
    return (
        query.join(Description, Description.id == Requirement.description_id)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(worded, standing(worded) == stood.id)
        .outerjoin(CompetencyLevel, in_range)
        .outerjoin(CompetencyDictionary, holding)
    )


def _fitting() -> ColumnElement[int]:
    """Order dictionaries: for the position's own group, for every group, for another one."""
    return case(
        (CompetencyDictionary.audience == PositionVersion.group, 0),
        (CompetencyDictionary.audience.is_(None), 1),
        else_=2,
    )
