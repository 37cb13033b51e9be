"""The totals that an annex prints, beside what its rows add up to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.domain.annex import Annex, Row
from catalogue.domain.text import fold

POSITIONS, HEADCOUNT = "positions", "headcount"
WHOLE = "Cả danh sách"


@dataclass(frozen=True, slots=True)
class Total:
    """One label with both figures of both kinds; None where a figure is not printed or known."""

    label: str
    printed_positions: int | None
    positions: int | None
    printed_headcount: int | None
    headcount: int | None

    @property
    def agrees(self) -> bool | None:
        """Tell whether all printed figures are those read; None where there is none to compare."""
        pairs = (
            (self.printed_positions, self.positions),
            (self.printed_headcount, self.headcount),
        )
        known = [(printed, read) for printed, read in pairs if None not in (printed, read)]
        return all(printed == read for printed, read in known) if known else None


def totals(annex: Annex) -> list[Total]:
    """List the printed totals of the groups and of the whole; the whole stands last, always.

    A sum inside a group names no rows of its own: it is the reader that holds it to its place.
    """
    by_group: dict[str | None, list[Row]] = defaultdict(list)
    for row in annex.rows:
        by_group[row.group].append(row)
    of_groups = [
        _total(label, printed, by_group[label])
        for label, printed in annex.printed_totals.items()
        if label in by_group
    ]
    sums = {label: said for label, said in annex.printed_totals.items() if label not in by_group}
    return [*of_groups, _total(WHOLE, _of_whole(sums), annex.rows)]


def _of_whole(sums: Mapping[str, dict[str, int]]) -> dict[str, int]:
    """Give the figures of the sum called a total, or of the only sum that there is."""
    called = [printed for label, printed in sums.items() if fold(label).startswith("tong")]
    return next(iter(called or (sums.values() if len(sums) == 1 else ())), {})


def _total(label: str, printed: dict[str, int], rows: Sequence[Row]) -> Total:
    heads = [row.headcount for row in rows if row.headcount is not None]
    return Total(
        label=label,
        printed_positions=printed.get(POSITIONS),
        positions=len(rows),
        printed_headcount=printed.get(HEADCOUNT),
        headcount=sum(heads) if heads else None,
    )
