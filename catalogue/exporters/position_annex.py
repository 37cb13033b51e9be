"""Prints the catalogue of positions as an annex in the Party layout, on pages lying across."""

from collections.abc import Iterator

from catalogue.domain.layout import Layout
from catalogue.domain.listing import ListedPosition, Listing
from catalogue.exporters.word import document_file, rendered

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def write(listing: Listing, *, layout: Layout) -> bytes:
    """Print all groups with their totals; a position's mark stands in its own row."""
    document = rendered(
        "position_annex.xml",
        layout,
        listing=listing,
        groups=[
            (_roman(place), group, _rows(_roman(place), group.positions))
            for place, group in enumerate(listing.groups, 1)
        ],
    )
    return document_file(layout, [listing.marks], document)


def _rows(
    number: str, positions: tuple[ListedPosition, ...]
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Give plain tuples: Jinja unpacks them twice as fast as it reads attributes."""
    for place, position in enumerate(positions, 1):
        headcount = "" if position.headcount is None else str(position.headcount)
        yield (
            f"{number}.{place:02d}",
            position.name,
            position.rank or "",
            position.code or "",
            headcount,
            position.origin,
            position.mark,
        )


def _roman(number: int) -> str:
    for value, letters in _ROMAN:
        if number >= value:
            return letters + _roman(number - value)
    return ""
