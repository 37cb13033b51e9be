"""Prints two days' catalogues as one document with tracked changes from the former to the latter.

Accepting all of them gives the latter catalogue, rejecting all the former one.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, zip_longest

from catalogue.domain.layout import Layout
from catalogue.domain.papers import Comparison, Line
from catalogue.domain.text_changes import DELETED, INSERTED, KEPT, changed
from catalogue.exporters.comments import as_attribute
from catalogue.exporters.geometry import columns, text_width
from catalogue.exporters.paper import party_day
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

_SHARES = (84, 42, 44, 20, 62)
_Piece = tuple[str, str, int]
_Row = tuple[str, int, str, list[tuple[int, int, list[_Piece]]]]


def write(comparison: Comparison, *, layout: Layout) -> bytes:
    """Print every line of either day, aligned by key; the changes bear the latter day's name."""
    latter = comparison.latter_day
    document = rendered(
        "tracked_changes.xml",
        layout,
        comparison=comparison,
        former=party_day(comparison.former_day),
        latter=party_day(latter),
        author=as_attribute(f"Danh mục ngày {party_day(latter)}"),
        at=f"{latter:%Y-%m-%d}T00:00:00Z",
        rows=_rows(comparison, columns(text_width(layout, landscape=True), *_SHARES)),
    )
    return document_file(layout, [comparison.marks], document)


def _rows(comparison: Comparison, widths: Sequence[int]) -> Iterator[_Row]:
    numbers = count(1)
    for kind, former, latter in _aligned(comparison.former, comparison.latter):
        line = latter or former
        style = "GroupName" if line and line.heading else "Cell"
        texts = zip_longest(
            former.cells if former else (), latter.cells if latter else (), fillvalue=""
        )
        pieces = [
            [(how, text, next(numbers)) for how, text in changed(old, new)] for old, new in texts
        ]
        number = next(numbers)
        yield kind, number, style, list(_cells(pieces, widths))


def _cells(
    pieces: Sequence[list[_Piece]], widths: Sequence[int]
) -> Iterator[tuple[int, int, list[_Piece]]]:
    """Lay a heading over all columns, a position's cells into one each."""
    if len(pieces) == 1:
        yield sum(widths), len(widths), pieces[0]
        return
    for width, cell in zip(widths, pieces, strict=True):
        yield width, 0, cell


def _aligned(
    former: Sequence[Line], latter: Sequence[Line]
) -> Iterator[tuple[str, Line | None, Line | None]]:
    """Pair the lines of two days; one that moved is deleted there and inserted here."""
    keys = [line.key for line in former], [line.key for line in latter]
    for how, i, j, k, m in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if how == "equal":
            for old, new in zip(former[i:j], latter[k:m], strict=True):
                yield KEPT, old, new
            continue
        for old in former[i:j]:
            yield DELETED, old, None
        for new in latter[k:m]:
            yield INSERTED, None, new
