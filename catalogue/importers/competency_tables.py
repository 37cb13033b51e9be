"""Tables of competencies and levels, whichever of the two runs across and which down."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.description_labels import split_number
from catalogue.importers.grid import Reach, lay, overlap, reach

LEVELS = range(1, 6)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_LEVEL = re.compile(r"((?:cap|muc)(?: do)? |bac )?([1-5]|i{1,3}|iv|v)( .*)?")
_LEVEL_HEAD = re.compile(r"(cac )?(cap do|cap|muc do|muc|bac)( nang luc)?")
_NAME_HEAD = re.compile(r"(ten )?(cac )?nang luc( cu the)?|noi dung( nang luc)?")
_GROUP_HEAD = re.compile(r"(cac )?nhom( nang luc)?")
_ORDINAL_HEAD = re.compile(r"tt|stt|so tt")
_ORDINAL = re.compile(r"[0-9ivx ]*")
_GROUP = re.compile(r"(cac )?nhom nang luc .*|nang luc (chung|cot loi|chuyen mon.*|quan ly.*)")
_LONGEST_HEADING = 120


class Head(NamedTuple):
    """A competency's name over its column, and its group where a header row gives one."""

    name: str
    group: str | None
    reach: Reach


class Found(NamedTuple):
    """The cell of one competency's level."""

    name: str
    group: str | None
    level: int
    cell: Cell


class RowRead(NamedTuple):
    """What a row of a table says, and the cells that it has no place for."""

    found: list[Found]
    left: list[Cell]


class NamesAcross:
    """A table whose columns are competencies and whose rows are levels."""

    def __init__(self, level: Reach, heads: Sequence[Head]) -> None:
        self.heads = heads
        self._level_reach = level
        self._reaches = [level, *(head.reach for head in heads)]
        self._level: int | None = None
        self._above: dict[int, Cell] = {}

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row of one level; None for a row that is none."""
        laid = list(zip(lay(row.cells, self._reaches), row.cells, strict=True))
        printed = " ".join(cell.text for columns, cell in laid if 0 in columns).strip()
        self._level = level_in(printed) if printed else self._level
        if self._level is None or self._repeats_heads(row):
            return None
        found = []
        for columns, cell in laid:
            for column in columns:
                text = self._above.get(column, cell) if cell.continues else cell
                self._above[column] = text
                if column:
                    head = self.heads[column - 1]
                    found.append(Found(head.name, head.group, self._level, text))
        return RowRead(found, [])

    def divided(self, row: TableRow) -> "NamesAcross":
        """Put the names of a second header row below those that head several columns."""
        lower = [
            Head(name_of(cell), self._group_over(reach(cell)), reach(cell))
            for cell in row.cells
            if cell.text and not overlap(reach(cell), self._level_reach)
        ]
        whole = [
            head
            for head in self.heads
            if not any(overlap(head.reach, below.reach) for below in lower)
        ]
        heads = sorted([*whole, *lower], key=lambda head: head.reach)
        return NamesAcross(self._level_reach, heads)

    def _group_over(self, below: Reach) -> str | None:
        over = next((head.name for head in self.heads if overlap(head.reach, below)), "")
        return None if _NAME_HEAD.fullmatch(fold(over)) else split_number(over)[1] or None

    def _repeats_heads(self, row: TableRow) -> bool:
        names = {head.name for head in self.heads}
        return {name_of(cell) for cell in row.cells if cell.text} <= names


class NamesDown:
    """A table whose rows are competencies and whose columns are levels."""

    def __init__(
        self, levels: Sequence[tuple[int, Reach]], name: Reach, group: Reach | None
    ) -> None:
        self._levels = levels
        self._reaches = [reach for _, reach in levels]
        self._name_reach, self._group_reach = name, group
        self._name = ""
        self._group: str | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row of one competency, or what goes on from the row above."""
        found, left = [], []
        for cell in row.cells:
            levels = [level for level, across in self._levels if overlap(reach(cell), across)]
            if levels:
                found += [(level, cell) for level in levels]
            elif not self._take(cell):
                left.append(cell)
        return RowRead([Found(self._name, self._group, *level) for level in found], left)

    def _take(self, cell: Cell) -> bool:
        if not cell.text or _ORDINAL.fullmatch(fold(cell.text)):
            return True
        if overlap(reach(cell), self._name_reach):
            self._name = name_of(cell)
            return True
        if self._group_reach and overlap(reach(cell), self._group_reach):
            self._group = split_number(name_of(cell))[1]
            return True
        return False


