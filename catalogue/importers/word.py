"""One pass over a Word document: paragraphs and table rows as they print, memory kept flat."""

import re
from collections.abc import Callable, Collection, Iterator

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.problems import Problem
from catalogue.importers import refusals
from catalogue.importers.blocks import Block, Paragraph, TableRow
from catalogue.importers.characters import Characters
from catalogue.importers.growing_tree import GrowingTree
from catalogue.importers.looking_ahead import Ahead
from catalogue.importers.package import Package
from catalogue.importers.paragraphs import Paragraphs
from catalogue.importers.rows import Rows
from catalogue.importers.styles import WORDML
from catalogue.importers.tags import Tags
from catalogue.importers.unread import Unread

# Bytes read, bytes in all, and how many rows of tables were met in those read.
Progress = Callable[[int, int, int], None]

_PARAGRAPH = WORDML + "p"
_TABLE = WORDML + "tbl"
_ROW = WORDML + "tr"
# What may stand between the body and a paragraph, or between a table and a row.
_WRAPPERS = {WORDML + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_LEGACY_FONT = re.compile(rb'"(\.Vn[^"]{0,40}|VNI[- ][^"]{0,40})"')


class Document:
    """The blocks of one Word file, and afterwards what was wrong or unusual in it.

    Of content controls only those count whose tag is one of `tags`.
    """

    def __init__(
        self,
        data: bytes,
        name: str,
        progress: Progress | None = None,
        tags: Collection[str] = (),
    ) -> None:
        self._package = Package(data, name)
        self._progress = progress
        self._unread = Unread()
        self._characters = Characters(name)
        known = Tags(tags)
        self._paragraphs = Paragraphs(self._package, self._characters, self._unread, known)
        self._rows = Rows(name, self._paragraphs, self._characters, self._unread, known)
        self._table: Element | None = None
        self._tables = self._printed_rows = self._rows_above = self._printed_paragraphs = 0

    def blocks(self) -> Iterator[Block]:
        """Read the document once; each finished row leaves memory before the next is read."""
        tree = GrowingTree(self._package.name, self._package.main)
        for chunk in self._chunks():
            tree.feed(chunk)
            if tree.body is not None:
                yield from self._drain(tree.body, whole=False)
        yield from self._drain(tree.finished(), whole=True)
        self._paragraphs.finish()
        self._characters.refuse_old_encoding(self._legacy_font)

    def problems(self) -> list[Problem]:
        """Say what the blocks leave out; complete once they were all taken."""
        return [*self._characters.problems(), *self._unread.problems()]

    def _chunks(self) -> Iterator[bytes]:
        done, total = 0, self._package.size(self._package.main)
        for chunk in self._package.stream():
            yield chunk
            done += len(chunk)
            if self._progress is not None:
                self._progress(done, total, self._rows_above + self._printed_rows)

    def _legacy_font(self) -> str:
        """Look for a font made for an encoding from before Unicode."""
        for chunk in self._package.stream():
            if found := _LEGACY_FONT.search(chunk):
                return found.group(1).decode(errors="replace")
        return ""

    def _drain(self, parent: Element, *, whole: bool) -> Iterator[Block]:
        """Read and drop the children that are complete: all that another one follows.

        Dropped in one stroke, while Python holds none of them, they cost next to nothing.
        """
        complete = len(parent) if whole else len(parent) - 1
        for index, child in enumerate(parent):
            if child.tag == _TABLE:
                self._enter(child)
                yield from self._drain_table(child, whole=index < complete)
            elif child.tag in _WRAPPERS:
                yield from self._drain(child, whole=index < complete)
            elif child.tag == _PARAGRAPH and index < complete:
                yield from self._paragraph(child)
            del child
        del parent[:complete]

    def _enter(self, table: Element) -> None:
        """Count a table when it begins."""
        if table is self._table:
            return
        self._rows_above += self._printed_rows
        self._table, self._printed_rows = table, 0
        self._tables += 1
        if self._tables > limits.DOCUMENT_TABLES:
            raise refusals.too_many(
                self._package.name, self._tables, "bảng", limits.DOCUMENT_TABLES
            )

    def _drain_table(self, table: Element, *, whole: bool) -> Iterator[TableRow]:
        """Read the complete rows of a table, and drop them once nothing of them is held."""
        yield from self._complete_rows(table, whole=whole)
        _drop(table, whole=whole)

    def _complete_rows(self, table: Element, *, whole: bool) -> list[TableRow]:
        elements = list(_complete(table, _ROW, whole=whole))
        ahead = self._rows.look(table) if elements else Ahead()
        rows = []
        for element in elements:
            row = self._rows.read(element, self._tables, self._printed_rows + 1, ahead)
            if row is not None:
                self._printed_rows += 1
                rows.append(row)
        return rows

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._printed_paragraphs += 1
        if not len(element):
            return
        printed = self._paragraphs.read(element, f"Đoạn văn {self._printed_paragraphs}")
        if printed.lines or printed.number:
            yield Paragraph("\n".join(printed.lines), printed.number, printed.tag)
        for box in printed.boxes:
            yield from self._drain(box, whole=True)


def _complete(parent: Element, tag: str, *, whole: bool) -> Iterator[Element]:
    """Give the elements of a kind, those in wrappers as well, that another element follows."""
    last = None if whole else next(reversed(parent), None)
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _complete(child, tag, whole=child is not last)
        elif child.tag == tag and child is not last:
            yield child


def _drop(parent: Element, *, whole: bool) -> None:
    """Drop what is complete, and of an incomplete wrapper what is complete in it."""
    del parent[: len(parent) if whole else -1]
    for last in parent:
        if last.tag in _WRAPPERS:
            _drop(last, whole=False)
