"""What the small parts of an office program's package say: its types, its relationships."""

import posixpath
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.importers import refusals
from catalogue.importers.same_parts import kept

_DOCTYPE = "<!DOCTYPE"


class Link(NamedTuple):
    """A relationship of one part: its name there, what it is for, the part that it leads to.

    `outside` is the address of what lies outside the file.
    """

    key: str
    kind: str
    target: str
    outside: str | None


@kept
def types_of(data: bytes) -> Mapping[str, str]:
    types = {}
    for entry in parsed(data):
        key = entry.get("PartName", "").lstrip("/") or "." + entry.get("Extension", "")
        types[key] = entry.get("ContentType", "").lower()
    return types


@kept
def links_of(data: bytes, part: str) -> Sequence[Link]:
    """Read the relationships that a part of that name lists."""
    folder, base = posixpath.split(part)
    owner = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
    return [_link(entry, owner) for entry in parsed(data)]


def _link(entry: Element, owner: str) -> Link:
    target = entry.get("Target", "")
    inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")
    outside = target if entry.get("TargetMode") == "External" else None
    return Link(entry.get("Id", ""), entry.get("Type", ""), inside, outside)


@cache
def relationships_of(part: str) -> str:
    """Name the part in which the relationships of another one stand."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def parsed(data: bytes) -> Element:
    """Parse what was found small; raises XMLSyntaxError."""
    return etree.fromstring(data, _safe_parser())


@cache
def _safe_parser() -> etree.XMLParser:
    """Make a parser that fetches nothing, expands nothing and stops at absurd depth or length."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def refuse_doctype(data: bytes, name: str, part: str) -> None:
    """Refuse a document type: no office's file has one, and an attack begins with it."""
    if _has_doctype(data):
        raise refusals.unsafe(name, f"DOCTYPE trong phần «{part}»")


def _has_doctype(data: bytes) -> bool:
    return _DOCTYPE.encode(encoding_of(data)) in data


has_doctype_once = kept(_has_doctype)


def encoding_of(start: bytes) -> str:
    """Tell UTF-16 by the zero beside its first letter; XML of an office is UTF-8 otherwise."""
    if start[:4].count(0) == 0:
        return "utf-8"
    return "utf-16-be" if start[:1] in (b"\x00", b"\xfe") else "utf-16-le"
