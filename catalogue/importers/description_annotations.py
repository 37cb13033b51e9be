"""Tracked changes, comments and origins of a Word file of job descriptions."""

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.annotations import Annotations, Comment, Revision, RevisionKind
from catalogue.domain.text import clean
from catalogue.domain.word_tags import Origin
from catalogue.importers import refusals
from catalogue.importers.description_labels import heading
from catalogue.importers.description_tags import SECTIONS
from catalogue.importers.fields import instructions_in, refuse_dangerous
from catalogue.importers.pack_rows import QUOTED, printed
from catalogue.importers.package import Package
from catalogue.importers.signed import signed
from catalogue.importers.styles import WORDML
from catalogue.importers.tags import CARRIERS, Tags

_ID = f"{WORDML}id"
_PARAGRAPH, _ROW, _TABLE = (f"{WORDML}{name}" for name in ("p", "tr", "tbl"))
_START, _END, _REFERENCE = (
    f"{WORDML}comment{name}" for name in ("RangeStart", "RangeEnd", "Reference")
)
_KINDS = {
    f"{WORDML}ins": RevisionKind.INSERTED,
    f"{WORDML}moveTo": RevisionKind.INSERTED,
    f"{WORDML}del": RevisionKind.DELETED,
    f"{WORDML}moveFrom": RevisionKind.DELETED,
}
_TAGS = Tags(("name", "section"))
_UNPLACED = "Không còn chỗ gắn trong tệp"


def read(data: bytes, name: str = "bản mô tả công việc") -> Annotations:
    """Read what stands beside the text; raises UnreadableFile for what may not be read."""
    package = Package(data, name)
    root = package.parse(package.main)
    refuse_dangerous(instructions_in(root), name)
    reading = _Reading()
    reading.walk(root)
    part = package.related("comments")
    comments = () if part is None else tuple(map(reading.comment, part.iter(f"{WORDML}comment")))
    revisions = tuple(reading.revisions)
    if len(comments) + len(revisions) > limits.PACK_REMARKS:
        count = len(comments) + len(revisions)
        raise refusals.too_many(name, count, "ý kiến, sửa đổi", limits.PACK_REMARKS)
    return Annotations(revisions, comments, tuple(reading.origins))


class _Reading:
    """One pass over a document: in which section, table and row it is, and what is met there."""

    def __init__(self) -> None:
        self.revisions: list[Revision] = []
        self.origins: list[Origin] = []
        self._section = ""
        self._tables = 0
        self._places: dict[str, str] = {}
        self._quoted: dict[str, list[str]] = {}
        self._open: set[str] = set()

        self._acts = {
            f"{WORDML}t": self._text,
            _PARAGRAPH: self._paragraph,
            _TABLE: self._table,
            **dict.fromkeys(CARRIERS, self._carrier),
            **dict.fromkeys(_KINDS, self._revision),
            **dict.fromkeys((_START, _END, _REFERENCE), self._anchor),
        }

    def walk(self, root: Element) -> None:
        for element in root.iter(*self._acts):
            self._acts[str(element.tag)](element)

    def comment(self, comment: Element) -> Comment:
        author, at = signed(comment)
        number = comment.get(_ID, "")
        quoted = clean("".join(self._quoted.get(number, ())))
        where = self._places.get(number, _UNPLACED)
        return Comment(where, clean(author), at, clean(printed(comment)), quoted)

    def _text(self, text: Element) -> None:
        for number in self._open:
            self._quoted.setdefault(number, []).append(text.text or "")

    def _table(self, _: Element) -> None:
        self._tables += 1

    def _paragraph(self, paragraph: Element) -> None:
        if found := heading(clean(printed(paragraph))):
            self._section = found.section
        for number in self._open:
            self._quoted.setdefault(number, []).append("\n")

    def _carrier(self, carrier: Element) -> None:
        tag = _TAGS.read(carrier)
        if tag and tag.name == "section":
            self._section = SECTIONS.get(tag.detail, self._section)
        elif tag and (origin := Origin.read(tag.detail)) and origin not in self.origins[-1:]:
            self.origins.append(origin)

    def _anchor(self, anchor: Element) -> None:
        number = anchor.get(_ID, "")
        if anchor.tag == _END:
            self._open.discard(number)
            return
        if anchor.tag == _START:
            self._open.add(number)
        self._places.setdefault(number, self._where(anchor))

    def _revision(self, change: Element) -> None:
        """Take what a change says; one of a paragraph's mark or of formats alone says nothing."""
        kind = _KINDS[str(change.tag)]
        words = printed(change, deleted=kind is RevisionKind.DELETED)
        if text := clean(words or printed(change)):
            author, at = signed(change)
            where = self._where(change)
            self.revisions.append(Revision(where, kind, clean(author), at, text))

    def _where(self, element: Element) -> str:
        row = next(element.iterancestors(_ROW), None)
        if row is not None:
            number = 1 + sum(1 for _ in row.itersiblings(_ROW, preceding=True))
            place = f"Bảng {self._tables}, dòng {number}"
        else:
            around = next(element.iterancestors(_PARAGRAPH), element)
            place = f"Đoạn «{clean(printed(around))[:QUOTED]}»"
        return f"{self._section}: {place}" if self._section else place
