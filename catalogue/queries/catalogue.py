"""The catalogue as a list: positions in force, filtered, searched, sorted, paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.roles import Viewer
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import (
    IN_FORCE,
    LabelledWord,
    Level,
    PositionGroup,
    SourceState,
    VersionState,
)
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Position,
    PositionVersion,
    SourceDocument,
)
from catalogue.queries.visible import visible

T = TypeVar("T", bound=tuple[object, ...])


class Proof(LabelledWord):
    """Whether the row that a position rests on stands in a signed file."""

    VERIFIED = "da", "Đã kiểm chứng"
    UNVERIFIED = "chua", "Chưa kiểm chứng"


class Sort(LabelledWord):
    """By what the list is ordered."""

    AGENCY = "co-quan", "Cơ quan, thứ tự phụ lục"
    NAME = "ten", "Tên vị trí"
    CODE = "ma", "Mã vị trí"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which positions are asked for, and in which order."""

    text: str = ""
    agency_id: int | None = None
    group: PositionGroup | None = None
    proof: Proof | None = None
    sort: Sort = Sort.AGENCY


class ListedPosition(NamedTuple):
    """One position of the list."""

    position_id: int
    name: str
    code: str | None
    agency: str
    group: PositionGroup | None
    rank: str | None
    state: VersionState
    document_state: SourceState


class ListedAgency(NamedTuple):
    """One agency that a list can be narrowed to."""

    agency_id: int
    name: str
    level: Level


_ORDERS: dict[Sort, tuple[InstrumentedAttribute[Any], ...]] = {
    Sort.AGENCY: (Agency.id, AnnexRow.table_no, AnnexRow.row_no),
    Sort.NAME: (PositionVersion.name_folded, PositionVersion.name, Agency.id),
    Sort.CODE: (PositionVersion.code_key, Agency.id, PositionVersion.name_folded),
}


def positions(
    session: Session,
    wanted: Wanted,
    viewer: Viewer,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[ListedPosition]:
    """List the positions in force on the viewer's day."""
    columns = select(
        PositionVersion.position_id,
        PositionVersion.name,
        PositionVersion.code,
        Agency.name,
        PositionVersion.group,
        PositionVersion.rank,
        PositionVersion.state,
        SourceDocument.state,
    )
    query = _narrowed(columns, wanted, viewer).order_by(*_order(wanted.sort))
    rows = session.execute(query.offset(offset).limit(limit))
    return [ListedPosition(*row) for row in rows]


def count(session: Session, wanted: Wanted, viewer: Viewer) -> int:
    query = _narrowed(select(func.count(PositionVersion.id)), wanted, viewer)
    return session.scalars(query).one()


def agencies(session: Session) -> Sequence[ListedAgency]:
    """List the agencies in the order in which they were laid down."""
    query = select(Agency.id, Agency.name, Agency.level).order_by(Agency.id)
    return [ListedAgency(*row) for row in session.execute(query)]


def _order(sort: Sort) -> list[UnaryExpression[Any]]:
    return [column.asc().nulls_last() for column in (*_ORDERS[sort], PositionVersion.id)]


def _narrowed(query: Select[T], wanted: Wanted, viewer: Viewer) -> Select[T]:
    return (
        query.select_from(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(viewer.on))
        .where(visible(PositionVersion, viewer), *_conditions(wanted))
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.agency_id is not None:
        conditions.append(Agency.id == wanted.agency_id)
    if wanted.group is not None:
        conditions.append(PositionVersion.group == wanted.group)
    if wanted.proof is not None:
        is_verified = SourceDocument.state == SourceState.VERIFIED
        conditions.append(is_verified if wanted.proof is Proof.VERIFIED else ~is_verified)
    if wanted.text:
        conditions.append(_says(wanted.text))
    return conditions


def _says(text: str) -> ColumnElement[bool]:
    """Match every word typed, wherever it stands in the name or the agency's; or the code."""
    words = fold(text).split()
    if not words:  # nothing but marks was typed, and no name holds those
        return false()
    searched = PositionVersion.name_folded + " " + Agency.name_folded
    named = [searched.contains(word) for word in words]
    code = PositionVersion.code_key.startswith(code_key(text), autoescape=True)
    return or_(code, and_(*named))
