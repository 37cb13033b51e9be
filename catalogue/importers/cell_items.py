"""Parting the lines of a cell into the items that its writer meant."""

import re
from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from catalogue.importers.blocks import Cell

_BULLETS = " -–—−•·●▪■◦○*+\uf02d\uf0a7\uf0b7"
_ENUMERATED = re.compile(r"(?:[a-zđ]{1,2}|\d+(?:\.\d+)*)[.)]\s", re.IGNORECASE)
_ORDINAL = re.compile(r"\(?(\d+(\.\d+)*|[IVX]+|[a-z])[.)]?")
_END_OF_SENTENCE = (".", ";", ":", "!", "?", "…")
_OPENING = "(“\"«['"


class Item(NamedTuple):
    """One item, its bullet apart; an a) or 1. stays in the text, since it is part of what is said.

    `listed` tells that the item stands in a list, by its bullet or its number.
    """

    text: str
    bullet: str
    listed: bool


def items(cell: Cell) -> tuple[Item, ...]:
    """Give the items of a cell: one per line, but that a line may go on from the one before."""
    if len(cell.lines) == 1 and not cell.numbers:
        item = _item(cell.lines[0], "")
        return (item,) if item.text else ()
    found: list[Item] = []
    numbers = cell.numbers or repeat("")
    for line, number in zip(cell.lines, numbers, strict=False):
        item = _item(line, number)
        if found and _goes_on(found[-1].text, item):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {item.text}")
        elif item.text:
            found.append(item)
    return tuple(found)


def texts(cell: Cell | None) -> tuple[str, ...]:
    """Give the items' texts alone."""
    return tuple([item.text for item in items(cell)]) if cell else ()


def joined(parts: Iterable[Item]) -> str:
    """Make one text of items: one of a list opens a line, other lines were broken only to fit."""
    text = ""
    for part in parts:
        between = "\n" if part.listed else " "
        text = f"{text}{between}{part.text}" if text else part.text
    return text


def is_ordinal(text: str) -> bool:
    """Tell whether a cell holds but a number: 1, 2.1, (II), a)."""
    return bool(_ORDINAL.fullmatch(text))


def _item(line: str, number: str) -> Item:
    words = line.lstrip(_BULLETS)
    if words == line and not number:
        return Item(words, "", bool(_ENUMERATED.match(words)))
    bullet = line[: len(line) - len(words)].strip()
    if number and not number.strip(_BULLETS):
        bullet = number
    elif words and number:
        words = f"{number} {words}"
    return Item(words, bullet, bool(bullet or number or _ENUMERATED.match(words)))


def _goes_on(before: str, item: Item) -> bool:
    """Tell whether a line was broken off in mid-sentence: nothing ended, nothing new began."""
    if item.listed or before.endswith(_END_OF_SENTENCE):
        return False
    return item.text.lstrip(_OPENING)[:1].islower()
