"""What an annex of positions reads to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from catalogue.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One position as its annex prints it.

    `table` and `row` count from 1 in the document's order, `row` being the first printed row of
    the position; `raw` holds that row's cells as they stand, continuation rows after it.
    """

    no: str
    name: str
    group: str | None
    rank: str | None
    code: str | None
    headcount: int | None
    table: int
    row: int
    raw: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """All positions of one file, the totals that it prints, and what could not be accepted.

    `printed_totals` maps the printed label (`Tổng cộng`, a group's heading) to what stands beside
    it: keys `positions` and `headcount`, each only where printed.
    """

    rows: tuple[Row, ...]
    printed_totals: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def as_json(annex: Annex) -> dict[str, Any]:
    """Lay an annex out for JSON, its rows by the names of their fields."""
    return {
        "rows": [_row_as_json(row) for row in annex.rows],
        "printed_totals": annex.printed_totals,
        "problems": [asdict(problem) for problem in annex.problems],
    }


def from_json(plain: Mapping[str, Any]) -> Annex:
    """Rebuild the annex that `as_json` laid out."""
    return Annex(
        rows=tuple(Row(**row | {"raw": tuple(row["raw"])}) for row in plain["rows"]),
        printed_totals=plain["printed_totals"],
        problems=tuple(Problem(**problem) for problem in plain["problems"]),
    )


def _row_as_json(row: Row) -> dict[str, Any]:
    return {
        "no": row.no,
        "name": row.name,
        "group": row.group,
        "rank": row.rank,
        "code": row.code,
        "headcount": row.headcount,
        "table": row.table,
        "row": row.row,
        "raw": list(row.raw),
    }
