"""How a position is worded on a day, or was when it ended: the last version begun by then."""

from datetime import date

from sqlalchemy import ScalarSelect, SQLColumnExpression, select
from sqlalchemy.orm import aliased

from catalogue.domain.words import IN_FORCE
from catalogue.models import PositionVersion


def last_wording(
    position_id: SQLColumnExpression[int], day: date | SQLColumnExpression[date]
) -> ScalarSelect[int]:
    """Give the identifier of that version; ended ones still name what was done under them."""
    begun = aliased(PositionVersion)
    return (
        select(begun.id)
        .where(begun.position_id == position_id)
        .where(begun.state.in_(IN_FORCE), begun.valid_from <= day)
        .order_by(begun.valid_from.desc())
        .limit(1)
        .correlate_except(begun)
        .scalar_subquery()
    )
