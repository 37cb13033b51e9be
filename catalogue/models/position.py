"""Job positions (vị trí việc làm): a permanent identity and its numbered wordings."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.words import OriginKind, PositionGroup, VersionState
from catalogue.models.agency import Agency
from catalogue.models.base import (
    Base,
    FoldedName,
    Key,
    Moment,
    Name,
    Short,
    word,
)
from catalogue.models.source_document import AnnexRow
from catalogue.models.validity import Dated, refuse_overlap


class Position(Base):
    """The permanent identity; what is known of it stands in its versions."""

    __tablename__ = "position"

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    agency: Mapped[Agency] = relationship()
    versions: Mapped[list["PositionVersion"]] = relationship(
        back_populates="position", order_by="PositionVersion.number"
    )


class PositionVersion(Dated, Base):
    """One wording, never changed once in force; `wording_row` is the row that prints it."""

    __tablename__ = "position_version"
    __table_args__ = (UniqueConstraint("position_id", "number"),)

    id: Mapped[Key]
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    number: Mapped[int]
    wording_row_id: Mapped[int] = mapped_column(ForeignKey("annex_row.id"), index=True)
    name: Mapped[Name]
    name_folded: Mapped[FoldedName]
    group: Mapped[PositionGroup | None] = mapped_column(word(PositionGroup))
    rank: Mapped[Name | None]
    code: Mapped[Short | None]
    code_key: Mapped[Short | None] = mapped_column(index=True)
    state: Mapped[VersionState] = mapped_column(word(VersionState))
    created_at: Mapped[Moment]
    position: Mapped[Position] = relationship(back_populates="versions")
    wording_row: Mapped[AnnexRow] = relationship()
    origins: Mapped[list["PositionOrigin"]] = relationship(back_populates="version")


class PositionOrigin(Base):
    """How one version relates to one row of an annex; a merge has several rows."""

    __tablename__ = "position_origin"

    position_version_id: Mapped[int] = mapped_column(
        ForeignKey("position_version.id"), primary_key=True
    )
    annex_row_id: Mapped[int] = mapped_column(
        ForeignKey("annex_row.id"), primary_key=True, index=True
    )
    kind: Mapped[OriginKind] = mapped_column(word(OriginKind))
    version: Mapped[PositionVersion] = relationship(back_populates="origins")
    row: Mapped[AnnexRow] = relationship()


refuse_overlap(PositionVersion.__table__, "position_id")
