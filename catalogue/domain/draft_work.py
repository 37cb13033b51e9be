"""How far the units' job descriptions are: positions of each unit by stage, and their counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from catalogue.domain.text import code_key, fold
from catalogue.domain.words import LabelledWord


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which positions are asked for."""

    text: str = ""
    unit_id: int | None = None
    stage: Stage | None = None


class Body(NamedTuple):
    """One unit with positions, and the one under which it is counted."""

    unit_id: int
    unit: str
    agency_id: int
    heading_id: int
    heading: str


class WorkRow(NamedTuple):
    """One position of one unit; the draft may be the unit's own, or the one for every unit."""

    body: Body
    position_id: int
    position: str
    code: str | None
    stage: Stage
    provisional: bool
    draft_id: int | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitWork:
    """One reporting unit's positions counted by stage."""

    unit_id: int
    unit: str
    counts: Counter[Stage] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def left(self) -> int:
        return self.total - self.counts[Stage.APPROVED]


def by_unit(found: Iterable[WorkRow]) -> list[UnitWork]:
    """Count by stage the positions of each reporting unit, or of each body for who sees no more."""
    units: dict[int, UnitWork] = {}
    for row in found:
        heading = row.body.heading_id
        unit = units.setdefault(heading, UnitWork(heading, row.body.heading))
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
        if wanted.unit_id in (None, row.body.unit_id, row.body.heading_id)
        and wanted.stage in (None, row.stage)
        and (not wanted.text or _says(row, words, code))
    ]
    return sorted(chosen, key=lambda row: row.stage is not Stage.RETURNED)


def _says(row: WorkRow, words: Sequence[str], code: str) -> bool:
    searched = fold(f"{row.position} {row.body.unit}")
    named = bool(words) and all(word in searched for word in words)
    return named or bool(code and row.code and code_key(row.code).startswith(code))
