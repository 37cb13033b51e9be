"""Which of a person's tasks some words most likely tell of."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz

from catalogue.domain.text import fold


class Told(Protocol):
    """A task by its words."""

    @property
    def text(self) -> str: ...
    @property
    def product(self) -> str | None: ...


_PROPOSED_FROM = 60.0
_MOST = 3


class Likely(NamedTuple):
    """One task and how alike its words are, 0 to 100."""

    place: int
    score: float


def likely(told: str, tasks: Sequence[Told]) -> list[Likely]:
    """Give the few tasks whose words are near to what was told, the nearest first."""
    words = fold(told)
    scored = (Likely(place, _score(words, task)) for place, task in enumerate(tasks))
    near = [each for each in scored if each.score >= _PROPOSED_FROM]
    return sorted(near, key=lambda each: -each.score)[:_MOST]


def _score(words: str, task: Told) -> float:
    """Compare by words in any order; what the task says of its product counts as well."""
    return max(
        fuzz.token_set_ratio(words, fold(text)) for text in (task.text, task.product) if text
    )
