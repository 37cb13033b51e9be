"""Files that people sent, kept once by their SHA-256, in the transaction that needs them."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from catalogue.models.base import Base, Digest, Key, Moment, Short


class StoredFile(Base):
    """The bytes as they came; read only where they are asked for."""

    __tablename__ = "stored_file"

    id: Mapped[Key]
    sha256: Mapped[Digest] = mapped_column(unique=True)
    name: Mapped[Short]
    media_type: Mapped[Short]
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    stored_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stored_at: Mapped[Moment]
