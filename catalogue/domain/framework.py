"""Frameworks of competencies laid side by side: what a group of positions usually asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from catalogue.domain.words import CompetencyGroup, LabelledWord, PositionGroup, SourceState

UNGROUPED = "Chưa xếp nhóm"
NO_LEVEL = "chưa ghi cấp"
LEAST_POSITIONS = 5
COMMON_PERCENT = 60
EXPECTED_PERCENT = 80
RULE = (
    f"Khác thường lệ: trong một nhóm vị trí, khi ít nhất {LEAST_POSITIONS} vị trí cần năng lực đó "
    f"và từ {COMMON_PERCENT} % trong số ấy ghi cùng một mức, ô nào ghi mức khác được đánh dấu ▲. "
    f"Thiếu: khi từ {EXPECTED_PERCENT} % vị trí của nhóm cần một năng lực, vị trí không có được "
    "đánh dấu ○. Thường lệ tính trên các bản mô tả chung đang có hiệu lực của cả danh mục. "
    "Dấu chỉ để xem lại, không phải kết luận là sai."
)


class Oddity(LabelledWord):
    """Why a cell of the matrix is worth a second look; a sign stands beside each."""

    DIFFERENT = "different", "khác thường lệ"
    MISSING = "missing", "thiếu"


class Levels(NamedTuple):
    """The levels asked for, both included; both None where the form leaves them blank."""

    low: int | None
    high: int | None


class Competence(NamedTuple):
    """One column of the matrix: a competency by the name that stands for its synonyms."""

    competency_id: int
    name: str
    group: CompetencyGroup | None

    @property
    def group_label(self) -> str:
        return self.group.label if self.group else UNGROUPED


@dataclass(frozen=True)
class Usual:
    """What the positions of one group ask of one competency: each range with how many ask it.

    `positions` counts those of the group that have a framework at all.
    """

    positions: int
    ranges: Mapping[Levels, int]

    @cached_property
    def asking(self) -> int:
        return sum(self.ranges.values())

    @cached_property
    def levels(self) -> Levels | None:
        """Give the range that most ask for, where enough of them do."""
        if self.asking < LEAST_POSITIONS:
            return None
        commonest = max(self.ranges, key=lambda levels: self.ranges[levels])
        shared = self.ranges[commonest] * 100 >= COMMON_PERCENT * self.asking
        return commonest if shared else None

    @cached_property
    def is_expected(self) -> bool:
        """Tell whether nearly every position of the group asks for the competency."""
        enough = self.positions >= LEAST_POSITIONS
        return enough and self.asking * 100 >= EXPECTED_PERCENT * self.positions


class Cell(NamedTuple):
    """What one position asks of one competency, and whether that is unusual for its group."""

    levels: Levels | None = None
    oddity: Oddity | None = None
    usual: Levels | None = None


class Described(NamedTuple):
    """One row of the matrix: a position with the description that says what it asks, if any."""

    position_id: int
    name: str
    code: str | None
    agency: str
    group: PositionGroup | None
    source: SourceState
    version_id: int
    description_id: int | None


class Line(NamedTuple):
    """One position with its cells, in the order of the columns."""

    position: Described
    cells: tuple[Cell, ...]

    @property
    def odd(self) -> int:
        """Count the cells that are worth a second look."""
        return sum(cell.oddity is not None for cell in self.cells)


Usuals = Mapping[tuple[PositionGroup, int], Usual]
Asked = Mapping[tuple[int, int], Levels]


def lay_out(
    positions: Sequence[Described], columns: Sequence[Competence], asked: Asked, usuals: Usuals
) -> list[Line]:
    """Lay each position's levels under the columns, with what is unusual marked.

    `asked` is keyed by description and competency, `usuals` by position group and competency.
    """
    keys = [column.competency_id for column in columns]
    known: dict[_Place, Cell] = {}
    return [Line(each, tuple(_cells(each, keys, asked, usuals, known))) for each in positions]


_Place = tuple[PositionGroup | None, int, "Levels | None"]
_NOTHING = Cell()


def _cells(
    position: Described,
    keys: Sequence[int],
    asked: Asked,
    usuals: Usuals,
    known: dict[_Place, Cell],
) -> Iterator[Cell]:
    """Give a position's cells; what was judged once for its group is not judged again."""
    group, description_id = position.group, position.description_id
    if description_id is None:
        yield from (_NOTHING for _ in keys)
        return
    for key in keys:
        levels = asked.get((description_id, key))
        cell = known.get((group, key, levels))
        if cell is None:
            usual = usuals.get((group, key)) if group else None
            cell = known[group, key, levels] = judged(levels, usual)
        yield cell


def judged(levels: Levels | None, usual: Usual | None) -> Cell:
    """Say what a cell holds and, by the rule, whether it is unusual."""
    if usual is None:
        return Cell(levels)
    if levels is None:
        return Cell(None, Oddity.MISSING, usual.levels) if usual.is_expected else _NOTHING
    if usual.levels is None or levels == usual.levels:
        return Cell(levels)
    return Cell(levels, Oddity.DIFFERENT, usual.levels)


def both(one: Levels, other: Levels) -> Levels:
    """Join the ranges of two names of one competency that a description asks for."""
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    return Levels(min(lows, default=None), max(highs, default=None))


def spelled(levels: Levels | None) -> str:
    """Print a range as `2–3` or `3`; nothing where the competency is not asked for.

    With a dash, not a hyphen: spreadsheets take `2-3` for the second of March.
    """
    if levels is None:
        return ""
    if levels.low is None:
        return NO_LEVEL
    if levels.high in (None, levels.low):
        return str(levels.low)
    return f"{levels.low}–{levels.high}"


def told(cell: Cell) -> str:
    """Print a cell in words alone, for files that show no signs."""
    levels, usual = spelled(cell.levels), spelled(cell.usual)
    if cell.oddity is None:
        return levels
    words = f"{cell.oddity.label} {usual}".strip()
    return f"{levels} ({words})".strip()
