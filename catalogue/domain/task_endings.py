"""What becomes of the former tasks that do not simply go on: split, merged, retired, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from catalogue.domain.description import Duty, Task
from catalogue.domain.drafting import Content, loggable
from catalogue.domain.words import TaskChange


class Ending(NamedTuple):
    """One former task: what became of it, and what goes on from it or why nothing does."""

    text: str
    change: TaskChange
    successors: tuple[str, ...] = ()
    why: str = ""

    @property
    def words(self) -> str:
        """Say all of it, a line each."""
        lines = [f"{self.change.label}: {self.text}"]
        if self.successors:
            lines.append(f"Nay là: {'; '.join(self.successors)}")
        if self.why:
            lines.append(f"Lý do: {self.why}")
        return "\n".join(lines)


def endings(content: Content, former: Mapping[int, str]) -> list[Ending]:
    """List what a draft says of former tasks, in their order; `former` words each of them."""
    followers: dict[int, list[Task | Duty]] = defaultdict(list)
    for line in loggable(content.description):
        for task in set(line.goes_on_from):
            followers[task].append(line)
    return [
        Ending(text, change, tuple(map(_words, followers[task])), content.retired.get(task, ""))
        for task, text in former.items()
        if (change := _change(followers[task]))
    ]


def _change(followers: Sequence[Task | Duty]) -> TaskChange | None:
    """Tell what became of a task from the lines that go on from it; None where one alone does."""
    if not followers:
        return TaskChange.RETIRED
    if len(followers) > 1:
        return TaskChange.SPLIT
    return TaskChange.MERGED if len(set(followers[0].goes_on_from)) > 1 else None


def _words(line: Task | Duty) -> str:
    return line.text if isinstance(line, Task) else line.name
