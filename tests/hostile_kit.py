"""Job descriptions whose words look like anything but what they are."""

from collections.abc import Iterator
from random import Random
from typing import TypeVar

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.words import TaskKind

Chosen = TypeVar("Chosen")

# Headings, labels, column heads, marks, bullets, numbers, markup, templates, and odd characters.
_WORDS = (
    "2. Các công việc và tiêu chí đánh giá", "Mục tiêu vị trí việc làm", "BẢN MÔ TẢ CÔNG VIỆC",
    "Tên VTVL: người khác", "Mã vị trí việc làm: X-1", "PHỤ LỤC 2", "Dự thảo", "Nơi nhận:",
    "TT", "Tiêu chí đánh giá", "Nhóm năng lực chung", "Cấp độ", "I. Thẩm quyền khác",
    "- gạch đầu dòng", "• chấm tròn", "+ dấu cộng", "1. đánh số", "a) chữ cái", "2.1", "IV",
    "tiếp câu trước", "câu; có; chấm phẩy", 'dấu "kép" và «ngoặc»', "{{ record.name }}",
    "{% for %}", "[[ x ]]", "<w:p/> & </w:t>", "&amp;", "50% – 70%…", "«…»", "dài " * 300 + "hết",
)  # fmt: skip


class Hostile:
    """Makes up descriptions of such words; each text also has a number of its own."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self._serial = 0

    def text(self, *, lines: int = 2) -> str:
        return "\n".join(self._line() for _ in range(self.random.randint(1, lines)))

    def texts(self, least: int = 0, most: int = 3, *, lines: int = 1) -> tuple[str, ...]:
        return tuple(self.text(lines=lines) for _ in range(self.random.randint(least, most)))

    def description(self) -> Description:
        leads = self.random.random() < 0.5
        return Description(
            name=self.text(),
            code=self._maybe(self.text()),
            purpose=self.text(lines=4),
            starts=self.text(),
            workplace=self.text(),
            procedures=self.text(),
            particulars={self.text(lines=1): self.text() for _ in range(2)},
            duties=tuple(self.duty(str(no)) for no in range(1, self.random.randint(2, 5))),
            relations=Relations(
                managed_by=self.texts(),
                manages=self.texts(1) if leads else (),
                coordinates_in_unit=() if leads else self.texts(1),
                coordinates_with=self.texts(),
                outside=tuple(
                    OutsideRelation(self.text(), self._maybe(self.text())) for _ in range(2)
                ),
            ),
            authority=tuple(self.powers()),
            qualifications={self.text(lines=1): self.texts() for _ in range(2)},
            competencies=tuple(self.requirements()),
            marks=self.texts(0, 1),
            preface=self.texts(0, 2),
        )

    def duty(self, no: str) -> Duty:
        """Make a duty of which some tasks have results of their own, and the last ones share."""
        own = [self.task() for _ in range(self.random.randint(0, 3))]
        sharing = [Task(self.text(), goes_on_from=self.former()) for _ in range(2)]
        tasks = (*own, *sharing) if self.random.random() < 0.5 else tuple(own)
        criteria = [line for task in own for line in (task.criterion or "").split("\n") if line]
        products = [line for task in own for line in (task.product or "").split("\n") if line]
        shared = self.texts() if len(tasks) > len(own) or not tasks else ()
        former = () if tasks else self.former()
        return Duty(no, self.text(), tasks, (*criteria, *shared), tuple(products), former)

    def task(self) -> Task:
        return Task(
            self.text(),
            self._maybe(self.text()),
            self.text(),
            self._maybe(self.text(lines=1)),
            self._maybe(self.random.randint(0, 5000)),
            self._maybe(self.random.choice(list(TaskKind))),
            self.former(),
        )

    def former(self) -> tuple[int, ...]:
        return tuple(self.random.sample(range(400, 440), self.random.choice((0, 1, 1, 2))))

    def powers(self) -> Iterator[Authority]:
        for section in self.random.choice(((None,), self.texts(1, 2))):
            for no in range(self.random.randint(1, 2)):
                yield Authority(f"4.{no}", self.text(), section)

    def requirements(self) -> Iterator[Requirement]:
        for group in self.texts(0, 2):
            low = self.random.choice((None, 1, 2, 3))
            for name in self.texts(1, 3):
                yield Requirement(group, name, low, low and low + self.random.choice((0, 1)))

    def _line(self) -> str:
        self._serial += 1
        words = self.random.choice(_WORDS)
        return self.random.choice((f"{words} {self._serial}", f"{words}{self._serial}", words))

    def _maybe(self, value: Chosen) -> Chosen | None:
        return value if self.random.random() < 0.7 else None
