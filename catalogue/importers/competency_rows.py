"""The third way to lay out competencies and levels: a row for each level of each competency."""

from collections.abc import Sequence

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.cell_items import is_ordinal
from catalogue.importers.competency_grids import Found, RowRead
from catalogue.importers.competency_words import Head, level_in, name_of
from catalogue.importers.description_labels import split_number
from catalogue.importers.grid import lay


class RowsOfLevels:
    """A table with columns of names, of levels and of texts; a blank name goes on from above."""

    def __init__(self, heads: Sequence[Head], text: Head) -> None:
        self._heads = heads
        self._text = text
        self._has_text = False
        self._name = ""
        self._group: str | None = None
        self._level: int | None = None

    def row(self, row: TableRow) -> RowRead | None:
        """Read the level of one row; None for a row that has no text under the heads."""
        texts: list[Cell] = []
        left: list[str] = []
        for columns, cell in zip(
            lay(row.cells, [head.reach for head in self._heads]), row.cells, strict=True
        ):
            head = self._heads[columns[0]] if columns else None
            if head is self._text:
                texts.append(cell)
            elif cell.text and not self._take(head, cell):
                left.append(cell.text)
        if not texts or self._level is None or not self._name:
            return None
        self._has_text = True
        return RowRead([Found(self._name, self._group, self._level, texts[0])], left)

    def unread(self) -> list[str]:
        """Give the head of the texts where no text stood under it."""
        return [] if self._has_text else [self._text.words]

    @property
    def strange(self) -> list[str]:
        """Give the words of heads that such a table has no place for."""
        known = (head.is_known or head is self._text for head in self._heads)
        return [
            head.words for head, is_known in zip(self._heads, known, strict=True) if not is_known
        ]

    def _take(self, head: Head | None, cell: Cell) -> bool:
        """Take a cell beside the text for what its column holds; False where it has no place."""
        words = name_of(cell)
        if head is None or not head.is_known:
            return is_ordinal(words)
        if head.is_level:
            self._level = level_in(words)
            return self._level is not None
        if head.is_name:
            self._name = split_number(words)[1]
        elif head.is_group:
            self._group = split_number(words)[1]
        return True


def rows_of_levels(heads: Sequence[Head]) -> RowsOfLevels | None:
    """Tell such a table by its header: names, levels, and to their right what a level means."""
    levels = [head.reach for head in heads if head.is_level]
    names = [head.reach for head in heads if head.is_name]
    texts = [head for head in heads if not head.is_known and head.reach > max(levels, default=())]
    if not levels or not names or not texts or names[0] > levels[0]:
        return None
    return RowsOfLevels(heads, texts[-1])
