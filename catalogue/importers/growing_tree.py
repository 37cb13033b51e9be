"""A document's tree while it is still parsed, so that what is complete can be taken off it."""

import codecs

from lxml import etree
from lxml.etree import _Element as Element

from catalogue.importers import refusals
from catalogue.importers.package_parts import encoding_of, refuse_doctype
from catalogue.importers.styles import WORDML

_BODY = WORDML + "body"
_TEXT = WORDML + "t"
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class GrowingTree:
    """Parses a document fed to it piece by piece; `body` stands once its start has been read.

    A comment fed in before the root is the handle by which lxml lets go of the unfinished tree:
    asked for the start of each element instead, it takes a third longer.
    """

    def __init__(self, name: str, part: str) -> None:
        self.body: Element | None = None
        self._name = name
        self._part = part
        self._handle: Element | None = None
        self._parser = etree.XMLPullParser(
            events=("comment",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_pis=True,
            collect_ids=False,
        )

    def feed(self, chunk: bytes) -> None:
        """Parse one more piece."""
        if self._handle is None:
            refuse_doctype(chunk, self._name, self._part)
            chunk = _with_handle(chunk)
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise refusals.damaged(self._name, self._part) from error
        for _, comment in self._parser.read_events():
            self._see(comment)
        if self.body is None and self._handle is not None:
            self.body = self._find_body(self._handle.getnext())

    def finished(self) -> Element:
        """End parsing and give the body."""
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise refusals.damaged(self._name, self._part) from error
        if self.body is None:
            raise refusals.damaged(self._name, self._part)
        return self.body

    def _see(self, comment: Element) -> None:
        """Keep the handle; a comment that parts a text is no office's work and would lose words."""
        parent = comment.getparent()
        if self._handle is None:
            self._handle = comment
        elif parent is not None and parent.tag == _TEXT:
            raise refusals.unsafe(self._name, "chú thích XML giữa dòng chữ")

    def _find_body(self, root: Element | None) -> Element | None:
        while root is not None and not isinstance(root.tag, str):
            root = root.getnext()
        if root is None:
            return None
        if root.getroottree().docinfo.doctype:
            raise refusals.unsafe(self._name, f"DOCTYPE trong phần «{self._part}»")
        return root.find(_BODY)


def _with_handle(start: bytes) -> bytes:
    """Put an empty comment where one may first stand: after byte order mark and declaration."""
    encoding = encoding_of(start)
    at = next((len(mark) for mark in _BYTE_ORDER_MARKS if start.startswith(mark)), 0)
    if start.startswith("<?xml".encode(encoding), at):
        end = "?>".encode(encoding)
        at = start.find(end, at) + len(end)
    return start[:at] + "<!---->".encode(encoding) + start[at:]
