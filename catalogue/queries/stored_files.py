"""Files that people sent, found again by their digest."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import StoredFile


def of_digest(session: Session, sha256: str) -> StoredFile | None:
    """Find the file whose bytes have this digest."""
    return session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))
