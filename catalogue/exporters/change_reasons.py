"""Word comments that say, beside a tracked change, what became of a former task and why."""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.domain.layout import Layout
from catalogue.domain.remarks import Remark
from catalogue.domain.task_endings import Ending
from catalogue.domain.text_changes import DELETED
from catalogue.exporters.change_marks import PARAGRAPH, RUN, TEXT, Marker, W, wrap
from catalogue.exporters.comments import comments_part
from catalogue.exporters.package import Entry


def hang(body: Element, endings: Sequence[Ending], marker: Marker) -> None:
    """Hang each on the words that the former task had, or on the first line where they are gone."""
    paragraphs = list(body.iter(PARAGRAPH))
    places = {_formerly(each): each for each in reversed(paragraphs)}
    for number, ending in enumerate(endings):
        _anchor(places.get(_plain(ending.text), paragraphs[0]), number, marker)


def part(endings: Sequence[Ending], layout: Layout, *, author: str, at: datetime) -> Entry:
    """Write the comments that `hang` refers to."""
    return comments_part([Remark(None, author, at, each.words) for each in endings], layout)


def _formerly(paragraph: Element) -> str:
    """Give what a paragraph said before the changes."""
    texts = paragraph.iter(TEXT, W + "delText")
    return _plain("".join(each.text or "" for each in texts if _stood(each)))


def _stood(text: Element) -> bool:
    return next(text.iterancestors(W + "ins"), None) is None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _anchor(paragraph: Element, number: int, marker: Marker) -> None:
    start, end = (etree.Element(f"{W}commentRange{name}") for name in ("Start", "End"))
    run = etree.Element(RUN)
    reference = etree.SubElement(run, W + "commentReference")
    for mark in (start, end, reference):
        mark.set(W + "id", str(number))
    looks = paragraph.find(W + "pPr")
    paragraph.insert(0 if looks is None else paragraph.index(looks) + 1, start)
    paragraph.extend((end, run))
    if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:  # or it would outlive its paragraph
        wrap(run, DELETED, marker)
