"""What differs between two lists of things that a form names: added, removed, changed, moved."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain import pairing
from catalogue.domain.description import Section
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord


class ChangeKind(LabelledWord):
    """What became of one field, or of one thing of a list."""

    ADDED = "added", "Thêm"
    REMOVED = "removed", "Bỏ"
    CHANGED = "changed", "Sửa"
    MOVED = "moved", "Chuyển chỗ"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `where` names the thing, `label` its field; None is what is not there.

    Of what moved, `before` and `after` say from where to where.
    """

    section: Section
    where: str
    label: str
    before: str | None
    after: str | None
    kind: ChangeKind


class Fact(NamedTuple):
    """One field of a thing: what is compared, and how a page says it."""

    label: str
    value: Hashable
    shown: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list. `parent` is the former place of what it stands under.

    It is known by the tasks that it goes on from, else by its text, last by its printed number.
    """

    where: str
    text: str
    facts: tuple[Fact, ...]
    identity: tuple[int, ...] = ()
    parent: int | None = None
    number: str | None = None


_WAYS = (
    lambda item: (item.parent, item.text, item.facts),
    lambda item: item.identity or None,
    lambda item: item.identity[0] if item.identity else None,
    lambda item: (item.parent, fold(item.text)),
    lambda item: fold(item.text),
)


def pair(former: Sequence[Item], newer: Sequence[Item]) -> dict[int, int]:
    """Give, by place, each newer thing the former one that it is."""
    found = pairing.met(former, newer, _WAYS)
    found |= pairing.alike([item.text for item in former], [item.text for item in newer], found)
    return found | _of_one_number(former, newer, found)


def compare(
    section: Section,
    label: str,
    former: Sequence[Item],
    newer: Sequence[Item],
    found: Mapping[int, int] | None = None,
    *,
    ordered: bool = True,
) -> Iterator[Change]:
    """Tell what differs in the newer list's order; what is gone comes last.

    `found` pairs the two where that was done before; an order that says nothing is not compared.
    """
    found = pair(former, newer) if found is None else found
    strayed = _strayed(former, newer, found) if ordered else set()
    for place, item in enumerate(newer):
        if place not in found:
            yield Change(section, item.where, label, None, _whole(item), ChangeKind.ADDED)
            continue
        then = former[found[place]]
        if place in strayed:
            before, after = (f"{each.where}: {item.text}" for each in (then, item))
            yield Change(section, item.where, "Thứ tự", before, after, ChangeKind.MOVED)
        yield from _differences(section, then, item)
    for place in sorted(set(range(len(former))) - set(found.values())):
        gone = former[place]
        yield Change(section, gone.where, label, _whole(gone), None, ChangeKind.REMOVED)


def text_fact(label: str, text: str | None) -> Fact:
    return Fact(label, text, text)


def lines_fact(label: str, lines: tuple[str, ...]) -> Fact:
    return Fact(label, lines, "\n".join(lines) if lines else None)


def differences(
    section: Section, where: str, before: Sequence[Fact], after: Sequence[Fact]
) -> Iterator[Change]:
    """Compare one thing with itself, field by field."""
    for (label, former, was), (_, newer, now) in zip(before, after, strict=True):
        if former != newer:
            yield Change(section, where, label, was, now, _kind(was, now))


def _kind(was: str | None, now: str | None) -> ChangeKind:
    if was and now:
        return ChangeKind.CHANGED
    return ChangeKind.REMOVED if was else ChangeKind.ADDED


def _differences(section: Section, then: Item, item: Item) -> Iterator[Change]:
    return differences(section, item.where, then.facts, item.facts)


def _whole(item: Item) -> str:
    """Say all that a thing holds: its text first, then each further field under its label.

    What it goes on from is left out: of what is gone that would be itself.
    """
    more = [
        f"{label}: {shown}"
        for label, value, shown in item.facts
        if shown and shown != item.text and value != item.identity
    ]
    return "\n".join((item.text, *more))


def _of_one_number(
    former: Sequence[Item], newer: Sequence[Item], found: Mapping[int, int]
) -> dict[int, int]:
    taken = set(found.values())
    numbered = {
        item.number: place
        for place, item in reversed(list(enumerate(former)))
        if place not in taken and item.number
    }
    return {
        place: numbered.pop(item.number)
        for place, item in enumerate(newer)
        if place not in found and item.number in numbered
    }


def _strayed(former: Sequence[Item], newer: Sequence[Item], found: Mapping[int, int]) -> set[int]:
    """Find the newer things that stand under another one than before, or in another order."""
    strayed: set[int] = set()
    families: dict[int | None, dict[int, int]] = defaultdict(dict)
    for now, then in found.items():
        if former[then].parent == newer[now].parent:
            families[newer[now].parent][then] = now
        else:
            strayed.add(now)
    for family in families.values():
        in_order = sorted(family, key=family.__getitem__)
        strayed |= {family[then] for then in pairing.out_of_order(in_order)}
    return strayed
