"""What the rows of a table say, gathered for all of them in one flat pass over what matters."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers.characters import CELL_MARK, PARAGRAPH_MARK
from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT
from catalogue.importers.styles import VAL, WORDML, Styles, value
from catalogue.importers.tags import BOOKMARK, CARRIERS, Tags

_TABLE = WORDML + "tbl"
_ROW = WORDML + "tr"
_CELL = WORDML + "tc"
_PARAGRAPH = WORDML + "p"
_TEXT = WORDML + "t"
_MERGE = WORDML + "vMerge"
SPAN = WORDML + "gridSpan"
_PLAIN = (_ROW, _CELL, _PARAGRAPH, _TEXT, _MERGE, SPAN)
_BEGINNINGS: dict[object, str] = {_CELL: CELL_MARK, _PARAGRAPH: PARAGRAPH_MARK}
_MARKED = {_ROW, _CELL, _PARAGRAPH}
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


@dataclass(slots=True)
class Ahead:
    """The raw text of each row, piece by piece: a mark before each cell and each paragraph.

    `merges` are the marks of merged cells beside the index of their cell. `special` rows, cells
    and paragraphs hold what raw texts do not tell. `nests` says that some cell of this row holds
    a table.
    """

    rows: dict[Element, list[str]] = field(default_factory=dict)
    merges: dict[Element, list[tuple[int, Element]]] = field(default_factory=dict)
    special: set[Element] = field(default_factory=set)
    nests: bool = False

    def begin(self, row: Element, table: Element) -> list[str]:
        """Begin a row; give the list that its pieces go to."""
        self.nests = self.nests and row.getparent() is not table
        pieces: list[str] = []
        self.rows[row] = pieces
        return pieces

    def around(self, element: Element) -> tuple[Element | None, list[str]]:
        """Give the row that an element stands in, None beside the rows, and the list of its pieces.

        Ends of elements are not seen, so beside nested tables each cell and paragraph is asked.
        """
        row = element.getparent()
        while row is not None and row not in self.rows:
            row = row.getparent()
        return row, [] if row is None else self.rows[row]

    def merge(self, mark: Element, row: Element | None) -> None:
        """Take what a cell says of merging; what it said before a tracked change is no child."""
        if row is None or (mark.tag == _MERGE and not continues(mark)):
            return
        properties = mark.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None and cell.tag == _CELL:
            index = self.rows[row].count(CELL_MARK) - 1
            self.merges.setdefault(row, []).append((index, mark))

    def mark_control(self, carrier: Element, known: Tags) -> None:
        """Mark what lies around a known tag or in its control, so that it is read with the tag."""
        if known.read(carrier) is None:
            return
        self.mark(carrier)
        properties = carrier.getparent()
        control = None if properties is None else properties.getparent()
        if control is not None and carrier.tag != BOOKMARK:
            self.special.update(control.iter(_CELL, _PARAGRAPH))

    def mark(self, found: Element) -> None:
        """Mark the rows, cells and paragraphs around an element, if they are not marked yet."""
        around = found.getparent()
        while around is not None and around not in self.special:
            if around.tag in _MARKED:
                self.special.add(around)
            around = around.getparent()


class LookingAhead:
    """Looks over a table; a style tells only where it hides its text or numbers its paragraphs."""

    def __init__(self, styles: Styles, tags: Tags) -> None:
        self._known_tags = tags
        self._telling_styles = styles.hidden | set(styles.numbered)
        styles_too = _STYLES if self._telling_styles else ()
        self._tags = (*_PLAIN, *_TELLING, ALTERNATIVES, MATH_TEXT, *styles_too, *tags.carriers)

    def look(self, table: Element) -> Ahead:
        ahead = Ahead()
        row: Element | None = None
        pieces: list[str] = []
        for element in table.iterdescendants(*self._tags):
            tag = element.tag
            if tag == _TEXT:
                pieces.append(element.text or "")
                continue
            if ahead.nests:
                row, pieces = ahead.around(element)
            if begun := _BEGINNINGS.get(tag):
                pieces.append(begun)
            elif tag == _ROW:
                row, pieces = element, ahead.begin(element, table)
            else:
                self._rest(element, row, ahead)
        return ahead

    def _rest(self, element: Element, row: Element | None, ahead: Ahead) -> None:
        """Take what is no row, cell, paragraph or text."""
        tag = element.tag
        if tag in (_MERGE, SPAN):
            ahead.merge(element, row)
        elif tag in CARRIERS:
            ahead.mark_control(element, self._known_tags)
        elif tag not in _STYLES or value(element) in self._telling_styles:
            ahead.nests = ahead.nests or tag == _TABLE
            ahead.mark(element)


def continues(merge: Element | None) -> bool:
    """Tell the lower part of a merged cell: any that does not say that it begins one."""
    return merge is not None and merge.get(VAL, "continue") != "restart"
