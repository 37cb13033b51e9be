"""What a newer file of a list changed against one that was written before it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import annex_changes
from catalogue.domain.annex_changes import Change, Line
from catalogue.models import AnnexRow


def compare(session: Session, former_id: int, newer_id: int) -> list[Change]:
    """Compare two files that were written, in the newer one's order."""
    return annex_changes.compare(lines(session, former_id), lines(session, newer_id))


def lines(session: Session, annex_file_id: int) -> list[Line]:
    """List the rows of a file that was written, as far as lists are compared."""
    query = (
        select(
            AnnexRow.name,
            AnnexRow.group_heading,
            AnnexRow.rank,
            AnnexRow.code,
            AnnexRow.headcount,
            AnnexRow.id,
        )
        .where(AnnexRow.annex_file_id == annex_file_id)
        .order_by(AnnexRow.id)
    )
    return [Line(*row) for row in session.execute(query)]
