"""The tasks to choose from on a page: pinned ones, those used of late, the others by duty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.blueprints.links import address
from catalogue.domain.text import fold
from catalogue.queries.tasks import OwnTask

_RECENT = 6
# So few others stand open beside the tasks used of late: a tap more would spare no scrolling.
_FEW = 4


@dataclass(frozen=True, slots=True)
class TaskChoices:
    """What is offered; `search` is what was searched for, and leaves out all that lacks it."""

    pinned: Sequence[OwnTask]
    recent: Sequence[OwnTask]
    groups: Mapping[str, Sequence[OwnTask]]
    search: str
    of_day: int

    @property
    def found(self) -> int:
        return len(self.pinned) + len(self.recent) + self.others

    @property
    def others(self) -> int:
        return sum(map(len, self.groups.values()))

    @property
    def folded(self) -> bool:
        """Whether the others stay out of sight until they are wanted."""
        led = bool(self.pinned or self.recent)
        return led and self.others > _FEW and not self.search


def choices(own: Sequence[OwnTask], search: str = "") -> TaskChoices:
    """Lay out a person's tasks of a day; what is searched for may be typed without marks."""
    words = fold(search).split()
    found = [task for task in own if _says(task, words)] if words else own
    pinned = [task for task in found if task.pinned]
    used = sorted((task for task in found if task.used and not task.pinned), key=_by_use)
    recent = used[:_RECENT]
    first = {*pinned, *recent}
    several = len({task.assignment_id for task in own}) > 1
    groups: dict[str, list[OwnTask]] = {}
    for task in found:
        if task not in first:
            heading = f"{task.position}: {task.duty}" if several else task.duty
            groups.setdefault(heading, []).append(task)
    return TaskChoices(pinned, recent, groups, search, len(own))


def _by_use(task: OwnTask) -> int:
    return -task.used


def _says(task: OwnTask, words: Sequence[str]) -> bool:
    folded = fold(f"{task.duty} {task.text} {task.product or ''}")
    return all(word in folded for word in words)


def unplanned_path(day: date, search: str) -> str:
    """Give the page on which work is told that no task is for."""
    return address("pending_lines.new", **{"ngay": day, "noi-dung": search})
