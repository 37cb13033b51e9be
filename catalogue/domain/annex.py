"""What an annex of positions reads to."""

from dataclasses import dataclass, field

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
