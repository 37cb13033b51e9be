"""The competency dictionaries: what they must read to, and their Word files."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from catalogue.domain.competency import Dictionary, DictionaryEntry
from seed.btctw_2752_2765.making.grid import Cell
from seed.btctw_2752_2765.making.page import EMPTY, document, paragraph
from seed.btctw_2752_2765.making.source import SEED, Reference, load_toml
from seed.btctw_2752_2765.making.table_xml import BORDERS, framed, plain_row

LEVELS = (5, 4, 3, 2, 1)
ROMAN = ("I", "II", "III")
LEVEL_WIDTH = 900
ALL_OTHERS = 13300


def names() -> list[str]:
    """Name the dictionaries there are."""
    return sorted(path.stem for path in (SEED / "source" / "dictionaries").glob("*.toml"))


def dictionary(name: str) -> Dictionary:
    """Read one dictionary's source; a level without a text is none, never an invented one."""
    plain = _plain(name)
    return Dictionary(plain["title"], tuple(_entries(plain)))


def write(name: str, reference: Reference) -> bytes:
    """Write one dictionary: a table per group, competencies across, levels from 5 down to 1."""
    two_rows = _plain(name)["two_row_header"]
    whole = dictionary(name)
    body = paragraph(whole.title, "Title")
    body += paragraph("(Bản trình diễn; không phải khung năng lực chính thức)", "Note")
    groups = groupby(whole.entries, key=lambda entry: entry.group)
    for number, (heading, entries) in zip(ROMAN, groups, strict=True):
        body += paragraph(f"{number}. {heading}", "Group")
        body += _table(list(entries), two_rows=two_rows) + EMPTY
    return document(body, reference.mark, landscape=True)


def _plain(name: str) -> dict[str, Any]:
    return load_toml((Path("source/dictionaries") / f"{name}.toml").as_posix())


def _entries(plain: dict[str, Any]) -> Iterator[DictionaryEntry]:
    for group in plain["groups"]:
        for item in group["competencies"]:
            texts = item.get("levels", {})
            yield DictionaryEntry(
                group["heading"],
                item["name"],
                {level: texts.get(str(level)) for level in sorted(LEVELS)},
            )


def _table(entries: list[DictionaryEntry], *, two_rows: bool) -> str:
    widths = [LEVEL_WIDTH, *(ALL_OTHERS // len(entries) for _ in entries)]
    names = [Cell((entry.name,)) for entry in entries]
    if two_rows:
        above = [Cell(("Cấp độ",), merge="start"), Cell(("Năng lực",), span=len(entries))]
        rows = plain_row(above, widths, bold=True)
        rows += plain_row([Cell(merge="more"), *names], widths, bold=True)
    else:
        rows = plain_row([Cell(("Cấp độ",)), *names], widths, bold=True)
    for level in LEVELS:
        texts = [Cell((entry.levels[level] or "",)) for entry in entries]
        rows += plain_row([Cell((str(level),)), *texts], widths)
    return framed(rows, widths, borders=BORDERS)
