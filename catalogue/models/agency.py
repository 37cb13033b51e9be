"""Kinds of agency (loại cơ quan): what a list of positions is written for."""

from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.words import Level
from catalogue.models.base import Base, FoldedName, Key, Name, Short, word


class Agency(Base):
    """One kind of agency at one level, such as every district's committee office."""

    __tablename__ = "agency"

    id: Mapped[Key]
    code: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Name]
    name_folded: Mapped[FoldedName]
    short_name: Mapped[Short]
    level: Mapped[Level] = mapped_column(word(Level))
    basis: Mapped[Name] = mapped_column(default="")
