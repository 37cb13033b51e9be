"""The words of one paragraph as they print: revisions, hidden text, fields and boxes resolved."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers import unread
from catalogue.importers.blocks import Tag
from catalogue.importers.characters import Characters
from catalogue.importers.fields import Fields
from catalogue.importers.numbering import Numbering
from catalogue.importers.package import Package
from catalogue.importers.styles import WORDML, Styles, child, is_on, number_properties, value
from catalogue.importers.tags import BOOKMARK, PROPERTIES, Tags, joined
from catalogue.importers.unread import Unread

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_PROPERTIES = WORDML + "pPr"
_RUN_PROPERTIES = WORDML + "rPr"
_STYLE = WORDML + "pStyle"
_RUN_STYLE = WORDML + "rStyle"
_NUMBERING = WORDML + "numPr"
_VANISH = WORDML + "vanish"
_DELETED = WORDML + "del"
_PRINTS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PRINTS_NOTHING = ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "rt", "fldData")
# Wingdings and Symbol keep their pictures in private characters; these are the usual ones.
_SYMBOLS = {
    "a8": "☐", "6f": "☐", "71": "☐", "fe": "☑", "fd": "☒", "78": "☒", "fc": "✓", "b7": "•",
    "a7": "▪", "d8": "➢", "e0": "→", "ae": "→", "2d": "-", "b3": "≥", "a3": "≤", "b0": "°",
}  # fmt: skip
_UNREADABLE_DRAWINGS = {"diagram": "SmartArt", "chart": "biểu đồ"}


@dataclass(slots=True)
class Printed:
    """What one paragraph prints: clean lines, the list's number, and the text boxes hung on it.

    Where a control has a tag that is asked for, the lines are one, its breaks kept.
    """

    lines: list[str] = field(default_factory=list)
    number: str = ""
    boxes: list[Element] = field(default_factory=list)
    tag: Tag | None = None


class Paragraphs:
    """Reads paragraphs in the document's order: lists count, and fields run on, between them."""

    def __init__(
        self, package: Package, characters: Characters, unread: Unread, tags: Tags
    ) -> None:
        self.styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self.styles)
        self._notes = {kind: _notes(package.related(kind)) for kind in ("footnotes", "endnotes")}
        self._characters = characters
        self._unread = unread
        self._name = package.name
        self._tags = tags
        self._tagged: list[Tag] = []
        self._place = ""
        self._hidden_style = False
        self._pieces: list[str] = []
        self._boxes: list[Element] = []
        self._fields = Fields()
        self._acts = self._make_acts()

    @property
    def runs_on(self) -> bool:
        """Tell whether the paragraph before has its mark deleted and runs on into the next."""
        return bool(self._pieces)

    def read(self, paragraph: Element, place: str) -> Printed:
        """Walk one paragraph; `place` is where to say what it holds that does not print.

        A paragraph whose mark is deleted prints nothing itself: its words run on into the next.
        """
        self._place, self._boxes, self._tagged = place, [], []
        properties = child(paragraph, _PROPERTIES)
        style = value(child(properties, _STYLE))
        self._hidden_style = style in self.styles.hidden
        self._walk(paragraph)
        if _runs_on(paragraph, properties):
            return Printed(boxes=self._boxes)
        number = "" if self._hidden_style else self._number(properties, style)
        tag = joined(self._tagged) or self._tags.around(paragraph)
        if tag is not None:
            return Printed(self._take_whole(), number, self._boxes, tag)
        return Printed(self._take_lines(), number, self._boxes)

    def _number(self, properties: Element | None, style: str) -> str:
        own = child(properties, _NUMBERING)
        return self._numbering.of(None if own is None else number_properties(own), style)

    def _take_lines(self) -> list[str]:
        """Split what was gathered at its soft breaks; empty lines are left out."""
        text, self._pieces = "".join(self._pieces), []
        tidy = (self._characters.tidy(line, lambda: self._place) for line in text.split("\n"))
        return [line for line in tidy if line]

    def _take_whole(self) -> list[str]:
        """Give what was gathered as one line, its soft breaks kept."""
        text, self._pieces = "".join(self._pieces), []
        lines = [self._characters.tidy(line, lambda: self._place) for line in text.split("\n")]
        whole = "\n".join(lines).strip("\n")
        return [whole] if whole else []

    def finish(self) -> None:
        """Refuse the file for a dangerous field anywhere in it."""
        self._fields.refuse_dangerous(self._name)

    def _make_acts(self) -> dict[str, Callable[[Element], None]]:
        """Say what to do at each element; one that is not named is walked into."""
        acts: dict[str, Callable[[Element], None]] = {
            WORDML + "t": self._text,
            MATH_TEXT: self._text,
            WORDML + "r": self._run,
            WORDML + "ins": self._inserted,
            WORDML + "moveTo": self._inserted,
            _DELETED: self._deleted,
            WORDML + "moveFrom": self._deleted,
            WORDML + "instrText": self._fields.instruct,
            WORDML + "fldSimple": self._simple_field,
            WORDML + "fldChar": self._fields.mark,
            WORDML + "sym": self._symbol,
            WORDML + "footnoteReference": self._note,
            WORDML + "endnoteReference": self._note,
            WORDML + "txbxContent": self._box,
            ALTERNATIVES: self._alternatives,
            _GRAPHIC: self._graphic,
        }
        if self._tags.carriers:
            acts |= {PROPERTIES: self._named, BOOKMARK: self._named}
        acts |= {WORDML + tag: self._print(text) for tag, text in _PRINTS.items()}
        return dict.fromkeys((WORDML + tag for tag in _PRINTS_NOTHING), _skip) | acts

    def _walk(self, element: Element) -> None:
        for inner in element:
            act = self._acts.get(str(inner.tag))
            if act is None:
                self._walk(inner)
            else:
                act(inner)

    def _print(self, text: str) -> Callable[[Element], None]:
        def act(_: Element) -> None:
            self._pieces.append(text)

        return act

    def _named(self, carrier: Element) -> None:
        if found := self._tags.read(carrier):
            before = " ".join("".join(self._pieces).split())
            self._tagged.append(found._replace(before=before))

    def _text(self, element: Element) -> None:
        if element.text and self._fields.printing:
            self._pieces.append(" ".join(element.text.splitlines()))

    def _run(self, run: Element) -> None:
        if not self._is_hidden(run):
            self._walk(run)
            return
        if quote := _all_text(run):
            self._unread.saw(unread.HIDDEN, quote, self._place)

    def _is_hidden(self, run: Element) -> bool:
        properties = child(run, _RUN_PROPERTIES)
        vanish = child(properties, _VANISH)
        if vanish is not None:
            return is_on(vanish)
        hidden = self.styles.hidden
        return self._hidden_style or bool(hidden and value(child(properties, _RUN_STYLE)) in hidden)

    def _inserted(self, element: Element) -> None:
        start = len(self._pieces)
        self._walk(element)
        self._unread.saw(unread.INSERTED, "".join(self._pieces[start:]), self._place)

    def _deleted(self, element: Element) -> None:
        self._unread.saw(unread.DELETED, _all_text(element), self._place)

    def _simple_field(self, element: Element) -> None:
        self._fields.instruct(element)
        self._walk(element)

    def _symbol(self, element: Element) -> None:
        code = element.get(f"{WORDML}char", "").lower()
        if symbol := _SYMBOLS.get(code.removeprefix("f0").removeprefix("00")):
            self._pieces.append(symbol)
        else:
            font = element.get(f"{WORDML}font", "")
            self._unread.saw(unread.SYMBOL, f"{font} {code}", self._place)

    def _note(self, element: Element) -> None:
        kind = "footnotes" if element.tag == WORDML + "footnoteReference" else "endnotes"
        text = self._notes[kind].get(element.get(f"{WORDML}id", ""), "")
        self._unread.saw(unread.NOTE, text, self._place)

    def _box(self, element: Element) -> None:
        self._boxes.append(element)
        self._unread.saw(unread.TEXT_BOX, _all_text(element), self._place)

    def _alternatives(self, element: Element) -> None:
        """Read the first alternative that says anything; the others repeat it."""
        before = (len(self._pieces), len(self._boxes))
        for alternative in element:
            self._walk(alternative)
            if (len(self._pieces), len(self._boxes)) != before:
                return

    def _graphic(self, element: Element) -> None:
        kind = element.get("uri", "").rpartition("/")[2]
        if kind in _UNREADABLE_DRAWINGS:
            self._unread.saw(unread.DRAWING, _UNREADABLE_DRAWINGS[kind], self._place)
        self._walk(element)


def _runs_on(paragraph: Element, properties: Element | None) -> bool:
    if child(child(properties, _RUN_PROPERTIES), _DELETED) is None:
        return False
    following = paragraph.getnext()
    return following is not None and following.tag == paragraph.tag


def _skip(_: Element) -> None:
    """Leave an element out that prints nothing."""


def _all_text(element: Element) -> str:
    return "".join(
        inner.text or "" for inner in element.iter(f"{WORDML}t", f"{WORDML}delText", MATH_TEXT)
    )


def _notes(root: Element | None) -> dict[str, str]:
    notes = () if root is None else root
    return {note.get(f"{WORDML}id", ""): _all_text(note).strip() for note in notes}
