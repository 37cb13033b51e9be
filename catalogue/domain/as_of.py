"""The catalogue as it is in force on one day: records, and their layout as JSON."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from catalogue.domain.words import (
    UNVERIFIED,
    OriginKind,
    PositionGroup,
    SourceState,
    VersionState,
)

SCHEMA = 1
UNCONFIRMED = "chờ xác nhận sau"


class Place(NamedTuple):
    """Where a row stands: the document, the file read of it, the table and the row in it."""

    annex_row_id: int
    document_id: int
    document: str
    document_state: SourceState
    file: str
    sha256: str
    table: int
    row: int
    cells: tuple[str, ...]


class Origin(NamedTuple):
    """One row that a version rests on, and how the two relate."""

    kind: OriginKind
    place: Place


class Decision(NamedTuple):
    """By which decision something came or ended: who issued it, from when, and why."""

    issuance_id: int
    document: str
    effective_from: date
    issued_by: str
    why: str
    sha256: str
    awaits_confirmation: bool


class CatalogueRow(NamedTuple):
    """One position as worded on the day, with the row that prints its wording."""

    position_id: int
    version_id: int
    number: int
    name: str
    code: str | None
    group: PositionGroup | None
    rank: str | None
    headcount: int | None
    state: VersionState
    valid_from: date
    valid_to: date | None
    agency: str
    wording: Place

    @property
    def mark(self) -> str:
        """The mark that stays until the signed file is read; nothing once it was."""
        return "" if self.wording.document_state is SourceState.VERIFIED else UNVERIFIED


HEADS = (
    *("STT", "Cơ quan", "Nhóm", "Tên vị trí", "Ngạch, chức danh", "Mã", "Biên chế"),
    *("Tình trạng", "Hiệu lực từ", "Hiệu lực đến", "Văn bản", "Bảng", "Dòng", "Kiểm chứng"),
)


def cells(place: int, row: CatalogueRow, awaiting: Collection[int]) -> tuple[str | int | None, ...]:
    """Give a row of the catalogue under `HEADS`, as a sheet prints it.

    `awaiting` are the documents that were issued urgently and are not confirmed yet.
    """
    mark = row.mark or row.wording.document_state.label
    return (
        place,
        row.agency,
        row.group.label if row.group else None,
        row.name,
        row.rank,
        row.code,
        row.headcount,
        row.state.label,
        f"{row.valid_from:%d/%m/%Y}",
        f"{row.valid_to:%d/%m/%Y}" if row.valid_to else None,
        row.wording.document,
        row.wording.table,
        row.wording.row,
        f"{mark}; {UNCONFIRMED}" if row.wording.document_id in awaiting else mark,
    )


def as_json(
    rows: Sequence[CatalogueRow],
    *,
    on: date,
    origins: Mapping[int, Sequence[Origin]],
    decisions: Mapping[int, Decision],
) -> dict[str, Any]:
    """Lay the day's catalogue out with the provenance of every row.

    `origins` and `decisions` are by version; docs/documents/catalogue-json.md names every field.
    """
    return {
        "schema": SCHEMA,
        "on": on.isoformat(),
        "count": len(rows),
        "positions": [
            _row(row, origins.get(row.version_id, ()), decisions.get(row.version_id))
            for row in rows
        ],
    }


def _row(row: CatalogueRow, origins: Sequence[Origin], decision: Decision | None) -> dict[str, Any]:
    return {
        "position": row.position_id,
        "agency": row.agency,
        "name": row.name,
        "code": row.code,
        "group": row.group,
        "rank": row.rank,
        "headcount": row.headcount,
        "mark": row.mark or None,
        "version": {
            "id": row.version_id,
            "number": row.number,
            "state": row.state,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to and row.valid_to.isoformat(),
        },
        "wording": _place(row.wording),
        "origins": [{"kind": origin.kind} | _place(origin.place) for origin in origins],
        "issuance": decision and _decision(decision),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "document": place.document,
        "document_state": place.document_state,
        "file": place.file,
        "sha256": place.sha256,
        "table": place.table,
        "row": place.row,
        "cells": list(place.cells),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.issuance_id,
        "document": decision.document,
        "effective_from": decision.effective_from.isoformat(),
        "sha256": decision.sha256,
        "awaits_confirmation": decision.awaits_confirmation,
        "why": decision.why,
    }
