"""The tags of content controls, and the bookmarks that repeat them where a program drops tags."""

from collections.abc import Collection, Sequence

from lxml.etree import _Element as Element

from catalogue.domain.word_tags import tag_of
from catalogue.importers.blocks import Tag
from catalogue.importers.styles import VAL, WORDML, child

_TAG = WORDML + "tag"
_NAME = WORDML + "name"
_CONTENT = WORDML + "sdtContent"
PROPERTIES = WORDML + "sdtPr"
BOOKMARK = WORDML + "bookmarkStart"
CARRIERS = frozenset((_TAG, BOOKMARK))


class Tags:
    """Knows the tags that a reader asks for; others are as if they were not there."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._names = names
        self.carriers = tuple(CARRIERS) if names else ()

    def read(self, carrier: Element | None) -> Tag | None:
        """Read a `w:tag`, the properties that hold one, or a bookmark."""
        if carrier is not None and carrier.tag == PROPERTIES:
            carrier = child(carrier, _TAG)
        if carrier is None:
            return None
        written = (
            tag_of(carrier.get(_NAME, "")) if carrier.tag == BOOKMARK else carrier.get(VAL, "")
        )
        name, _, detail = written.partition(":")
        return Tag(name, detail) if name in self._names else None

    def around(self, paragraph: Element) -> Tag | None:
        """Read the tag of a control whose first paragraph this is, or whose cell begins with it."""
        before, cell = paragraph.getprevious(), paragraph.getparent()
        if not self._names or cell is None:
            return None
        if before is None and cell.tag == _CONTENT:
            return self.read(cell.getprevious())
        content = cell.getparent()
        first = before is None or before.tag == WORDML + "tcPr"
        if first and content is not None and content.tag == _CONTENT:
            return self.read(content.getprevious())
        return None


def joined(found: Sequence[Tag]) -> Tag | None:
    """Make one of a paragraph's tags: the first, with what others of its field say of whom."""
    if len(found) < 2:  # noqa: PLR2004 (nothing to join)
        return found[0] if found else None
    details = [tag.detail for tag in found if tag.name == found[0].name]
    formers = dict.fromkeys("+".join(filter(None, dict.fromkeys(details))).split("+"))
    return found[0]._replace(detail="+".join(formers))
