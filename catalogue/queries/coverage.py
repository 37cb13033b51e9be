"""How many of the central decisions were read from their signed files."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import SourceDocument
from catalogue.queries.sources import DECISIONS

CENTRAL_SYMBOL = "-QĐ/BTCTW"


def decisions(session: Session) -> Sequence[SourceDocument]:
    """List the fourteen decisions by their numbers; others of the same body do not count."""
    central = select(SourceDocument).where(SourceDocument.number.in_(DECISIONS))
    return session.scalars(central.order_by(SourceDocument.number)).all()
