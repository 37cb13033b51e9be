"""Matching the rows of one list to the positions of another, with a score and a reason."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from catalogue.domain.text import clean, fold
from catalogue.domain.words import OriginKind, PositionGroup

SAME_NAME = 100.0
LIKELY_NAME = 88.0
LIKELY_NAME_UNDER_SAME_CODE = 60.0
_NEAREST = 5
_TITLE_WORDS = frozenset(
    ("chuyên", "viên", "nhân", "cán", "sự", "về", "công", "tác", "lĩnh", "vực", "quản", "lý")
)


class Wording(NamedTuple):
    """What two lists are compared by."""

    name: str
    group: PositionGroup | None
    code_key: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row with the position that it most likely words; None where none is like it."""

    row: int
    position: int | None
    kind: OriginKind
    score: float
    reason: str


Way = Callable[
    [Sequence[Wording], Iterable[int], Sequence[Wording], Sequence[int]], Iterator[Proposal]
]


def propose(
    rows: Sequence[Wording], positions: Sequence[Wording], ways: Sequence[Way] | None = None
) -> list[Proposal]:
    """Pair rows and positions one to one, the surest first; both are named by their index.

    Equal names are settled before likeness is asked of what is left: most lists are mostly equal.
    `ways` narrows it to one of the two.
    """
    if not positions:
        return [_unlike(row) for row in range(len(rows))]
    settled: dict[int, Proposal] = {}
    taken: set[int | None] = set()
    for candidates in ways or (of_same_name, alike):
        open_rows = [i for i in range(len(rows)) if i not in settled]
        open_positions = [j for j in range(len(positions)) if j not in taken]
        found = candidates(rows, open_rows, positions, open_positions)
        for proposal in sorted(found, key=lambda each: -each.score):
            if proposal.row not in settled and proposal.position not in taken:
                settled[proposal.row] = proposal
                taken.add(proposal.position)
    return [settled.get(row, _unlike(row)) for row in range(len(rows))]


def of_same_name(
    rows: Sequence[Wording],
    open_rows: Iterable[int],
    positions: Sequence[Wording],
    open_positions: Sequence[int],
) -> Iterator[Proposal]:
    """Find, among what is open, every pair of one name."""
    by_name = defaultdict(list)
    for j in open_positions:
        by_name[fold(positions[j].name)].append(j)
    for i in open_rows:
        for j in by_name.get(fold(rows[i].name), ()):
            score = SAME_NAME + _agreement(rows[i], positions[j])
            yield Proposal(i, j, OriginKind.SAME, score, "cùng tên")


def alike(
    rows: Sequence[Wording],
    open_rows: Iterable[int],
    positions: Sequence[Wording],
    open_positions: Sequence[int],
) -> Iterator[Proposal]:
    """Find, among what is open, every pair of names near each other."""
    by_code: dict[str | None, dict[int, str]] = defaultdict(dict)
    by_group: dict[PositionGroup | None, dict[int, str]] = defaultdict(dict)
    for j in open_positions:
        words = _in_order(positions[j].name)
        by_code[positions[j].code_key][j] = by_group[positions[j].group][j] = words
    for i in open_rows:
        words = _in_order(rows[i].name)
        if rows[i].code_key:
            yield from _under_same_code(i, words, by_code.get(rows[i].code_key, {}))
        yield from _near_in_name(i, words, by_group.get(rows[i].group, {}))


def _under_same_code(row: int, words: str, others: Mapping[int, str]) -> Iterator[Proposal]:
    for j, other in others.items():
        likeness = fuzz.ratio(words, other)
        if likeness >= LIKELY_NAME_UNDER_SAME_CODE:
            yield _renamed(row, j, likeness, "cùng mã")


def _near_in_name(row: int, words: str, others: Mapping[int, str]) -> Iterator[Proposal]:
    nearest = process.extract(
        words, others, scorer=fuzz.ratio, score_cutoff=LIKELY_NAME, limit=_NEAREST
    )
    for other, likeness, j in nearest:
        if _subject_likeness(words, other) >= LIKELY_NAME:
            yield _renamed(row, j, likeness, "cùng nhóm")


def _agreement(row: Wording, position: Wording) -> float:
    """Tell equal names apart by code and group; neither ever outweighs the name."""
    same_code = row.code_key is not None and row.code_key == position.code_key
    return 0.5 * same_code + 0.25 * (row.group == position.group)


def _renamed(row: int, position: int, score: float, sign: str) -> Proposal:
    reason = f"{sign}, tên giống {score:.0f}%"
    return Proposal(row, position, OriginKind.RENAMED, score, reason)


# A page asks about the same few hundred names again and again.
@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Keep the marks: without them “tài chính” and “hành chính” come too near."""
    return clean(name).casefold()


def _in_order(name: str) -> str:
    """Put a name's words in the alphabet's order once, not for each name that it is compared to."""
    return " ".join(sorted(plain(name).split()))


def _subject_likeness(one: str, other: str) -> float:
    """Compare what names say beyond their title: “… về tài chính” is not “… về hành chính”.

    Both with their words in order.
    """
    return fuzz.ratio(subject(one), subject(other))


def subject(name: str) -> str:
    """Give what a plain name says beyond its title."""
    return " ".join(word for word in name.split() if word not in _TITLE_WORDS)


def _unlike(row: int) -> Proposal:
    return Proposal(row, None, OriginKind.SAME, 0.0, "chưa có vị trí nào giống")
