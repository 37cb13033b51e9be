"""What of the diary is data: its dated limits, and the names that a sheet's columns go by."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.words import TaskKind
from catalogue.models.base import Base, Key, Name, Short, word
from catalogue.models.validity import Dated


class DiaryRule(Dated, Base):
    """One limit from one day on, by kind of task where it is one of minutes without a product."""

    __tablename__ = "diary_rule"
    __table_args__ = (CheckConstraint("value >= 0", "value"),)

    id: Mapped[Key]
    limit: Mapped[DiaryLimit] = mapped_column(word(DiaryLimit))
    kind: Mapped[TaskKind | None] = mapped_column(word(TaskKind))
    value: Mapped[int]
    basis: Mapped[Name]


class ColumnAlias(Base):
    """A heading, folded, by which a column of a diary's spreadsheet is recognised."""

    __tablename__ = "column_alias"

    id: Mapped[Key]
    column: Mapped[DiaryColumn] = mapped_column(word(DiaryColumn))
    heading: Mapped[Short]
    heading_folded: Mapped[Short] = mapped_column(unique=True)
    basis: Mapped[Name]
