"""Writing what an issue changes: the annex, the versions, the cross-walk; a few statements each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from catalogue.domain import issuing as records
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import OriginKind, VersionState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Establishment,
    Issuance,
    Position,
    PositionOrigin,
    PositionVersion,
    Succession,
)
from catalogue.services.enactment import Enactment, Step
from catalogue.services.inserting import insert_rows

_ORIGINS = {
    MatchKind.SAME: OriginKind.SAME,
    MatchKind.RENAMED: OriginKind.RENAMED,
    MatchKind.MERGED: OriginKind.MERGED,
    MatchKind.SPLIT: OriginKind.SPLIT,
    MatchKind.LOCAL: OriginKind.LOCAL,
    MatchKind.MISSING: OriginKind.SAME,  # taken over as the decision words it
}


def carry_out(
    session: Session, enactment: Enactment, issuance: Issuance, *, at: datetime
) -> Sequence[int]:
    """Write everything; answers the positions of the steps, in their order."""
    _end(session, enactment, issuance)
    rows = _write_annex(session, enactment, issuance, at)
    positions = _positions(session, enactment.steps)
    versions = insert_rows(
        session, PositionVersion, list(_versions(enactment, issuance, rows, positions, at))
    )
    _write_origins(session, enactment.steps, versions, rows)
    insert_rows(session, Succession, list(_successions(enactment, issuance, positions)))
    _establish(session, enactment.steps, positions, issuance)
    session.expire_all()
    return positions


def _end(session: Session, enactment: Enactment, issuance: Issuance) -> None:
    """Give the former versions their last day; drafts that were taken up are done with."""
    by_id = update(PositionVersion).where(PositionVersion.id == bindparam("version"))
    last_day = issuance.effective_from - timedelta(days=1)
    connection = session.connection()
    if enactment.ended:
        ended = [{"version": each.version_id} for each in enactment.ended]
        connection.execute(by_id.values(valid_to=last_day), ended)
    if enactment.drafts:
        taken_up = [{"version": version_id} for version_id in enactment.drafts]
        connection.execute(by_id.values(state=VersionState.SUPERSEDED), taken_up)


def _write_annex(
    session: Session, enactment: Enactment, issuance: Issuance, at: datetime
) -> Sequence[int]:
    """Write the decision's annex, one file an agency; answers the rows in the steps' order."""
    agencies = {step.item.agency: step.item.agency_id for step in enactment.steps}
    files = dict(
        zip(
            agencies,
            insert_rows(
                session,
                AnnexFile,
                [
                    {
                        "source_document_id": issuance.source_document_id,
                        "agency_id": agency_id,
                        "file_name": f"Phụ lục kèm theo {issuance.document.number}"[:200],
                        "sha256": issuance.sha256,
                        "read_at": at,
                    }
                    for agency_id in agencies.values()
                ],
            ),
            strict=True,
        )
    )
    printed = records.annex(step.item for step in enactment.steps)
    return insert_rows(session, AnnexRow, [_annex_row(row, files[row.agency]) for row in printed])


def _annex_row(row: records.PrintedRow, file_id: int) -> dict[str, Any]:
    return {
        "annex_file_id": file_id,
        "table_no": 1,
        "row_no": row.place,
        "no": str(row.place),
        "name": row.name,
        "group_heading": row.group,
        "rank": row.rank,
        "code": row.code,
        "code_key": code_key(row.code) if row.code else None,
        "headcount": row.headcount,
        "raw": records.cells(row),
    }


def _positions(session: Session, steps: Sequence[Step]) -> Sequence[int]:
    """Give each step its position, adding those that begin with it."""
    new = [{"agency_id": step.item.agency_id} for step in steps if step.continues is None]
    added = iter(insert_rows(session, Position, new))
    return [next(added) if step.continues is None else step.continues for step in steps]


def _versions(
    enactment: Enactment,
    issuance: Issuance,
    rows: Sequence[int],
    positions: Sequence[int],
    at: datetime,
) -> Iterator[dict[str, Any]]:
    for step, row, position in zip(enactment.steps, rows, positions, strict=True):
        name, code = step.item.issued_name, step.item.code
        yield {
            "position_id": position,
            "number": enactment.last_numbers.get(position, 0) + 1,
            "wording_row_id": row,
            "name": name,
            "name_folded": fold(name),
            "group": step.item.group,
            "rank": step.item.rank,
            "code": code,
            "code_key": code_key(code) if code else None,
            "state": VersionState.ISSUED,
            "valid_from": issuance.effective_from,
            "created_at": at,
        }


def _write_origins(
    session: Session, steps: Sequence[Step], versions: Sequence[int], rows: Sequence[int]
) -> None:
    """Point each version at the row that words it, and at the one that it came from."""
    origins = []
    for step, version, row in zip(steps, versions, rows, strict=True):
        came_from = step.item.wording_row_id
        for row_id, kind in ((row, OriginKind.SAME), (came_from, _ORIGINS[step.item.kind])):
            origins.append({"position_version_id": version, "annex_row_id": row_id, "kind": kind})
    if origins:
        session.execute(insert(PositionOrigin), origins)


def _successions(
    enactment: Enactment, issuance: Issuance, positions: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Lead from each position that was in force to those that take its place."""
    was_in_force = {each.position_id for each in enactment.ended}
    for step, successor in zip(enactment.steps, positions, strict=True):
        for former in step.succeeds:
            if former in was_in_force:
                yield {
                    "position_id": former,
                    "successor_id": successor,
                    "kind": step.item.kind,
                    "valid_from": issuance.effective_from,
                    "issuance_id": issuance.id,
                }


def _establish(
    session: Session, steps: Sequence[Step], positions: Sequence[int], issuance: Issuance
) -> None:
    """Establish the new positions where the former ones are; people stay where they hold."""
    held = _establishments(session, steps, issuance)
    insert_rows(
        session,
        Establishment,
        [
            {
                "unit_id": unit_id,
                "position_id": position,
                # How a split's headcount is parted, nobody has said yet.
                "headcount": headcount if step.item.kind is MatchKind.MERGED else None,
                "valid_from": issuance.effective_from,
            }
            for step, position in zip(steps, positions, strict=True)
            for unit_id, headcount in _together(held, step.succeeds).items()
        ],
    )


def _establishments(
    session: Session, steps: Sequence[Step], issuance: Issuance
) -> Mapping[int, list[tuple[int, int | None]]]:
    """Give, by position, (unit, headcount) wherever it is established when the new ones begin."""
    former = {position for step in steps for position in step.succeeds}
    query = (
        select(Establishment.position_id, Establishment.unit_id, Establishment.headcount)
        .where(Establishment.position_id.in_(former))
        .where(Establishment.holds_on(issuance.effective_from))
    )
    held = defaultdict(list)
    for position_id, unit_id, headcount in session.execute(query):
        held[position_id].append((unit_id, headcount))
    return held


def _together(
    held: Mapping[int, list[tuple[int, int | None]]], formers: Sequence[int]
) -> dict[int, int | None]:
    units: dict[int, int | None] = {}
    for former in formers:
        for unit_id, headcount in held.get(former, ()):
            present = units.get(unit_id)
            units[unit_id] = headcount if present is None else present + (headcount or 0)
    return units
