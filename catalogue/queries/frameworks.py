"""The matrix of positions against competencies on a day, read in a few statements of rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.framework import Asked, Competence, Described, Levels, Usual, Usuals, both
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Competency,
    Description,
    Establishment,
    Position,
    PositionVersion,
    Requirement,
    SourceDocument,
)
from catalogue.queries import competencies
from catalogue.queries.competencies import (
    GroupChoice,
    described_on,
    in_force_for,
    standing,
)
from catalogue.queries.in_force import stands

_PLACES = {group: place for place, group in enumerate((*CompetencyGroup, None))}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which positions are laid side by side, and the competencies of which group.

    With a unit, the positions established there, its own descriptions before the general ones.
    """

    text: str = ""
    agency_id: int | None = None
    unit_id: int | None = None
    group: PositionGroup | None = None
    choice: GroupChoice | None = None
    position_ids: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Frameworks:
    """What each description asks; `columns` are what they ask for, in its printed order.

    `choices` are all competencies that there are.
    """

    asked: Asked
    columns: list[Competence]
    choices: list[Competence]


def positions(
    session: Session, wanted: Wanted, viewer: Viewer, *, limit: int | None = None
) -> list[Described]:
    """List the positions in force on the day with the description that then holds for each."""
    own = aliased(Description)
    query = (
        select(
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.code,
            Agency.name,
            PositionVersion.group,
            SourceDocument.state,
            PositionVersion.id,
            func.coalesce(own.id, Description.id),
        )
        .select_from(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .outerjoin(Description, described_on(viewer.on))
        .outerjoin(own, _own(own, wanted.unit_id, viewer))
        .where(*in_force_for(viewer), *_conditions(wanted, viewer))
        .order_by(Agency.id, PositionVersion.wording_row_id)
        .limit(limit)
    )
    # Through the connection: for rows alone the session's own way costs as much again.
    return list(map(Described._make, session.connection().execute(query)))


def frameworks(session: Session, wanted: Wanted, shown: Sequence[Described]) -> Frameworks:
    """Give what these positions' descriptions ask for, synonyms joined."""
    choices = competencies.choices(session)
    names = {each.competency_id: each for each in choices}
    keys = [each.description_id for each in shown if each.description_id is not None]
    query = (
        select(
            Requirement.description_id,
            standing(),
            Requirement.level_min,
            Requirement.level_max,
            Requirement.ordinal,
        )
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(Requirement.description_id.in_(keys))
    )
    asked: dict[tuple[int, int], Levels] = {}
    printed: dict[int, int] = {}
    for description_id, key, low, high, ordinal in session.connection().execute(query).all():
        place, levels = (description_id, key), Levels(low, high)
        asked[place] = both(asked[place], levels) if place in asked else levels
        if ordinal < printed.setdefault(key, ordinal):
            printed[key] = ordinal
    columns = [names[key] for key in printed if _is_wanted(names[key], wanted)]
    columns.sort(key=lambda each: (_PLACES[each.group], printed[each.competency_id], each.name))
    return Frameworks(asked, columns, choices)


def usuals(session: Session, viewer: Viewer) -> Usuals:
    """Count for each group and competency how many positions ask which levels, in all agencies."""
    counted = func.count()
    query = _described(
        select(
            PositionVersion.group,
            standing(),
            Requirement.level_min,
            Requirement.level_max,
            counted,
        ),
        viewer,
    )
    query = (
        query.join(Requirement, Requirement.description_id == Description.id)
        .join(Competency, Competency.id == Requirement.competency_id)
        .group_by(PositionVersion.group, standing(), Requirement.level_min, Requirement.level_max)
    )
    ranges: dict[tuple[PositionGroup, int], dict[Levels, int]] = defaultdict(dict)
    for group, key, low, high, number in session.connection().execute(query):
        ranges[group, key][Levels(low, high)] = number
    positions = _with_frameworks(session, viewer)
    return {place: Usual(positions[place[0]], found) for place, found in ranges.items()}


def _with_frameworks(session: Session, viewer: Viewer) -> Mapping[PositionGroup, int]:
    """Count the positions of each group whose description asks for anything."""
    any_asked = select(Requirement.id).where(Requirement.description_id == Description.id)
    query = _described(select(PositionVersion.group, func.count()), viewer)
    rows = session.connection().execute(
        query.where(any_asked.exists()).group_by(PositionVersion.group)
    )
    return dict(rows.tuples().all())


def _described(query: Select[Any], viewer: Viewer) -> Select[Any]:
    return (
        query.select_from(PositionVersion)
        .join(Description, described_on(viewer.on))
        .where(PositionVersion.group.is_not(None), *in_force_for(viewer))
    )


def _own(own: type[Description], unit_id: int | None, viewer: Viewer) -> ColumnElement[bool]:
    if unit_id is None:
        return false()
    return and_(
        own.position_id == PositionVersion.position_id,
        own.unit_id == unit_id,
        stands(own.state),
        own.holds_on(viewer.on),
    )


def _conditions(wanted: Wanted, viewer: Viewer) -> list[ColumnElement[bool]]:
    here = select(Establishment.position_id).where(
        Establishment.unit_id == wanted.unit_id, Establishment.holds_on(viewer.on)
    )
    chosen = wanted.position_ids
    asked = (
        (bool(wanted.text), _says(wanted.text)),
        (wanted.agency_id is not None, Agency.id == wanted.agency_id),
        (wanted.group is not None, PositionVersion.group == wanted.group),
        (wanted.unit_id is not None, PositionVersion.position_id.in_(here)),
        (chosen is not None, PositionVersion.position_id.in_(list(chosen or ()))),
    )
    return [condition for is_asked, condition in asked if is_asked]


def _says(text: str) -> ColumnElement[bool]:
    """Match every word typed, in the position's name or the agency's."""
    searched = PositionVersion.name_folded + " " + Agency.name_folded
    words = fold(text).split()
    return and_(*(searched.contains(word) for word in words)) if words else false()


def _is_wanted(column: Competence, wanted: Wanted) -> bool:
    return wanted.choice is None or wanted.choice.group is column.group
