"""What became of a task: through splits and mergers to the tasks that stand today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """One thing that became of a task; no successor means that it ended, and `why`."""

    former_id: int
    successor_id: int | None
    why: str


class Standing(NamedTuple):
    """A task as it is worded today, with the version to open it in."""

    task_version_id: int
    description_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Today:
    """The tasks that go on from one today, and why what was not continued ended."""

    tasks: tuple[Standing, ...]
    ended: tuple[str, ...]

    def sentences(self) -> list[str]:
        """Say what the task is today, where it ended, or that nothing was said of it."""
        said = [f"Nhiệm vụ nay là: {task.text}" for task in self.tasks]
        said += [f"Nhiệm vụ này nay không còn: {why or 'không ghi lý do'}" for why in self.ended]
        return said or ["Bản mô tả đang có hiệu lực không còn nhiệm vụ này."]


def follow(task_id: int, steps: Iterable[Step], standing: Mapping[int, Standing]) -> Today:
    """Walk from a task to what stands today; a task that still stands is its own end."""
    after: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        after[step.former_id].append(step)
    reached = _reach(task_id, after, standing)
    ends = tuple(standing[each] for each in reached if each in standing)
    ended = (
        step.why
        for each in reached
        if each not in standing
        for step in after[each]
        if step.successor_id is None
    )
    return Today(ends, tuple(dict.fromkeys(ended)))


def _reach(
    task_id: int, after: Mapping[int, list[Step]], standing: Mapping[int, Standing]
) -> list[int]:
    """List the tasks on the way, the first one first; none beyond one that stands."""
    reached = [task_id]
    for each in reached:  # grows while it is walked
        steps = () if each in standing else after.get(each, ())
        successors = (step.successor_id for step in steps)
        reached += [key for key in successors if key is not None and key not in reached]
    return reached
