"""Characters that a Vietnamese office text does not hold: old encodings, look-alikes, controls."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from catalogue.domain.problems import Problem
from catalogue.domain.text import clean, forbidden_character
from catalogue.importers import refusals

_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_USUAL = f" -~{_VIETNAMESE}{_VIETNAMESE.upper()}–—‘’“”…•°²³§×½«»≤≥→☐☒☑"
_UNUSUAL = re.compile(f"[^{_USUAL}]")
_PROPER = re.compile("[ăđơưạ-ỹ]", re.IGNORECASE)
_LOOK_ALIKES = re.compile("[ÐðƉɖ]")
_SPOILT_WORD = re.compile(
    r"[^\W\d_]*(?:(?<=[A-Za-z])[µ¸¶·¹¨©ª«¬®¾¼½¡¢§£¤¥¦»ÆÇËÌÎÏÑÖ×ØÛÜÞßäåæçëïñøö÷ûüþ]"
    r"|[µ¸¶·¹¨©®¾¼½ÆÇËÎÏÑÖ×ØÛÜÞßäåæçëïñøö÷ûüþ](?=[A-Za-z]))[^\W\d_]*"
)
_VNI_PAIR = re.compile(r"[aeiouyAEIOUY][äåëïøöûüÄÅËÏØÖÛÜ]")
_TCVN3_LETTER = re.compile(r"[µ¸¶·¹¨©ª«¬®¾¼½ÆÇÞß×÷þ]")
# A name such as «München» may stand in a proper text; a whole text of such words may not.
_TOO_MANY_SPOILT = 3


# Stand before each cell and each paragraph of a row's raw text; XML may hold neither.
CELL_MARK = "\x1f"
PARAGRAPH_MARK = "\x1e"
_FIRST_PARAGRAPH = CELL_MARK + PARAGRAPH_MARK
_UNUSUAL_IN_ROW = re.compile(f"[^{PARAGRAPH_MARK}{CELL_MARK}{_USUAL}]")
_UNTIDY = ("  ", f" {CELL_MARK}", f"{CELL_MARK} ")
# Worth a look only where a cell has more than one paragraph.
_UNTIDY_PARAGRAPHS = (
    *_UNTIDY, f" {PARAGRAPH_MARK}", f"{PARAGRAPH_MARK} ", PARAGRAPH_MARK * 2,
    f"{PARAGRAPH_MARK}{CELL_MARK}", f"{CELL_MARK}{PARAGRAPH_MARK}",
)  # fmt: skip


class Characters:
    """Brings each text to its stored form and remembers what was wrong with any of them.

    A text that comes again and again, as down a column, is one finding at its first place.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._wrong: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._proper = False

    def tidy(self, text: str, place: Callable[[], str]) -> str:
        """Give the text clean; most needs no more than one look, and nobody asks for its place."""
        tidy = text.strip()
        self._proper = self._proper or bool(_PROPER.search(tidy))
        if "  " in tidy or _UNUSUAL.search(tidy):
            return self._mend(" ".join(tidy.split()), place())
        return tidy

    def untidy(self, texts: Collection[str]) -> set[str]:
        """Give the texts that are not clean as they stand; one look at all of them finds none."""
        row = CELL_MARK.join(("", *texts, ""))
        self._proper = self._proper or bool(_PROPER.search(row))
        marks = row.count(CELL_MARK) + row.count(PARAGRAPH_MARK)
        if marks == len(texts) + 1 and not _UNUSUAL_IN_ROW.search(row) and not _is_untidy(row):
            return set()
        return {
            text for text in texts if _UNUSUAL.search(text) or "  " in text or text != text.strip()
        }

    def tidy_row(self, raw: str, place: Callable[[], str]) -> list[str]:
        """Give the clean texts of a row's cells, each begun by its mark; most need but one look."""
        row = f"{raw}{CELL_MARK}".replace(_FIRST_PARAGRAPH, CELL_MARK)
        self._proper = self._proper or bool(_PROPER.search(row))
        if _UNUSUAL_IN_ROW.search(row) or _is_untidy(row):
            return [self.tidy_cell(cell, place) for cell in raw.split(CELL_MARK)[1:]]
        return row.replace(PARAGRAPH_MARK, "\n").split(CELL_MARK)[1:-1]

    def tidy_cell(self, raw: str, place: Callable[[], str]) -> str:
        """Give the clean text of one cell, blank paragraphs left out."""
        lines = [self.tidy(line, place) for line in raw.split(PARAGRAPH_MARK) if line]
        return "\n".join(filter(None, lines))

    def refuse_old_encoding(self, find_font: Callable[[], str]) -> None:
        """Refuse the whole file once all of it was seen to be in an encoding before Unicode.

        A few spoilt words settle it only beside a font made for them, looked for if need be.
        """
        spoilt = [word for text in self._wrong for word in _SPOILT_WORD.findall(text)]
        if not spoilt or self._proper:
            return
        font = find_font()
        if font or len(spoilt) >= _TOO_MANY_SPOILT:
            first = next(filter(_SPOILT_WORD.search, self._wrong))
            raise refusals.not_unicode(self._name, _encoding(font, spoilt), first[:80])

    def problems(self) -> list[Problem]:
        """Say what has to be mended; all of it blocks."""
        return [
            Problem(self._first[text], what + _times(count), fix, blocks=True)
            for text, count in self._wrong.items()
            for what, fix in _faults(text)
        ]

    def _mend(self, text: str, place: str) -> str:
        text = clean(text)
        if _SPOILT_WORD.search(text) or any(_faults(text)):
            self._wrong[text] += 1
            self._first.setdefault(text, place)
        return text


def _is_untidy(row: str) -> bool:
    """Tell a row with needless spaces or blank paragraphs in any of its cells."""
    gaps = _UNTIDY_PARAGRAPHS if PARAGRAPH_MARK in row else _UNTIDY
    return any(gap in row for gap in gaps)


def old_encoding(text: str) -> str:
    """Name the encoding before Unicode that a text read letter by letter seems to be in."""
    return _encoding("", _SPOILT_WORD.findall(text))


def _encoding(font: str, spoilt: Sequence[str]) -> str:
    if font:
        return "VNI" if font.upper().startswith("VNI") else "TCVN3 (ABC)"
    words = " ".join(spoilt)
    vni = _VNI_PAIR.search(words) and not _TCVN3_LETTER.search(words)
    return "VNI" if vni else "TCVN3 (ABC)"


def _faults(text: str) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a text and how to mend it."""
    if _LOOK_ALIKES.search(text):
        yield f"«{text}» — ký tự lạ, có phải «Đ»?", "Gõ lại chữ «Đ» rồi tải lại."
    if found := forbidden_character(text):
        position, code = found
        shown = text.encode("ascii", "backslashreplace").decode()
        yield (
            f"«{shown}» — ký tự điều khiển {code} ở vị trí {position}",
            "Xóa ký tự đó rồi tải lại.",
        )


def _times(count: int) -> str:
    return f" (có ở {count} chỗ, đây là chỗ đầu tiên)" if count > 1 else ""
