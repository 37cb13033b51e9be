"""Pairing the items of two lists: by what is surely the same first, then by likeness."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from catalogue.domain.limits import COMPARED_PAIRS
from catalogue.domain.text import fold

T = TypeVar("T")
# How much of two texts' words must be the same, in order, for one to be the other reworded.
LIKE = 0.6


def met(
    former: Sequence[T], newer: Sequence[T], ways: Sequence[Callable[[T], Hashable]]
) -> dict[int, int]:
    """Give, by place, each newer item the former one that it is.

    Ways are tried in turn, the surest first: what one of them has met is out of the next one's
    sight. None as a key meets nothing.
    """
    found: dict[int, int] = {}
    for way in ways:
        taken = set(found.values())
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(range(len(former))):
            if place not in taken and (key := way(former[place])) is not None:
                waiting[key].append(place)
        for place, item in enumerate(newer):
            if place not in found and (candidates := waiting.get(way(item))):
                found[place] = candidates.pop()
    return found


def alike(former: Sequence[str], newer: Sequence[str], found: Mapping[int, int]) -> dict[int, int]:
    """Pair by their words, the most alike first, the texts that `found` leaves alone.

    More of them than anybody would look through are left unpaired: it would take too long.
    """
    taken = set(found.values())
    left = {place: fold(text).split() for place, text in enumerate(former) if place not in taken}
    asked = {place: fold(text).split() for place, text in enumerate(newer) if place not in found}
    if len(left) * len(asked) > COMPARED_PAIRS:
        return {}
    scored = [(likeness(left[then], asked[now]), -now, -then) for now in asked for then in left]
    pairs: dict[int, int] = {}
    for score, now, then in sorted(scored, reverse=True):
        if score >= LIKE and -now not in pairs and -then not in pairs.values():
            pairs[-now] = -then
    return pairs


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Tell from 0 to 1 how much of two texts' words is the same; 0 where it is less than `LIKE`."""
    compared = SequenceMatcher(None, one, other, autojunk=False)
    if compared.real_quick_ratio() < LIKE or compared.quick_ratio() < LIKE:
        return 0.0
    return compared.ratio()


def out_of_order(places: Sequence[int]) -> set[int]:
    """Give those of distinct numbers that must be moved for the rest to be in rising order."""
    compared = SequenceMatcher(None, sorted(places), places, autojunk=False)
    kept = {
        place
        for block in compared.get_matching_blocks()
        for place in places[block.b : block.b + block.size]
    }
    return set(places) - kept
