"""Telling word by word how one text became another, for pages and for Word's tracked changes."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from catalogue.domain.limits import COMPARED_WORD_PAIRS

# A word takes the blanks before it along; blanks that matched alone would part strange words.
_TOKEN = re.compile(r"\n| *[^ \n]+| +")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
KEPT, INSERTED, DELETED = "", "ins", "del"

# How a stretch of words came about, and the words; a line end is a stretch of its own.
Stretch = tuple[str, str]


def changed(old: str, new: str) -> list[Stretch]:
    """Tell word by word how one text becomes the other; two endless ones only as wholes."""
    before, after = _TOKEN.findall(_plain(old)), _TOKEN.findall(_plain(new))
    if len(before) * len(after) > COMPARED_WORD_PAIRS and before != after:
        return _stretches(DELETED, before) + _stretches(INSERTED, after)
    found: list[Stretch] = []
    for how, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            found += _stretches(KEPT, before[i:j])
        else:
            found += _stretches(DELETED, before[i:j]) + _stretches(INSERTED, after[k:m])
    return found


def _stretches(how: str, words: Sequence[str]) -> list[Stretch]:
    """Join words to stretches, parted at line ends."""
    parts = re.split("(\n)", "".join(words))
    return [(how, part) for part in parts if part]


def _plain(text: str) -> str:
    return _LINE_END.sub("\n", text).replace("\t", " ")
