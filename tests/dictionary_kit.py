"""Competency dictionaries made up at random and printed in the ways that offices print them."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from random import Random

from catalogue.domain.competency import DictionaryEntry
from catalogue.domain.text import fold
from tests.docx_kit import cell, paragraph, row, table

GROUPS = ("NHÓM NĂNG LỰC CHUNG", "NHÓM NĂNG LỰC CHUYÊN MÔN", "NHÓM NĂNG LỰC QUẢN LÝ")
LABELS = frozenset(
    map(fold, ("Cấp độ", "Cấp", "Mức độ", "TT", "Tên năng lực", "Năng lực", *GROUPS))
) | {f"{word}{level}" for word in ("cap ", "cap do ") for level in range(1, 6)}


class Maker:
    """Makes up competencies and prints them in one of the ways that offices have."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self._serials = count(1001)

    def entries(self) -> list[DictionaryEntry]:
        return [
            DictionaryEntry(group, self.text("Năng lực xử lý"), dict(self.levels()))
            for group in GROUPS[: self.random.randint(1, 3)]
            for _ in range(self.random.randint(2, 5))
        ]

    def levels(self) -> Iterator[tuple[int, str | None]]:
        for level in range(1, 6):
            lines = [f"- {self.text('Làm được việc')}" for _ in range(self.random.randint(1, 2))]
            blank = self.random.random() < 0.2
            yield level, None if blank else "\n".join(lines)

    def text(self, about: str) -> str:
        return f"{about} số {next(self._serials)}"

    def print(self, entries: Sequence[DictionaryEntry]) -> list[str]:
        lay_out = self.random.choice((self.levels_down, self.levels_across))
        order = self.random.choice(((5, 4, 3, 2, 1), (1, 2, 3, 4, 5)))
        as_level = self.random.choice(("{}", "Cấp {}", "Cấp độ {}", "CẤP ĐỘ {}"))
        heading_in_table = self.random.random() < 0.3
        blocks: list[str] = [paragraph("PHỤ LỤC 2B")]
        for number, (group, members) in zip(
            ("I", "II", "III"), groupby(entries, key=lambda entry: entry.group), strict=False
        ):
            head, rows = lay_out(list(members), order, as_level)
            heading = f"{number}. {group}"
            if heading_in_table:
                head = [row(cell(heading, span=6)), *head]
            else:
                blocks.append(paragraph(heading))
            blocks += self.broken(head, rows)
        return blocks

    def levels_down(
        self, entries: list[DictionaryEntry], order: Sequence[int], as_level: str
    ) -> tuple[list[str], list[str]]:
        names = [entry.name for entry in entries]
        corner = self.random.choice(("Cấp độ", "Cấp", "Mức độ", ""))
        wide = cell("Tên năng lực", span=len(names))
        head = self.random.choice((
            [row(corner, *names)],
            [row(cell(corner, merge="restart"), wide), row(cell(merge="continue"), *names)],
        ))  # fmt: skip
        rows = [
            row(as_level.format(level), *(entry.levels[level] or "" for entry in entries))
            for level in order
        ]
        return head, rows

    def levels_across(
        self, entries: list[DictionaryEntry], order: Sequence[int], as_level: str
    ) -> tuple[list[str], list[str]]:
        levels = [as_level.format(level) for level in order]
        above = (cell(words, merge="restart") for words in ("TT", "Tên năng lực"))
        merged = (cell(merge="continue") for _ in range(2))
        head = self.random.choice((
            [row("TT", "Năng lực", *levels)],
            [row(*above, cell("Cấp độ", span=5)), row(*merged, *levels)],
        ))  # fmt: skip
        rows = [
            row(str(number), entry.name, *(entry.levels[level] or "" for level in order))
            for number, entry in enumerate(entries, 1)
        ]
        return head, rows

    def broken(self, head: list[str], rows: list[str]) -> Iterator[str]:
        at = self.random.randint(1, len(rows))
        again = self.random.choice((head, []))
        yield table(*head, *rows[:at])
        if rows[at:]:
            yield table(*again, *rows[at:])
