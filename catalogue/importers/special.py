"""Which rows and cells of a table hold anything but plain texts, found for many rows at once."""

from lxml.etree import _Element as Element

from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT
from catalogue.importers.styles import WORDML, Styles, value

Special = set[Element]

_MARKED = {WORDML + "tr", WORDML + "tc"}
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


class SpecialFinder:
    """Looks for the elements that need more than a flat reading.

    A style tells only where it hides its text or numbers its paragraphs.
    """

    def __init__(self, styles: Styles) -> None:
        self._telling_styles = styles.hidden | set(styles.numbered)
        styles_too = _STYLES if self._telling_styles else ()
        self._tags = (*_TELLING, ALTERNATIVES, MATH_TEXT, *styles_too)

    def find(self, table: Element) -> Special:
        """Give the rows and cells around such elements, those of tables inside cells as well."""
        special: Special = set()
        for found in table.iter(*self._tags):
            if found.tag not in _STYLES or value(found) in self._telling_styles:
                _mark_around(found, table, special)
        return special


def _mark_around(found: Element, table: Element, special: Special) -> None:
    """Mark every row and cell around an element, as far as they are not marked yet."""
    around: Element | None = found
    while around is not None and around is not table and around not in special:
        if around.tag in _MARKED:
            special.add(around)
        around = around.getparent()
