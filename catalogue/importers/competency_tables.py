"""Following a dictionary's tables: which row heads the columns, and what the rows below say."""

from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.competency_grids import Column, NamesAcross, NamesDown, Role, RowRead
from catalogue.importers.competency_rows import RowsOfLevels, rows_of_levels
from catalogue.importers.competency_words import (
    Head,
    competency_in,
    heads_of,
    level_in,
    name_of,
    says_more,
)
from catalogue.importers.grid import overlap, reach


class CompetencyTables:
    """Follows one table after another; a table without a header row goes on from the last."""

    def __init__(self) -> None:
        self._grid: NamesAcross | NamesDown | RowsOfLevels | None = None
        self._header: TableRow | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row; None where it cannot be placed. A header row says nothing by itself."""
        above, self._header = self._header, None
        if self._heads_levels(row):
            return self._lay_down(row, heads_of(above) if above else [])
        if self._grid and not _is_header(row) and (read := self._grid.row(row)):
            return read
        if above and isinstance(self._grid, NamesAcross) and (grid := self._grid.divided(row)):
            self._grid = grid
            return RowRead()
        return self._lay_across(row)

    def _heads_levels(self, row: TableRow) -> bool:
        """Tell a header of levels; a row of one level has two figures, its own and the level's."""
        levels = {level_in(head.words) for head in heads_of(row)} - {None}
        return len(levels) > (2 if isinstance(self._grid, RowsOfLevels) else 1)

    def named_by(self, row: TableRow, lines: Sequence[str]) -> str | None:
        """Give the line above that names the competency of a table of levels and meanings alone."""
        heads = heads_of(row) if lines else []
        if [head.is_level for head in heads] != [True, False] or not heads[1].is_meaning:
            return None
        return next((line for line in reversed(lines) if competency_in(line)), None)

    def begin(self, row: TableRow, line: str) -> None:
        """Begin such a table under its header row and the line that names it."""
        level, meaning = heads_of(row)
        name = Head(competency_in(line) or line, meaning.reach)
        self._grid = NamesAcross(level.reach, [name])

    def turn(self) -> list[str]:
        """Begin a new group: heads that name competencies end, others go on above its rows."""
        return self.leave() if isinstance(self._grid, NamesAcross) else []

    def leave(self) -> list[str]:
        """Forget the heads; give those under which nothing stood."""
        unread = self._grid.unread() if self._grid else []
        self._grid = self._header = None
        return unread

    def _lay_across(self, row: TableRow) -> RowRead | None:
        heads = heads_of(row)
        if grid := rows_of_levels(heads):
            left = self.leave()
            self._grid, self._header = grid, row
            return RowRead(left=left + grid.strange)
        corner = _first(heads, lambda head: head.is_level)
        if corner is None and row.cells[0].text:
            return None
        names = [head for head in heads if head is not corner and not head.is_ordinal]
        left = self.leave()
        self._grid = NamesAcross(corner.reach if corner else reach(row.cells[0]), names)
        self._header = row
        return RowRead(left=left)

    def _lay_down(self, row: TableRow, above: Sequence[Head]) -> RowRead:
        left = self.leave()
        heads = [_head(cell, above) for cell in row.cells]
        before = [head for head in takewhile(_is_no_level, heads) if _may_name(head)]
        names = _first(heads, lambda head: head.is_name) or (before or heads)[0]
        self._grid = NamesDown([_column(head, names) for head in heads])
        return RowRead(left=left + [head.words for head in heads if _says_more(head, names)])


def _head(cell: Cell, above: Sequence[Head]) -> Head:
    """Give a cell's head, which may be merged with the one above it."""
    own = reach(cell)
    over = [] if cell.text else [head for head in above if overlap(head.reach, own)]
    merged = _first(over, lambda head: head.is_name) or _first(over, bool)
    return Head(merged.words if merged else name_of(cell), own)


def _column(head: Head, names: Head) -> Column:
    other = Role.GROUP if head.is_group else Role.NONE
    return Column(head.reach, level_in(head.words), Role.NAME if head is names else other)


def _is_header(row: TableRow) -> bool:
    return any(head.is_known for head in heads_of(row))


def _may_name(head: Head) -> bool:
    return not (head.is_ordinal or head.is_group)


def _is_no_level(head: Head) -> bool:
    return level_in(head.words) is None


def _says_more(head: Head, names: Head) -> bool:
    """Tell whether a head has words that the reader has no place for."""
    known = head is names or head.is_known or not head.words
    return says_more(head.words) or (_is_no_level(head) and not known)


def _first(heads: Iterable[Head], fits: Callable[[Head], bool]) -> Head | None:
    return next((head for head in heads if fits(head)), None)
