"""Two lists side by side: their lines, what relates them, and which of it a page asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord, PositionGroup

EXACT = 100.0
ONE_TO_ONE = frozenset((MatchKind.SAME, MatchKind.RENAMED))


class Entry(NamedTuple):
    """A position's version on one side, a row of the decision's annex on the other.

    `owner` is the version's position, or the row itself: what a page of its own is opened by.
    """

    key: int
    owner: int
    name: str
    group: PositionGroup | None
    rank: str | None
    code: str | None
    code_key: str | None
    headcount: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the two lists say of themselves; nobody has ruled on it."""

    kind: MatchKind
    own: tuple[Entry, ...]
    rows: tuple[Entry, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """One ruling as it is kept; `dossier` is the title of the dossier that rests on it."""

    match_id: int
    kind: MatchKind
    own: tuple[Entry, ...]
    rows: tuple[Entry, ...]
    score: float
    reason: str
    why: str
    by: str | None
    at: datetime
    undone_by: str | None
    undone_at: datetime | None
    dossier: str | None


Line = Suggestion | Ruled


class Standing(LabelledWord):
    """How far a line has come."""

    OPEN = "chua", "Chưa đối chiếu"
    RULED = "da", "Đã đối chiếu"
    UNDONE = "bo", "Đã bỏ kết luận"


@dataclass(frozen=True, slots=True)
class WantedLines:
    """Which lines are asked for."""

    text: str = ""
    kind: MatchKind | None = None
    standing: Standing | None = None


_NONE, _ONE, _SEVERAL = range(1), range(1, 2), range(2, 10_000)
_SHAPES = {
    MatchKind.SAME: (_ONE, _ONE),
    MatchKind.RENAMED: (_ONE, _ONE),
    MatchKind.MERGED: (_SEVERAL, _ONE),
    MatchKind.SPLIT: (_ONE, _SEVERAL),
    MatchKind.LOCAL: (_ONE, _NONE),
    MatchKind.MISSING: (_NONE, _ONE),
}
_COUNTED = {0: "không chọn", 1: "đúng một", 2: "từ hai"}


def refuse_shape(kind: MatchKind, own: int, rows: int) -> None:
    """Refuse so many positions against so many rows where the kind does not join them."""
    of_own, of_rows = _SHAPES[kind]
    if own not in of_own or rows not in of_rows:
        message = (
            f"{kind.label}: cần {_COUNTED[of_own.start]} vị trí của đơn vị và "
            f"{_COUNTED[of_rows.start]} dòng của quyết định; đang chọn {own} vị trí, {rows} dòng."
        )
        raise Invalid(message, field="kind")


def standing(line: Line) -> Standing:
    if isinstance(line, Suggestion):
        return Standing.OPEN
    return Standing.RULED if line.undone_at is None else Standing.UNDONE


def chosen(lines: Iterable[Line], wanted: WantedLines) -> list[Line]:
    """Keep the lines asked for; what was undone shows only where it is asked for itself."""
    words = fold(wanted.text).split()
    return [line for line in lines if _is_of(line, wanted) and _says(line, words)]


def acceptable(lines: Iterable[Line], scores: Sequence[int]) -> list[tuple[int, int]]:
    """Count the proposals that reach each score, leaving out a score that adds none.

    Only those of one position for one row: the rest is for a person to look at.
    """
    reached = [
        line.score for line in lines if isinstance(line, Suggestion) and line.kind in ONE_TO_ONE
    ]
    counts = [(least, sum(score >= least for score in reached)) for least in scores]
    before = (0, *(count for _, count in counts))
    return [each for each, less in zip(counts, before, strict=False) if each[1] > less]


def place(line: Line) -> tuple[bool, int]:
    """Order lines as the decision prints its rows, what it does not print after them."""
    first = line.rows[0] if line.rows else line.own[0]
    return not line.rows, first.key


def _is_of(line: Line, wanted: WantedLines) -> bool:
    here = standing(line)
    shown = here is wanted.standing if wanted.standing else here is not Standing.UNDONE
    return shown and wanted.kind in (None, line.kind)


def _says(line: Line, words: Sequence[str]) -> bool:
    if not words:
        return True
    entries = (*line.own, *line.rows)
    folded = fold(" ".join(f"{entry.name} {entry.code or ''}" for entry in entries))
    return all(word in folded for word in words)
