"""Finding a kind of agency by what people call it."""

from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.text import fold
from catalogue.models import Agency


def find(session: Session, name: str) -> Agency | None:
    """Find an agency by its code, name or short name, marks and case aside."""
    folded = fold(name)
    for agency in session.scalars(select(Agency).order_by(Agency.id)):
        if folded in (fold(agency.code), agency.name_folded, fold(agency.short_name)):
            return agency
    return None


def like(session: Session, name: str) -> list[str]:
    """List the names nearest to one that was not found, the nearest first."""
    names = {agency.name_folded: agency.name for agency in session.scalars(select(Agency))}
    return [names[match] for match in get_close_matches(fold(name), names, n=5, cutoff=0.5)]
