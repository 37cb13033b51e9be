"""How many of the central decisions were read from their signed files."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import SourceDocument

CENTRAL_SYMBOL = "-QĐ/BTCTW"


def decisions(session: Session) -> Sequence[SourceDocument]:
    """List the decisions of the Central Organisation Commission by their numbers."""
    central = select(SourceDocument).where(SourceDocument.number.endswith(CENTRAL_SYMBOL))
    return session.scalars(central.order_by(SourceDocument.number)).all()
