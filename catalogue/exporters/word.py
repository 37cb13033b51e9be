"""Puts a document part and the parts around it together to a Word file."""

from collections.abc import Sequence
from functools import lru_cache
from zipfile import ZipFile

from catalogue.domain.layout import Layout
from catalogue.exporters.package import QUICKLY, Entry, Start, begun, deflated, packed
from catalogue.exporters.templates import TEMPLATES, rendered

Marks = tuple[str, ...]

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What a file may have of its own that its style package does not.
_OWN = {b"word/comments.xml": "comments"}
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"


def document_file(layout: Layout, marks: Sequence[Marks], document: bytes, *more: Entry) -> bytes:
    """Pack a document part with the styles of its layout and a pair of headers per set of marks."""
    own = (deflated("word/document.xml", document, QUICKLY), *more)
    start = _surroundings(layout, tuple(marks), tuple(entry.name for entry in own))
    return packed(own, start)


@lru_cache(maxsize=64)
def _surroundings(layout: Layout, marks: tuple[Marks, ...], own: tuple[bytes, ...]) -> Start:
    """Lay out, once for all files of a kind, every part but those that each file has of its own."""
    with ZipFile(TEMPLATES / f"{layout.key}.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for number, texts in enumerate(marks):
        for kind in ("first", "next"):
            name = f"{kind}{number}"
            header = rendered("header.xml", layout, marks=texts, numbered=kind == "next")
            parts[f"word/{name}.xml"] = header
            _attach(parts, name, "header")
    for kind in (_OWN[name] for name in own if name in _OWN):
        _attach(parts, kind, kind)
    entries = (deflated(name, part) for name, part in parts.items())
    return begun(entry for entry in entries if entry.name not in own)


def _attach(parts: dict[str, bytes], name: str, kind: str) -> None:
    """Declare a part beside the document: what it is, and that it belongs to it."""
    override = f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT_TYPE}.{kind}+xml"/>'
    relation = f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>'
    parts[_TYPES] = _with(parts[_TYPES], override)
    parts[_RELATIONS] = _with(parts[_RELATIONS], relation)


def _with(part: bytes, element: str) -> bytes:
    """Add one element as the last child of a part's root."""
    head, end, tail = part.rpartition(b"</")
    return head + element.encode() + end + tail
