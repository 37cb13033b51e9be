"""What the rows of a table say, gathered for all of them in one flat pass over what matters."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers.paragraphs import ALTERNATIVES, MATH_TEXT
from catalogue.importers.styles import VAL, WORDML, Styles, value

_TABLE = WORDML + "tbl"
_ROW = WORDML + "tr"
_CELL = WORDML + "tc"
_PARAGRAPH = WORDML + "p"
_TEXT = WORDML + "t"
_MERGE = WORDML + "vMerge"
_SPAN = WORDML + "gridSpan"
_PLAIN = (_ROW, _CELL, _PARAGRAPH, _TEXT, _MERGE, _SPAN)
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
    """The cells of each row, and of each cell its raw lines and how it is merged.

    `special` rows, cells and paragraphs hold what raw lines do not tell. `nests` says that some
    cell of this row holds a table.
    """

    rows: dict[Element, list[Element]] = field(default_factory=dict)
    lines: dict[Element, list[str]] = field(default_factory=dict)
    spans: dict[Element, Element] = field(default_factory=dict)
    continued: set[Element] = field(default_factory=set)
    special: set[Element] = field(default_factory=set)
    nests: bool = False

    def begin(self, row: Element) -> list[Element]:
        """Begin a row; give the list that its cells go to."""
        cells: list[Element] = []
        self.rows[row] = cells
        return cells

    def merge(self, mark: Element) -> None:
        """Take what a cell says of merging; what it said before a tracked change is no child."""
        properties = mark.getparent()
        cell = None if properties is None else properties.getparent()
        if cell not in self.lines:
            return
        if mark.tag == _SPAN:
            self.spans[cell] = mark
        elif continues(mark):
            self.continued.add(cell)

    def around(
        self, element: Element, cells: list[Element], lines: list[str]
    ) -> tuple[list[Element], list[str]]:
        """Give the cells or the lines that an element belongs to: nobody's where it is in no row.

        Ends of elements are not seen, so beside nested tables each cell and paragraph is asked.
        """
        parent = element.getparent()
        while parent is not None:
            if parent in self.lines:
                return cells, self.lines[parent]
            if parent in self.rows:
                return self.rows[parent], lines
            parent = parent.getparent()
        return [], [""]

    def mark(self, found: Element) -> None:
        """Mark the rows, cells and paragraphs around an element, if they are not marked yet."""
        around = found.getparent()
        while around is not None and around not in self.special:
            if around.tag in _MARKED:
                self.special.add(around)
            around = around.getparent()


class LookingAhead:
    """Looks over a table; a style tells only where it hides its text or numbers its paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._telling_styles = styles.hidden | set(styles.numbered)
        styles_too = _STYLES if self._telling_styles else ()
        self._tags = (*_PLAIN, *_TELLING, ALTERNATIVES, MATH_TEXT, *styles_too)

    def look(self, table: Element) -> Ahead:
        ahead = Ahead()
        cells: list[Element] = []
        lines = [""]
        for element in table.iterdescendants(*self._tags):
            tag = element.tag
            if tag == _TEXT:
                lines[-1] += element.text or ""
                continue
            if ahead.nests:
                cells, lines = ahead.around(element, cells, lines)
            if tag == _PARAGRAPH:
                lines.append("")
            elif tag == _CELL:
                cells.append(element)
                ahead.lines[element] = lines = [""]
            else:
                cells = self._rest(element, table, ahead, cells)
        return ahead

    def _rest(
        self, element: Element, table: Element, ahead: Ahead, cells: list[Element]
    ) -> list[Element]:
        """Take what is no cell, paragraph or text; give the list that further cells go to."""
        tag = element.tag
        if tag == _ROW:
            ahead.nests = ahead.nests and element.getparent() is not table
            return ahead.begin(element)
        if tag in (_MERGE, _SPAN):
            ahead.merge(element)
        elif tag not in _STYLES or value(element) in self._telling_styles:
            ahead.nests = ahead.nests or tag == _TABLE
            ahead.mark(element)
        return cells


def continues(merge: Element | None) -> bool:
    """Tell the lower part of a merged cell: any that does not say that it begins one."""
    return merge is not None and merge.get(VAL, "continue") != "restart"
