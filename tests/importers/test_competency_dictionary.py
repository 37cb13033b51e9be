"""Reading competency dictionaries: every cell lands in its competency and level, or is said."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby
from pathlib import Path
from random import Random

import pytest

from catalogue.domain.competency import Dictionary, DictionaryEntry, as_json
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.text import fold
from catalogue.importers import competency_dictionary
from tests.docx_kit import cell, docx, paragraph, row, table
from tests.lost_text import lost
from tests.spoiling import spoilt

SAMPLE = Path(__file__).parents[3] / "shared/samples/khung-nang-luc-chuyen-nganh.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"khung năng lực mẫu {SAMPLE.name} không có ở máy này"
)
GROUPS = ("NHÓM NĂNG LỰC CHUNG", "NHÓM NĂNG LỰC CHUYÊN MÔN", "NHÓM NĂNG LỰC QUẢN LÝ")
LABELS = frozenset(
    map(fold, ("Cấp độ", "Cấp", "Mức độ", "TT", "Tên năng lực", "Năng lực", *GROUPS))
) | {f"{word}{level}" for word in ("cap ", "cap do ") for level in range(1, 6)}
GENERAL = paragraph("I. NHÓM NĂNG LỰC CHUNG")


def read(*blocks: str, **related: str) -> Dictionary:
    return competency_dictionary.read(docx(*blocks, **related))


def found(dictionary: Dictionary) -> list[tuple[str, dict[int, str]]]:
    return [
        (entry.name, {level: text for level, text in entry.levels.items() if text})
        for entry in dictionary.entries
    ]


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


@pytest.mark.parametrize("seed", range(40))
def test_what_offices_print_in_their_different_ways_reads_the_same(seed: int) -> None:
    maker = Maker(seed)
    entries = maker.entries()

    dictionary = read(*maker.print(entries))

    assert list(dictionary.entries) == entries
    assert not dictionary.problems


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_dictionary_loses_no_text(seed: int) -> None:
    assert lost_after_spoiling(seed) == []


@pytest.mark.proof
def test_thousands_of_spoilt_dictionaries_lose_no_text() -> None:
    assert [seed for seed in range(30, 4000) if lost_after_spoiling(seed)] == []


def lost_after_spoiling(seed: int) -> list[str]:
    maker = Maker(seed)
    data = spoilt(docx(*maker.print(maker.entries())), maker.random)
    try:
        dictionary = competency_dictionary.read(data)
    except UnreadableFile:
        return []
    return lost(data, as_json(dictionary), LABELS)
