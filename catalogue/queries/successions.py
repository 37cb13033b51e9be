"""The cross-walk between former and official positions, each step with its date and decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from catalogue.domain.reviewing import MatchKind
from catalogue.domain.roles import Viewer
from catalogue.domain.words import IN_FORCE, OriginKind
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Assignment,
    Establishment,
    Issuance,
    LogLine,
    PositionOrigin,
    PositionVersion,
    SourceDocument,
    Succession,
)
from catalogue.queries import succession_walk
from catalogue.queries.last_wording import last_wording
from catalogue.queries.visible import visible


class Step(NamedTuple):
    """One step: from a day on, what was done under the former counts under the successor."""

    succession_id: int
    former_id: int
    former: str
    successor_id: int
    successor: str
    kind: MatchKind
    valid_from: date
    valid_to: date | None
    issuance_id: int
    document: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class Renaming(NamedTuple):
    """A position that goes on under another name by a decision of the province."""

    position_id: int
    former: str
    name: str
    valid_from: date
    issuance_id: int
    document: str


class Now(NamedTuple):
    """Where what one holder did counts now; `undecided` where a split awaits their choice."""

    position_id: int
    name: str
    undecided: bool


def steps(session: Session, viewer: Viewer) -> Sequence[Step]:
    """List every step of the cross-walk, the latest decision first."""
    return _steps(session, viewer, true(), Succession.valid_from.desc(), Succession.id)


def around(session: Session, position_id: int, viewer: Viewer) -> tuple[list[Step], list[Step]]:
    """List the steps that led to a position, and those that lead on from it."""
    near = (Succession.position_id == position_id) | (Succession.successor_id == position_id)
    found = _steps(session, viewer, near, Succession.id)
    came_from = [step for step in found if step.successor_id == position_id]
    return came_from, [step for step in found if step.former_id == position_id]


def from_unit(session: Session, unit_id: int, viewer: Viewer) -> dict[int, list[Step]]:
    """Give the steps that hold today from positions established at a unit, by position."""
    there = select(Establishment.position_id).where(Establishment.unit_id == unit_id)
    from_there = Succession.position_id.in_(there) & _holding(viewer.on)
    led: dict[int, list[Step]] = {}
    for step in _steps(session, viewer, from_there, Succession.id):
        led.setdefault(step.former_id, []).append(step)
    return led


def renamings(session: Session, viewer: Viewer) -> Sequence[Renaming]:
    """List the positions whose name a decision of the province changed, the latest first."""
    former = aliased(PositionVersion)
    before = (
        select(former.name)
        .where(former.position_id == PositionVersion.position_id, former.state.in_(IN_FORCE))
        .where(former.valid_from < PositionVersion.valid_from)
        .order_by(former.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            PositionVersion.position_id,
            before.label("former"),
            PositionVersion.name,
            PositionVersion.valid_from,
            Issuance.id,
            SourceDocument.number,
        )
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .join(Issuance, Issuance.source_document_id == SourceDocument.id)
        .where(visible(PositionVersion, viewer), PositionVersion.state.in_(IN_FORCE))
        .where(PositionVersion.id.in_(_originated(OriginKind.RENAMED)))
        .order_by(PositionVersion.valid_from.desc(), PositionVersion.id)
    )
    return [Renaming(*row) for row in session.execute(query) if row.former is not None]


def of_line(session: Session, line_id: int, day: date) -> Now | None:
    """Tell where a log line counts on the day; None where it is still its own position."""
    walk = succession_walk.walk()
    split = select(walk.steps.c.id).where(walk.steps.c.position_id == walk.ends.c.position_id)
    query = (
        select(walk.ends.c.position_id, PositionVersion.name, split.exists())
        .join(LogLine, LogLine.assignment_id == walk.ends.c.assignment_id)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(
            PositionVersion,
            PositionVersion.id == last_wording(walk.ends.c.position_id, succession_walk.DAY),
        )
        .where(LogLine.id == line_id)
        .where((walk.ends.c.position_id != Establishment.position_id) | split.exists())
    )
    row = session.execute(query, {"as_of": day}).first()
    return Now(*row) if row else None


def _originated(kind: OriginKind) -> Select[tuple[int]]:
    return select(PositionOrigin.position_version_id).where(PositionOrigin.kind == kind)


def _holding(day: date) -> ColumnElement[bool]:
    not_ended = or_(Succession.valid_to.is_(None), Succession.valid_to >= day)
    return and_(Succession.valid_from <= day, not_ended)


def _steps(
    session: Session, viewer: Viewer, wanted: ColumnElement[bool], *order: SQLColumnExpression[Any]
) -> list[Step]:
    former, successor = aliased(PositionVersion), aliased(PositionVersion)
    day = Succession.valid_from
    query = (
        select(
            Succession.id,
            Succession.position_id,
            former.name,
            Succession.successor_id,
            successor.name,
            Succession.kind,
            Succession.valid_from,
            Succession.valid_to,
            Succession.issuance_id,
            SourceDocument.number,
        )
        .select_from(Succession)
        .join(former, former.id == last_wording(Succession.position_id, day))
        .join(successor, successor.id == last_wording(Succession.successor_id, day))
        .join(Issuance, Issuance.id == Succession.issuance_id)
        .join(SourceDocument, SourceDocument.id == Issuance.source_document_id)
        .where(wanted, visible(PositionVersion, viewer))
        .order_by(*order)
    )
    return [Step(*row) for row in session.execute(query)]
