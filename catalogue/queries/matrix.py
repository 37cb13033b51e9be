"""The fourteen decisions against the units: how far each unit's list is reconciled with each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import MatchKind
from catalogue.domain.roles import Viewer
from catalogue.domain.words import SourceState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Match,
    MatchedRow,
    Reconciliation,
    SourceDocument,
    Unit,
)
from catalogue.queries.sources import DECISIONS
from catalogue.queries.visible import visible

_DIFFERING = (MatchKind.RENAMED, MatchKind.MERGED, MatchKind.SPLIT)


class Decision(NamedTuple):
    """One column: a decision, and whether any file of it was read."""

    document_id: int
    number: str
    state: SourceState
    read: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit against one decision; without a reconciliation nothing of it is verified yet."""

    file_id: int
    unit_id: int
    rows: int
    reconciliation_id: int | None = None
    matched: int = 0
    differing: int = 0
    local: int = 0
    missing: int = 0
    ruled_rows: int = 0

    @property
    def unverified(self) -> int:
        """Count the decision's rows that nobody has ruled on."""
        return self.rows - self.ruled_rows


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit with its cell for each decision, None where no file was read for its agency."""

    unit_id: int
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table."""

    decisions: tuple[Decision, ...]
    lines: tuple[UnitLine, ...]


class _File(NamedTuple):
    """The latest file read of one decision for one kind of agency."""

    file_id: int
    rows: int


class _Tally(NamedTuple):
    """What is ruled in one reconciliation: matches by kind, and the rows that they take."""

    kinds: Counter[MatchKind]
    rows: int


_Files = dict[tuple[int, int], _File]
# By file and unit; without a unit it is the list of the whole kind of agency.
_Opened = dict[tuple[int, int | None], int]


def matrix(session: Session, viewer: Viewer) -> Matrix:
    """Build the table of the units that the person may see, bodies of a district included."""
    files = _files(session)
    read = {document_id for document_id, _ in files}
    decisions = _decisions(session, read)
    opened, tallies = _opened(session, viewer), _tallies(session, viewer)
    lines = []
    for unit_id, name, agency_id in _units(session, viewer):
        of_unit = [files.get((decision.document_id, agency_id)) for decision in decisions]
        cells = [file and _cell(file, unit_id, opened, tallies) for file in of_unit]
        lines.append(UnitLine(unit_id, name, tuple(cells)))
    return Matrix(decisions, tuple(lines))


def _cell(file: _File, unit_id: int, opened: _Opened, tallies: dict[int, _Tally]) -> Cell:
    own, shared = opened.get((file.file_id, unit_id)), opened.get((file.file_id, None))
    reconciliation_id = own or shared
    tally = tallies.get(reconciliation_id or 0, _Tally(Counter(), 0))
    return Cell(
        file.file_id,
        unit_id,
        file.rows,
        reconciliation_id,
        matched=tally.kinds[MatchKind.SAME],
        differing=sum(tally.kinds[kind] for kind in _DIFFERING),
        local=tally.kinds[MatchKind.LOCAL],
        missing=tally.kinds[MatchKind.MISSING],
        ruled_rows=tally.rows,
    )


def _decisions(session: Session, read: Collection[int]) -> tuple[Decision, ...]:
    query = (
        select(SourceDocument.id, SourceDocument.number, SourceDocument.state)
        .where(SourceDocument.number.in_(DECISIONS))
        .order_by(SourceDocument.number)
    )
    return tuple(
        Decision(document_id, number, state, document_id in read)
        for document_id, number, state in session.execute(query)
    )


def _files(session: Session) -> _Files:
    query = (
        select(
            AnnexFile.source_document_id,
            AnnexFile.agency_id,
            AnnexFile.id,
            func.count(AnnexRow.id),
        )
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .outerjoin(AnnexRow, AnnexRow.annex_file_id == AnnexFile.id)
        .where(SourceDocument.number.in_(DECISIONS))
        .group_by(AnnexFile.source_document_id, AnnexFile.agency_id, AnnexFile.id)
        .order_by(AnnexFile.id)
    )
    # Later files of a decision take the place of earlier ones.
    return {(document, agency): _File(*file) for document, agency, *file in session.execute(query)}


def _units(session: Session, viewer: Viewer) -> Sequence[Row[tuple[int, str, int | None]]]:
    query = (
        select(Unit.id, Unit.name, Unit.agency_id)
        .where(visible(Unit, viewer), Unit.holds_on(viewer.on), Unit.agency_id.is_not(None))
        .order_by(Unit.parent_id.is_not(None), Unit.reporting_unit_id, Unit.rank, Unit.id)
    )
    return session.execute(query).all()


def _opened(session: Session, viewer: Viewer) -> _Opened:
    query = (
        select(Reconciliation.official_file_id, Reconciliation.unit_id, Reconciliation.id)
        .where(visible(Reconciliation, viewer))
        .order_by(Reconciliation.id)
    )
    return {(file, unit): number for file, unit, number in session.execute(query)}


def _tallies(session: Session, viewer: Viewer) -> dict[int, _Tally]:
    query = (
        select(
            Match.reconciliation_id,
            Match.kind,
            func.count(Match.id.distinct()),
            func.count(MatchedRow.annex_row_id),
        )
        .join(Reconciliation, Reconciliation.id == Match.reconciliation_id)
        .outerjoin(MatchedRow, MatchedRow.match_id == Match.id)
        .where(Match.undone_at.is_(None), visible(Reconciliation, viewer))
        .group_by(Match.reconciliation_id, Match.kind)
    )
    kinds: dict[int, Counter[MatchKind]] = defaultdict(Counter)
    rows: Counter[int] = Counter()
    for number, kind, matches, taken in session.execute(query):
        kinds[number][kind] = matches
        rows[number] += taken
    return {number: _Tally(counted, rows[number]) for number, counted in kinds.items()}
