"""A unit with all that stand below it."""

from sqlalchemy import Select, select

from catalogue.models import Unit


def with_below(unit_id: int) -> Select[tuple[int]]:
    """Select the identifiers of the unit and of every unit below it."""
    reached = select(Unit.id).where(Unit.id == unit_id).cte("reached", recursive=True)
    lower = select(Unit.id).join(reached, Unit.parent_id == reached.c.id)
    return select(reached.union(lower).c.id)
