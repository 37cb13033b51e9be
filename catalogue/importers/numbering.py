"""Word's list engine: which "1.", "a)" or "-" it prints before a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from catalogue.importers.styles import WORDML, Styles, value

_DEEPEST = 8
_LONGEST_FIGURE = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str
    decimal_only: bool
    restarts: bool


@dataclass(slots=True)
class _List:
    """The levels of one `w:num`; lists made from the same pattern share its counters."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """All lists of a document, counting as the paragraphs come by in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else dict(_lists(root))

    def of(self, properties: tuple[str, str] | None, style: str) -> str:
        """Count a paragraph and give its number; `properties` are its own list and level."""
        inherited = self._styles.numbered.get(style)
        if properties is None and inherited is None:
            return ""
        own_list, own_level = properties or ("", "")
        style_list, style_level = inherited or ("", "")
        numbered = self._lists.get(own_list or style_list)
        if numbered is None:
            return ""
        linked = "" if own_list else _level_of_style(numbered, style)
        return _advance(numbered, _as_level(own_level or linked or style_level))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_FIGURE else otherwise


def _as_level(text: str) -> int:
    return min(_whole(text, 0), _DEEPEST)


def _level_of_style(numbered: _List, style: str) -> str:
    levels = (index for index, level in numbered.levels.items() if level.style == style)
    return str(next(levels, ""))


def _advance(numbered: _List, index: int) -> str:
    level = numbered.levels.get(index)
    if level is None:
        return ""
    counters = numbered.counters
    if index in numbered.restarts:  # only at the first use
        counters[index] = numbered.restarts.pop(index)
    else:
        counters[index] = counters.get(index, level.start - 1) + 1
    for deeper in [key for key in counters if key > index]:
        if deeper not in numbered.levels or numbered.levels[deeper].restarts:
            del counters[deeper]
    return _print(numbered, level)


def _print(numbered: _List, level: _Level) -> str:
    if level.form == "bullet":
        return _bullet(level.text)
    if level.form == "none" and "%" not in level.text:
        return level.text.strip()

    def figure(found: re.Match[str]) -> str:
        index = int(found.group(1)) - 1
        shown = numbered.levels.get(index)
        if shown is None:
            return ""
        form = "decimal" if level.decimal_only else shown.form
        return _figure(numbered.counters.get(index, shown.start), form)

    return _PLACEHOLDER.sub(figure, level.text).strip()


def _bullet(text: str) -> str:
    """Give the bullet; one from a symbol font's private characters is a plain dot to us."""
    return "•" if any("\ue000" <= letter <= "\uf8ff" for letter in text) else text.strip()


def _figure(number: int, form: str) -> str:
    if form == "decimalZero":
        return f"{number:02d}"
    if form in {"upperRoman", "lowerRoman"}:
        return _cased(_roman(number), form)
    if form in {"upperLetter", "lowerLetter"}:
        return _cased(_letters(number), form)
    return "" if form == "none" else str(number)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    if not 0 < number < 10 * _ROMAN[0][0]:
        return str(number)
    text = ""
    for size, digits in _ROMAN:
        count, number = divmod(number, size)
        text += digits * count
    return text


def _letters(number: int) -> str:
    """Count as Word does: … y, z, aa, bb, cc."""
    if not 0 < number <= _LETTERS * _LETTERS:
        return str(number)
    times, index = divmod(number - 1, _LETTERS)
    return chr(ord("a") + index) * (times + 1)


def _lists(root: Element) -> Iterator[tuple[str, _List]]:
    patterns = {
        pattern.get(f"{WORDML}abstractNumId", ""): pattern
        for pattern in root.iterfind(f"{WORDML}abstractNum")
    }
    by_style_name = {
        value(pattern.find(f"{WORDML}styleLink")): key for key, pattern in patterns.items()
    }
    counters: dict[str, dict[int, int]] = {}
    for num in root.iterfind(f"{WORDML}num"):
        key = value(num.find(f"{WORDML}abstractNumId"))
        pattern = patterns.get(key)
        linked = value(None if pattern is None else pattern.find(f"{WORDML}numStyleLink"))
        if linked:
            key = by_style_name.get(linked, key)
            pattern = patterns.get(key)
        levels = {} if pattern is None else dict(_levels(pattern))
        numbered = _List(levels, counters.setdefault(key, {}))
        _override(numbered, num)
        yield num.get(f"{WORDML}numId", ""), numbered


def _override(numbered: _List, num: Element) -> None:
    for change in num.iterfind(f"{WORDML}lvlOverride"):
        index = _as_level(change.get(f"{WORDML}ilvl", "0"))
        numbered.levels.update(_levels(change))
        start = value(change.find(f"{WORDML}startOverride"))
        if start:
            numbered.restarts[index] = _whole(start, 1)


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterfind(f"{WORDML}lvl"):
        decimal_only = level.find(f"{WORDML}isLgl") is not None
        yield (
            _as_level(level.get(f"{WORDML}ilvl", "0")),
            _Level(
                start=_whole(value(level.find(f"{WORDML}start")), 1),
                form=value(level.find(f".//{WORDML}numFmt")) or "decimal",
                text=value(level.find(f"{WORDML}lvlText")),
                style=value(level.find(f"{WORDML}pStyle")),
                decimal_only=decimal_only,
                restarts=value(level.find(f"{WORDML}lvlRestart")) != "0",
            ),
        )
