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
    mark_runs,
    mark_whole,
    separator,
    wrap,
)

_ASIDE = {W + tag for tag in ("pPr", "bookmarkStart", "bookmarkEnd")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Block(NamedTuple):
    """A paragraph, table or row; only those of one shape can be the same one, reworded."""

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
    last: Element | None = None
    for old, new in _aligned(former, latter):
        if new is not None:
            _lay_or_insert(old, new, marker)
            last = new
        elif old is not None:
            mark_whole(old, DELETED, marker)
            _put_after(last, old, latter, parent)
            last = old


def _lay_or_insert(old: Element | None, new: Element, marker: Marker) -> None:
    if old is None:
        mark_whole(new, INSERTED, marker)
    else:
        _LAID[new.tag](old, new, marker)


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
    before, after = _runs(old), _runs(new)
    if len(before) == len(after):
        for was, now in zip(before, after, strict=True):
            _lay_run(was, now, marker)
        return
    mark_runs(new, INSERTED, marker)
    place = new.find(W + "pPr")
    for was in reversed(before):
        gone = deepcopy(was)
        if place is None:
            new.insert(0, gone)
        else:
            place.addnext(gone)
        wrap(gone, DELETED, marker)


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
    PARAGRAPH: _lay_paragraph,
    TABLE: _lay_table,
    ROW: _lay_row,
}


def _runs(paragraph: Element) -> list[Element]:
    """List a paragraph's runs, those in content controls among them, in order."""
    return [run for child in paragraph if child.tag not in _ASIDE for run in child.iter(RUN)]


def _said(element: Element) -> str:
    """Give what an element prints, a line end for each break."""
    parts = element.iter(TEXT, W + "br", W + "tab")
    return "".join(_PRINTED.get(part.tag) or part.text or "" for part in parts)


_PRINTED: dict[object, str] = {W + "br": "\n", W + "tab": " "}
