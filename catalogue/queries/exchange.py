"""Competency dictionaries as they are exchanged, with the names that others stand for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.exchange import (
    Entry,
    Framework,
    Replaced,
    identifier_of,
    in_order,
    item_identifier,
)
from catalogue.domain.words import PositionGroup
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel


class Listed(NamedTuple):
    """One dictionary as a list names it."""

    dictionary_id: int
    title: str
    audience: PositionGroup | None
    valid_from: date
    valid_to: date | None
    file_name: str
    identifier: str


class _Level(NamedTuple):
    dictionary_id: int
    competency_id: int
    name: str
    identifier: str | None
    group: str
    level: int
    text: str | None


def frameworks(session: Session, dictionary_id: int | None = None) -> list[Framework]:
    """Give every dictionary, or one, in the order in which they were read."""
    wanted = select(CompetencyDictionary).order_by(CompetencyDictionary.id)
    if dictionary_id is not None:
        wanted = wanted.where(CompetencyDictionary.id == dictionary_id)
    dictionaries = session.scalars(wanted).all()
    levels = _levels(session, [each.id for each in dictionaries])
    names = _other_names(session)
    return [_framework(each, levels.get(each.id, []), names) for each in dictionaries]


def listed(session: Session) -> list[Listed]:
    """List the dictionaries, the latest first."""
    latest = CompetencyDictionary.valid_from.desc(), CompetencyDictionary.id.desc()
    return [
        Listed(
            each.id,
            each.title,
            each.audience,
            each.valid_from,
            each.valid_to,
            each.file_name,
            identifier(each),
        )
        for each in session.scalars(select(CompetencyDictionary).order_by(*latest))
    ]


def identifier(dictionary: CompetencyDictionary) -> str:
    """Give the identifier that came with a dictionary, or the one that its file gives it."""
    return dictionary.identifier or identifier_of("dictionary", dictionary.sha256)


def _framework(
    dictionary: CompetencyDictionary,
    levels: Sequence[_Level],
    names: Mapping[int, Sequence[Replaced]],
) -> Framework:
    own = identifier(dictionary)
    entries: dict[int, Entry] = {}
    for each in levels:
        entry = entries.setdefault(
            each.competency_id,
            Entry(each.identifier or item_identifier(own, each.name), each.group, each.name),
        )
        entry.levels[each.level] = each.text
    replaced = [name for key in entries for name in names.get(key, ())]
    return Framework(
        identifier=own,
        title=dictionary.title,
        entries=in_order(list(entries.values())),
        audience=dictionary.audience,
        valid_from=dictionary.valid_from,
        valid_to=dictionary.valid_to,
        changed_at=dictionary.changed_at or dictionary.read_at,
        replaced=tuple(sorted(set(replaced), key=lambda each: (each.name, each.stands))),
    )


def _levels(session: Session, dictionary_ids: Sequence[int]) -> dict[int, list[_Level]]:
    rows = session.execute(
        select(
            CompetencyLevel.dictionary_id,
            CompetencyLevel.competency_id,
            Competency.name,
            Competency.identifier,
            CompetencyLevel.group_heading,
            CompetencyLevel.level,
            CompetencyLevel.text,
        )
        .join(Competency, Competency.id == CompetencyLevel.competency_id)
        .where(CompetencyLevel.dictionary_id.in_(dictionary_ids))
        .order_by(CompetencyLevel.dictionary_id, CompetencyLevel.competency_id)
    )
    found: dict[int, list[_Level]] = {}
    for row in map(_Level._make, rows):
        found.setdefault(row.dictionary_id, []).append(row)
    return found


def _other_names(session: Session) -> dict[int, list[Replaced]]:
    """Give by competency the pairs that it is part of: its synonyms, and what stands for it."""
    stands = aliased(Competency)
    pairs = session.execute(
        select(Competency.id, Competency.name, stands.id, stands.name).join(
            stands, stands.id == Competency.same_as_id
        )
    )
    found: dict[int, list[Replaced]] = {}
    for former_id, former, stands_id, name in pairs:
        for key in (former_id, stands_id):
            found.setdefault(key, []).append(Replaced(former, name))
    return found
