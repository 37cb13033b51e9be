"""The two ways to lay out competencies and levels: which runs across and which runs down."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.cell_items import is_ordinal
from catalogue.importers.competency_words import Head, heads_of, level_in, name_of, says_more
from catalogue.importers.description_labels import split_number
from catalogue.importers.grid import Reach, lay, overlap


class Found(NamedTuple):
    """The cell of one competency's level; the group only where the table itself gives one."""

    name: str
    group: str | None
    level: int
    cell: Cell


class RowRead(NamedTuple):
    """What a row of a table says, and the texts that it has no place for."""

    found: Sequence[Found] = ()
    left: Sequence[str] = ()


class NamesAcross:
    """A table whose columns are competencies and whose rows are levels."""

    def __init__(
        self, level: Reach, heads: Sequence[Head], groups: Sequence[str | None] = ()
    ) -> None:
        self._level_reach = level
        self._heads = heads
        self._groups = groups or [None] * len(heads)
        self._reaches = [level, *(head.reach for head in heads)]
        self._level: int | None = None
        self._above: dict[int, Cell] = {}  # by column; a name without an entry was never read

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row of one level, or what goes on from the row above; None for other rows."""
        laid = list(zip(lay(row.cells, self._reaches), row.cells, strict=True))
        corner = next((cell for columns, cell in laid if 0 in columns), None)
        printed = name_of(corner) if corner else ""
        level = level_in(printed) if printed else self._level
        if level is None or (not printed and self._repeats_names(row)):
            return None
        self._level = level
        return RowRead(
            [self._found(at, level, cell) for columns, cell in laid for at in columns if at],
            [cell.text for columns, cell in laid if not any(columns) and cell is not corner]
            + [printed] * says_more(printed),
        )

    def unread(self) -> list[str]:
        """Give the names under which no text stood."""
        unread = [at for at in range(len(self._heads)) if at + 1 not in self._above]
        names = [self._heads[at].words for at in unread if not self._heads[at].is_name]
        return names + [group for at in unread if (group := self._groups[at])]

    def divided(self, row: TableRow) -> "NamesAcross | None":
        """Put the names of a second header row below those that head several columns."""
        lower = heads_of(row)
        if any(overlap(head.reach, self._level_reach) for head in lower):
            return None
        whole = [
            head
            for head in self._heads
            if not any(overlap(head.reach, below.reach) for below in lower)
        ]
        heads = sorted([*whole, *lower], key=lambda head: head.reach)
        groups = [None if head in whole else self._group_over(head) for head in heads]
        return NamesAcross(self._level_reach, heads, groups)

    def _repeats_names(self, row: TableRow) -> bool:
        return {head.words for head in heads_of(row)} <= {head.words for head in self._heads}

    def _found(self, column: int, level: int, cell: Cell) -> Found:
        """Give a column's text; that of a cell merged over levels is the text of each."""
        text = self._above.get(column, cell) if cell.continues and not cell.text else cell
        self._above[column] = text
        return Found(self._heads[column - 1].words, self._groups[column - 1], level, text)

    def _group_over(self, below: Head) -> str | None:
        over = [head for head in self._heads if overlap(head.reach, below.reach)]
        words = " ".join(head.words for head in over if not head.is_name)
        return split_number(words)[1] or None


class Role(Enum):
    """What a column beside the levels holds."""

    NAME = auto()
    GROUP = auto()
    NONE = auto()


class Column(NamedTuple):
    """A column of a table whose rows are competencies: of a level, or of another role."""

    reach: Reach
    level: int | None
    role: Role


class NamesDown:
    """A table whose rows are competencies and whose columns are levels."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._reaches = [column.reach for column in columns]
        self._name = ""
        self._group: str | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read a row of one competency, or what goes on from the row above."""
        texts: list[tuple[int, Cell]] = []
        beside: dict[Role, list[Cell]] = {role: [] for role in Role}
        for indices, cell in zip(lay(row.cells, self._reaches), row.cells, strict=True):
            columns = [self._columns[index] for index in indices]
            levels = [column.level for column in columns if column.level]
            texts += [(level, cell) for level in levels]
            if not levels and not is_ordinal(cell.text):
                beside[columns[0].role if columns else Role.NONE].append(cell)
        if not texts:
            return RowRead(left=[cell.text for cell in row.cells])
        left = self._take(*beside.values())
        return RowRead([Found(self._name, self._group, *text) for text in texts], left)

    def unread(self) -> list[str]:
        """Give the names under which no text stood: none, since each row has its own."""
        return []

    def _take(self, names: list[Cell], groups: list[Cell], others: list[Cell]) -> list[str]:
        """Take the first name and the first group that a row gives; a blank goes on."""
        names, groups, others = (
            [cell for cell in cells if cell.text] for cells in (names, groups, others)
        )
        if names:
            self._name = name_of(names[0])
        if groups:
            self._group = split_number(name_of(groups[0]))[1]
        return [cell.text for cell in (*names[1:], *groups[1:], *others)]
