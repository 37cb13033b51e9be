"""Positions as the demonstration and the unit pages need them: in the order of their lists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.words import IN_FORCE, PositionGroup
from catalogue.models import Description, Duty, Position, PositionVersion, TaskVersion


@dataclass(frozen=True, slots=True)
class DescribedPosition:
    """A position with the tasks (id, text, product) that hold on a day."""

    position_id: int
    agency_id: int
    name: str
    group: PositionGroup | None
    headcount: int | None
    tasks: tuple[tuple[int, str, str | None], ...]


def described_on(session: Session, day: date) -> Sequence[DescribedPosition]:
    """List every position that has tasks that day, agency by agency, in its list's order."""
    tasks = defaultdict(list)
    described = (
        select(Description.position_id, TaskVersion.id, TaskVersion.text, TaskVersion.product)
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Description.state.in_(IN_FORCE), Description.holds_on(day))
        .where(Description.unit_id.is_(None))
        .order_by(Duty.ordinal, TaskVersion.ordinal)
    )
    for position_id, task_id, text, product in session.execute(described):
        tasks[position_id].append((task_id, text, product))
    versions = (
        select(PositionVersion)
        .join(PositionVersion.position)
        .join(PositionVersion.wording_row)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day))
        .order_by(Position.agency_id, PositionVersion.wording_row_id)
    )
    return [
        DescribedPosition(
            version.position_id,
            version.position.agency_id,
            version.name,
            version.group,
            version.wording_row.headcount,
            tuple(tasks[version.position_id]),
        )
        for version in session.scalars(versions)
        if tasks[version.position_id]
    ]
