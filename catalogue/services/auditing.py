"""Writing down who did what, in the transaction that does it."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.models import AuditEntry


def record(
    session: Session, action: str, subject: str, *, by: int | None, at: datetime, **detail: object
) -> None:
    """Add one entry; `by` is a person, or None for the command line."""
    session.add(AuditEntry(at=at, actor_id=by, action=action, subject=subject[:200], detail=detail))
