"""Dictionaries that word the levels of competencies: the list, one whole, and the one in force."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, distinct, func, select
from sqlalchemy.orm import Session

from catalogue.domain.dictionary_changes import Texts
from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.queries.competencies import by_group, standing

LEVELS = (1, 2, 3, 4, 5)


class Dated(NamedTuple):
    """One dictionary with its days; no audience means every group of positions."""

    dictionary_id: int
    title: str
    audience: PositionGroup | None
    valid_from: date
    valid_to: date | None
    file_name: str
    sha256: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(slots=True)
class Worded:
    """One competency in the words of one dictionary; a level without text is not among them."""

    competency_id: int
    name: str
    heading: str
    group: CompetencyGroup | None
    dictionary: Dated
    texts: dict[int, str] = field(default_factory=dict)


def listed(session: Session) -> list[tuple[Dated, int]]:
    """List the dictionaries, the newest first, each with how many competencies it words."""
    query = (
        select(*_DATED, func.count(distinct(CompetencyLevel.competency_id)))
        .outerjoin(CompetencyLevel, CompetencyLevel.dictionary_id == CompetencyDictionary.id)
        .group_by(*_DATED)
        .order_by(CompetencyDictionary.valid_from.desc(), CompetencyDictionary.id)
    )
    return [(Dated(*row[:-1]), row[-1]) for row in session.execute(query)]


def one(session: Session, dictionary_id: int) -> Dated | None:
    query = select(*_DATED).where(CompetencyDictionary.id == dictionary_id)
    row = session.execute(query).first()
    return Dated(*row) if row else None


def of_digest(session: Session, sha256: str) -> Dated | None:
    """Find the dictionary that was read from a file of this digest."""
    query = select(*_DATED).where(CompetencyDictionary.sha256 == sha256)
    row = session.execute(query).first()
    return Dated(*row) if row else None


def in_force(session: Session, audience: PositionGroup | None, day: date) -> Dated | None:
    """Find the dictionary that holds on the day for exactly this audience."""
    query = (
        select(*_DATED)
        .where(CompetencyDictionary.audience.is_not_distinct_from(audience))
        .where(CompetencyDictionary.holds_on(day))
        .order_by(CompetencyDictionary.valid_from.desc(), CompetencyDictionary.id.desc())
    )
    row = session.execute(query).first()
    return Dated(*row) if row else None


def words_of(session: Session, dictionary_id: int) -> list[Worded]:
    """Give everything that one dictionary says, by group and name."""
    query = _WORDS.where(CompetencyDictionary.id == dictionary_id)
    return _worded(session.execute(query.order_by(*_ORDER)).all())


def words_for(session: Session, standing_id: int) -> list[Worded]:
    """Give what every dictionary says of a competency by any of its names, the newest first."""
    query = _WORDS.where(standing() == standing_id)
    newest = CompetencyDictionary.valid_from.desc(), CompetencyDictionary.id
    return _worded(session.execute(query.order_by(*newest, *_ORDER)).all())


def texts_of(session: Session, dictionary_id: int) -> Texts:
    """Give one dictionary's level texts by folded name and level."""
    query = (
        select(Competency.name_folded, CompetencyLevel.level, Competency.name, CompetencyLevel.text)
        .join(Competency, Competency.id == CompetencyLevel.competency_id)
        .where(CompetencyLevel.dictionary_id == dictionary_id)
        .order_by(CompetencyLevel.competency_id, CompetencyLevel.level)
    )
    return {(folded, level): (name, text) for folded, level, name, text in session.execute(query)}


_DATED = (
    CompetencyDictionary.id,
    CompetencyDictionary.title,
    CompetencyDictionary.audience,
    CompetencyDictionary.valid_from,
    CompetencyDictionary.valid_to,
    CompetencyDictionary.file_name,
    CompetencyDictionary.sha256,
)
_ORDER = *by_group(), CompetencyLevel.level
_WORDS = (
    select(
        Competency.id,
        Competency.name,
        Competency.group,
        CompetencyLevel.group_heading,
        CompetencyLevel.level,
        CompetencyLevel.text,
        *_DATED,
    )
    .join(CompetencyLevel, CompetencyLevel.competency_id == Competency.id)
    .join(CompetencyDictionary, CompetencyDictionary.id == CompetencyLevel.dictionary_id)
)


def _worded(rows: Sequence[Row[Any]]) -> list[Worded]:
    found: dict[tuple[int, int], Worded] = {}
    for key, name, group, heading, level, text, *dated in rows:
        dictionary = Dated(*dated)
        worded = found.setdefault(
            (dictionary.dictionary_id, key), Worded(key, name, heading, group, dictionary)
        )
        if text:
            worded.texts[level] = text
    return list(found.values())
