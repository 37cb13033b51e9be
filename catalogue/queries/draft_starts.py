"""What a draft may begin with: a like position's description, or a template of duties."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import IN_FORCE, PositionGroup, VersionState
from catalogue.models import Agency, Description, DutyTemplate, Position, PositionVersion
from catalogue.queries.visible import visible

_LIKE_POSITIONS = 20


class LikePosition(NamedTuple):
    """One description in force that a draft may be cloned from."""

    description_id: int
    name: str
    agency: str
    state: VersionState


class PlacedPosition(NamedTuple):
    """A position's wording in force with its agency."""

    version_id: int
    position_id: int
    name: str
    code: str | None
    group: PositionGroup | None
    agency_id: int
    agency: str


def position(session: Session, position_id: int, viewer: Viewer) -> PlacedPosition | None:
    """Find the wording in force of a position; None where there is none to be seen."""
    query = (
        select(
            PositionVersion.id,
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.code,
            PositionVersion.group,
            Agency.id,
            Agency.name,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .where(PositionVersion.position_id == position_id, visible(PositionVersion, viewer))
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(viewer.on))
        .order_by(PositionVersion.id.desc())
    )
    row = session.execute(query).first()
    return PlacedPosition(*row) if row else None


def like(
    session: Session, placed: PlacedPosition, words: str, viewer: Viewer
) -> Sequence[LikePosition]:
    """Search descriptions in force by name and agency; without words, those of its group.

    Those of its group and of its agency come first.
    """
    query = (
        select(Description.id, PositionVersion.name, Agency.name, Description.state)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(Position, Position.id == Description.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .where(Description.position_id != placed.position_id, visible(Description, viewer))
        .where(Description.state.in_(IN_FORCE), Description.holds_on(viewer.on))
    )
    searched = PositionVersion.name_folded + " " + Agency.name_folded
    for word in fold(words).split():
        query = query.where(searched.contains(word))
    if not fold(words):
        query = query.where(PositionVersion.group == placed.group)
    nearest = (
        func.coalesce(PositionVersion.group == placed.group, False).desc(),
        (Position.agency_id == placed.agency_id).desc(),
    )
    rows = session.execute(query.order_by(*nearest, Description.id).limit(_LIKE_POSITIONS))
    return [LikePosition(*row) for row in rows]


def templates(session: Session, placed: PlacedPosition, viewer: Viewer) -> Sequence[DutyTemplate]:
    """List the templates of duties in force, those of the position's group first."""
    query = select(DutyTemplate).where(DutyTemplate.holds_on(viewer.on)).order_by(DutyTemplate.id)
    found = session.scalars(query).all()
    return sorted(found, key=lambda template: template.group is not placed.group)


def template(session: Session, template_id: int, viewer: Viewer) -> DutyTemplate | None:
    """Find a template of duties that is in force."""
    query = select(DutyTemplate).where(
        DutyTemplate.id == template_id, DutyTemplate.holds_on(viewer.on)
    )
    return session.scalar(query)
