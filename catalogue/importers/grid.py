"""Laying the cells of a row under columns that another row has marked out."""

from collections.abc import Sequence
from typing import NamedTuple

from catalogue.importers.blocks import Cell, TableRow


class Reach(NamedTuple):
    """The grid columns from `start` up to, not including, `end`."""

    start: int
    end: int


def reach(cell: Cell) -> Reach:
    """Give the grid columns that a cell lies on."""
    return Reach(cell.column, cell.column + cell.span)


def overlap(one: Reach, other: Reach) -> int:
    """Count the grid columns that two reaches share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def place_of(row: TableRow) -> str:
    """Name a row to the sender, who counts tables and rows from 1."""
    return f"Bảng {row.table}, dòng {row.row}"


def lay(cells: Sequence[Cell], columns: Sequence[Reach]) -> list[tuple[int, ...]]:
    """Give for each cell the columns that it lies under, its own first, none for one beyond all.

    Programs that split a table leave its parts with different grids, so where the counts agree the
    order of the cells says more than their places. Else a cell lies under each column of which it
    has more than half.
    """
    if len(cells) == len(columns):
        return [(index,) for index in range(len(cells))]
    return [_under(reach(cell), columns) for cell in cells]


def _under(cell: Reach, columns: Sequence[Reach]) -> tuple[int, ...]:
    shares = [overlap(column, cell) for column in columns]
    covered = tuple(
        index
        for index, (share, column) in enumerate(zip(shares, columns, strict=True))
        if 2 * share > column.end - column.start
    )
    return covered or tuple(index for index, share in enumerate(shares) if share)[:1]
