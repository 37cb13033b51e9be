"""Each position of each unit that a person reads drafts of, with where its description stands."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.draft_work import Body, Stage, WorkRow
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import OPEN_DRAFT, DraftState
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import Description, DescriptionDraft, Position, PositionVersion, Unit
from catalogue.queries.visible import visible

_STAGES = {
    DraftState.RETURNED: Stage.RETURNED,
    DraftState.WRITING: Stage.WRITING,
    DraftState.SUBMITTED: Stage.SUBMITTED,
    DraftState.APPRAISED: Stage.APPRAISED,
}


class _Draft(NamedTuple):
    draft_id: int
    state: DraftState
    changed_at: datetime


def rows(session: Session, viewer: Viewer) -> list[WorkRow]:
    """List every position of the units in which the person reads drafts: four statements.

    A draft on its way says where the position stands, also beside a version in force.
    """
    positions = _positions(session, viewer)
    drafts = _drafts(session, viewer)
    present = _present(session, viewer)
    return [
        _row(body, position, drafts, present)
        for body in _bodies(session, viewer)
        for position in positions[body.agency_id]
    ]


_Key = tuple[int, int | None]


def _row(
    body: Body,
    position: tuple[int, str, str | None],
    drafts: dict[_Key, _Draft],
    present: dict[_Key, VersionState],
) -> WorkRow:
    own, shared = (position[0], body.unit_id), (position[0], None)
    draft = drafts.get(own) or drafts.get(shared)
    state = present.get(own) or present.get(shared)
    approved = Stage.APPROVED if state is VersionState.ISSUED else Stage.NONE
    return WorkRow(
        body=body,
        position_id=position[0],
        position=position[1],
        code=position[2],
        stage=_STAGES[draft.state] if draft else approved,
        provisional=state is VersionState.PROVISIONAL,
        draft_id=draft.draft_id if draft else None,
        changed_at=draft.changed_at if draft else None,
    )


def _bodies(session: Session, viewer: Viewer) -> list[Body]:
    units = viewer.units(Permission.READ_DRAFT)
    above = aliased(Unit)
    query = (
        select(Unit.id, Unit.name, Unit.agency_id, above.id, above.name)
        .outerjoin(above, above.id == Unit.reporting_unit_id)
        .where(Unit.agency_id.is_not(None), Unit.holds_on(viewer.on))
        .order_by(above.rank, above.id, Unit.parent_id.is_not(None), Unit.rank, Unit.id)
    )
    found = []
    for key, name, agency_id, above_id, above_name in session.connection().execute(query):
        if units is None or key in units:
            seen = above_id is not None and (units is None or above_id in units)
            heading = (above_id, above_name) if seen else (key, name)
            found.append(Body(key, name, agency_id, *heading))
    return found


def _positions(session: Session, viewer: Viewer) -> dict[int, list[tuple[int, str, str | None]]]:
    query = (
        select(
            Position.agency_id,
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.code,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(viewer.on))
        .where(visible(PositionVersion, viewer))
        .order_by(PositionVersion.wording_row_id)
    )
    found: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
    for agency_id, position_id, name, code in session.connection().execute(query):
        found[agency_id].append((position_id, name, code))
    return found


def _drafts(session: Session, viewer: Viewer) -> dict[_Key, _Draft]:
    query = select(
        DescriptionDraft.position_id,
        DescriptionDraft.unit_id,
        DescriptionDraft.id,
        DescriptionDraft.state,
        DescriptionDraft.changed_at,
    ).where(DescriptionDraft.state.in_(OPEN_DRAFT), visible(DescriptionDraft, viewer))
    found = session.connection().execute(query)
    return {(position_id, unit_id): _Draft(*draft) for position_id, unit_id, *draft in found}


def _present(session: Session, viewer: Viewer) -> dict[_Key, VersionState]:
    """Give the state of what is in force, or approved and in force later: then it is approved."""
    query = (
        select(Description.position_id, Description.unit_id, Description.state)
        .where(Description.state.in_(IN_FORCE))
        .where(or_(Description.valid_to.is_(None), Description.valid_to >= viewer.on))
        .where(visible(Description, viewer))
    )
    found: dict[_Key, VersionState] = {}
    for position_id, unit_id, state in session.connection().execute(query):
        if found.get((position_id, unit_id)) is not VersionState.ISSUED:
            found[position_id, unit_id] = state
    return found
