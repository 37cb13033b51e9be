"""Absences as lists: one's own, and those of the people whose absences one keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.text import fold
from catalogue.models import Absence, Assignment, Establishment, Person
from catalogue.queries.visible import visible


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose absences are asked for; withdrawn ones only where they are."""

    mine: bool = False
    text: str = ""
    month: Month | None = None
    kind: AbsenceKind | None = None
    withdrawn: bool = False


class Listed(NamedTuple):
    """One absence, with who entered it."""

    absence_id: int
    person_id: int
    person: str
    kind: AbsenceKind
    first: date
    last: date
    half: bool
    entered_by: str
    entered_at: datetime
    withdrawn_at: datetime | None


def listed(
    session: Session, wanted: Wanted, viewer: Viewer, *, offset: int = 0, limit: int | None = None
) -> Sequence[Listed]:
    """List absences that the person may read, the latest first."""
    author = aliased(Person)
    columns = select(
        Absence.id,
        Person.id,
        Person.name,
        Absence.kind,
        Absence.first_day,
        Absence.last_day,
        Absence.half,
        author.name,
        Absence.entered_at,
        Absence.withdrawn_at,
    ).select_from(Absence)
    query = (
        _narrowed(columns, wanted, viewer)
        .join(author, author.id == Absence.entered_by_id)
        .order_by(Absence.first_day.desc(), Person.sort_key, Absence.id.desc())
    )
    return [Listed(*row) for row in session.execute(query.offset(offset).limit(limit))]


def count(session: Session, wanted: Wanted, viewer: Viewer) -> int:
    query = _narrowed(select(func.count(Absence.id)), wanted, viewer)
    rows: int = session.execute(query).scalar_one()
    return rows


def is_seen(session: Session, absence_id: int, viewer: Viewer) -> bool:
    query = select(Absence.id).where(Absence.id == absence_id, visible(Absence, viewer))
    return session.scalar(query) is not None


def people(session: Session, viewer: Viewer) -> Sequence[tuple[int, str]]:
    """List the people whose absences the person keeps on their day, by name."""
    units = viewer.units(Permission.KEEP_ABSENCES)
    query = (
        select(Person.id, Person.name, Person.sort_key)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.holds_on(viewer.on))
        .distinct()
        .order_by(Person.sort_key, Person.id)
    )
    if units is not None:
        query = query.where(Establishment.unit_id.in_(units))
    return [(person_id, name) for person_id, name, _ in session.execute(query)]


def _narrowed(query: Select[Any], wanted: Wanted, viewer: Viewer) -> Select[Any]:
    query = query.join(Person, Person.id == Absence.person_id).where(visible(Absence, viewer))
    if wanted.mine:
        query = query.where(Absence.person_id == viewer.person_id)
    if wanted.kind is not None:
        query = query.where(Absence.kind == wanted.kind)
    if wanted.month is not None:
        query = query.where(
            Absence.first_day <= wanted.month.last, Absence.last_day >= wanted.month.first
        )
    if not wanted.withdrawn:
        query = query.where(Absence.withdrawn_at.is_(None))
    return query.where(*(Person.name_folded.contains(word) for word in fold(wanted.text).split()))
