"""The catalogue as a list: positions in force, filtered, searched, sorted, paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    false,
    func,
    lambda_stmt,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.roles import Viewer
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import (
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
from catalogue.queries.in_force import stands
from catalogue.queries.visible import visible


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


class _Shape(NamedTuple):
    """What of a wish decides the statement; the rest are its values."""

    words: int | None
    agency: bool
    group: bool
    proof: Proof | None
    sort: Sort


def positions(
    session: Session, wanted: Wanted, viewer: Viewer, *, offset: int = 0, limit: int | None = None
) -> Sequence[ListedPosition]:
    """List the positions in force on the viewer's day."""
    shape, values = _asked(wanted, viewer)
    query = _listing(shape, visible(PositionVersion, viewer), paged=limit is not None)
    # Through the connection: for rows alone the session's own way costs as much again.
    rows = session.connection().execute(query, values | {"offset": offset, "limit": limit}).all()
    return list(map(ListedPosition._make, rows))


def count(session: Session, wanted: Wanted, viewer: Viewer) -> int:
    shape, values = _asked(wanted, viewer)
    query = _counting(shape, visible(PositionVersion, viewer))
    rows: int = session.connection().execute(query, values).scalar_one()
    return rows


def agencies(session: Session) -> Sequence[ListedAgency]:
    """List the agencies in the order in which they were laid down."""
    return [ListedAgency(*row) for row in session.connection().execute(_AGENCIES).all()]


_AGENCIES = lambda_stmt(
    lambda: select(Agency.id, Agency.name, Agency.level).order_by(Agency.id), enable_tracking=False
)
_ORDERS: dict[Sort, tuple[InstrumentedAttribute[Any], ...]] = {
    Sort.AGENCY: (Agency.id, AnnexRow.table_no, AnnexRow.row_no),
    Sort.NAME: (PositionVersion.name_folded, PositionVersion.name, Agency.id),
    Sort.CODE: (PositionVersion.code_key, Agency.id, PositionVersion.name_folded),
}


def _asked(wanted: Wanted, viewer: Viewer) -> tuple[_Shape, dict[str, Any]]:
    words = fold(wanted.text).split()
    shape = _Shape(
        words=len(words) if wanted.text else None,
        agency=wanted.agency_id is not None,
        group=wanted.group is not None,
        proof=wanted.proof,
        sort=wanted.sort,
    )
    return shape, {f"word_{n}": word for n, word in enumerate(words)} | {
        "day": viewer.on,
        "code": code_key(wanted.text),
        "agency": wanted.agency_id,
        "group": wanted.group,
    }


# Kept by shape and by what is visible (all or nothing): putting a statement together costs more
# than running it.
@cache
def _listing(shape: _Shape, seen: ColumnElement[bool], *, paged: bool) -> Select[Any]:
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
    order = (column.asc().nulls_last() for column in _ORDERS[shape.sort])
    listing = _narrowed(_joined(columns), shape, seen).order_by(*order, PositionVersion.id)
    if paged:
        listing = listing.offset(bindparam("offset")).limit(bindparam("limit"))
    return listing


@cache
def _counting(shape: _Shape, seen: ColumnElement[bool]) -> Select[Any]:
    counted = select(func.count()).select_from(PositionVersion)
    if shape.agency or shape.proof or shape.words is not None:
        counted = _joined(counted)
    return _narrowed(counted, shape, seen)


def _narrowed(query: Select[Any], shape: _Shape, seen: ColumnElement[bool]) -> Select[Any]:
    holding = PositionVersion.holds_on(bindparam("day", type_=Date))
    return query.where(seen, stands(PositionVersion.state), holding, *_conditions(shape))


def _joined(query: Select[Any]) -> Select[Any]:
    """Join what a position's wording always has: its agency, its row, its file, its document."""
    return (
        query.join(Position, Position.id == PositionVersion.position_id)
        .join(Agency, Agency.id == Position.agency_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
    )


def _conditions(shape: _Shape) -> list[ColumnElement[bool]]:
    is_verified = SourceDocument.state == SourceState.VERIFIED
    asked = (
        (shape.words is not None, _says(shape.words or 0)),
        (shape.agency, Agency.id == bindparam("agency")),
        (shape.group, PositionVersion.group == bindparam("group")),
        (shape.proof is Proof.VERIFIED, is_verified),
        (shape.proof is Proof.UNVERIFIED, ~is_verified),
    )
    return [condition for wanted, condition in asked if wanted]


def _says(words: int) -> ColumnElement[bool]:
    """Match every word typed, wherever it stands in the name or the agency's; or the code."""
    if not words:  # nothing but marks was typed, and no name holds those
        return false()
    searched = PositionVersion.name_folded + " " + Agency.name_folded
    named = [searched.contains(bindparam(f"word_{n}")) for n in range(words)]
    return or_(PositionVersion.code_key.startswith(bindparam("code")), and_(*named))
