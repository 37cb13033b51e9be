"""What a file of positions says that an earlier one of the same list did not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain.text import code_key, fold


class Line(NamedTuple):
    """One position of a list, as far as two lists are compared."""

    name: str
    group: str | None
    rank: str | None
    code: str | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines that came, that went, and pairs of which the later one reads otherwise."""

    came: tuple[Line, ...] = ()
    went: tuple[Line, ...] = ()
    reworded: tuple[tuple[Line, Line], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.reworded)


def compare(former: Sequence[Line], now: Sequence[Line]) -> Changes:
    """Pair the lines of two lists, the surest way first; what finds no partner came or went."""
    partners: dict[int, int] = {}
    for key in (tuple, _named_under_code, _code, _name):
        _pair(former, now, partners, key)
    reworded = (
        (former[before], now[after])
        for after, before in sorted(partners.items())
        if former[before] != now[after]
    )
    kept = set(partners.values())
    return Changes(
        came=tuple(line for index, line in enumerate(now) if index not in partners),
        went=tuple(line for index, line in enumerate(former) if index not in kept),
        reworded=tuple(reworded),
    )


def _pair(
    former: Sequence[Line],
    now: Sequence[Line],
    partners: dict[int, int],
    key: Callable[[Line], object],
) -> None:
    """Pair lines of one key in their order; a key of None pairs nothing."""
    kept = set(partners.values())
    waiting = _by_key(former, (index for index in range(len(former)) if index not in kept), key)
    for index, line in enumerate(now):
        if index not in partners and (candidates := waiting.get(key(line))):
            partners[index] = candidates.pop(0)


def _by_key(
    lines: Sequence[Line], indexes: Iterable[int], key: Callable[[Line], object]
) -> dict[object, list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for index in indexes:
        if (value := key(lines[index])) is not None:
            found[value].append(index)
    return found


def _named_under_code(line: Line) -> object:
    return (fold(line.name), _code(line))


def _code(line: Line) -> object:
    return code_key(line.code) if line.code else None


def _name(line: Line) -> object:
    return fold(line.name)
