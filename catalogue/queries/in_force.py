"""Which versions stand, as a condition that costs nothing to ask again."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from catalogue.domain.words import IN_FORCE, VersionState


def stands(state: InstrumentedAttribute[VersionState]) -> ColumnElement[bool]:
    """Spell the states out: those of an IN are put into the statement anew each time it runs."""
    return or_(*(state == one for one in IN_FORCE))
