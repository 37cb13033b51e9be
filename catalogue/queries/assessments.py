"""Assessments as lists: one's own, and those of the people whom one answers for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import AssessmentState
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord
from catalogue.models import (
    AssessedLevel,
    Assessment,
    Assignment,
    Establishment,
    Person,
    PositionVersion,
    Requirement,
    Unit,
)
from catalogue.queries.below import with_below
from catalogue.queries.last_wording import last_wording


class Stage(LabelledWord):
    """Where a person's last assessment stands, as a list is filtered by it."""

    MINE = "cho-toi", "Đang chờ tôi"
    NONE = "chua-mo", "Chưa đánh giá lần nào"
    OPEN = "tu-danh-gia", AssessmentState.OPEN.label
    SELF_SAID = "cho-thu-truong", AssessmentState.SELF_SAID.label
    HEAD_SAID = "cho-thong-nhat", AssessmentState.HEAD_SAID.label
    CONFIRMED = "da-xac-nhan", AssessmentState.CONFIRMED.label


class Sort(LabelledWord):
    """By what a list of people is ordered."""

    NAME = "ten", "Tên"
    UNIT = "don-vi", "Đơn vị"
    LACKING = "thieu", "Còn thiếu nhiều nhất"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose assessments are asked for, in which order; `mine` are those that wait for who asks."""

    text: str = ""
    unit_id: int | None = None
    stage: Stage | None = None
    mine: tuple[int, ...] = ()
    sort: Sort = Sort.NAME


class Own(NamedTuple):
    """One of my positions with one of its assessments, or with none."""

    assignment_id: int
    position: str
    unit: str
    held: bool
    assessment_id: int | None
    assessed_on: date | None
    state: AssessmentState | None


class Listed(NamedTuple):
    """One person at one position, with their last assessment; `lacking` once it is confirmed."""

    assignment_id: int
    person_id: int
    person: str
    position: str
    unit_id: int
    unit: str
    assessment_id: int | None
    assessed_on: date | None
    state: AssessmentState | None
    lacking: int | None
    levels: int | None


def own(session: Session, viewer: Viewer) -> Sequence[Own]:
    """List the positions that the person holds or was assessed in, newest assessments first."""
    holds = Assignment.holds_on(viewer.on)
    query = (
        select(
            Assignment.id,
            PositionVersion.name,
            Unit.name,
            holds,
            Assessment.id,
            Assessment.assessed_on,
            Assessment.state,
        )
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(PositionVersion, _worded(viewer.on))
        .outerjoin(Assessment, Assessment.assignment_id == Assignment.id)
        .where(Assignment.person_id == viewer.person_id)
        .where(or_(holds, Assessment.id.is_not(None)))
        .order_by(Assignment.id, Assessment.assessed_on.desc(), Assessment.id.desc())
    )
    return [Own(*row) for row in session.execute(query)]


def people(
    session: Session, wanted: Wanted, viewer: Viewer, *, offset: int = 0, limit: int | None = None
) -> Sequence[Listed]:
    """List who holds a position in the units that the person answers for."""
    lacking, levels = _lacking()
    columns = select(
        Assignment.id,
        Person.id,
        Person.name,
        PositionVersion.name,
        Unit.id,
        Unit.name,
        Assessment.id,
        Assessment.assessed_on,
        Assessment.state,
        lacking,
        levels,
    )
    first: dict[Sort, tuple[ColumnElement[Any], ...]] = {
        Sort.NAME: (),
        Sort.UNIT: (Unit.rank.asc(), Unit.id.asc()),
        Sort.LACKING: (levels.desc().nulls_last(),),
    }
    query = (
        _narrowed(columns, wanted, viewer)
        .join(PositionVersion, _worded(viewer.on))
        .order_by(*first[wanted.sort], Person.sort_key, Person.id, Assignment.id)
    )
    return [Listed(*row) for row in session.execute(query.offset(offset).limit(limit))]


def count(session: Session, wanted: Wanted, viewer: Viewer) -> int:
    counted = _narrowed(select(func.count(Assignment.id)), wanted, viewer)
    rows: int = session.execute(counted).scalar_one()
    return rows


def is_seen(session: Session, assignment_id: int, viewer: Viewer) -> bool:
    """Tell whether it is the person's own position, or one of a unit that they answer for."""
    readable = _within(viewer.units(Permission.READ_ASSESSMENT)) & Assignment.holds_on(viewer.on)
    query = (
        select(Assignment.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .where(Assignment.id == assignment_id)
        .where(or_(Assignment.person_id == viewer.person_id, readable))
    )
    return session.scalar(query) is not None


def units(session: Session, viewer: Viewer, permission: Permission) -> Sequence[tuple[int, str]]:
    """List the units in which the person was granted this, as a list is filtered by them."""
    query = (
        select(Unit.id, Unit.name)
        .where(_within(viewer.units(permission)), Unit.holds_on(viewer.on))
        .order_by(Unit.rank, Unit.id)
    )
    return [(unit_id, name) for unit_id, name in session.execute(query)]


def last(*states: AssessmentState) -> ColumnElement[bool]:
    """Join to an assignment its last assessment, of those in these states where some are named."""
    later = aliased(Assessment)
    newest = select(later.id).where(later.assignment_id == Assignment.id)
    if states:
        newest = newest.where(later.state.in_(states))
    newest = newest.order_by(later.assessed_on.desc(), later.id.desc()).limit(1)
    return newest.correlate(Assignment).scalar_subquery() == Assessment.id


def _lacking() -> tuple[ColumnElement[Any], ...]:
    """Count the competencies in which a confirmed assessment falls short, and their levels."""
    short = (
        select()
        .select_from(AssessedLevel)
        .join(Requirement, Requirement.id == AssessedLevel.requirement_id)
        .where(AssessedLevel.assessment_id == Assessment.id)
        .where(AssessedLevel.agreed_level < Requirement.level_min)
        .correlate(Assessment)
    )
    confirmed = Assessment.state == AssessmentState.CONFIRMED
    missing = func.sum(Requirement.level_min - AssessedLevel.agreed_level)
    figures = (func.count(), func.coalesce(missing, 0))
    return tuple(
        case((confirmed, short.with_only_columns(figure).scalar_subquery())) for figure in figures
    )


def _narrowed(query: Select[Any], wanted: Wanted, viewer: Viewer) -> Select[Any]:
    query = (
        query.select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .outerjoin(Assessment, last())
        .where(_within(viewer.units(Permission.READ_ASSESSMENT)), Assignment.holds_on(viewer.on))
    )
    if wanted.unit_id is not None:
        query = query.where(Unit.id.in_(with_below(wanted.unit_id)))
    named = (Person.name_folded.contains(word) for word in fold(wanted.text).split())
    return query.where(*named, _at(wanted))


def _at(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.stage is None:
        return true()
    if wanted.stage is Stage.MINE:
        return Assessment.id.in_(wanted.mine)
    if wanted.stage is Stage.NONE:
        return Assessment.id.is_(None)
    return Assessment.state == AssessmentState[wanted.stage.name]


def _within(units: frozenset[int] | None) -> ColumnElement[bool]:
    return true() if units is None else Unit.id.in_(units)


def _worded(day: date) -> ColumnElement[bool]:
    """Join to the position's version of the day, or its last one: people stay on."""
    return PositionVersion.id == last_wording(Establishment.position_id, day)
