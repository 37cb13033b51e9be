"""The cells of one row of a diary, by what their columns hold."""

from operator import itemgetter
from typing import NamedTuple

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.sheet_values import Cell
from catalogue.importers.diary_headings import Grid, Header


class Told(NamedTuple):
    """The cells of a row in the order of `DiaryColumn`, "" where nothing is told."""

    day: Cell
    person: Cell
    task: Cell
    content: Cell
    product: Cell
    quantity: Cell
    hours: Cell
    overtime: Cell
    place: Cell
    document: Cell
    pages: Cell
    evidence: Cell
    note: Cell

    @property
    def is_timed(self) -> bool:
        """Tell a row with hours; a template's formula gives 0 in rows that nobody filled in."""
        if self.hours not in ("", 0, "0"):
            return True
        return isinstance(self.overtime, (float, int)) and bool(self.overtime)


NOTHING = Told(*[""] * len(DiaryColumn))


def picked(rows: Grid, header: Header) -> list[Told]:
    """Pick the columns out of the rows; a row that ends early holds nothing more."""
    nothing = ("",) * len(header.headings)
    pick = itemgetter(*(header.columns.get(column, -1) for column in DiaryColumn))
    return [Told._make(pick((*cells, *nothing))) for cells in rows]
