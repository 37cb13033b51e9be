"""Comparing the catalogue on two days: what was added, ended, reworded, and what stayed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.domain.as_of import CatalogueRow, Decision
from catalogue.domain.words import LabelledWord


class Difference(LabelledWord):
    """What of a position differs between two days."""

    ADDED = "added", "Thêm mới"
    ENDED = "ended", "Hết hiệu lực"
    RENAMED = "renamed", "Đổi tên"
    REGROUPED = "regrouped", "Đổi nhóm"
    RERANKED = "reranked", "Đổi ngạch, chức danh"
    RECODED = "recoded", "Đổi mã"


@dataclass(frozen=True, slots=True)
class Change:
    """One position that differs; `led_to` or `came_from` name its neighbours in the cross-walk."""

    before: CatalogueRow | None
    after: CatalogueRow | None
    differences: tuple[Difference, ...]
    decision: Decision | None
    neighbours: tuple[str, ...]

    @property
    def shown(self) -> CatalogueRow:
        """Give the row by which the change is named: the later one, or the one that ended."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a change has at least one side")
        return row


@dataclass(frozen=True, slots=True)
class Context:
    """Why things changed: decisions by version, or by position for what ended; the cross-walk."""

    brought: Mapping[int, Decision]
    ended: Mapping[int, Decision]
    came_from: Mapping[int, Sequence[str]]
    led_to: Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes in the catalogue's own order, and the rows that are worded as they were."""

    changes: tuple[Change, ...]
    unchanged: tuple[CatalogueRow, ...]

    def counts(self) -> list[tuple[Difference, int]]:
        """Count each kind of difference; a row that differs twice is counted under both."""
        counted = Counter(each for change in self.changes for each in change.differences)
        return [(difference, counted[difference]) for difference in Difference]


def compare(
    before: Sequence[CatalogueRow], after: Sequence[CatalogueRow], context: Context
) -> Comparison:
    """Hold two days against each other, position by position."""
    former = {row.position_id: row for row in before}
    changes, unchanged = [], []
    for row in after:
        then = former.pop(row.position_id, None)
        if differences := _differences(then, row):
            decision = context.brought.get(row.version_id)
            neighbours = tuple(context.came_from.get(row.position_id, ())) if not then else ()
            changes.append(Change(then, row, differences, decision, neighbours))
        else:
            unchanged.append(row)
    for row in former.values():
        decision = context.ended.get(row.position_id)
        neighbours = tuple(context.led_to.get(row.position_id, ()))
        changes.append(Change(row, None, (Difference.ENDED,), decision, neighbours))
    return Comparison(tuple(changes), tuple(unchanged))


def _differences(then: CatalogueRow | None, row: CatalogueRow) -> tuple[Difference, ...]:
    if then is None:
        return (Difference.ADDED,)
    held = (
        (Difference.RENAMED, then.name, row.name),
        (Difference.REGROUPED, then.group, row.group),
        (Difference.RERANKED, then.rank, row.rank),
        (Difference.RECODED, then.code, row.code),
    )
    return tuple(difference for difference, one, other in held if one != other)
