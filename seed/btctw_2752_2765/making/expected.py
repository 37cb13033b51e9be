"""What each file must read to, told by the source data and never by a reader."""

from collections.abc import Iterator
from typing import Any

from seed.btctw_2752_2765.making.grid import Line, Table, tables
from seed.btctw_2752_2765.making.source import PositionList


def annex(source: PositionList) -> dict[str, Any]:
    """Lay out a list as the annex reader must."""
    # A letterhead is a table too, though it only arranges text.
    first = 2 if source.layout.letterhead else 1
    numbered = enumerate(tables(source), start=first)
    return {
        "rows": [row for number, table in numbered for row in _rows(source, table, number)],
        "printed_totals": dict(_totals(source)),
        "problems": list(source.problems),
    }


def _rows(source: PositionList, table: Table, number: int) -> Iterator[dict[str, Any]]:
    columns = {column.key for column in source.layout.columns}
    heading = {
        position.code: group.heading for group in source.groups for position in group.positions
    }
    for index, line in enumerate(table):
        position = line.position
        if position is None:
            continue
        yield {
            "no": line.number,
            "name": position.name,
            "group": heading[position.code],
            "rank": "\n".join(position.ranks),
            "code": position.code if "code" in columns else None,
            "headcount": position.headcount if "headcount" in columns else None,
            "table": number,
            "row": index + 1,
            "raw": list(_raw(table, index)),
        }


def _raw(table: Table, index: int) -> Iterator[str]:
    """Give the cells of a position's row, then those of the rows that go on with it."""
    yield from _texts(table[index])
    for line in table[index + 1 :]:
        if line.kind != "continuation":
            return
        yield from _texts(line)


def _texts(line: Line) -> Iterator[str]:
    for cell in line.cells:
        yield line.number if cell.numbered else cell.text


def _totals(source: PositionList) -> Iterator[tuple[str, dict[str, int]]]:
    """Give the totals that the file prints, right or wrong, by their labels."""
    layout = source.layout
    if layout.counts_in:
        for group in source.groups:
            yield group.heading, {"positions": len(group.positions), "headcount": group.headcount}
    if layout.totals:
        yield (
            layout.total_label,
            {
                "positions": layout.total_printed or len(list(source.positions())),
                "headcount": sum(group.headcount for group in source.groups),
            },
        )
