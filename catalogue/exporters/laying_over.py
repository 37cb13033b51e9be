"""Lays one part of a Word document over another: what differs becomes tracked changes."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from itertools import count
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.domain import pairing
from catalogue.domain.text_changes import DELETED, INSERTED, KEPT, changed
from catalogue.exporters.change_marks import (
    CELL,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    Marker,
    W,
    drop,
    mark_whole,
    separator,
    wrap,
)

_CONTROL = W + "sdt"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Block(NamedTuple):
    """A part of a document; only those of one shape can be the same one, reworded."""

    element: Element
    shape: Hashable
    text: str


def lay_over(former: Element, latter: Element, marker: Marker) -> None:
    """Change `latter`, a body or a cell, so that it tells how it came from `former`."""
    _merge(_blocks(former), _blocks(latter), latter, marker)
    for table in latter.findall(TABLE):
        follows = table.getnext()
        if follows is not None and follows.tag == TABLE:  # Word would take the two for one
            table.addnext(separator(marker))


def _merge(
    former: Sequence[_Block], latter: Sequence[_Block], parent: Element, marker: Marker
) -> None:
    """Put what is gone where it stood, then mark what came and went, and lay over what stayed."""
    pairs = list(_aligned(former, latter))
    last: Element | None = None
    for old, new in pairs:
        if new is None and old is not None:
            _put_after(last, old, latter, parent)
        last = old if new is None else new
    for old, new in pairs:
        _tell(old, new, marker)


def _tell(old: Element | None, new: Element | None, marker: Marker) -> None:
    if old is not None and new is not None:
        _LAID[new.tag](old, new, marker)
    elif new is not None:
        mark_whole(new, INSERTED, marker)
    elif old is not None:
        mark_whole(old, DELETED, marker)


def _put_after(
    last: Element | None, old: Element, latter: Sequence[_Block], parent: Element
) -> None:
    if last is not None:
        last.addnext(old)
    elif latter:
        latter[0].element.addprevious(old)
    else:
        parent.append(old)


def _aligned(
    former: Sequence[_Block], latter: Sequence[_Block]
) -> Iterator[tuple[Element | None, Element | None]]:
    """Pair blocks in both orders; one that moved is deleted there and inserted here."""
    found = _pairs(former, latter)
    after = [found.get(now, -1 - now) for now in range(len(latter))]
    compared = SequenceMatcher(None, range(len(former)), after, autojunk=False)
    for how, i, j, k, m in compared.get_opcodes():
        old, new = former[i:j], latter[k:m]
        if how == "equal":
            yield from ((one.element, other.element) for one, other in zip(old, new, strict=True))
        else:
            yield from ((block.element, None) for block in old)
            yield from ((None, block.element) for block in new)


def _pairs(former: Sequence[_Block], latter: Sequence[_Block]) -> dict[int, int]:
    found = pairing.met(former, latter, (lambda block: (block.shape, block.text),))
    texts = [block.text for block in former], [block.text for block in latter]
    alike = pairing.alike(*texts, found)
    fitting = {now: then for now, then in alike.items() if former[then].shape == latter[now].shape}
    return found | fitting


def _blocks(parent: Element) -> list[_Block]:
    """List paragraphs and tables; a table is the same one by its place and number of columns."""
    found, tables = [], count()
    for child in parent:
        if child.tag == PARAGRAPH:
            style = child.find(f"{W}pPr/{W}pStyle")
            shape = ("p", None if style is None else style.get(W + "val"), _identities(child))
            found.append(_Block(child, shape, _said(child)))
        elif child.tag == TABLE:
            columns = len(child.findall(f"{W}tblGrid/{W}gridCol"))
            found.append(_Block(child, ("tbl", next(tables), columns), ""))
    return found


def _rows(table: Element) -> list[_Block]:
    return [
        _Block(row, tuple(map(_cell_shape, row.iter(CELL))), _said(row))
        for row in table.findall(ROW)
    ]


def _cell_shape(cell: Element) -> Hashable:
    """Tell cells apart that one row cannot be both: other spans, merges, identities."""
    span, merge = (cell.find(f"{W}tcPr/{W}{tag}") for tag in ("gridSpan", "vMerge"))
    return (
        None if span is None else span.get(W + "val"),
        None if merge is None else merge.get(W + "val"),
        _identities(cell),
    )


def _identities(element: Element) -> tuple[str, ...]:
    """List the tags that say not only which field it is, but whose: `task:412`."""
    tags = (tag.get(W + "val", "") for tag in element.iter(W + "tag"))
    return tuple(tag for tag in tags if ":" in tag)


def _lay_table(old: Element, new: Element, marker: Marker) -> None:
    _merge(_rows(old), _rows(new), new, marker)


def _lay_row(old: Element, new: Element, marker: Marker) -> None:
    for before, after in zip(old.findall(CELL), new.findall(CELL), strict=True):
        lay_over(before, after, marker)


def _lay_paragraph(old: Element, new: Element, marker: Marker) -> None:
    _merge(_pieces(old), _pieces(new), new, marker)


def _lay_control(old: Element, new: Element, marker: Marker) -> None:
    former, latter = old.find(W + "sdtContent"), new.find(W + "sdtContent")
    if former is not None and latter is not None:
        _lay_paragraph(former, latter, marker)


def _lay_run(old: Element, new: Element, marker: Marker) -> None:
    """Say word by word how a run's text became another, in the look of the latter."""
    former, latter = _said(old), _said(new)
    if former == latter:
        return
    look = new.find(W + "rPr")
    for how, text in changed(former, latter):
        run = etree.Element(W + "r")
        if look is not None:
            run.append(deepcopy(look))
        if text == "\n":
            etree.SubElement(run, W + "br")
        else:
            said = etree.SubElement(run, TEXT)
            said.set(_SPACE, "preserve")
            said.text = text
        new.addprevious(run)
        if how != KEPT:
            wrap(run, how, marker)
    drop(new)


_LAID: dict[object, Callable[[Element, Element, Marker], None]] = {
    RUN: _lay_run,
    _CONTROL: _lay_control,
    PARAGRAPH: _lay_paragraph,
    TABLE: _lay_table,
    ROW: _lay_row,
}


def _pieces(paragraph: Element) -> list[_Block]:
    """List a paragraph's runs and content controls, the latter by what they hold."""
    found = []
    for child in paragraph:
        if child.tag in (RUN, _CONTROL):
            tag = child.find(f"{W}sdtPr/{W}tag")
            found.append(
                _Block(child, (child.tag, None if tag is None else tag.get(W + "val")), "")
            )
    return found


def _said(element: Element) -> str:
    """Give what an element prints, a line end for each break."""
    parts = element.iter(TEXT, W + "br", W + "tab")
    return "".join(_PRINTED.get(part.tag) or part.text or "" for part in parts)


_PRINTED: dict[object, str] = {W + "br": "\n", W + "tab": " "}
