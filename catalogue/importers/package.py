"""A Word file as a package of parts: what it is, what it may not carry, and its parts as XML."""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.importers import refusals
from catalogue.importers.archive import Archive
from catalogue.importers.fields import instructions_in, refuse_dangerous

_CONTENT_TYPES = "[Content_Types].xml"
_ROOT_RELATIONSHIPS = "_rels/.rels"
_XML_NAMES = (".xml", ".rels", ".vml")
_DOCTYPE = "<!DOCTYPE"
_SHORTEST_ELEMENT = len("<a/>")
_DOCUMENT_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_OTHER_KINDS = (
    ("spreadsheetml", "Excel (.xlsx)"),
    ("presentationml", "PowerPoint (.pptx)"),
    ("opendocument", "OpenDocument"),
)
# Relationships by which a document draws in what its own text does not say.
_CARRIED = {
    "oleObject": "đối tượng OLE",
    "control": "điều khiển ActiveX",
    "activeXControlBinary": "điều khiển ActiveX",
    "aFChunk": "tài liệu lồng altChunk",
    "package": "tệp lồng bên trong",
    "attachedToolbars": "thanh công cụ kèm theo",
}
_NESTED_MAGIC = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_HARMLESS_LINK = re.compile(r"(?!file:|\\\\|//)", re.IGNORECASE)


