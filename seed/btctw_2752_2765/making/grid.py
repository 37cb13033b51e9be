"""A reference list laid out in the tables, rows and cells of its file, before any XML."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from seed.btctw_2752_2765.making.source import Column, Group, Layout, Position, PositionList

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `lines` are its paragraphs, `numbered` leaves the number to Word's list engine."""

    lines: tuple[str, ...] = ("",)
    span: int = 1
    merge: Literal["none", "start", "more"] = "none"
    numbered: bool = False

    @property
    def text(self) -> str:
        """Join the paragraphs as a reader would."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row; `number` is what a position's row prints, list engine or not."""

    kind: Literal["header", "blank", "total", "group", "position", "continuation", "deleted"]
    cells: tuple[Cell, ...]
    position: Position | None = None
    number: str = ""


Table: TypeAlias = list[Line]


def tables(source: PositionList) -> list[Table]:
    """Lay the list out: one table, one per group, or one broken where the layout says."""
    layout, header = source.layout, list(_header(source.layout))
    if layout.table_per_group:
        return [[*header, *body] for body in _group_bodies(source)]
    body = [line for lines in _group_bodies(source) for line in lines]
    if layout.totals == "first":
        body.insert(0, _total(source))
    if layout.totals == "last":
        body.append(_total(source))
    return [[*header, *part] for part in _broken(body, layout.break_after)]


def _broken(body: list[Line], after: tuple[int, ...]) -> Iterator[list[Line]]:
    edges = (0, *after, len(body))
    for start, end in pairwise(edges):
        yield body[start:end]


def _header(layout: Layout) -> Iterator[Line]:
    if any(column.over for column in layout.columns):
        yield Line("header", tuple(_upper_cells(layout.columns)))
        yield Line("header", tuple(map(_lower_cell, layout.columns)))
    else:
        yield Line("header", tuple(Cell((column.heading,)) for column in layout.columns))
    if layout.empty_row_after_header:
        yield Line("blank", tuple(Cell() for _ in layout.columns))


def _upper_cells(columns: tuple[Column, ...]) -> Iterator[Cell]:
    for over, below in groupby(columns, key=lambda column: column.over or column.key):
        together = list(below)
        if together[0].over:
            yield Cell((over,), span=len(together))
        else:
            yield Cell((together[0].heading,), merge="start")


def _lower_cell(column: Column) -> Cell:
    return Cell((column.heading,)) if column.over else Cell(merge="more")


def _group_bodies(source: PositionList) -> Iterator[list[Line]]:
    before = 0
    for order, group in enumerate(source.groups):
        last = order == len(source.groups) - 1
        body = [_group_line(source.layout, order, group)]
        for within, position in enumerate(group.positions, start=1):
            # The last group drops the zero, as a real annex does: `III.1` beside `II.05`.
            roman = f"{ROMAN[order]}.{within:0{1 if last else 2}}"
            number = _number(source.layout.numbers, roman, before + within, within)
            body.extend(_position_lines(source.layout, position, number))
        if source.layout.deleted_row and last:
            body.append(_deleted_line(source.layout))
        before += len(group.positions)
        yield body


def _number(style: str, roman: str, overall: int, within: int) -> str:
    numbers = {"roman": roman, "per group": str(within), "padded": f"{overall:02}", "blank": ""}
    return numbers.get(style, str(overall))


def _group_line(layout: Layout, order: int, group: Group) -> Line:
    if layout.group_rows == "spanning":
        return Line("group", (Cell((group.heading,), span=len(layout.columns)),))
    texts = {"no": ROMAN[order], "name": group.heading}
    if layout.counts_in:
        texts |= {
            layout.counts_in: f"{len(group.positions):02} vị trí",
            "headcount": str(group.headcount),
        }
    return Line("group", _cells(layout, texts))


def _total(source: PositionList) -> Line:
    printed = source.layout.total_printed or len(list(source.positions()))
    texts = {
        "name": source.layout.total_label,
        source.layout.counts_in or "rank": f"{printed:02} vị trí",
        "headcount": str(sum(group.headcount for group in source.groups)),
    }
    return Line("total", _cells(source.layout, texts))


def _deleted_line(layout: Layout) -> Line:
    return Line("deleted", _cells(layout, {"name": layout.deleted_row or "", "rank": "Nhân viên"}))


def _position_lines(layout: Layout, position: Position, number: str) -> list[Line]:
    texts = {
        "no": number,
        "name": position.name,
        "code": position.code,
        "rank": "\n".join(position.ranks),
        "headcount": "" if position.headcount is None else str(position.headcount),
    }
    split = len(position.ranks) > 1 and layout.split_ranks != "lines"
    if split:
        texts["rank"] = position.ranks[0]
    cells = _cells(layout, texts)
    if layout.numbers == "list":
        cells = tuple(
            Cell(numbered=True) if column.key == "no" else cell
            for column, cell in zip(layout.columns, cells, strict=True)
        )
    if not split:
        return [Line("position", cells, position, number)]
    return _split_lines(layout, Line("position", cells, position, number))


def _split_lines(layout: Layout, first: Line) -> list[Line]:
    """Give each further rank a row of its own, under merged cells or under blank ones."""
    ranks = first.position.ranks if first.position else ()
    merged = layout.split_ranks == "merged"
    rows = [first]
    for rank in ranks[1:]:
        blank = Cell(merge="more") if merged else Cell()
        cells = tuple(Cell((rank,)) if c.key == "rank" else blank for c in layout.columns)
        rows.append(Line("continuation", cells))
    if merged:
        keys = [column.key for column in layout.columns]
        started = tuple(
            cell if key == "rank" else replace(cell, merge="start")
            for key, cell in zip(keys, first.cells, strict=True)
        )
        rows[0] = replace(first, cells=started)
    return rows


def _cells(layout: Layout, texts: dict[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(tuple(texts.get(column.key, "").split("\n"))) for column in layout.columns)
