"""Whose diaries an import may hold, by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.models import Account, Assignment, ColumnAlias, Establishment, Person
from catalogue.queries.below import with_below


class Named(NamedTuple):
    """A person and how they are called."""

    person_id: int
    name: str


def aliases(session: Session) -> dict[str, DiaryColumn]:
    """Give the column that each heading, folded, means."""
    query = select(ColumnAlias.heading_folded, ColumnAlias.column)
    return {row.heading_folded: row.column for row in session.execute(query)}


def by_name(
    session: Session, unit_id: int | None, first: date, last: date
) -> Mapping[str, Sequence[Named]]:
    """Find who held a position in those days, by folded name: in one unit and below it, or in all.

    Two of one name are both there: a person has to say which is meant.
    """
    query = (
        select(Person.name_folded, Person.id, Person.name)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(Assignment.valid_from <= last)
        .where(or_(Assignment.valid_to.is_(None), Assignment.valid_to >= first))
        .distinct()
        .order_by(Person.id)
    )
    if unit_id is not None:
        query = query.where(Establishment.unit_id.in_(with_below(unit_id)))
    found: dict[str, list[Named]] = defaultdict(list)
    for folded, *named in session.execute(query):
        found[folded].append(Named(*named))
    return found


def one(session: Session, person_id: int) -> Named:
    return Named(person_id, session.get_one(Person, person_id).name)


def called(session: Session, told: str, folded: str) -> list[Named]:
    """Find the people of a user name, or of a name."""
    query = (
        select(Person.id, Person.name)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(or_(Account.username == told, Person.name_folded == folded))
        .order_by(Person.id)
    )
    return [Named(*row) for row in session.execute(query)]
