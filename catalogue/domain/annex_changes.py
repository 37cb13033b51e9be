"""What a file of positions says that an earlier one of the same list did not, line by line."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain import pairing
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import LabelledWord


class Line(NamedTuple):
    """One position of a list, as far as two lists are compared; `row_id` once it was written."""

    name: str
    group: str | None
    rank: str | None
    code: str | None
    headcount: int | None
    row_id: int | None = None


class ChangeKind(LabelledWord):
    """What became of a line; one that is gone is proposed for retirement, never deleted."""

    ADDED = "added", "Dòng thêm"
    REMOVED = "removed", "Đề nghị thôi dùng"
    CHANGED = "changed", "Dòng sửa"
    UNCHANGED = "unchanged", "Không đổi"


class Difference(NamedTuple):
    """One field that says something else now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line by which it is named, the later one or the one that is gone, and what differs."""

    kind: ChangeKind
    line: Line
    differences: tuple[Difference, ...] = ()


def _code(line: Line) -> str | None:
    return code_key(line.code) if line.code else None


_FIELDS: tuple[tuple[str, Callable[[Line], object]], ...] = (
    ("Tên", lambda line: line.name),
    ("Nhóm", lambda line: line.group),
    ("Ngạch, chức danh", lambda line: line.rank),
    ("Mã", lambda line: line.code),
    ("Biên chế", lambda line: line.headcount),
)
# Tried in turn, the surest first: lines that one way has met are out of the next one's sight.
_WAYS: tuple[Callable[[Line], Hashable], ...] = (
    lambda line: line[:-1],
    lambda line: (fold(line.name), line.group, _code(line)),
    lambda line: (fold(line.name), line.group),
    lambda line: fold(line.name),
    _code,
)


def compare(former: Sequence[Line], newer: Sequence[Line]) -> list[Change]:
    """Compare two lists line by line, in the newer one's order; what is gone comes last."""
    met = pairing.met(former, newer, _WAYS)
    kept = set(met.values())
    changes = [
        _change(former[met[place]], line) if place in met else Change(ChangeKind.ADDED, line)
        for place, line in enumerate(newer)
    ]
    gone = (line for place, line in enumerate(former) if place not in kept)
    return changes + [Change(ChangeKind.REMOVED, line) for line in gone]


def _change(before: Line, after: Line) -> Change:
    differences = tuple(
        Difference(label, _shown(read(before)), _shown(read(after)))
        for label, read in _FIELDS
        if read(before) != read(after)
    )
    kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
    return Change(kind, after, differences)


def _shown(value: object) -> str:
    return "không ghi" if value is None else str(value)
