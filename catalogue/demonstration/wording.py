"""What people write: from a task's text to the contents of diary lines."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import chain
from random import Random
from typing import NamedTuple

from catalogue.demonstration.records import Key, Position, Task
from catalogue.domain.words import PositionGroup

_LENGTH = 90
_FINISHED = ("đã hoàn thành", "xong, đã trình", "xong trong ngày")
_UNFINISHED = {
    PositionGroup.LEADERSHIP: ("đọc tài liệu", "nghe báo cáo, cho ý kiến", "chưa kết luận"),
    PositionGroup.SPECIALIST: ("nghiên cứu tài liệu", "trao đổi với đồng nghiệp", "chưa xong"),
    PositionGroup.SHARED: ("đọc văn bản hướng dẫn", "rà soát, đối chiếu", "chưa xong"),
    PositionGroup.SUPPORT: ("việc thường ngày", "chuẩn bị", "chưa xong"),
}
# Of tasks that declare no product, such as meetings, nothing is left unfinished.
_OPEN_ENDED = ("theo lịch", "theo phân công", "tiếp tục")
_FIELD_WORK = "đi cơ sở"
_AWAY = ("trên đường đi, về", "làm việc tại cơ sở", "trao đổi, nắm tình hình")


class Entry(NamedTuple):
    """One thing that can be written against a task."""

    position: Key
    task: Key
    content: str
    product: str | None


class Deck(NamedTuple):
    """What a day's lines are drawn from; `vague` leave no product, as the report complains."""

    finished: tuple[Entry, ...]
    vague: tuple[Entry, ...]

    def draw(self, count: int, share_vague: float, drawn: Random) -> list[Entry]:
        """Draw so many different entries, fewer where there is not so much to write."""
        wanted = sum(drawn.random() >= share_vague for _ in range(count))
        finished = min(wanted, len(self.finished))
        vague = min(count - finished, len(self.vague))
        entries = drawn.sample(self.finished, finished) + drawn.sample(self.vague, vague)
        drawn.shuffle(entries)
        return entries


def ordinary(positions: Sequence[Position]) -> Deck:
    """Word a day at the desk on any task of the positions held."""
    finished: list[Entry] = []
    vague: list[Entry] = []
    for position, task in _tasks(positions):
        if task.product:
            finished += _entries(position, task, _FINISHED, task.product)
        said = _UNFINISHED[position.group] if task.product else _OPEN_ENDED
        vague += _entries(position, task, said)
    return Deck(tuple(finished), tuple(vague))


def away(positions: Sequence[Position]) -> Deck:
    """Word a day at the grass roots, on the tasks for it if there are any, without a product."""
    tasks = list(_tasks(positions))
    field_work = [held for held in tasks if _FIELD_WORK in held[1].text.lower()]
    entries = (_entries(position, task, _AWAY) for position, task in field_work or tasks)
    return Deck((), tuple(chain.from_iterable(entries)))


def told(positions: Sequence[Position], contents: Sequence[str]) -> Deck:
    """Word an occasion; it goes to the main position's last task, where forms put other duties."""
    main = positions[0]
    last = main.tasks[-1]
    return Deck((), tuple(Entry(main.key, last.key, content, None) for content in contents))


def _tasks(positions: Sequence[Position]) -> Iterator[tuple[Position, Task]]:
    return ((position, task) for position in positions for task in position.tasks)


def _entries(
    position: Position, task: Task, said: Sequence[str], product: str | None = None
) -> list[Entry]:
    text = textwrap.shorten(task.text, _LENGTH, placeholder="…")
    return [Entry(position.key, task.key, f"{text} – {how}", product) for how in said]
