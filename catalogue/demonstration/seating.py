"""Seats the generated people at the units' established positions."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demonstration.records import Key, Person, Position
from catalogue.domain.words import AssignmentKind
from catalogue.models import Assignment, Establishment, Position as PositionRow, Unit
from catalogue.services import staffing


def seat(session: Session, people: Sequence[Person], *, since: date) -> dict[tuple[int, Key], int]:
    """Write everybody; answers the assignment of each (person's number, position)."""
    seats = _Seats(session, people, since)
    assignments = {
        (person.number, position.key): assignment
        for person in people
        for position, assignment in seats.take(person)
    }
    session.flush()
    return {place: assignment.id for place, assignment in assignments.items()}


class _Seats:
    """The established positions, made as the first person takes a seat at them."""

    def __init__(self, session: Session, people: Sequence[Person], since: date) -> None:
        self.session = session
        self.since = since
        self.units = dict(session.execute(select(Unit.code, Unit)).tuples().all())
        self.held = Counter((person.body, person.positions[0].key) for person in people)
        self.established: dict[tuple[str, Key], Establishment] = {}

    def take(self, person: Person) -> list[tuple[Position, Assignment]]:
        row = staffing.add_person(self.session, person.name, synthetic=True)
        kinds = (AssignmentKind.PRIMARY, AssignmentKind.CONCURRENT)
        return [
            (
                position,
                staffing.assign(
                    self.session, row, self._at(person.body, position), since=self.since, kind=kind
                ),
            )
            for position, kind in zip(person.positions, kinds, strict=False)
        ]

    def _at(self, body: str, position: Position) -> Establishment:
        place = body, position.key
        if place not in self.established:
            self.established[place] = staffing.establish(
                self.session,
                self.units[body],
                self.session.get_one(PositionRow, position.key),
                headcount=self.held[place],
                since=self.since,
            )
        return self.established[place]
