"""Lines of one list that several of the other say between them: what merges and splits are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from catalogue.domain.matching import Entry
from catalogue.domain.words import PositionGroup
from catalogue.services.reconciling import plain, subject

Saying = tuple[PositionGroup | None, frozenset[str]]

# How much of a part's words the whole must say, and of the whole's words all parts together.
_MOSTLY = 0.75
_WORD = re.compile(r"\w+")


def find(
    wholes: Sequence[Entry], candidates: Sequence[Entry]
) -> list[tuple[Entry, tuple[Entry, ...]]]:
    """Find the wholes with their parts; a line is part of one whole, and of its own group only.

    What one line of the other list says by itself is no whole of several: it is a new name.
    """
    alone = set(map(_saying, wholes)) & set(map(_saying, candidates))
    by_word = _by_word(each for each in candidates if _saying(each) not in alone)
    taken: set[int] = set()
    found = []
    for whole in wholes:
        if _saying(whole) in alone:
            continue
        near = {each.key: each for word in words(whole.name) for each in by_word[whole.group, word]}
        parts = _parts(words(whole.name), [near[key] for key in near.keys() - taken])
        if len(parts) > 1:
            found.append((whole, parts))
            taken |= {part.key for part in parts}
    return found


# A page asks about the same few hundred names again and again.
@lru_cache(maxsize=8192)
def words(name: str) -> frozenset[str]:
    """Give the words of a name that are not its title's."""
    return frozenset(subject(" ".join(_WORD.findall(plain(name)))).split())


def _saying(entry: Entry) -> Saying:
    return entry.group, words(entry.name)


def _by_word(
    entries: Iterable[Entry],
) -> defaultdict[tuple[PositionGroup | None, str], list[Entry]]:
    by_word = defaultdict(list)
    for each in entries:
        for word in words(each.name):
            by_word[each.group, word].append(each)
    return by_word


def _parts(whole: frozenset[str], near: Iterable[Entry]) -> tuple[Entry, ...]:
    """Pick lines that say part of the whole and add to each other, the most telling first."""
    inside = [each for each in near if _is_part(words(each.name), whole)]
    parts: list[Entry] = []
    covered: set[str] = set()
    for each in sorted(inside, key=lambda each: (-len(words(each.name) & whole), each.key)):
        if added := (words(each.name) & whole) - covered:
            parts.append(each)
            covered |= added
    return tuple(parts) if len(covered) >= _MOSTLY * len(whole) else ()


def _is_part(part: frozenset[str], whole: frozenset[str]) -> bool:
    common = len(part & whole)
    return 0 < common < len(whole) and common >= _MOSTLY * len(part)
