"""Marks of tracked changes on runs, paragraphs, rows and tables of a Word document."""

from itertools import count

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.domain.text_changes import DELETED, INSERTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUN, TEXT, PARAGRAPH, TABLE, ROW, CELL = (W + tag for tag in ("r", "t", "p", "tbl", "tr", "tc"))
# Above the numbers that the form itself gives its bookmarks.
_FIRST_NUMBER = 100_001


class Marker:
    """Makes the marks of tracked changes, each with a number of its own."""

    def __init__(self, author: str, at: str) -> None:
        self._author, self._at = author, at
        self._numbers = count(_FIRST_NUMBER)

    def mark(self, kind: str) -> Element:
        """Make an empty mark: `ins` or `del`."""
        mark = etree.Element(W + kind)
        mark.set(W + "id", str(next(self._numbers)))
        mark.set(W + "author", self._author)
        mark.set(W + "date", self._at)
        return mark


def mark_whole(block: Element, how: str, marker: Marker) -> None:
    """Mark a whole paragraph, row or table as inserted or deleted."""
    if how == DELETED:  # or the document would have two of one name
        for mark in list(block.iter(W + "bookmarkStart", W + "bookmarkEnd")):
            drop(mark)
    for row in block.iter(ROW):
        looks = row.find(W + "trPr")
        if looks is None:
            looks = etree.Element(W + "trPr")
            row.insert(0, looks)
        looks.append(marker.mark(how))
    if block.tag == PARAGRAPH:
        _mark_end(block, how, marker)
    mark_runs(block, how, marker)


def _mark_end(paragraph: Element, how: str, marker: Marker) -> None:
    """Mark the end of a paragraph, without which it would stay behind empty."""
    looks = paragraph.find(W + "pPr")
    if looks is None:
        looks = etree.Element(W + "pPr")
        paragraph.insert(0, looks)
    end = etree.Element(W + "rPr")
    end.append(marker.mark(how))
    section = looks.find(W + "sectPr")
    if section is None:
        looks.append(end)
    else:
        section.addprevious(end)


def mark_runs(element: Element, how: str, marker: Marker) -> None:
    for run in list(element.iter(RUN)):
        wrap(run, how, marker)


def wrap(run: Element, how: str, marker: Marker) -> None:
    mark = marker.mark(how)
    run.addprevious(mark)
    mark.append(run)
    if how == DELETED:
        for text in list(run.iter(TEXT)):
            text.tag = W + "delText"


def separator(marker: Marker) -> Element:
    paragraph = etree.Element(PARAGRAPH)
    _mark_end(paragraph, INSERTED, marker)
    return paragraph


def drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