class CompetencyTables:
    """Follows one table after another; a table without a header row goes on from the last."""

    def __init__(self) -> None:
        self._table: NamesAcross | NamesDown | None = None
        self._header: TableRow | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row; None where it cannot be placed. A header row says nothing by itself."""
        if not any(cell.text for cell in row.cells):
            return RowRead([], [])
        above, self._header = self._header, None
        if levels := _levels_across(row):
            self._table = _names_down(levels, [*row.cells, *(above.cells if above else ())])
        elif self._table and (read := self._table.row(row)):
            return read
        elif above and isinstance(self._table, NamesAcross):
            self._table = self._table.divided(row)
        elif heads := _names_across(row):
            self._table, self._header = heads, row
        else:
            return None
        return RowRead([], [])

    def leave(self) -> None:
        """Forget the heads: a new group begins."""
        self._table = self._header = None


def group_in(line: str) -> str | None:
    """Give the group that a line heads, without its roman number."""
    number, words = split_number(line)
    if not words or len(words) > _LONGEST_HEADING:
        return None
    return words if number.isalpha() or _GROUP.fullmatch(fold(words)) else None


def group_of(row: TableRow) -> str | None:
    """Give the group that a row heads: its only words, but for a number in the cell before."""
    match [name_of(cell) for cell in row.cells if cell.text]:
        case [words]:
            return group_in(words)
        case [number, words] if _ORDINAL.fullmatch(fold(number)):
            return group_in(words) or (words if words.isupper() else None)
    return None


def level_in(text: str) -> int | None:
    """Read a level: 5, V, Cấp 5, Cấp độ 5 (…)."""
    found = _LEVEL.fullmatch(fold(text)) if len(text) <= _LONGEST_HEADING else None
    if found is None or (found.group(3) and not found.group(1)):
        return None
    return _ROMAN.get(found.group(2)) or int(found.group(2))


def name_of(cell: Cell) -> str:
    """Give a cell's words on one line."""
    return " ".join(cell.printed)


def _levels_across(row: TableRow) -> list[tuple[int, Reach]]:
    """Give the levels that head a row's columns, none if fewer than two do."""
    levels = [(level_in(name_of(cell)), reach(cell)) for cell in row.cells]
    found = [(level, across) for level, across in levels if level]
    return found if len({level for level, _ in found}) > 1 else []


def _names_down(levels: list[tuple[int, Reach]], heads: Sequence[Cell]) -> NamesDown:
    others = [
        cell
        for cell in heads
        if cell.text and not any(overlap(reach(cell), across) for _, across in levels)
    ]
    group = _first(others, _GROUP_HEAD.fullmatch)
    left = [cell for cell in others if cell is not group]
    name = _first(left, _NAME_HEAD.fullmatch) or _first(left, _is_name)
    return NamesDown(levels, reach(name) if name else Reach(0, 1), reach(group) if group else None)


def _names_across(row: TableRow) -> NamesAcross | None:
    corner = _first(row.cells, _LEVEL_HEAD.fullmatch) or row.cells[0]
    if corner.text and not _LEVEL_HEAD.fullmatch(fold(name_of(corner))):
        return None
    heads = [
        Head(name_of(cell), None, reach(cell))
        for cell in row.cells
        if cell is not corner and cell.text and not _ORDINAL_HEAD.fullmatch(fold(name_of(cell)))
    ]
    return NamesAcross(reach(corner), heads) if heads else None


def _first(cells: Sequence[Cell], fits: Callable[[str], object]) -> Cell | None:
    return next((cell for cell in cells if fits(fold(name_of(cell)))), None)


def _is_name(head: str) -> bool:
    return not _ORDINAL_HEAD.fullmatch(head)
