"""What Word demands of a file, so that it opens without an offer to repair it."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree

from tests.docx_kit import W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_PREFIX = f"{{{W}}}"

# The order of children that the schema lays down, as far as these files use them.
_ORDER = {
    "pPr": "pStyle keepNext pageBreakBefore pBdr spacing ind jc outlineLvl rPr sectPr",
    "rPr": "ins del rStyle rFonts b i sz u vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader ins del",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sdtPr": "rPr alias tag id text",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg",
}

Parts = dict[str, bytes]
Rule = Callable[[Parts], Iterator[str]]


def document_of(file: bytes) -> etree._Element:
    return etree.fromstring(parts_of(file)["word/document.xml"])


def said(element: etree._Element) -> str:
    """Give what an element prints, content controls too: a line for each paragraph or break."""
    lines: list[str] = []
    for node in element.iter(f"{_PREFIX}p", f"{_PREFIX}br", f"{_PREFIX}t"):
        if _kind(node) == "t":
            lines[-1] += node.text or ""
        else:
            lines.append("")
    return "\n".join(lines)


def parts_of(file: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def broken_rules(file: bytes) -> list[str]:
    """Name every rule that the file breaks; an XML part that is not well-formed raises."""
    parts = parts_of(file)
    rules: tuple[Rule, ...] = (
        _types,
        _relations,
        _orders,
        _cells,
        _grids,
        _merges,
        _styles,
        _spaces,
        _footnotes,
        _sections,
    )
    with zipfile.ZipFile(BytesIO(file)) as package:
        names = package.namelist()
        broken = [f"{name} is damaged" for name in [package.testzip()] if name]
    if names[0] != "[Content_Types].xml" or len(set(names)) < len(names):
        broken.append(f"entries {names}")
    return broken + [finding for rule in rules for finding in rule(parts)]


def _types(parts: Parts) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = {node.get("PartName", "")[1:] for node in types if _kind(node) == "Override"}
    by_ending = {node.get("Extension") for node in types if _kind(node) == "Default"}
    yield from (f"type of missing part {name}" for name in named - parts.keys())
    for name in parts.keys() - named - {"[Content_Types].xml"}:
        if name.rpartition(".")[2] not in by_ending or not name.endswith(".rels"):
            yield f"no type for {name}"


def _relations(parts: Parts) -> Iterator[str]:
    known = set()
    for name in parts:
        folder, _, last = name.rpartition("_rels/")
        for relation in etree.fromstring(parts[name]) if last.endswith(".rels") else ():
            known.add(relation.get("Id"))
            target = posixpath.normpath(folder + relation.get("Target", ""))
            if target not in parts:
                yield f"{name} points at missing {target}"
    document = etree.fromstring(parts["word/document.xml"])
    used = document.xpath("//@r:id", namespaces=NAMESPACES)
    yield from (f"unknown relation {value}" for value in set(used) - known)


def _orders(parts: Parts) -> Iterator[str]:
    for kind, order in _ORDER.items():
        places = {name: place for place, name in enumerate(order.split())}
        for part in ("word/document.xml", "word/styles.xml"):
            for node in etree.fromstring(parts[part]).iter(f"{_PREFIX}{kind}"):
                found = [places.get(_kind(child), -1) for child in node]
                if found != sorted(found) or -1 in found:
                    yield f"{kind} holds {[_kind(child) for child in node]}"


def _cells(parts: Parts) -> Iterator[str]:
    for cell in _nodes(parts, "tc"):
        if cell[-1].tag != f"{_PREFIX}p":
            yield "a cell does not end in a paragraph"


def _grids(parts: Parts) -> Iterator[str]:
    for table in _nodes(parts, "tbl"):
        widths = [int(_value(column, "w")) for column in table.iter(f"{_PREFIX}gridCol")]
        if sum(widths) != int(_value(next(table.iter(f"{_PREFIX}tblW")), "w")):
            yield f"columns {widths} do not add up to the table's width"
        for row in table.iter(f"{_PREFIX}tr"):
            if sum(_span(cell) for cell in row.iter(f"{_PREFIX}tc")) != len(widths):
                yield "a row does not fill the grid"


def _merges(parts: Parts) -> Iterator[str]:
    for table in _nodes(parts, "tbl"):
        open_columns: set[int] = set()
        for row in table.iter(f"{_PREFIX}tr"):
            merged, column = set(), 0
            for cell in row.iter(f"{_PREFIX}tc"):
                merge = next(cell.iter(f"{_PREFIX}vMerge"), None)
                if merge is not None:
                    merged.add(column)
                    if _value(merge, "val") == "continue" and column not in open_columns:
                        yield f"column {column} goes on with nothing"
                column += _span(cell)
            open_columns = merged


def _styles(parts: Parts) -> Iterator[str]:
    styles = etree.fromstring(parts["word/styles.xml"])
    known = {_value(style, "styleId") for style in styles.iter(f"{_PREFIX}style")}
    for kind in ("pStyle", "rStyle", "tblStyle"):
        used = {_value(node, "val") for node in _nodes(parts, kind)}
        yield from (f"unknown style {style}" for style in used - known)


def _spaces(parts: Parts) -> Iterator[str]:
    for node in _nodes(parts, "t"):
        text = node.text or ""
        if text != text.strip() and node.get(_XML_SPACE) != "preserve":
            yield f"spaces around {text!r} are lost"


def _footnotes(parts: Parts) -> Iterator[str]:
    notes = etree.fromstring(parts["word/footnotes.xml"])
    told = [_value(note, "id") for note in notes if _value(note, "type") == ""]
    used = [_value(node, "id") for node in _nodes(parts, "footnoteReference")]
    if told != used:
        yield f"footnotes {told} are referred to as {used}"


def _sections(parts: Parts) -> Iterator[str]:
    (body,) = etree.fromstring(parts["word/document.xml"])
    if [_kind(child) for child in body][-2:] != ["p", "sectPr"]:
        yield "the body does not end in a paragraph and its section"


def _nodes(parts: Parts, name: str = "*") -> Iterator[etree._Element]:
    document = etree.fromstring(parts["word/document.xml"])
    return document.iter(f"{_PREFIX}{name}")


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname


def _value(node: etree._Element, name: str) -> str:
    return str(node.get(f"{_PREFIX}{name}", ""))


def _span(cell: etree._Element) -> int:
    return next((int(_value(span, "val")) for span in cell.iter(f"{_PREFIX}gridSpan")), 1)
