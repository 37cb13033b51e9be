"""A file of an office program as a package of parts: what it may not carry, its parts as XML."""

import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Concatenate, ParamSpec, TypeVar

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals
from catalogue.importers.archive import Archive
from catalogue.importers.package_parts import (
    has_doctype_once,
    links_of,
    parsed,
    refuse_doctype,
    relationships_of,
    types_of,
)

XML_NAMES = (".xml", ".rels", ".vml")
_CONTENT_TYPES = "[Content_Types].xml"
_ROOT_RELATIONSHIPS = "_rels/.rels"
_NESTED_MAGIC = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_HARMLESS_LINK = re.compile(r"(?!file:|\\\\|//)", re.IGNORECASE)
# Relationships by which a file draws in what its own text does not say.
_CARRIED = {
    "oleObject": "đối tượng OLE",
    "control": "điều khiển ActiveX",
    "activeXControlBinary": "điều khiển ActiveX",
    "package": "tệp lồng bên trong",
}

P = ParamSpec("P")
T = TypeVar("T")


class OfficePackage(ABC):
    """A package found safe to read. `main` is the part that all others hang from."""

    expected: ClassVar[str]
    main_types: ClassVar[tuple[str, ...]]
    other_kinds: ClassVar[tuple[tuple[str, str], ...]]
    carried: ClassVar[Mapping[str, str]] = {}

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._archive = Archive(data, name, self.expected)
        self._links: dict[str, Sequence[tuple[str, str]]] = {}
        self.main = self._find_main()
        beside = relationships_of(self.main)
        self._related = dict(self._relationships(beside)) if beside in self._archive else {}
        self._refuse_bombs()
        for member in self._archive.names:
            if member.lower().endswith(".rels"):
                self._relationships(member)
            else:
                self._refuse_carried(member)

    def size(self, part: str) -> int:
        """How many bytes a part has unpacked."""
        return self._archive.size(part)

    def parse(self, part: str) -> Element:
        """Parse one of the small parts whole."""
        return self._understood(part, parsed)

    @abstractmethod
    def _look_into(self, member: str) -> None:
        """Look into one part of XML for what it may not hold; a document type is among it."""

    @abstractmethod
    def _is_large(self, member: str) -> bool:
        """Tell a part that repeats the same mark-up row after row: it packs better than any ratio.

        What it holds is counted while it is read instead.
        """

    def _whole(self, part: str) -> bytes:
        if self._archive.size(part) > limits.XML_PART_BYTES:
            raise refusals.unpacks_too_large(self.name, limits.XML_PART_BYTES)
        data = self._archive.read(part, often_alike=True)
        if has_doctype_once(data):
            refuse_doctype(data, self.name, part)
        return data

    def _understood(
        self, part: str, read: Callable[Concatenate[bytes, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Give what `read` makes of one of the small parts."""
        try:
            return read(self._whole(part), *args, **kwargs)
        except etree.XMLSyntaxError as error:
            raise refusals.damaged(self.name, part) from error

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
        if kind not in self.main_types:
            raise self._wrong_kind(self._named_kind(kind))
        return main

    def _content_types(self) -> Mapping[str, str]:
        """Map part names, and extensions for what has no entry of its own, to lower-case types."""
        if "mimetype" in self._archive and _CONTENT_TYPES not in self._archive:
            raise self._wrong_kind("OpenDocument")
        return self._understood(_CONTENT_TYPES, types_of)

    def _relationships(self, part: str) -> Sequence[tuple[str, str]]:
        """Give kind and target of each relationship; one that leaves the file is checked."""
        if part not in self._links:
            self._links[part] = tuple(self._checked(part))
        return self._links[part]

    def _checked(self, part: str) -> Iterator[tuple[str, str]]:
        for link in self._understood(part, links_of, part):
            if "purl.oclc.org" in link.kind:
                raise self._wrong_kind("Strict Open XML")
            kind = link.kind.rpartition("/")[2]
            if found := self.carried.get(kind) or _CARRIED.get(kind):
                raise refusals.unsafe(self.name, found)
            if link.outside is None:
                yield kind, link.target
            else:
                self._refuse_outside(kind, link.outside)

    def _refuse_outside(self, kind: str, target: str) -> None:
        """Keep a link in the text as text; refuse anything else that an office would fetch."""
        if kind != "hyperlink" or not _HARMLESS_LINK.match(target):
            raise refusals.unsafe(self.name, f"liên kết ra ngoài tệp: {kind} → {target[:200]}")

    def _refuse_bombs(self) -> None:
        """Hold every part to its size, and to a ratio unless it is large by its nature."""
        for member in self._archive.names:
            size = self._archive.size(member)
            if size <= limits.MEBIBYTE:
                continue
            limit = self._limit(member)
            if size > limit:
                raise refusals.unpacks_too_large(self.name, limit)
            packed = max(self._archive.packed_size(member), 1)
            if not self._is_large(member) and size / packed > limits.UNPACK_RATIO:
                raise refusals.unpacks_too_large(self.name)

    def _limit(self, member: str) -> int:
        if self._is_large(member):
            return limits.DOCUMENT_PART_BYTES
        return (
            limits.XML_PART_BYTES if member.lower().endswith(XML_NAMES) else limits.MEDIA_PART_BYTES
        )

    def _refuse_carried(self, member: str) -> None:
        lower = member.lower()
        if lower.endswith("vbaproject.bin"):
            raise refusals.macro(self.name)
        if "/activex/" in lower:
            raise refusals.unsafe(self.name, _CARRIED["control"])
        if lower.endswith(XML_NAMES):
            self._look_into(member)
        else:
            self._refuse_nested_file(member)

    def _refuse_nested_file(self, member: str) -> None:
        if self._archive.head(member, 8).startswith(_NESTED_MAGIC):
            raise refusals.unsafe(self.name, f"tệp lồng bên trong: {member}")

    def _wrong_kind(self, found: str) -> UnreadableFile:
        return refusals.wrong_kind(self.name, found, self.expected)

    def _named_kind(self, content_type: str) -> str:
        return next((name for mark, name in self.other_kinds if mark in content_type), "không rõ")
