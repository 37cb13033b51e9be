"""Finding where the table of a diary begins, and what each of its columns holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.sheet_values import Cell
from catalogue.domain.text import fold

Aliases = Mapping[str, DiaryColumn]
Grid = Sequence[Sequence[Cell]]

# A letterhead is not longer than this.
_ROWS_SEARCHED = 50
_ENOUGH = 2
_ALWAYS = (DiaryColumn.DAY, DiaryColumn.HOURS)
_WORK = (DiaryColumn.TASK, DiaryColumn.CONTENT)
_NAMED = re.compile(r"(?:họ (?:và )?tên|cán bộ|người thực hiện)\s*:\s*(.*)", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s{2,}|\s[-–]\s|[;,]|chức vụ|đơn vị|vị trí", re.IGNORECASE)
# Columns that only number the rows: nobody misses them.
_NUMBERING = frozenset(("tt", "stt", "so tt", "so thu tu"))
# The headings are the same in file after file.
_folded = lru_cache(maxsize=1_000)(fold)


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows of a table; rows and columns count from 0, `last` is the lower heading row.

    `doubled` are pairs of headings that mean the same column.
    """

    first: int
    last: int
    columns: Mapping[DiaryColumn, int]
    headings: Sequence[str]
    unknown: Sequence[str]
    doubled: Sequence[tuple[str, str]]

    @property
    def missing(self) -> list[str]:
        absent = [column.label for column in _ALWAYS if column not in self.columns]
        if not any(column in self.columns for column in _WORK):
            absent.append(" hoặc ".join(column.label for column in _WORK))
        return absent


def find(rows: Grid, aliases: Aliases) -> Header | None:
    """Find the headings, of one row or of two; the likeliest, where none names all it must."""
    best: Header | None = None
    for place in range(min(len(rows), _ROWS_SEARCHED)):
        for header in _at(rows, place, aliases):
            if not header.missing:
                return header
            if best is None or len(header.columns) > len(best.columns):
                best = header
    return best


def letterhead_name(rows: Grid) -> str:
    """Find whose diary it is above the table: «Họ và tên: …», in one cell or in two."""
    for cells in rows:
        told = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
        for place, text in enumerate(told):
            if found := _NAMED.fullmatch(" ".join(text.split(" "))):
                after = told[place + 1] if place + 1 < len(told) else ""
                return _AFTER_NAME.split(found[1].strip() or after)[0].strip()
    return ""


def _at(rows: Grid, place: int, aliases: Aliases) -> Iterator[Header]:
    """Read a row as headings, of two rows first where the lower one holds nothing but words."""
    cells = rows[place]
    if len(cells) - cells.count("") < _ENOUGH:
        return
    upper = _texts(cells)
    if sum(map(bool, upper)) < _ENOUGH:
        return
    below = rows[place + 1] if place + 1 < len(rows) else ()
    if _is_lower(below, aliases):
        yield _header(place, place + 1, _joined(upper, _texts(below)), aliases)
    single = _header(place, place, [(text,) for text in upper], aliases)
    if len(single.columns) >= _ENOUGH:
        yield single


def _is_lower(cells: Sequence[Cell], aliases: Aliases) -> bool:
    if not all(isinstance(cell, str) for cell in cells):
        return False
    return any(_folded(text) in aliases for text in _texts(cells) if text)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Give what each column may go by: its lower heading, both, the upper one alone."""
    names: list[tuple[str, ...]] = []
    spanning = ""
    for above, below in zip(upper, lower, strict=False):
        spanning = above or spanning
        names.append((below, f"{spanning} {below}", spanning) if below else (above,))
    return names


def _header(first: int, last: int, names: Sequence[tuple[str, ...]], aliases: Aliases) -> Header:
    columns: dict[DiaryColumn, int] = {}
    unknown, doubled, headings = [], [], []
    for place, options in enumerate(names):
        heading = next((text for text in options if _folded(text) in aliases), options[0])
        headings.append(heading)
        column = aliases.get(_folded(heading))
        if column is None:
            if heading and _folded(heading) not in _NUMBERING:
                unknown.append(heading)
            continue
        if column in columns:
            doubled.append((headings[columns[column]], heading))
        else:
            columns[column] = place
    return Header(first, last, columns, headings, unknown, doubled)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]