class Package:
    """A Word document found safe to read. `main` is the part that holds its text."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._archive = Archive(data, name)
        self.main = self._find_main()
        beside = _relationships_of(self.main)
        self._related = dict(self._relationships(beside)) if beside in self._archive else {}
        self._refuse_bombs()
        for member in self._archive.names:
            self._refuse_carried(member)
            if member.lower().endswith(".rels"):
                tuple(self._relationships(member))

    def size(self, part: str) -> int:
        """How many bytes a part has unpacked."""
        return self._archive.size(part)

    def related(self, kind: str) -> Element | None:
        """Parse the part that the document names as its `styles`, `numbering` or `footnotes`."""
        part = self._related.get(kind)
        return self.parse(part) if part and part in self._archive else None

    def parse(self, part: str) -> Element:
        """Parse one of the small parts whole."""
        if self.size(part) > limits.XML_PART_BYTES:
            raise refusals.unpacks_too_large(self.name, limits.XML_PART_BYTES)
        try:
            return etree.fromstring(b"".join(self.stream(part)), _safe_parser())
        except etree.XMLSyntaxError as error:
            raise refusals.damaged(self.name, part) from error

    def stream(self, part: str) -> Iterator[bytes]:
        """Unpack an XML part piece by piece; a DOCTYPE or too many elements refuse the file."""
        elements, tail, doctype = 0, b"", b""
        countable = self.size(part) // _SHORTEST_ELEMENT > limits.DOCUMENT_ELEMENTS
        for chunk in self._archive.chunks(part):
            doctype = doctype or _DOCTYPE.encode(encoding_of(chunk))
            if doctype in tail + chunk:
                raise refusals.unsafe(self.name, f"DOCTYPE trong phần «{part}»")
            if countable:
                elements += chunk.count(b"<") - chunk.count(b"</")
            if elements > limits.DOCUMENT_ELEMENTS:
                raise refusals.unpacks_too_large(self.name)
            tail = chunk[-len(doctype) :]
            yield chunk

    def _find_main(self) -> str:
        types = self._content_types()
        if any("macroenabled" in kind or "vbaproject" in kind for kind in types.values()):
            raise refusals.macro(self.name)
        main = dict(self._relationships(_ROOT_RELATIONSHIPS)).get("officeDocument")
        if main is None:
            raise refusals.damaged(self.name, _ROOT_RELATIONSHIPS)
        if main not in self._archive:
            raise refusals.damaged(self.name, main)
        kind = types.get(main, types.get(posixpath.splitext(main)[1], ""))
        if kind not in _DOCUMENT_TYPES:
            raise refusals.wrong_kind(self.name, _named_kind(kind))
        return main

    def _content_types(self) -> dict[str, str]:
        """Map part names, and extensions for what has no entry of its own, to lower-case types."""
        if "mimetype" in self._archive and _CONTENT_TYPES not in self._archive:
            raise refusals.wrong_kind(self.name, "OpenDocument")
        types = {}
        for entry in self.parse(_CONTENT_TYPES):
            key = entry.get("PartName", "").lstrip("/") or "." + entry.get("Extension", "")
            types[key] = entry.get("ContentType", "").lower()
        return types

    def _relationships(self, part: str) -> Iterator[tuple[str, str]]:
        """Give kind and target of each relationship; one that leaves the file is checked."""
        base = posixpath.dirname(posixpath.dirname(part))
        for entry in self.parse(part):
            kind, target = entry.get("Type", ""), entry.get("Target", "")
            if "purl.oclc.org" in kind:
                raise refusals.wrong_kind(self.name, "Strict Open XML")
            kind = kind.rpartition("/")[2]
            if kind in _CARRIED:
                raise refusals.unsafe(self.name, _CARRIED[kind])
            if entry.get("TargetMode") == "External":
                self._refuse_outside(kind, target)
            else:
                yield kind, posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")

    def _refuse_outside(self, kind: str, target: str) -> None:
        """Keep a link in the text as text; refuse anything else that Word would fetch."""
        if kind != "hyperlink" or not _HARMLESS_LINK.match(target):
            raise refusals.unsafe(self.name, f"liên kết ra ngoài tệp: {kind} → {target[:200]}")

    def _refuse_bombs(self) -> None:
        """Hold every part to its size.

        The main part repeats the same mark-up row after row, so it may pack better than any fixed
        ratio; its elements are counted while it is read instead.
        """
        for member in self._archive.names:
            size = self._archive.size(member)
            limit = self._limit(member)
            if size > limit:
                raise refusals.unpacks_too_large(self.name, limit)
            packed = max(self._archive.packed_size(member), 1)
            small = size <= limits.MEBIBYTE or member == self.main
            if not small and size / packed > limits.UNPACK_RATIO:
                raise refusals.unpacks_too_large(self.name)

    def _limit(self, member: str) -> int:
        if member == self.main:
            return limits.DOCUMENT_PART_BYTES
        return (
            limits.XML_PART_BYTES
            if member.lower().endswith(_XML_NAMES)
            else limits.MEDIA_PART_BYTES
        )

    def _refuse_carried(self, member: str) -> None:
        """Look into every part but the main one, which is checked as it is read."""
        lower = member.lower()
        if lower.endswith("vbaproject.bin"):
            raise refusals.macro(self.name)
        if "/activex/" in lower:
            raise refusals.unsafe(self.name, _CARRIED["control"])
        if not lower.endswith(_XML_NAMES):
            self._refuse_nested_file(member)
        elif member != self.main:
            self._refuse_fields(member)

    def _refuse_nested_file(self, member: str) -> None:
        if self._archive.head(member, 8).startswith(_NESTED_MAGIC):
            raise refusals.unsafe(self.name, f"tệp lồng bên trong: {member}")

    def _refuse_fields(self, member: str) -> None:
        data = b"".join(self.stream(member))
        if b"instrText" in data or b"fldSimple" in data:
            refuse_dangerous(instructions_in(self.parse(member)), self.name)


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


def encoding_of(start: bytes) -> str:
    """Tell UTF-16 by the zero beside its first letter; XML of an office is UTF-8 otherwise."""
    if start[:4].count(0) == 0:
        return "utf-8"
    return "utf-16-be" if start[:1] in (b"\x00", b"\xfe") else "utf-16-le"


def _relationships_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def _named_kind(content_type: str) -> str:
    return next((name for mark, name in _OTHER_KINDS if mark in content_type), "không rõ")
