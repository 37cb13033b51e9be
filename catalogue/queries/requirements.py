"""The competencies that a description asks for, with what each level means."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.models import CompetencyDictionary, CompetencyLevel, Requirement


class LevelText(NamedTuple):
    """What one level means, in the words of one dictionary."""

    level: int
    text: str
    dictionary: str


@dataclass(frozen=True, slots=True)
class StoredRequirement:
    """One competency asked for, with the texts of the levels in its range."""

    asked: records.Requirement
    levels: tuple[LevelText, ...]


def requirements_of(
    session: Session, description_id: int, day: date
) -> tuple[StoredRequirement, ...]:
    in_range = and_(
        CompetencyLevel.competency_id == Requirement.competency_id,
        CompetencyLevel.level.between(Requirement.level_min, Requirement.level_max),
        CompetencyLevel.text.is_not(None),
    )
    rows = session.execute(
        select(
            Requirement.id,
            Requirement.group_heading,
            Requirement.name,
            Requirement.level_min,
            Requirement.level_max,
            CompetencyLevel.level,
            CompetencyLevel.text,
            CompetencyDictionary.title,
        )
        .outerjoin(CompetencyLevel, in_range)
        .outerjoin(
            CompetencyDictionary,
            and_(
                CompetencyDictionary.id == CompetencyLevel.dictionary_id,
                CompetencyDictionary.valid_from <= day,
            ),
        )
        .where(Requirement.description_id == description_id)
        .order_by(Requirement.ordinal, CompetencyDictionary.id, CompetencyLevel.level)
    )
    found: dict[int, StoredRequirement] = {}
    for requirement_id, group, name, low, high, level, text, dictionary in rows:
        present = found.get(requirement_id) or StoredRequirement(
            records.Requirement(group, name, low, high), ()
        )
        more = (LevelText(level, text, dictionary),) if dictionary else ()
        found[requirement_id] = replace(present, levels=present.levels + more)
    return tuple(found.values())
