"""The cells of one annex row by the role of their column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalogue.importers.annex_labels import HEADCOUNT, NAME, RANK, ROLES
from catalogue.importers.annex_layout import Layout
from catalogue.importers.blocks import Cell, TableRow

# What is printed on several lines stays so; a name, a number or a code was only broken to fit.
_KEEPS_LINES = {RANK, HEADCOUNT}
_NO_CELL = Cell(-1)


@dataclass(slots=True)
class Fields:
    """What one row says in each role, "" where it says nothing.

    `raw` are its cells as they stand; `continued` names the roles whose cell only continues a
    merged one from above; `merged` says that the name's cell covers other columns as well.
    """

    row: TableRow
    raw: tuple[str, ...]
    no: str = ""
    name: str = ""
    rank: str = ""
    code: str = ""
    headcount: str = ""
    group: str = ""
    merged: bool = False
    continued: frozenset[str] = frozenset()

    @property
    def texts(self) -> list[str]:
        """All cells that say anything, in whichever column, each on one line."""
        return [_one_line(text) for text in self.raw if text]


def fields_of(row: TableRow, layout: Layout) -> Fields:
    """Sort the cells of a row by the column that each covers most of."""
    if layout.pick is not None and _is_regular(row, layout):
        return _picked(row, layout.pick)
    fields = Fields(row, tuple([_text_of(cell) for cell in row.cells]))
    for index, cell in enumerate(row.cells):
        covered = {role: _overlap(cell, place) for role, place in layout.columns.items()}
        best = _role_of(covered, layout)
        if best is not None:
            fields.merged = fields.merged or (bool(cell.lines) and _covers_more(covered, layout))
            _take(fields, best, index)
    return fields


def _is_regular(row: TableRow, layout: Layout) -> bool:
    """Tell a row with one cell to each of the header's, as nearly all are.

    Such a row belongs under the header even where only one of them begins further right.
    """
    count = len(layout.labels)
    if row.texts is not None:
        return len(row.texts) == count
    cells = row.cells
    return len(cells) == count == cells[-1].column + cells[-1].span - cells[0].column


def _picked(row: TableRow, pick: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Fields:
    """Take the cells of a regular row by their order."""
    raw = row.texts
    if raw is None:
        raw = tuple([_text_of(cell) for cell in row.cells])
    no, name, rank, code, headcount, group = pick((*raw, ""))
    fields = Fields(
        row, raw, _one_line(no), _one_line(name), rank, _one_line(code), headcount, _one_line(group)
    )
    if row.texts is None:
        cells = pick((*row.cells, _NO_CELL))
        continued = [role for role, cell in zip(ROLES, cells, strict=True) if cell.continues]
        fields.continued = frozenset(continued)
        named = cells[ROLES.index(NAME)]
        if named.numbers:
            _take_number(fields, named)
    return fields


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text


def _text_of(cell: Cell) -> str:
    """Give the printed lines of a cell, of which there is seldom more than one."""
    lines = cell.lines
    if cell.numbers or cell.tables:
        return "\n".join(_printed_lines(cell))
    return lines[0] if len(lines) == 1 else "\n".join(lines)


def _printed_lines(cell: Cell) -> tuple[str, ...]:
    """Give the lines of a cell with its list numbers, those of a nested table row by row."""
    if not cell.tables:
        return cell.printed
    nested = (
        " ".join([line for inner in row.cells for line in _printed_lines(inner)])
        for table in cell.tables
        for row in table
    )
    return (*cell.printed, *filter(None, nested))


def _take(fields: Fields, role: str, index: int) -> None:
    cell, text = fields.row.cells[index], fields.raw[index]
    if cell.continues:
        fields.continued |= {role}
    if not text:
        return
    before = getattr(fields, role)
    if before:
        text = f"{before}\n{text}"
    setattr(fields, role, text if role in _KEEPS_LINES else _one_line(text))
    if role == NAME and cell.numbers:
        _take_number(fields, cell)


def _overlap(cell: Cell, place: range) -> int:
    return max(0, min(cell.column + cell.span, place.stop) - max(cell.column, place.start))


def _role_of(covered: dict[str, int], layout: Layout) -> str | None:
    """Give the role that a cell stands for: the name where it covers several whole columns."""
    if covered[NAME] == len(layout.columns[NAME]):
        return NAME
    best = max(covered, key=lambda role: covered[role])
    return best if covered[best] else None


def _covers_more(covered: dict[str, int], layout: Layout) -> bool:
    whole = [role for role, place in layout.columns.items() if covered[role] == len(place)]
    return len(whole) > 1


def _take_number(fields: Fields, cell: Cell) -> None:
    """Take the list engine's number off the name where the row has no other number."""
    number = cell.numbers[0]
    fields.name = fields.name.removeprefix(number).strip()
    if not fields.no and any(letter.isalnum() for letter in number):
        fields.no = number
