"""Following a dictionary's tables: which row heads the columns, and what the rows below say."""

from collections.abc import Mapping, Sequence

from catalogue.importers.blocks import TableRow
from catalogue.importers.competency_grids import NamesAcross, NamesDown, RowRead
from catalogue.importers.competency_words import (
    Head,
    first,
    heads_of,
    level_in,
    names_its_columns,
    says_more,
)
from catalogue.importers.grid import Reach, reach

_FIRST_COLUMN = Reach(0, 1)


class CompetencyTables:
    """Follows one table after another; a table without a header row goes on from the last."""

    def __init__(self) -> None:
        self._grid: NamesAcross | NamesDown | None = None
        self._header: TableRow | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row; None where it cannot be placed. A header row says nothing by itself."""
        above, self._header = self._header, None
        if levels := _levels_across(row):
            return self._lay_down(levels, [*heads_of(row), *(heads_of(above) if above else ())])
        if self._grid and not names_its_columns(row) and (read := self._grid.row(row)):
            return read
        if above and isinstance(self._grid, NamesAcross) and (grid := self._grid.divided(row)):
            self._grid = grid
            return RowRead()
        return self._lay_across(row)

    def leave(self) -> list[str]:
        """Forget the heads since a new group begins; give those under which nothing stood."""
        unread = self._grid.unread() if self._grid else []
        self._grid = self._header = None
        return unread

    def _lay_across(self, row: TableRow) -> RowRead | None:
        heads = heads_of(row)
        corner = first(heads, lambda head: head.is_level)
        if corner is None and row.cells[0].text:
            return None
        names = [head for head in heads if head is not corner and not head.is_ordinal]
        left = self.leave()
        self._grid = NamesAcross(corner.reach if corner else reach(row.cells[0]), names)
        self._header = row
        return RowRead(left=left)

    def _lay_down(self, levels: Mapping[Head, int], heads: Sequence[Head]) -> RowRead:
        others = [
            head for head in heads if not (head in levels or head.is_level or head.is_ordinal)
        ]
        group = first(others, lambda head: head.is_group)
        name = first(others, lambda head: head.is_name) or first(
            others, lambda head: head is not group
        )
        self._grid = NamesDown(
            [(level, head.reach) for head, level in levels.items()],
            name.reach if name else _FIRST_COLUMN,
            group.reach if group else None,
        )
        strange = [head for head in others if head not in (group, name)]
        return RowRead(left=[head.words for head in strange + list(filter(_says_more, levels))])


def _levels_across(row: TableRow) -> Mapping[Head, int]:
    """Give the levels that head a row's columns, none if fewer than two do."""
    levels = {head: level for head in heads_of(row) if (level := level_in(head.words))}
    return levels if len(set(levels.values())) > 1 else {}


def _says_more(head: Head) -> bool:
    return says_more(head.words)
