"""Where positions come from: documents, the files read of them, and the rows of their annexes."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.words import SourceState
from catalogue.models.base import Base, Digest, JsonList, Key, Moment, Name, Short, word


class SourceDocument(Base):
    """One decision, plan or list; verified only once its signed file was read."""

    __tablename__ = "source_document"

    id: Mapped[Key]
    number: Mapped[Short] = mapped_column(unique=True)
    issuer: Mapped[Short]
    issued_on: Mapped[date | None]
    title: Mapped[Name]
    state: Mapped[SourceState] = mapped_column(word(SourceState))
    basis: Mapped[Name] = mapped_column(default="")


class AnnexFile(Base):
    """One file that was read for one agency; the same bytes are read once.

    `unit_id` is set where it is the own list of one unit, and not a decision's annex.
    """

    __tablename__ = "annex_file"
    __table_args__ = (UniqueConstraint("source_document_id", "agency_id", "sha256"),)

    id: Mapped[Key]
    source_document_id: Mapped[int] = mapped_column(ForeignKey("source_document.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    file_name: Mapped[Short]
    sha256: Mapped[Digest]
    read_at: Mapped[Moment]
    document: Mapped[SourceDocument] = relationship()


class AnnexRow(Base):
    """One row as its file prints it: what a position points back to."""

    __tablename__ = "annex_row"
    __table_args__ = (
        UniqueConstraint("annex_file_id", "table_no", "row_no"),
        Index("ix_annex_row_code_key", "code_key"),
    )

    id: Mapped[Key]
    annex_file_id: Mapped[int] = mapped_column(ForeignKey("annex_file.id"))
    table_no: Mapped[int]
    row_no: Mapped[int]
    no: Mapped[Short]
    name: Mapped[Name]
    group_heading: Mapped[Name | None]
    rank: Mapped[Name | None]
    code: Mapped[Short | None]
    code_key: Mapped[Short | None]
    headcount: Mapped[int | None]
    raw: Mapped[JsonList]
    file: Mapped[AnnexFile] = relationship()
