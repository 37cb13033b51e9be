"""Where in a review pack something stands: on which item's row, or outside them all."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from catalogue.domain.text import clean
from catalogue.importers.styles import VAL, WORDML

IDENTITY = re.compile(
    r"Hồ sơ số ([1-9][0-9]{0,9}), lần trình [0-9]+\.(?: Mã nội dung: ([0-9a-f]{64})\.)?"
)
WHOLE = "Cả hồ sơ"
QUOTED = 80
_BOOKMARK = re.compile(r"muc_([1-9][0-9]{0,8})")
_TAG = re.compile(r"muc-([1-9][0-9]{0,8})")
_NUMBER = re.compile(r"([1-9][0-9]{0,8})\.?")
_PRINTS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "p": "\n"}
_NAME = f"{WORDML}name"

Place = tuple[int | None, str]


def place_of(element: Element) -> Place:
    """Give the item in whose row an element stands, and the place in the reader's words."""
    for row in element.iterancestors(f"{WORDML}tr"):
        ordinal = _ordinal(row)
        if ordinal is not None:
            return ordinal, f"Mục {ordinal}"
    around = next(element.iterancestors(f"{WORDML}p"), None)
    quote = "" if around is None else clean(printed(around))[:QUOTED]
    if IDENTITY.match(quote):
        return None, WHOLE
    return None, f"Đoạn «{quote}»" if quote else "Đoạn không có chữ"


def printed(element: Element, *, deleted: bool = False) -> str:
    """Give what an element prints, a line per paragraph; or what tracked deletions took away."""
    return "".join(_pieces(element, "delText" if deleted else "t")).strip("\n")


def _ordinal(row: Element) -> int | None:
    """Recognise an item's row by its bookmark, its content control, or the number it prints."""
    first = next(row.iter(f"{WORDML}tc"), None)
    signs = (
        (_BOOKMARK, (mark.get(_NAME, "") for mark in row.iter(f"{WORDML}bookmarkStart"))),
        (_TAG, (tag.get(VAL, "") for tag in row.iter(f"{WORDML}tag"))),
        (_NUMBER, ("" if first is None else printed(first).strip(),)),
    )
    found = (pattern.fullmatch(text) for pattern, texts in signs for text in texts)
    return next((int(sign[1]) for sign in found if sign), None)


def _pieces(element: Element, words: str) -> Iterator[str]:
    for node in element.iter():
        kind = str(node.tag).removeprefix(WORDML)
        yield (node.text or "") if kind == words else _PRINTS.get(kind, "")
