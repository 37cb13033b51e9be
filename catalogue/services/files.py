"""Keeping the files that people send: the same bytes once, under a name that is safe to print."""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalogue.domain.text import clean, forbidden_character
from catalogue.models import StoredFile

NAME_CHARACTERS = 200
_NAMELESS = "tệp không tên"


def store(
    session: Session, name: str, media_type: str, content: bytes, *, by: int | None, at: datetime
) -> StoredFile:
    """Keep a file, or find the one of the same bytes, whoever sent it and however it was called."""
    digest = sha256(content).hexdigest()
    wanted = select(StoredFile).where(StoredFile.sha256 == digest)
    if kept := session.scalar(wanted):
        emptied = (StoredFile.id == kept.id, func.length(StoredFile.content) == 0)
        session.execute(update(StoredFile).where(*emptied).values(content=content))
        return kept
    _insert_unless_there(
        session,
        {
            "sha256": digest,
            "name": cleaned_name(name),
            "media_type": media_type,
            "size": len(content),
            "content": content,
            "stored_by_id": by,
            "stored_at": at,
        },
    )
    return session.scalars(wanted).one()


def empty(session: Session, file_id: int) -> None:
    """Leave of a file its name, its size and its digest; its bytes are kept no longer."""
    session.execute(update(StoredFile).where(StoredFile.id == file_id).values(content=b""))


def is_emptied(session: Session, file_id: int) -> bool:
    query = select(func.length(StoredFile.content)).where(StoredFile.id == file_id)
    return not session.scalars(query).one()


def _insert_unless_there(session: Session, values: dict[str, object]) -> None:
    """Write the file; of two senders at once the second finds the row that the first one wrote."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(StoredFile).values(values).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(StoredFile).values(values).on_conflict_do_nothing())


def cleaned_name(name: str) -> str:
    """Give the last part of a path in NFC, nothing hidden in it, its suffix kept when shortened."""
    base = clean(name.replace("\\", "/").rpartition("/")[2]).replace("\n", " ")
    printable = "".join(letter for letter in base if not forbidden_character(letter)).strip(". ")
    suffix = PurePosixPath(printable).suffix[:NAME_CHARACTERS]
    stem = printable.removesuffix(suffix)
    return stem[: NAME_CHARACTERS - len(suffix)] + suffix or _NAMELESS
