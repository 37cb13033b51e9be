"""How far the units' job descriptions are: each position of each unit, and their counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import OPEN_DRAFT, DraftState
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import IN_FORCE, LabelledWord, VersionState
from catalogue.models import Description, DescriptionDraft, Position, PositionVersion, Unit
from catalogue.queries.visible import visible


class Stage(LabelledWord):
    """Where a position's description stands in a unit, in the order of what waits for its writer.

    What is in force without having been approved, such as a specimen, is no stage of its own: the
    position still has none that was approved.
    """

    RETURNED = "tra-lai", "Trả lại"
    NONE = "chua-co", "Chưa có bản được phê duyệt"
    WRITING = "dang-soan", "Đang soạn"
    SUBMITTED = "da-gui", "Đã gửi thẩm định"
    APPRAISED = "cho-phe-duyet", "Chờ phê duyệt"
    APPROVED = "da-phe-duyet", "Đã phê duyệt"


_STAGES = {
    DraftState.RETURNED: Stage.RETURNED,
    DraftState.WRITING: Stage.WRITING,
    DraftState.SUBMITTED: Stage.SUBMITTED,
    DraftState.APPRAISED: Stage.APPRAISED,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which positions are asked for."""

    text: str = ""
    unit_id: int | None = None
    stage: Stage | None = None


class WorkRow(NamedTuple):
    """One position of one unit; the draft may be the unit's own, or the one for every unit."""

    unit_id: int
    unit: str
    position_id: int
    position: str
    code: str | None
    stage: Stage
    provisional: bool
    draft_id: int | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitWork:
    """One unit's positions counted by stage."""

    unit_id: int
    unit: str
    counts: Counter[Stage] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def left(self) -> int:
        return self.total - self.counts[Stage.APPROVED]


class _Draft(NamedTuple):
    draft_id: int
    state: DraftState
    changed_at: datetime


def rows(session: Session, viewer: Viewer) -> list[WorkRow]:
    """List every position of the units in which the person reads drafts: four statements.

    A draft on its way says where the position stands, also beside a version in force.
    """
    positions = _positions(session, viewer)
    drafts = _drafts(session, viewer)
    present = _present(session, viewer)
    return [
        _row((unit_id, unit), position, drafts, present)
        for unit_id, unit, agency_id in _units(session, viewer)
        for position in positions[agency_id]
    ]


def by_unit(found: Iterable[WorkRow]) -> list[UnitWork]:
    """Count the positions of each unit by stage."""
    units: dict[int, UnitWork] = {}
    for row in found:
        unit = units.setdefault(row.unit_id, UnitWork(row.unit_id, row.unit))
        unit.counts[row.stage] += 1
    return list(units.values())


def whole(units: Iterable[UnitWork]) -> Counter[Stage]:
    """Add up the units; a position that several units share is written for each of them."""
    counts: Counter[Stage] = Counter()
    for unit in units:
        counts += unit.counts
    return counts


def narrowed(found: Iterable[WorkRow], wanted: Wanted) -> list[WorkRow]:
    """Choose what is asked for, what was returned first, the rest in the order of the lists."""
    words, code = fold(wanted.text).split(), code_key(wanted.text)
    chosen = [
        row
        for row in found
        if wanted.unit_id in (None, row.unit_id)
        and wanted.stage in (None, row.stage)
        and (not wanted.text or _says(row, words, code))
    ]
    return sorted(chosen, key=lambda row: row.stage is not Stage.RETURNED)


def _says(row: WorkRow, words: Sequence[str], code: str) -> bool:
    searched = fold(f"{row.position} {row.unit}")
    named = bool(words) and all(word in searched for word in words)
    return named or bool(code and row.code and code_key(row.code).startswith(code))


_Key = tuple[int, int | None]


def _row(
    unit: tuple[int, str],
    position: tuple[int, str, str | None],
    drafts: dict[_Key, _Draft],
    present: dict[_Key, VersionState],
) -> WorkRow:
    own, shared = (position[0], unit[0]), (position[0], None)
    draft = drafts.get(own) or drafts.get(shared)
    state = present.get(own) or present.get(shared)
    approved = Stage.APPROVED if state is VersionState.ISSUED else Stage.NONE
    return WorkRow(
        unit_id=unit[0],
        unit=unit[1],
        position_id=position[0],
        position=position[1],
        code=position[2],
        stage=_STAGES[draft.state] if draft else approved,
        provisional=state is VersionState.PROVISIONAL,
        draft_id=draft.draft_id if draft else None,
        changed_at=draft.changed_at if draft else None,
    )


def _units(session: Session, viewer: Viewer) -> Sequence[tuple[int, str, int]]:
    units = viewer.units(Permission.READ_DRAFT)
    query = (
        select(Unit.id, Unit.name, Unit.agency_id)
        .where(Unit.agency_id.is_not(None), Unit.holds_on(viewer.on))
        .order_by(Unit.parent_id.is_not(None), Unit.rank, Unit.id)
    )
    found = session.connection().execute(query)
    return [(key, name, agency) for key, name, agency in found if units is None or key in units]


def _positions(session: Session, viewer: Viewer) -> dict[int, list[tuple[int, str, str | None]]]:
    query = (
        select(
            Position.agency_id,
            PositionVersion.position_id,
            PositionVersion.name,
            PositionVersion.code,
        )
        .join(Position, Position.id == PositionVersion.position_id)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(viewer.on))
        .where(visible(PositionVersion, viewer))
        .order_by(PositionVersion.wording_row_id)
    )
    found: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
    for agency_id, position_id, name, code in session.connection().execute(query):
        found[agency_id].append((position_id, name, code))
    return found


def _drafts(session: Session, viewer: Viewer) -> dict[_Key, _Draft]:
    query = select(
        DescriptionDraft.position_id,
        DescriptionDraft.unit_id,
        DescriptionDraft.id,
        DescriptionDraft.state,
        DescriptionDraft.changed_at,
    ).where(DescriptionDraft.state.in_(OPEN_DRAFT), visible(DescriptionDraft, viewer))
    found = session.connection().execute(query)
    return {(position_id, unit_id): _Draft(*draft) for position_id, unit_id, *draft in found}


def _present(session: Session, viewer: Viewer) -> dict[_Key, VersionState]:
    """Give the state of what is in force, or approved and in force later: then it is approved."""
    query = (
        select(Description.position_id, Description.unit_id, Description.state)
        .where(Description.state.in_(IN_FORCE))
        .where(or_(Description.valid_to.is_(None), Description.valid_to >= viewer.on))
        .where(visible(Description, viewer))
    )
    found: dict[_Key, VersionState] = {}
    for position_id, unit_id, state in session.connection().execute(query):
        if found.get((position_id, unit_id)) is not VersionState.ISSUED:
            found[position_id, unit_id] = state
    return found
