"""What a new dictionary of competencies says otherwise than the one that it takes the place of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalogue.domain.competency import Dictionary
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord

Texts = Mapping[tuple[str, int], tuple[str, str | None]]


class LevelChange(LabelledWord):
    """What became of the text of one level."""

    ADDED = "added", "Có thêm"
    CHANGED = "changed", "Ghi khác"
    BLANK = "blank", "Để trống"
    GONE = "gone", "Không còn"


@dataclass(frozen=True, slots=True)
class Change:
    """One level of one competency whose text is not what it was."""

    kind: LevelChange
    name: str
    level: int
    before: str
    after: str


def changes(former: Texts, read: Dictionary) -> list[Change]:
    """List the levels that differ, in the new dictionary's order, then those it leaves out.

    `former` is keyed by folded name and level, and holds the printed name and the text.
    """
    found = list(_said(former, read))
    kept = {fold(entry.name) for entry in read.entries}
    gone = (
        Change(LevelChange.GONE, name, level, text, "")
        for (folded, level), (name, text) in former.items()
        if folded not in kept and text
    )
    return [*found, *gone]


def _said(former: Texts, read: Dictionary) -> Iterator[Change]:
    for entry in read.entries:
        for level in sorted(entry.levels):
            _, before = former.get((fold(entry.name), level), ("", None))
            after = entry.levels[level]
            if (before or "") != (after or ""):
                yield Change(_kind(before, after), entry.name, level, before or "", after or "")


def _kind(before: str | None, after: str | None) -> LevelChange:
    if not before:
        return LevelChange.ADDED
    return LevelChange.CHANGED if after else LevelChange.BLANK
