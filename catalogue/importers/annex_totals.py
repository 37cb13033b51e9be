"""The totals that an annex prints, held against the rows that were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from catalogue.domain.annex import Row
from catalogue.domain.problems import Problem
from catalogue.importers.annex_wording import HEADCOUNT, POSITIONS

_SUM = "sum"
_UNITS = {POSITIONS: "vị trí", HEADCOUNT: "biên chế"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading or a sum, standing before row `at` of those read; `level` is its kind of number."""

    label: str
    level: str
    counts: dict[str, int]
    place: str
    at: int


class Totals:
    """Headings and sums in their order; what a sum covers is told from where it stands."""

    def __init__(self) -> None:
        self._marks: list[_Mark] = []

    def heading(self, label: str, level: str, counts: dict[str, int], place: str, at: int) -> None:
        self._marks.append(_Mark(label, level, counts, place, at))

    def sum(self, label: str, counts: dict[str, int], place: str, at: int) -> None:
        self._marks.append(_Mark(label, _SUM, counts, place, at))

    def printed(self) -> dict[str, dict[str, int]]:
        """Map each printed label to its figures; a label printed again is told by its place."""
        printed: dict[str, dict[str, int]] = {}
        for mark in self._marks:
            if mark.counts:
                label = mark.label if mark.label not in printed else f"{mark.label} ({mark.place})"
                printed[label] = mark.counts
        return printed

    def problems(self, rows: Sequence[Row]) -> Iterator[Problem]:
        """Report each figure that no reading of its place agrees with."""
        heads = [0, *accumulate(row.headcount or 0 for row in rows)]
        for index, mark in enumerate(self._marks):
            covers = list(self._covers(index, len(rows)))
            for kind, printed in mark.counts.items():
                found = [
                    end - start if kind == POSITIONS else heads[end] - heads[start]
                    for start, end in covers
                ]
                told = kind == POSITIONS or any(found)
                if told and printed not in found:
                    yield _mismatch(mark, kind, printed, found[0])

    def _covers(self, index: int, total: int) -> Iterator[tuple[int, int]]:
        """Give the stretches of rows that a mark may mean, the likeliest first."""
        mark, after = self._marks[index], self._marks[index + 1 :]
        next_sum = next((later.at for later in after if later.level == _SUM), None)
        if mark.level != _SUM:
            yield mark.at, next((later.at for later in after if later.level == mark.level), total)
            yield mark.at, next((later.at for later in after), total)
        else:
            if mark.label.casefold().startswith("tổng"):
                yield 0, total
            yield from self._back(mark, self._marks[:index])
            yield from ((0, mark.at), (0, total), (mark.at, total))
        if next_sum is not None:
            yield mark.at, next_sum

    def _back(self, mark: _Mark, before: Sequence[_Mark]) -> Iterator[tuple[int, int]]:
        """Give the stretches from the nearest earlier mark of each kind up to a sum."""
        nearest = {earlier.level: earlier.at for earlier in before}
        for start in reversed(nearest.values()):
            yield start, mark.at


def _mismatch(mark: _Mark, kind: str, printed: int, found: int) -> Problem:
    unit = _UNITS[kind]
    return Problem(
        mark.place,
        f"«{mark.label}» in {printed} {unit}, cộng các dòng đọc được là {found} {unit}",
        "So lại số tổng với các dòng bên dưới; nếu thiếu dòng, hãy sửa bảng rồi tải lại.",
    )
