"""Which of a document's styles hide their text or number their paragraphs."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

WORDML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{WORDML}val"
# Word names its own styles in English in every language.
_PROMPT = "placeholder text"
_OFF = {"0", "false", "off", "none"}


class Styles:
    """Style ids with what they mean for reading, inheritance resolved.

    `hidden` styles hide their text, or show what Word asks for until somebody types; `numbered`
    ones give a list's `numId` and, where they say so, its level.
    """

    def __init__(self, root: Element | None) -> None:
        entries = () if root is None else root.findall(f"{WORDML}style")
        self._styles = {style.get(f"{WORDML}styleId", ""): style for style in entries}
        self.hidden = frozenset(name for name in self._styles if self._hides(name))
        self.numbered = {
            name: number for name in self._styles if (number := self._number(name)) is not None
        }

    def _chain(self, name: str) -> Iterator[Element]:
        """Give a style and those it is based on, nearest first; a circle ends where it closes."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name].find(f"{WORDML}basedOn"))

    def _hides(self, name: str) -> bool:
        for style in self._chain(name):
            if value(style.find(f"{WORDML}name")).casefold() == _PROMPT:
                return True
            vanish = style.find(f"{WORDML}rPr/{WORDML}vanish")
            if vanish is not None:
                return is_on(vanish)
        return False

    def _number(self, name: str) -> tuple[str, str] | None:
        for style in self._chain(name):
            properties = style.find(f"{WORDML}pPr/{WORDML}numPr")
            if properties is not None and style.get(f"{WORDML}type") == "paragraph":
                return number_properties(properties)
        return None


def child(parent: Element | None, tag: str) -> Element | None:
    """Give the first child of a kind; lxml's own `find` takes three times as long."""
    if parent is not None:
        for found in parent.iterchildren(tag):
            return found
    return None


def value(element: Element | None) -> str:
    """Read `w:val`, "" where there is no such element."""
    return "" if element is None else element.get(VAL, "")


def is_on(toggle: Element) -> bool:
    """Tell whether an on/off property is on, as it is when it says nothing."""
    return toggle.get(VAL, "1") not in _OFF


def number_properties(properties: Element) -> tuple[str, str]:
    """Read a `w:numPr` as its list and its level, "" for one that is not given."""
    return (
        value(child(properties, f"{WORDML}numId")),
        value(child(properties, f"{WORDML}ilvl")),
    )
