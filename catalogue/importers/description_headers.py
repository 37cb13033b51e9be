"""Recognising the header rows of the form's tables, and what stands in for one that is lost."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.description_labels import column, misspelt_column
from catalogue.importers.description_layout import FormRow, Head, Layout
from catalogue.importers.description_tags import column_of, head_of, tag_of
from catalogue.importers.description_words import SECTION_OF, Column, Section
from catalogue.importers.grid import Reach, reach

# The form's own columns, by how many cells a row has.
_FORM = {
    (Section.DUTIES, 4): (Column.NO, Column.DUTY, Column.TASK, Column.CRITERION),
    (Section.DUTIES, 5): (
        Column.NO,
        Column.DUTY,
        Column.TASK,
        Column.PRODUCT,
        Column.CRITERION,
    ),
    (Section.INSIDE, 3): (Column.MANAGED_BY, Column.MANAGES, Column.WITH),
    (Section.OUTSIDE, 2): (Column.BODY, Column.NATURE),
    (Section.AUTHORITY, 2): (Column.NO, Column.POWER),
    (Section.QUALIFICATIONS, 2): (Column.LABEL, Column.DETAIL),
    (Section.COMPETENCIES, 3): (Column.GROUP, Column.COMPETENCY, Column.LEVEL),
}


class Layouts:
    """Follows the header rows of one table after another."""

    def __init__(self) -> None:
        self._current: Layout | None = None
        self._below_header = False

    def header(self, row: TableRow, filled: Sequence[Cell]) -> Layout | None:
        """Recognise a header row, which may divide the heads of the header row right above it."""
        above = self._current if self._below_header else None
        # Most rows are no header, and are told by a look at what a header begins with.
        begins = filled[:2] if above or row.row == 1 else filled[:1]
        found = _header(row, filled, above) if any(map(_column, begins)) else None
        self._below_header = found is not None
        self._current = found or self._current
        return found

    def lay(self, row: TableRow, section: Section) -> FormRow | None:
        """Lay a row under its heads; a table without a header row goes on from the one before.

        Where no heads are known, or fewer than the row has cells, the form's own are taken.
        """
        if self._current is None or self._current.section is not section:
            self._current = _tagged(section, row) or _assumed(section, row)
        if self._current is None:
            return None
        whole = len(row.cells) <= len(self._current.heads)
        layout = self._current if whole else _assumed(section, row) or self._current
        return layout.place(row)

    def leave(self) -> None:
        """Forget the heads: a new section begins."""
        self._current, self._below_header = None, False


def _header(row: TableRow, filled: Sequence[Cell], above: Layout | None) -> Layout | None:
    found = [_column(cell) for cell in filled]
    hits = len(found) - found.count(None)
    if above and hits == len(found):
        return above.refined([_head(cell) for cell in filled])
    alone = row.row == 1 and hits == len(found)
    return _layout(row) if alone or hits >= max(2, found.count(None)) else None


def _assumed(section: Section, row: TableRow) -> Layout | None:
    """Give the layout that the form has in this section, for a table that lost its header row."""
    columns = _FORM.get((section, len(row.cells)))
    if columns is None:
        return None
    return Layout(
        section,
        tuple(Head(mean, reach(cell)) for mean, cell in zip(columns, row.cells, strict=True)),
    )


def _tagged(section: Section, row: TableRow) -> Layout | None:
    """Take the tags of a row's cells for the heads that its table lost."""
    heads = tuple([Head(column_of(cell), reach(cell)) for cell in row.cells])
    return Layout(section, heads) if tag_of(row) else None


def _layout(row: TableRow) -> Layout | None:
    return _layout_of(tuple([_head(cell) for cell in row.cells if not cell.continues]))


@lru_cache(maxsize=256)
def _layout_of(heads: tuple[Head, ...]) -> Layout | None:
    """Make the layout once for all the tables of a file that have the same heads."""
    sections = Counter(
        SECTION_OF[head.column] for head in heads if head.column and head.column is not Column.NO
    )
    return Layout(sections.most_common(1)[0][0], _with_tasks(heads)) if sections else None


def _with_tasks(heads: Sequence[Head]) -> Sequence[Head]:
    """Divide a head over duties and tasks alike, should no second header row do so."""
    if Column.TASK in {head.column for head in heads}:
        return heads
    return tuple(part for head in heads for part in _divided(head))


def _divided(head: Head) -> tuple[Head, ...]:
    start, end = head.reach
    if head.column is not Column.DUTY or end - start == 1:
        return (head,)
    middle = start + 1
    return Head(Column.DUTY, Reach(start, middle)), Head(Column.TASK, Reach(middle, end))


def _head(cell: Cell) -> Head:
    words = _words(cell)
    return Head(head_of(cell) or column(words) or misspelt_column(words), reach(cell), words)


def _column(cell: Cell) -> Column | None:
    return head_of(cell) or column(_words(cell))


def _words(cell: Cell) -> str:
    return " ".join(cell.lines)
