"""Cleaning, folding and keying Vietnamese text the same way on every database."""

import re
import unicodedata

# What Word and spreadsheets paste and nobody sees: dropped without a question.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u2002\u2003\u3000\t"), " ")
_RUN_OF_SPACES = re.compile(r" {2,}")
# VT is what Word pastes for a soft line break; CR and CRLF come from forms.
_LINE_BREAKS = re.compile(r"\r\n|[\r\v\u2028\u2029]")
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def _folding() -> dict[int, str]:
    """Map each letter with marks to its bare one, each mark to nothing, the rest to a space."""
    table = {code: " " for code in range(0x80) if not chr(code).isalnum()}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if bare.isascii():
            table[code] = bare
    table.update(dict.fromkeys(range(0x300, 0x370), ""))
    table.update(dict.fromkeys(map(ord, "đĐðÐɖƉ"), "d"))
    # What stands between words in Vietnamese papers without being ASCII.
    table.update(dict.fromkeys(map(ord, "\u00a0–—‘’“”…•·«»"), " "))
    return table


_FOLDED = _folding()


def clean(text: str) -> str:
    """Bring text to NFC with plain spaces and line feeds; control characters stay for a refusal."""
    text = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    text = text.translate(_INVISIBLE).translate(_SPACES)
    return "\n".join(_RUN_OF_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def forbidden_character(text: str) -> tuple[int, str] | None:
    """Find the first control or bidirectional character: its position from 1 and its code."""
    found = _FORBIDDEN.search(text)
    return (found.start() + 1, f"U+{ord(found.group()):04X}") if found else None


def fold(text: str) -> str:
    """Drop marks, case and punctuation: the form in which names are searched and compared."""
    bare = text.translate(_FOLDED)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).casefold().encode("ascii", "ignore").decode()
        bare = bare.translate(_FOLDED)
    return " ".join(bare.split())


def code_key(code: str) -> str:
    """Give the key under which codes match: `TP -HTPV-02` and `TP-HTPV-2` are one."""
    parts = fold(code).split()
    return "-".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng


def sort_key(name: str) -> str:
    """Order people as Vietnamese lists do: by the given name, then by the rest.

    Letters sort by the alphabet (a ă â … d đ …), then by tone; the key is plain ASCII, so that
    both databases order it alike.
    """
    *rest, given = clean(name).casefold().split() or [""]
    return "  ".join(_collated(part) for part in (given, *rest))


def _collated(word: str) -> str:
    letters, tones = [], []
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in _TONES[1:] if mark in parts), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        place = _LETTERS.find(base)
        letters.append(f"{place:02d}" if place >= 0 else f"~{ord(base[0]):05x}")
        tones.append(str(_TONES.index(tone)))
    return "".join(letters) + " " + "".join(tones)
