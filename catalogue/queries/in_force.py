"""Which versions stand, as conditions that cost nothing to ask again."""

from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import Description, Establishment
from catalogue.queries.spelled import one_of


def stands(state: InstrumentedAttribute[VersionState]) -> ColumnElement[bool]:
    return one_of(state, IN_FORCE)


def describes(day: date | SQLColumnExpression[date]) -> ColumnElement[bool]:
    """Join an establishment to its description in force: the unit's own before the general one."""
    particular = aliased(Description)
    written_for_unit = (
        select(particular.id)
        .where(particular.position_id == Establishment.position_id)
        .where(particular.unit_id == Establishment.unit_id)
        .where(stands(particular.state), particular.holds_on(day))
        .correlate_except(particular)
        .exists()
    )
    of_unit_or_general = or_(
        Description.unit_id == Establishment.unit_id,
        and_(Description.unit_id.is_(None), ~written_for_unit),
    )
    return and_(
        Description.position_id == Establishment.position_id,
        of_unit_or_general,
        stands(Description.state),
        Description.holds_on(day),
    )
