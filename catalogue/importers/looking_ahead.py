"""What a table's next rows hold beside plain texts, asked for all of them at once."""

from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT
from catalogue.importers.styles import WORDML, Styles, value

_MARKED = {WORDML + "tr", WORDML + "tc", WORDML + "p"}
_SECOND_PARAGRAPH = etree.XPath(
    "boolean(.//w:tc/w:p[2])", namespaces={"w": WORDML.strip("{}")}, smart_strings=False
)
_STYLES = (WORDML + "pStyle", WORDML + "rStyle")
# A row without any of these reads right by its cells, paragraphs and texts alone.
_TELLING = tuple(
    WORDML + tag
    for tag in (
        "tbl", "ins", "del", "moveFrom", "moveTo", "cellDel", "hidden", "vanish", "numPr",
        "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "rt", "fldSimple", "fldChar",
        "instrText", "drawing", "pict", "object", "footnoteReference", "endnoteReference",
        "hMerge", "gridBefore",
    )
)  # fmt: skip


class Ahead(NamedTuple):
    """What is special of rows, cells and paragraphs, and has any cell a second paragraph."""

    special: set[Element]
    paragraphs: bool


class LookingAhead:
    """Looks for the elements that need more than a flat reading.

    A style tells only where it hides its text or numbers its paragraphs.
    """

    def __init__(self, styles: Styles) -> None:
        self._telling_styles = styles.hidden | set(styles.numbered)
        styles_too = _STYLES if self._telling_styles else ()
        self._tags = (*_TELLING, ALTERNATIVES, MATH_TEXT, *styles_too)

    def look(self, table: Element) -> Ahead:
        special: set[Element] = set()
        for found in table.iter(*self._tags):
            if found.tag not in _STYLES or value(found) in self._telling_styles:
                _mark_around(found, table, special)
        return Ahead(special, bool(special) or bool(_SECOND_PARAGRAPH(table)))


def _mark_around(found: Element, table: Element, special: set[Element]) -> None:
    """Mark every row, cell and paragraph around an element, as far as they are not marked yet."""
    around: Element | None = found
    while around is not None and around is not table and around not in special:
        if around.tag in _MARKED:
            special.add(around)
        around = around.getparent()
