"""The cells of one row of a diary, by what their columns hold."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, starmap
from operator import itemgetter
from typing import Any, NamedTuple

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.sheet_values import Cell
from catalogue.domain.text import fold
from catalogue.importers.diary_headings import Grid, Header

_TOTAL = re.compile(r"(?:tong|cong)(?: (?:tong|cong|so|gio|thang|tuan|quy|nam|ngay|\d+))*")


class Told(NamedTuple):
    """The cells of a row by column, "" where nothing is told; texts stand last."""

    day: Cell
    hours: Cell
    overtime: Cell
    quantity: Cell
    pages: Cell
    person: Any
    task: Any
    content: Any
    product: Any
    place: Any
    document: Any
    evidence: Any
    note: Any

    @property
    def is_timed(self) -> bool:
        """Tell a row with hours; a template's formula gives 0 in rows that nobody filled in."""
        if self.hours not in ("", 0, "0"):
            return True
        return isinstance(self.overtime, (float, int)) and bool(self.overtime)


COLUMNS = tuple(map(DiaryColumn.stored, Told._fields))
NOTHING = Told(*[""] * len(COLUMNS))
_FIRST_TEXT = Told._fields.index("person")


def picked(rows: Grid, header: Header) -> list[Told]:
    """Pick the columns out of the rows; a row that ends early holds nothing more."""
    lacking = len(header.headings) - min(map(len, rows), default=0)
    nothing = ("",) * max(lacking, 1)  # the last cell of all stands for each absent column
    pick = itemgetter(*(header.columns.get(column, -1) for column in COLUMNS))
    return list(starmap(Told, map(pick, [(*cells, *nothing) for cells in rows])))


def texts_of(rows: Iterable[Told]) -> set[Any]:
    """Give what stands in the columns of texts, each once."""
    return set().union(*islice(zip(*rows, strict=True), _FIRST_TEXT, None))


@lru_cache(maxsize=1_000)
def is_sum(text: str) -> bool:
    """Tell the first words of a row of sums: «Tổng cộng», «Cộng tháng 3»."""
    return bool(_TOTAL.fullmatch(fold(text)))
