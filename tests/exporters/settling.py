"""Accepting or rejecting every tracked change of a document, as Word does."""

from copy import deepcopy

from lxml import etree

from tests.docx_kit import W

_W = f"{{{W}}}"
# Where a change of a whole row, or of a paragraph's end, is marked.
_WHOLE = {"tr": "trPr", "p": "pPr/{0}rPr"}


def settled(document: etree._Element, *, accept: bool) -> etree._Element:
    """Give the document as it stands once all changes are accepted, or all are rejected."""
    root = deepcopy(document)
    kept, dropped = ("ins", "del") if accept else ("del", "ins")
    for element in _dropped_whole(root, dropped):
        drop(element)
    for element in (*root.iter(_W + dropped), *_empty_tables(root)):
        drop(element)
    _keep(root, kept)
    return root


def drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == f"{_W}p" and len(parent.findall(f"{_W}p")) == 1:
        etree.SubElement(parent, f"{_W}p")  # a cell without any paragraph is none
    parent.remove(element)


def _dropped_whole(root: etree._Element, dropped: str) -> list[etree._Element]:
    return [
        each
        for tag, place in _WHOLE.items()
        for each in root.iter(_W + tag)
        if each.find(f"{_W}{place.format(_W)}/{_W}{dropped}") is not None
    ]


def _keep(root: etree._Element, kept: str) -> None:
    for change in list(root.iter(_W + kept)):
        for run in list(change):
            change.addprevious(run)
        drop(change)
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"


def _empty_tables(root: etree._Element) -> list[etree._Element]:
    return [table for table in root.iter(f"{_W}tbl") if table.find(f"{_W}tr") is None]
