"""Competencies and the dictionaries that word their levels."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models.base import (
    Base,
    Digest,
    FoldedName,
    Instant,
    Key,
    Moment,
    Name,
    Short,
    word,
)
from catalogue.models.validity import Dated

LEVEL_TEXT = 32_767


class Competency(Base):
    """One name of a competency; `same_as` is the name that stands for it where it is a synonym.

    `identifier` came with the package that brought it; others are derived when asked for.
    """

    __tablename__ = "competency"

    id: Mapped[Key]
    name: Mapped[Name]
    name_folded: Mapped[FoldedName] = mapped_column(unique=True)
    group: Mapped[CompetencyGroup | None] = mapped_column(word(CompetencyGroup))
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("competency.id"), index=True)
    identifier: Mapped[str | None] = mapped_column(String(36), unique=True, index=True)


class CompetencyDictionary(Dated, Base):
    """One file of level texts, for one group of positions or all, from one day to another.

    `changed_at` came with the package that brought it, as its `identifier` did.
    """

    __tablename__ = "competency_dictionary"

    id: Mapped[Key]
    title: Mapped[Name]
    file_name: Mapped[Short]
    sha256: Mapped[Digest] = mapped_column(unique=True)
    audience: Mapped[PositionGroup | None] = mapped_column(word(PositionGroup))
    identifier: Mapped[str | None] = mapped_column(String(36), unique=True, index=True)
    read_at: Mapped[Moment]
    changed_at: Mapped[datetime | None] = mapped_column(Instant)


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
