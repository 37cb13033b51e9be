"""Agencies as they stand: a dated tree of units, and the positions established in each."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.agency import Agency
from catalogue.models.base import Base, FoldedName, Key, Name, Short
from catalogue.models.position import Position
from catalogue.models.validity import Dated


class Unit(Dated, Base):
    """One agency or unit; a merged one points to its successor, nothing is re-keyed.

    `reporting_unit` is the province body or district under which its hours are summed and ranked.
    """

    __tablename__ = "unit"

    id: Mapped[Key]
    code: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Name]
    name_folded: Mapped[FoldedName]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    reporting_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    rank: Mapped[int]
    basis: Mapped[Name] = mapped_column(default="")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    agency: Mapped[Agency | None] = relationship()


class Establishment(Dated, Base):
    """A position at a unit with its headcount."""

    __tablename__ = "establishment"
    __table_args__ = (Index("ix_establishment_unit_position", "unit_id", "position_id"),)

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    headcount: Mapped[int | None]
    unit: Mapped[Unit] = relationship()
    position: Mapped[Position] = relationship()
