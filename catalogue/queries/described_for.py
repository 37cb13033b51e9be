"""Which description holds for a position at a unit: the unit's own, else the general one."""

from datetime import date

from sqlalchemy import ScalarSelect, SQLColumnExpression, or_, select
from sqlalchemy.orm import aliased

from catalogue.models import Description
from catalogue.queries.in_force import stands


def described_for(
    position_id: SQLColumnExpression[int], unit_id: SQLColumnExpression[int], day: date
) -> ScalarSelect[int]:
    """Give the identifier of the description in force there on the day; NULL where none is."""
    held = aliased(Description)
    return (
        select(held.id)
        .where(held.position_id == position_id)
        .where(or_(held.unit_id == unit_id, held.unit_id.is_(None)))
        .where(stands(held.state), held.holds_on(day))
        .order_by(held.unit_id.is_(None))
        .limit(1)
        .correlate_except(held)
        .scalar_subquery()
    )
