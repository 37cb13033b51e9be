"""Competencies and the dictionaries that word their levels."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, Digest, FoldedName, Key, Moment, Name, Opening, Short

LEVEL_TEXT = 32_767


class Competency(Base):
    """One competency; the same folded name is the same competency."""

    __tablename__ = "competency"

    id: Mapped[Key]
    name: Mapped[Name]
    name_folded: Mapped[FoldedName] = mapped_column(unique=True)


class CompetencyDictionary(Base):
    """One file of level texts, for one audience, from one day on."""

    __tablename__ = "competency_dictionary"

    id: Mapped[Key]
    title: Mapped[Name]
    file_name: Mapped[Short]
    sha256: Mapped[Digest] = mapped_column(unique=True)
    valid_from: Mapped[Opening]
    read_at: Mapped[Moment]


class CompetencyLevel(Base):
    """What one level of one competency means in one dictionary; None where its cell is blank."""

    __tablename__ = "competency_level"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", "level_in_range"),)

    dictionary_id: Mapped[int] = mapped_column(
        ForeignKey("competency_dictionary.id"), primary_key=True
    )
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    group_heading: Mapped[Short]
    text: Mapped[str | None] = mapped_column(String(LEVEL_TEXT))
