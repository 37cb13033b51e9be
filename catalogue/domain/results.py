"""Products and criteria of a duty in printed order: those of its tasks, and the common ones."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Edited:
    """What a task says after an edit; `before` is its place in the duty before, None for new."""

    before: int | None
    text: str | None


@dataclass(slots=True, eq=False)
class _Slot:
    """Lines printed together; `task` is the place of the task that they belong to, if any."""

    lines: list[str]
    task: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def say(self, text: str) -> None:
        """Take another text; one that is not another keeps its lines as they were printed."""
        if text != self.text:
            self.lines = text.split("\n")


@dataclass(slots=True)
class _Before:
    """How a duty was printed before the edit."""

    tied: Sequence[str | None]
    texts: set[str]

    def needs_no_room(self, each: Edited, now: set[str]) -> bool:
        """Tell of an untouched task that it was not printed by itself, and still need not be."""
        untouched = each.before is not None and self.tied[each.before] == each.text
        return untouched and (each.text in now or each.text not in self.texts)


def loose(printed: Sequence[str], tied: Sequence[str | None]) -> list[str]:
    """List the printed lines that belong to no task; each task takes one run of lines at most."""
    return [slot.text for slot in _slots(printed, tied) if slot.task is None]


def recompose(
    printed: Sequence[str],
    tied: Sequence[str | None],
    edited: Sequence[Edited],
    common: Sequence[str],
) -> tuple[str, ...]:
    """Print the lines of a duty again after its tasks and its common lines were edited.

    Each line keeps its place where its task, or the common line, is still there. Lines of tasks
    change places only when the tasks did. What is new stands behind what stands before it. No two
    edited tasks may name the same place before.
    """
    slots = _slots(printed, tied)
    before = _Before(tied, {slot.text for slot in slots})
    slots = _with_tasks(_with_common(slots, common), edited)
    placed = {slot.task for slot in slots}
    for place, each in enumerate(edited):
        if not each.text or place in placed:
            continue
        if not before.needs_no_room(each, {slot.text for slot in slots}):
            slots.insert(_room(slots, place), _Slot(each.text.split("\n"), place))
    return tuple(line for slot in slots for line in slot.lines)


def _slots(printed: Sequence[str], tied: Sequence[str | None]) -> list[_Slot]:
    slots = [_Slot([line]) for line in printed]
    for task, text in enumerate(tied):
        if text:
            _claim(slots, task, text)
    return slots


def _claim(slots: list[_Slot], task: int, text: str) -> None:
    """Give a task the first free run of lines that say what it says."""
    for start, first in enumerate(slots):
        end, run = start, ""
        while end < len(slots) and slots[end].task is None and len(run) < len(text):
            run = f"{run}\n{slots[end].text}" if end > start else first.text
            end += 1
        if run == text and end > start:
            slots[start:end] = [_Slot([line for slot in slots[start:end] for line in slot.lines])]
            slots[start].task = task
            return


def _with_common(slots: list[_Slot], common: Sequence[str]) -> list[_Slot]:
    """Put the common lines of now in the place of those before, line by line as they match."""
    former = [slot.text for slot in slots if slot.task is None]
    ahead, *instead = _matched(former, common)
    texts = iter(instead)
    body: list[_Slot] = []
    for slot in slots:
        body += [slot] if slot.task is not None else [_Slot([text]) for text in next(texts)]
    new = [_Slot([text]) for text in ahead]
    return new + body if former else body + new


def _matched(former: Sequence[str], common: Sequence[str]) -> list[list[str]]:
    """Give the lines of now that stand ahead of all former ones, then those in place of each."""
    found: list[list[str]] = [[] for _ in range(len(former) + 1)]
    matcher = SequenceMatcher(None, former, common, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        for n, text in enumerate(common[first:last]):
            found[min(start + n + 1, end)].append(text)
    return found


def _with_tasks(slots: list[_Slot], edited: Sequence[Edited]) -> list[_Slot]:
    """Leave out the lines of tasks that are gone; give the others their text and order of now."""
    held = {slot.task: slot for slot in slots}
    staying = [place for place, each in enumerate(edited) if _stays(each, held)]
    slot_of = {place: held[edited[place].before] for place in staying}
    kept = [slot for slot in slots if slot.task is None or slot in slot_of.values()]
    befores = [edited[place].before or 0 for place in staying]
    if befores != sorted(befores):
        rooms = [room for room, slot in enumerate(kept) if slot.task is not None]
        for room, place in zip(rooms, staying, strict=True):
            kept[room] = slot_of[place]
    for place, slot in slot_of.items():
        slot.task = place
        slot.say(edited[place].text or "")
    return kept


def _stays(each: Edited, held: Container[int | None]) -> bool:
    return bool(each.text) and each.before is not None and each.before in held


def _room(slots: Sequence[_Slot], place: int) -> int:
    """Find where a new task's lines go: behind those of the task before it, else ahead of others'.

    Where no other task has any, they go last.
    """
    rooms = [(slot.task, room) for room, slot in enumerate(slots) if slot.task is not None]
    behind = [(task, room + 1) for task, room in rooms if task < place]
    ahead = [(task, room) for task, room in rooms if task > place]
    if behind:
        return max(behind)[1]
    return min(ahead)[1] if ahead else len(slots)
