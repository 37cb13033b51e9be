"""What a change of many frameworks did, read back from its entry."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.framework_edits import WRITTEN, Outcome
from catalogue.models import AuditEntry


class Done(NamedTuple):
    """One change with its rows, each as it was written down."""

    at: datetime
    subject: str
    rows: list[tuple[Outcome, dict[str, Any]]]

    @property
    def written(self) -> int:
        return sum(outcome in WRITTEN for outcome, _ in self.rows)


def one(session: Session, entry_id: int, action: str, person_id: int) -> Done | None:
    """Find a change that the person made."""
    query = select(AuditEntry).where(
        AuditEntry.seq == entry_id, AuditEntry.action == action, AuditEntry.actor_id == person_id
    )
    entry = session.scalar(query)
    if entry is None:
        return None
    rows = [(Outcome.stored(row["outcome"]), row) for row in entry.detail["rows"]]
    return Done(entry.at, entry.subject, rows)
