"""Drafted job descriptions as their editor shows them, and who may draft which."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.description import Section
from catalogue.domain.roles import Viewer
from catalogue.domain.states import OPEN_DRAFT, DraftState
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    Description,
    DescriptionDraft,
    DraftAuthor,
    Person,
    Unit,
)
from catalogue.queries.followed import former_tasks
from catalogue.queries.visible import visible

AT_WORK = timedelta(minutes=5)


class AtWork(NamedTuple):
    """Somebody who has just written in a draft."""

    name: str
    section: Section | None
    last_at: datetime


class OpenDraft(NamedTuple):
    """A draft on its way, as a position's page names it."""

    draft_id: int
    unit: str | None
    state: DraftState


class Base(NamedTuple):
    """The version in force that a draft begins beside."""

    description_id: int
    number: int
    state: VersionState
    unit_id: int | None


def one(session: Session, draft_id: int, viewer: Viewer) -> DescriptionDraft | None:
    """Find a draft with its position and unit; None where it may not be seen."""
    query = (
        select(DescriptionDraft)
        .where(DescriptionDraft.id == draft_id, visible(DescriptionDraft, viewer))
        .options(joinedload(DescriptionDraft.position_version), joinedload(DescriptionDraft.unit))
    )
    return session.scalar(query)


def of_position(session: Session, position_id: int, viewer: Viewer) -> Sequence[OpenDraft]:
    """List the drafts of a position that are on their way."""
    query = (
        select(DescriptionDraft.id, Unit.name, DescriptionDraft.state)
        .outerjoin(Unit, Unit.id == DescriptionDraft.unit_id)
        .where(DescriptionDraft.position_id == position_id, visible(DescriptionDraft, viewer))
        .where(DescriptionDraft.state.in_(OPEN_DRAFT))
        .order_by(DescriptionDraft.id)
    )
    return [OpenDraft(*row) for row in session.execute(query)]


def on_their_way(
    session: Session, position_ids: Collection[int], viewer: Viewer
) -> dict[tuple[int, int | None], int]:
    """Give the open draft of each position by its unit; None is the one for every unit."""
    query = (
        select(DescriptionDraft.position_id, DescriptionDraft.unit_id, DescriptionDraft.id)
        .where(DescriptionDraft.position_id.in_(position_ids), visible(DescriptionDraft, viewer))
        .where(DescriptionDraft.state.in_(OPEN_DRAFT))
    )
    return {(position, unit): draft for position, unit, draft in session.execute(query)}


def former(session: Session, draft: DescriptionDraft, day: date) -> dict[int, str]:
    """Word each task that a draft may go on from, in the order that its forms count them."""
    return former_tasks(session, draft.position_id, draft.unit_id, day, draft.based_on_id)


def base(session: Session, position_id: int, unit_id: int | None, viewer: Viewer) -> Base | None:
    """Find the version in force for a unit: its own, else the one for every unit."""
    places: list[ColumnElement[bool]] = [Description.unit_id.is_(None)]
    if unit_id is not None:
        places.append(Description.unit_id == unit_id)
    query = (
        select(Description.id, Description.number, Description.state, Description.unit_id)
        .where(Description.position_id == position_id, or_(*places))
        .where(Description.state.in_(IN_FORCE), Description.holds_on(viewer.on))
        .where(visible(Description, viewer))
        .order_by(Description.unit_id.is_(None), Description.number.desc())
    )
    row = session.execute(query).first()
    return Base(*row) if row else None


def at_work(session: Session, draft_id: int, viewer: Viewer, now: datetime) -> Sequence[AtWork]:
    """List who else wrote in a draft these last minutes, the latest first."""
    query = (
        select(Person.name, DraftAuthor.section, DraftAuthor.last_at)
        .join(Person, Person.id == DraftAuthor.person_id)
        .where(DraftAuthor.draft_id == draft_id, DraftAuthor.person_id != viewer.person_id)
        .where(DraftAuthor.last_at > now - AT_WORK)
        .order_by(DraftAuthor.last_at.desc())
    )
    return [AtWork(*row) for row in session.execute(query)]
