"""Spoiling Word files as busy hands do: cells gone, words put anywhere, merges undone."""

from itertools import count
from random import Random

from lxml import etree
from lxml.etree import _Element as Element

from tests.docx_kit import W, cell, paragraph, rewrite, table

_P, _TBL, _TR, _TC, _T = (f"{{{W}}}{tag}" for tag in ("p", "tbl", "tr", "tc", "t"))
_PROPERTIES, _SPAN, _MERGE = (f"{{{W}}}{tag}" for tag in ("tcPr", "gridSpan", "vMerge"))
_ROW_PROPERTIES, _SKIPPED = (f"{{{W}}}{tag}" for tag in ("trPr", "gridBefore"))
_MOST_MISTAKES = 8
# Words in a head are part of the head, so the header rows are left as they are.
_HEADER_ROWS = 3


def spoilt(data: bytes, random: Random) -> bytes:
    """A copy of a Word file with a few random mistakes in its tables and paragraphs."""
    return rewrite(data, {"word/document.xml": lambda xml: _Spoiler(xml, random).spoil()})


class _Spoiler:
    """Makes one mistake after another, each at a cell drawn at random."""

    def __init__(self, xml: bytes, random: Random) -> None:
        self._root = etree.fromstring(xml)
        self._random = random
        self._serials = count(1)

    def spoil(self) -> bytes:
        mistakes = (
            self.lose_cell, self.blank_cell, self.lose_row, self.lose_table, self.lose_paragraph,
            self.move_row, self.stretch_cell, self.undo_merges, self.add_paragraph, self.add_line,
            self.add_column, self.nest_table, self.begin_later,
        )  # fmt: skip
        for _ in range(self._random.randint(1, _MOST_MISTAKES)):
            if cells := list(self._root.iter(_TC)):
                self._random.choice(mistakes)(self._random.choice(cells))
        return etree.tostring(self._root)

    def lose_cell(self, spot: Element) -> None:
        row = _above(spot)
        if len(row.findall(_TC)) > 1:
            row.remove(spot)

    def blank_cell(self, spot: Element) -> None:
        for text in spot.iter(_T):
            text.text = ""

    def lose_row(self, spot: Element) -> None:
        row = _above(spot)
        if len(_above(row).findall(_TR)) > 1:
            _above(row).remove(row)

    def lose_table(self, spot: Element) -> None:
        if len(list(self._root.iter(_TBL))) > 1:
            lost = _above(_above(spot))
            _above(lost).remove(lost)

    def lose_paragraph(self, _: Element) -> None:
        body = self._root[0]
        if found := body.findall(_P):
            body.remove(self._random.choice(found))

    def move_row(self, spot: Element) -> None:
        row = _above(spot)
        other = self._random.choice(_above(row).findall(_TR))
        if other is not row:
            other.addnext(row)

    def stretch_cell(self, spot: Element) -> None:
        span = etree.Element(_SPAN)
        span.set(f"{{{W}}}val", str(self._random.randint(1, 4)))
        properties = spot.find(_PROPERTIES)
        if properties is not None:
            for old in properties.findall(_SPAN):
                properties.remove(old)
            properties.append(span)

    def undo_merges(self, spot: Element) -> None:
        for merge in list(_above(_above(spot)).iter(_MERGE)):
            _above(merge).remove(merge)

    def add_paragraph(self, _: Element) -> None:
        body = self._root[0]
        body.insert(self._random.randrange(len(body)), _parsed(paragraph(self._strange())))

    def add_line(self, spot: Element) -> None:
        row = _above(spot)
        if _above(row).findall(_TR).index(row) >= _HEADER_ROWS:
            spot.append(_parsed(paragraph(self._strange())))

    def add_column(self, spot: Element) -> None:
        for row in _above(_above(spot)).findall(_TR):
            row.append(_parsed(cell(self._strange())))

    def nest_table(self, spot: Element) -> None:
        spot.append(_parsed(table([self._strange(), self._strange()])))

    def begin_later(self, spot: Element) -> None:
        skipped = etree.Element(_SKIPPED)
        skipped.set(f"{{{W}}}val", str(self._random.randint(1, 4)))
        if (properties := _above(spot).find(_ROW_PROPERTIES)) is not None:
            properties.append(skipped)

    def _strange(self) -> str:
        return f"Chữ lạ thứ {next(self._serials)} ạ"


def _above(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _parsed(markup: str) -> Element:
    return etree.fromstring(f'<w:x xmlns:w="{W}">{markup}</w:x>')[0]
