"""Putting people into established positions."""

from datetime import date

from sqlalchemy.orm import Session

from catalogue.domain.text import fold, sort_key
from catalogue.domain.words import AssignmentKind
from catalogue.models import Assignment, Establishment, Person, Position, Unit


def add_person(session: Session, name: str, *, synthetic: bool = False) -> Person:
    """Write one person; `synthetic` says that nobody of that name is meant."""
    person = Person(name=name, name_folded=fold(name), sort_key=sort_key(name), synthetic=synthetic)
    session.add(person)
    return person


def establish(
    session: Session, unit: Unit, position: Position, *, headcount: int | None, since: date
) -> Establishment:
    """Write that the unit has this position."""
    establishment = Establishment(
        unit=unit, position=position, headcount=headcount, valid_from=since
    )
    session.add(establishment)
    return establishment


def assign(
    session: Session,
    person: Person,
    establishment: Establishment,
    *,
    since: date,
    kind: AssignmentKind = AssignmentKind.PRIMARY,
) -> Assignment:
    """Write that the person holds the position from that day on."""
    assignment = Assignment(person=person, establishment=establishment, kind=kind, valid_from=since)
    session.add(assignment)
    session.flush()
    return assignment
