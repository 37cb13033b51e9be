"""Recognising the job description's headings, column heads, box labels and marks by their words."""

import difflib
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from catalogue.domain.text import fold
from catalogue.importers.description_words import (
    COLUMNS,
    FIELDS,
    HEADINGS,
    Column,
    Field,
    Section,
    Wordings,
)

_TITLE = re.compile(r"ban mo ta (cong viec|vi tri viec lam|vtvl)")
_COVER = re.compile(r"phu luc( so)?( [0-9]+[a-z]?| [ivx]+)?|ban mo ta .{0,120}")
_MARK = re.compile(
    r".*(ban mau trinh dien|chua kiem chung|chua xac minh).*|(ban )?du thao( lan .{1,5})?"
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)+|\d+(?=\s*[.)\-–:])|[IVX]+(?=\s*[.)\-–:]))\s*[.)\-–:]*\s*")
# Only words that are a heading by themselves make a number of these.
_LOOSE_NUMBER = re.compile(r"(?:\d{1,2}\s*/?|[a-zđ][.)])\s+")
_NEXT_NUMBER = re.compile(r"\s+(?=\d+\.\d+\s*[.)\-–:]?\s*\D)")
_NEXT_FIELD = re.compile(
    r"[\s;]+(?=(?:Mã (?:số|VTVL|vị trí)|Ngày bắt đầu|Địa điểm làm|Quy trình công)[^:]{0,40}:)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)$")
# A label is short: whatever is longer is prose, and is not even folded.
_LONGEST = 120
_LONGEST_HEAD = 80
# Two or three wrong letters in a heading of three words or more.
_LIKENESS = 0.88

_Meaning = TypeVar("_Meaning", bound=StrEnum)


class Heading(NamedTuple):
    """A recognised heading, its words without the number, and what the same line says after it."""

    section: Section
    words: str
    rest: str


def split_number(line: str) -> tuple[str, str]:
    """Part a printed number (2.1, 4., II.) from the words after it."""
    found = _NUMBER.match(line)
    return (found.group(1), line[found.end() :]) if found else ("", line)


@lru_cache(maxsize=4096)
def heading(line: str) -> Heading | None:
    """Recognise a section's heading, alone or with text or the next heading on the same line."""
    number, words = split_number(line)
    if not number:
        words = _LOOSE_NUMBER.sub("", line, count=1)
    for head, rest in _partings(words):
        section = _meaning(head, HEADINGS) or (_misspelt(head, HEADINGS) if number else None)
        if section:
            return Heading(section, head, rest)
    return None


@lru_cache(maxsize=4096)
def column(head: str) -> Column | None:
    """Recognise the head of a column."""
    return _meaning(head, COLUMNS) if len(head) <= _LONGEST_HEAD else None


def misspelt_column(head: str) -> Column | None:
    """Recognise a head with a slip of the typist, where the heads beside it leave no doubt."""
    return _misspelt(head, COLUMNS)


@lru_cache(maxsize=1024)
def field(label: str) -> Field | None:
    """Recognise the label of a line of the box."""
    return _meaning(split_number(label)[1], FIELDS)


def labelled(line: str) -> list[tuple[str, str]]:
    """Part a line of the box into labels and values; a value without a label has the label ""."""
    return [_labelled(part) for part in _NEXT_FIELD.split(line)]


def is_title(line: str) -> bool:
    """Tell whether the line is the title that opens a description."""
    return _is(_TITLE, line)


def is_cover(line: str) -> bool:
    """Tell whether the line belongs to an annex's cover, which ends the description before it."""
    return _is(_COVER, line)


def is_mark(line: str) -> bool:
    """Tell whether the line says that the document is a specimen, a draft or unverified."""
    return _is(_MARK, line)


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST and bool(pattern.fullmatch(_folded(line)))


# A line is held against several patterns, and the form's own lines come again and again.
_folded = lru_cache(maxsize=4096)(fold)


def _partings(words: str) -> Iterator[tuple[str, str]]:
    """Give the ways to part a line into a heading and what follows it."""
    head, *rests = _NEXT_NUMBER.split(words, maxsplit=1)
    if rests:
        yield head, rests[0]
    yield _ASIDE.sub("", words), ""
    head, colon, rest = words.partition(":")
    if colon:
        yield head, rest.strip()


def _labelled(part: str) -> tuple[str, str]:
    label, colon, value = part.partition(":")
    if colon and len(label) <= _LONGEST:
        return label.strip(), value.strip()
    return (part.strip(), "") if field(part) else ("", part.strip())


def _meaning(words: str, wordings: Wordings[_Meaning]) -> _Meaning | None:
    if not words or len(words) > _LONGEST:
        return None
    folded = _folded(words)
    if not wordings.any.fullmatch(folded):
        return None
    return next(mean for form, mean in wordings.patterns if form.fullmatch(folded))


def _misspelt(words: str, wordings: Wordings[_Meaning]) -> _Meaning | None:
    if len(words) > _LONGEST:
        return None
    likest = difflib.get_close_matches(_folded(words), wordings.canon, n=1, cutoff=_LIKENESS)
    return wordings.canon[likest[0]] if likest else None
