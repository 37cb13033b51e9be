"""Telling which of a person's tasks the words of a spreadsheet's row mean, where that is sure."""

import re
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from catalogue.domain.text import code_key, fold

# Compares two folded texts, 0 to 100.
Likeness = Callable[[str, str], float]

_SURE_FROM = 92.0
# A second task so near to the best makes neither sure.
_APART = 4.0
_LIKELY_FROM = 60.0
_MOST_LIKELY = 3
_NUMBERED = re.compile(
    r"([A-Za-zĐđ]{0,6}[-. ]?\d{1,3}(?:[.\-]\d{1,3}){0,3})[.):]?(?:\s+(.+))?", re.DOTALL
)


class Worded(Protocol):
    """A task; `words` are the folded texts that it goes by."""

    @property
    def words(self) -> Sequence[str]: ...


T = TypeVar("T", bound=Worded)


class KnownTask(NamedTuple):
    """One task of a person's on a day; `duty_no` is the number of the duty that it belongs to."""

    task_version_id: int
    duty_no: str
    text: str
    folded: str

    @property
    def words(self) -> Sequence[str]:
        return (self.folded,)


class Likely(NamedTuple, Generic[T]):
    """A task and how near its words are."""

    task: T
    score: float


def sure(told: str, tasks: Sequence[KnownTask], likeness: Likeness) -> KnownTask | None:
    """Give the one task that was meant beyond doubt; None where a person has to say.

    The same words decide first, then a number that one task alone goes by, then likeness.
    """
    words = fold(told)
    if not words:
        return None
    if same := [task for task in tasks if task.folded == words]:
        return _only(same)
    if numbered := _NUMBERED.fullmatch(told.strip()):
        return _numbered(code_key(numbered[1]), fold(numbered[2] or ""), tasks, likeness)
    return _nearest(words, tasks, likeness)


def likely(told: str, tasks: Sequence[T], likeness: Likeness) -> list[Likely[T]]:
    """Give the few tasks whose words are near, the nearest first."""
    words = fold(told)
    scored = [Likely(task, max(likeness(words, known) for known in task.words)) for task in tasks]
    near = [each for each in scored if each.score >= _LIKELY_FROM]
    return sorted(near, key=lambda each: -each.score)[:_MOST_LIKELY]


def _only(tasks: Sequence[KnownTask]) -> KnownTask | None:
    return tasks[0] if len(tasks) == 1 else None


def _numbered(
    key: str, words: str, tasks: Sequence[KnownTask], likeness: Likeness
) -> KnownTask | None:
    """Find the only task under a number; with words beside it, the nearest of those under it.

    A number that no duty goes by is one that the writer counts by.
    """
    under = [task for task in tasks if code_key(task.duty_no) == key]
    if not words:
        return _only(under)
    same = [task for task in under or tasks if task.folded == words]
    return _only(same) if same else _nearest(words, under or tasks, likeness)


def _nearest(words: str, tasks: Sequence[KnownTask], likeness: Likeness) -> KnownTask | None:
    scored = sorted(
        ((likeness(words, task.folded), task) for task in tasks), key=lambda each: -each[0]
    )
    if not scored or scored[0][0] < _SURE_FROM:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _APART:
        return None
    return scored[0][1]
