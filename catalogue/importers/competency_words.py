"""The printed words of a competency dictionary: levels, groups and the heads of its tables."""

import re
from typing import NamedTuple

from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell, TableRow
from catalogue.importers.cell_items import is_ordinal
from catalogue.importers.description_labels import split_number
from catalogue.importers.grid import Reach, reach

LEVELS = range(1, 6)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_LEVEL = re.compile(r"((?:cap|muc)(?: do)? |bac )?([1-5]|i{1,3}|iv|v)( .*)?")
_LEVEL_HEAD = re.compile(r"(cac )?(cap do|cap|muc do|muc|bac)( nang luc)?")
_NAME_HEAD = re.compile(r"(ten )?(cac )?nang luc( cu the)?|noi dung( nang luc)?")
_MEANING_HEAD = re.compile(r"(mo ta|noi dung|bieu hien|dien giai|hanh vi|tieu chi)( .*)?")
_GROUP_HEAD = re.compile(r"(cac )?nhom( nang luc)?")
_ORDINAL_HEAD = re.compile(r"tt|stt|so tt")
_HEADS = (_LEVEL_HEAD, _NAME_HEAD, _GROUP_HEAD, _ORDINAL_HEAD)
_GROUP = re.compile(
    r"(cac )?nhom nang luc .*|(cac )?nang luc (chung|cot loi|chuyen mon.*|quan ly.*)"
)
_LONGEST_HEADING = 120


class Head(NamedTuple):
    """The head of a column: its words as printed, and where they stand."""

    words: str
    reach: Reach

    @property
    def is_level(self) -> bool:
        return bool(_LEVEL_HEAD.fullmatch(fold(self.words)))

    @property
    def is_name(self) -> bool:
        return bool(_NAME_HEAD.fullmatch(fold(self.words)))

    @property
    def is_meaning(self) -> bool:
        return bool(_MEANING_HEAD.fullmatch(fold(self.words)))

    @property
    def is_group(self) -> bool:
        return bool(_GROUP_HEAD.fullmatch(fold(self.words)))

    @property
    def is_ordinal(self) -> bool:
        return bool(_ORDINAL_HEAD.fullmatch(fold(self.words)))

    @property
    def is_known(self) -> bool:
        """Whether the form itself prints this head, as it does in header rows only."""
        words = fold(self.words)
        return any(head.fullmatch(words) for head in _HEADS)


def heads_of(row: TableRow) -> list[Head]:
    """Give the filled cells of a header row."""
    return [Head(name_of(cell), reach(cell)) for cell in row.cells if cell.text]


def name_of(cell: Cell) -> str:
    """Give a cell's words on one line."""
    return " ".join(cell.printed)


def level_in(text: str) -> int | None:
    """Read a level: 5, V, Cấp 5, Cấp độ 5 (…)."""
    found = _LEVEL.fullmatch(fold(text)) if len(text) <= _LONGEST_HEADING else None
    if found is None or (found.group(3) and not found.group(1)):
        return None
    return _ROMAN.get(found.group(2)) or int(found.group(2))


def says_more(level: str) -> bool:
    """Tell whether a level has words of its own beside its number: Cấp độ 5 (chuyên gia)."""
    found = _LEVEL.fullmatch(fold(level))
    return bool(found and found.group(3))


def group_in(line: str) -> str | None:
    """Give the group that a line heads, without its roman number."""
    number, words = split_number(line)
    if not words or len(words) > _LONGEST_HEADING:
        return None
    return words if number.isalpha() or _GROUP.fullmatch(fold(words)) else None


def competency_in(line: str) -> str | None:
    """Give the competency that a line names by a number or by a label: 1. Phối hợp."""
    number, words = split_number(line)
    label, colon, name = words.partition(":")
    if colon and _NAME_HEAD.fullmatch(fold(label)):
        return name.strip() or None
    return words if number and len(words) <= _LONGEST_HEADING else None


def group_of(row: TableRow) -> str | None:
    """Give the group that a row heads: its only words, but for a number in the cell before."""
    match [name_of(cell) for cell in row.cells if cell.text]:
        case [words]:
            return group_in(words)
        case [number, words] if is_ordinal(number):
            return group_in(words) or (words if words.isupper() else None)
    return None
