"""What people write: from a task's text to the contents of diary lines."""

import textwrap
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from catalogue.demonstration.records import Key, Position, Task
from catalogue.domain.words import PositionGroup

_LENGTH = 90


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


class _Manner(NamedTuple):
    finished: tuple[str, ...]
    vague: tuple[str, ...]


_MEETING = _Manner(
    ("Chuẩn bị tài liệu cuộc họp", "Hoàn chỉnh biên bản, kết luận cuộc họp"),
    ("Dự họp giao ban", "Dự hội nghị", "Họp chi bộ, họp cơ quan"),
)
_BY_GROUP = {
    PositionGroup.LEADERSHIP: _Manner(
        ("Duyệt, ký ban hành", "Kết luận, giao nhiệm vụ", "Hoàn thành"),
        ("Nghiên cứu văn bản đến", "Nghe báo cáo, cho ý kiến", "Trao đổi công việc với cấp dưới"),
    ),
    PositionGroup.SPECIALIST: _Manner(
        ("Hoàn thành", "Trình lãnh đạo ký", "Tiếp thu, hoàn chỉnh"),
        ("Nghiên cứu văn bản, tài liệu", "Trao đổi với đồng nghiệp", "Soạn dự thảo, chưa xong"),
    ),
    PositionGroup.SHARED: _Manner(
        ("Hoàn thành", "Lập, trình duyệt"),
        ("Đọc văn bản hướng dẫn", "Rà soát, đối chiếu", "Đang thực hiện, chưa xong"),
    ),
    PositionGroup.SUPPORT: _Manner(
        ("Thực hiện theo phân công",),
        ("Trực, sẵn sàng khi được phân công", "Thực hiện việc thường ngày"),
    ),
}
_AWAY = _Manner((), ("Đi công tác cơ sở", "Làm việc với cơ sở", "Di chuyển đi, về cơ sở"))


def ordinary(positions: Sequence[Position]) -> Deck:
    """Word a day at the desk on any task of the positions held."""
    return _deck(positions, None)


def away(positions: Sequence[Position]) -> Deck:
    """Word a day at the grass roots: no product is written down."""
    return _deck(positions, _AWAY)


def told(positions: Sequence[Position], contents: Sequence[str]) -> Deck:
    """Word an occasion; it goes to the main position's last task, where forms put other duties."""
    main = positions[0]
    last = main.tasks[-1]
    return Deck((), tuple(Entry(main.key, last.key, content, None) for content in contents))


def _deck(positions: Sequence[Position], manner: _Manner | None) -> Deck:
    finished: list[Entry] = []
    vague: list[Entry] = []
    for position in positions:
        for task in position.tasks:
            said = manner or _manner(position, task)
            text = textwrap.shorten(task.text, _LENGTH, placeholder="…")
            vague += (Entry(position.key, task.key, f"{how}: {text}", None) for how in said.vague)
            if task.product:
                finished += (
                    Entry(position.key, task.key, f"{how}: {text}", task.product)
                    for how in said.finished
                )
    return Deck(tuple(finished), tuple(vague))


def _manner(position: Position, task: Task) -> _Manner:
    return _MEETING if "họp" in task.text.lower() else _BY_GROUP[position.group]
