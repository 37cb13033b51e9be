"""The competencies that a framework picks from: their names, and what each level means."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import PositionGroup
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.queries.competencies import standing


class Known(NamedTuple):
    """A name of a competency; `stands_for` is the one that it is a synonym of."""

    name: str
    stands_for: str | None


class Level(NamedTuple):
    """What one level means in one dictionary in force."""

    level: int
    text: str
    dictionary: str


def competencies(session: Session) -> Sequence[Known]:
    """List the names of competencies, each synonym with the name that stands for it."""
    names = session.execute(
        select(Competency.id, Competency.name, Competency.same_as_id).order_by(
            Competency.name_folded
        )
    ).all()
    by_id = {key: name for key, name, _ in names}
    return [Known(name, by_id.get(same_as)) for _, name, same_as in names]


def synonyms(known: Iterable[Known]) -> dict[str, str]:
    """Give, folded, the name that stands for each synonym."""
    return {fold(each.name): fold(each.stands_for) for each in known if each.stands_for}


def levels(
    session: Session, names: Iterable[str], group: PositionGroup | None, viewer: Viewer
) -> dict[str, list[Level]]:
    """Give the texts of all levels of the competencies of these names, by folded name.

    They are found by any name of the competency. A dictionary written for one group of positions
    words them for that group alone.
    """
    audience = CompetencyDictionary.audience
    for_all = audience.is_(None)
    wanted = set(map(fold, names))
    asked, worded = aliased(Competency), aliased(Competency)
    query = (
        select(
            asked.name_folded,
            CompetencyLevel.level,
            CompetencyLevel.text,
            CompetencyDictionary.title,
        )
        .join(worded, standing(worded) == standing(asked))
        .join(CompetencyLevel, CompetencyLevel.competency_id == worded.id)
        .join(CompetencyDictionary, CompetencyDictionary.id == CompetencyLevel.dictionary_id)
        .where(asked.name_folded.in_(wanted), CompetencyLevel.text.is_not(None))
        .where(CompetencyDictionary.holds_on(viewer.on))
        .where(true() if group is None else or_(for_all, audience == group))
        .order_by(CompetencyDictionary.id, CompetencyLevel.level)
    )
    found: dict[str, list[Level]] = {name: [] for name in wanted}
    for name, *level in session.execute(query):
        found[name].append(Level(*level))
    return found
