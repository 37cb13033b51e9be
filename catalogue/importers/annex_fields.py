"""The cells of one annex row by the role of their column."""

from dataclasses import dataclass

from catalogue.importers.annex_labels import CODE, GROUP, HEADCOUNT, NAME, NO, RANK
from catalogue.importers.annex_layout import Layout
from catalogue.importers.blocks import Cell, TableRow

_BETWEEN_LINES = {NO: " ", NAME: " ", RANK: "\n", CODE: " ", HEADCOUNT: "\n", GROUP: " "}


@dataclass(slots=True)
class Fields:
    """What one row says in each role, "" where it says nothing.

    `continued` names the roles whose cell only continues a merged one from above; `merged` says
    that the name's cell covers other columns as well.
    """

    row: TableRow
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
        """All cells that say anything, in whichever column."""
        return [" ".join(lines) for cell in self.row.cells if (lines := printed_lines(cell))]


def fields_of(row: TableRow, layout: Layout) -> Fields:
    """Sort the cells of a row by the column that each covers most of."""
    fields = Fields(row)
    if layout.places and _is_regular(row, layout):
        for role, index in layout.places:
            _take(fields, role, row.cells[index])
        return fields
    for cell in row.cells:
        covered = {role: _overlap(cell, place) for role, place in layout.columns.items()}
        best = _role_of(covered, layout)
        if best is not None:
            fields.merged = fields.merged or (bool(cell.lines) and _covers_more(covered, layout))
            _take(fields, best, cell)
    return fields


def raw_of(row: TableRow) -> tuple[str, ...]:
    """Give the cells of a row as they stand."""
    return tuple([_text_of(cell, "\n") for cell in row.cells])


def printed_lines(cell: Cell) -> tuple[str, ...]:
    """Give the lines of a cell with its list numbers, those of a nested table row by row."""
    if not cell.tables:
        return cell.printed
    nested = (
        " ".join(line for inner in row.cells for line in printed_lines(inner))
        for table in cell.tables
        for row in table
    )
    return (*cell.printed, *filter(None, nested))


def _text_of(cell: Cell, between: str) -> str:
    """Join the printed lines of a cell, of which there is seldom more than one."""
    lines = cell.lines
    if cell.numbers or cell.tables:
        return between.join(printed_lines(cell))
    return lines[0] if len(lines) == 1 else between.join(lines)


def _is_regular(row: TableRow, layout: Layout) -> bool:
    """Tell a row with one cell to each column, as nearly all are."""
    cells = row.cells
    return len(cells) == len(layout.labels) == cells[-1].column + cells[-1].span


def _take(fields: Fields, role: str, cell: Cell) -> None:
    if cell.continues:
        fields.continued |= {role}
    text = _text_of(cell, _BETWEEN_LINES[role])
    if not text:
        return
    before = getattr(fields, role)
    setattr(fields, role, f"{before}{_BETWEEN_LINES[role]}{text}" if before else text)
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
