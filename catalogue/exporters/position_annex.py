"""Prints the catalogue of positions as an annex in the Party layout, on pages lying across."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from catalogue.domain.layout import Layout
from catalogue.domain.listing import ListedGroup, Listing
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

_Row = tuple[str, tuple[object, ...]]
NumberedGroup = tuple[str, ListedGroup, Iterable[_Row]]

_CELLS = attrgetter("name", "rank", "code", "headcount", "origin", "mark")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def write(listing: Listing, *, layout: Layout) -> bytes:
    """Print all groups with their totals; a position's mark stands in its own row."""
    document = rendered(
        "position_annex.xml",
        layout,
        listing=listing,
        groups=numbered_groups(listing),
    )
    return document_file(layout, [listing.marks], document)


def numbered_groups(listing: Listing) -> list[NumberedGroup]:
    """Give the groups their Roman numbers, and the positions of each theirs within it."""
    return [
        (_roman(place), group, _rows(_roman(place), group))
        for place, group in enumerate(listing.groups, 1)
    ]


def _rows(number: str, group: ListedGroup) -> Iterator[_Row]:
    """Pair each position's number with its cells; plain tuples are what Jinja unpacks fastest."""
    numbers = (f"{number}.{place:02d}" for place in range(1, len(group.positions) + 1))
    return zip(numbers, map(_CELLS, group.positions), strict=True)


def _roman(number: int) -> str:
    for value, letters in _ROMAN:
        if number >= value:
            return letters + _roman(number - value)
    return ""
