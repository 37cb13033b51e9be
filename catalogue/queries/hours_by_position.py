"""Rolling hours up to the official positions, along successions and holders' choices, in SQL."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.models import (
    Agency,
    Assignment,
    Establishment,
    PersonDay,
    Position,
    PositionVersion,
    Unit,
)
from catalogue.queries import succession_walk
from catalogue.queries.last_wording import last_wording
from catalogue.queries.visible import visible


class PositionHours(NamedTuple):
    """What was done under one position, in whole minutes; `undecided` where a split awaits choices.

    `former` counts the positions whose lines were added up here.
    """

    position_id: int
    name: str
    agency: str
    people: int
    minutes: int
    product_minutes: int
    former: int
    undecided: bool


def of_period(
    session: Session, first: date, last: date, viewer: Viewer, *, as_of: date
) -> Sequence[PositionHours]:
    """Sum the days between two dates, both included, by the positions that they count under."""
    query = _statement().where(visible(PersonDay, viewer))
    values = {"first": first, "last": last, "as_of": as_of}
    return [
        PositionHours(position_id, name, agency, people, int(minutes), int(product), former, split)
        for position_id, name, agency, people, minutes, product, former, split in session.execute(
            query, values
        )
    ]


def _statement() -> Select[tuple[int, str, str, int, int, int, int, bool]]:
    walk = succession_walk.walk()
    summed = _summed().subquery()
    split = select(walk.steps.c.id).where(walk.steps.c.position_id == walk.ends.c.position_id)
    return (
        select(
            walk.ends.c.position_id,
            PositionVersion.name,
            Agency.name,
            func.count(Assignment.person_id.distinct()),
            func.sum(summed.c.minutes),
            func.sum(summed.c.product_minutes),
            func.count(Establishment.position_id.distinct()),
            split.exists(),
        )
        .select_from(summed)
        .join(Assignment, Assignment.id == summed.c.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(walk.ends, walk.ends.c.assignment_id == Assignment.id)
        .join(Position, Position.id == walk.ends.c.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(
            PositionVersion,
            PositionVersion.id == last_wording(walk.ends.c.position_id, succession_walk.DAY),
        )
        .group_by(walk.ends.c.position_id, PositionVersion.name, Agency.name, Agency.id)
        .order_by(Agency.id, PositionVersion.name, walk.ends.c.position_id)
    )


def _summed() -> Select[tuple[int, int, int]]:
    return (
        select(
            PersonDay.assignment_id,
            func.sum(PersonDay.standard_minutes + PersonDay.overtime_minutes).label("minutes"),
            func.sum(PersonDay.product_minutes).label("product_minutes"),
        )
        .where(PersonDay.day.between(bindparam("first", type_=Date), bindparam("last", type_=Date)))
        .group_by(PersonDay.assignment_id)
    )
