"""Which of the paragraphs above a table is the heading of its group of positions."""

import re
from dataclasses import dataclass, field

from catalogue.domain.text import fold
from catalogue.importers import annex_wording
from catalogue.importers.blocks import Paragraph

_LONGEST_HEADING = 300
_KEPT = 12
_TITLE = re.compile(
    r"(phu luc|danh muc|danh sach|bang|bieu|quyet dinh|cong hoa|dang cong san|dieu \d+)\b"
)
_ASIDE = re.compile(r"\(.*\)$|.*\b(kem theo|don vi tinh)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text and its kind of number; `text` is None where only a new list begins."""

    text: str | None
    level: str


@dataclass(slots=True)
class Headings:
    """The paragraphs since the last table of positions, nearest last."""

    _paragraphs: list[Paragraph] = field(default_factory=list)

    def see(self, paragraph: Paragraph) -> None:
        self._paragraphs.append(paragraph)
        del self._paragraphs[:-_KEPT]

    def take(self) -> Heading | None:
        """Give the heading of the table that begins; None where the list before goes on."""
        paragraphs, self._paragraphs = self._paragraphs, []
        for paragraph in reversed(paragraphs):
            if heading := _heading(paragraph):
                return heading
        return None


def level_of(number: str, text: str) -> str:
    """Name the kind of number that a heading has: what sits on one level shares one kind."""
    start = number or (text.split(maxsplit=1)[0] if annex_wording.is_enumerated(text) else "")
    bare = start.strip("().:–-")
    if bare.isdecimal():
        return "figure"
    if len(bare) == 1 and bare not in "IVX":
        return "letter"
    return "roman" if annex_wording.is_group_number(bare) else bare.casefold()


def _heading(paragraph: Paragraph) -> Heading | None:
    text = paragraph.text.replace("\n", " ")
    folded = fold(text)
    if len(text) > _LONGEST_HEADING or not folded or _ASIDE.match(text) or _ASIDE.match(folded):
        return None
    level = level_of(paragraph.number, text)
    if annex_wording.names_a_group(text):
        return Heading(text, level)
    if _TITLE.match(folded):
        return Heading(None, "title")
    ends_a_sentence = text.endswith((".", ";", ","))
    numbered = bool(paragraph.number) or annex_wording.is_enumerated(text)
    agency = annex_wording.names_an_agency(text) and text.isupper()
    return Heading(text, level) if agency or (numbered and not ends_a_sentence) else None
