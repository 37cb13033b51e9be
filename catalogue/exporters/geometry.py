"""Lengths as Word counts them."""

from collections.abc import Iterable
from itertools import compress, pairwise, product

from catalogue.domain.layout import Layout


def twips(millimetres: float) -> int:
    """Give a length in twentieths of a point, as Word counts."""
    return round(millimetres * 1440 / 25.4)


def text_width(layout: Layout, *, landscape: bool = False) -> int:
    """Give the width between the margins of an upright page or one lying across, in twips."""
    page = layout.page_height if landscape else layout.page_width
    return twips(page) - twips(layout.left) - twips(layout.right)


def columns(width: int, *shares: int) -> tuple[int, ...]:
    """Divide a width among columns by their shares; the widths add up to the last twip."""
    edges = [width * sum(shares[:n]) // sum(shares) for n in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def named_columns(width: int, shares: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Divide a width likewise among columns that have names."""
    names, parts = zip(*shares, strict=True)
    return dict(zip(names, columns(width, *parts), strict=True))


def choices(*names: str) -> list[tuple[str, ...]]:
    """Give every choice among names, each in their order, from none of them to all."""
    wanted = product((False, True), repeat=len(names))
    return [tuple(compress(names, each)) for each in wanted]
