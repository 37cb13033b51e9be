"""Matching the rows of one list to the positions of another, with a score and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from catalogue.domain.text import clean, fold
from catalogue.domain.words import OriginKind, PositionGroup

SAME_NAME = 100.0
LIKELY_NAME = 88.0
LIKELY_NAME_UNDER_SAME_CODE = 60.0
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


def propose(rows: Sequence[Wording], positions: Sequence[Wording]) -> list[Proposal]:
    """Pair rows and positions one to one, the surest first; both are named by their index."""
    taken_rows: dict[int, Proposal] = {}
    taken_positions: set[int] = set()
    for proposal in sorted(_candidates(rows, positions), key=lambda found: -found.score):
        if proposal.row in taken_rows or proposal.position in taken_positions:
            continue
        taken_rows[proposal.row] = proposal
        if proposal.position is not None:
            taken_positions.add(proposal.position)
    return [taken_rows.get(row, _unlike(row)) for row in range(len(rows))]


def _candidates(rows: Sequence[Wording], positions: Sequence[Wording]) -> list[Proposal]:
    names = [clean(position.name).casefold() for position in positions]
    found = []
    for i, row in enumerate(rows):
        matches = process.extract(
            clean(row.name).casefold(),
            names,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=LIKELY_NAME_UNDER_SAME_CODE,
            limit=None,
        )
        judged = (_judge(i, j, row, positions[j], score) for _, score, j in matches)
        found += [proposal for proposal in judged if proposal is not None]
    return found


def _judge(i: int, j: int, row: Wording, position: Wording, score: float) -> Proposal | None:
    same_code = row.code_key is not None and row.code_key == position.code_key
    same_group = row.group == position.group
    # A code or a group that agrees tells two equal names apart; it never outweighs the name.
    rank = score + 0.5 * same_code + 0.25 * same_group
    if fold(row.name) == fold(position.name):
        return Proposal(i, j, OriginKind.SAME, SAME_NAME + rank, "cùng tên")
    if same_code:
        return Proposal(i, j, OriginKind.RENAMED, rank, f"cùng mã, tên giống {score:.0f}%")
    if same_group and min(score, _subject_likeness(row.name, position.name)) >= LIKELY_NAME:
        return Proposal(i, j, OriginKind.RENAMED, rank, f"cùng nhóm, tên giống {score:.0f}%")
    return None


def _subject_likeness(one: str, other: str) -> float:
    """Compare what names say beyond their title: “… về tài chính” is not “… về hành chính”."""
    return fuzz.token_sort_ratio(_subject(one), _subject(other))


def _subject(name: str) -> str:
    return " ".join(word for word in clean(name).casefold().split() if word not in _TITLE_WORDS)


def _unlike(row: int) -> Proposal:
    return Proposal(row, None, OriginKind.SAME, 0.0, "chưa có vị trí nào giống")
