"""Reading tasks that were pasted from Word or from a spreadsheet, several lines at once."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from catalogue.domain.text import clean, fold
from catalogue.domain.words import TaskKind

_BULLET = r"[-–—+*•▪◦·]"
_NUMBER = r"[0-9]{1,2}(?:\.[0-9]{1,2})*"
# What stands before an item of a list: a dash, a bullet, or a number or letter with its sign.
_MARKER = re.compile(
    rf"(?:{_BULLET}\s*|o\s+|{_NUMBER}[.)](?:\s+|(?=[^\W\d]))|[a-zđ][.)]\s+)(?=\S)", re.IGNORECASE
)
# Word parts the mark of a list from its item by a tab; so does a sheet its column of numbers.
_MARK_ALONE = re.compile(rf"{_BULLET}|o|{_NUMBER}[.)]?|[a-zđ][.)]", re.IGNORECASE)
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|\Z)')
_COLUMNS = 6
_KINDS = {fold(kind.label): kind for kind in TaskKind}


class PastedTask(NamedTuple):
    """One line as it was pasted, column by column; what a column means is read afterwards."""

    text: str
    product: str = ""
    product_unit: str = ""
    criterion: str = ""
    norm: str = ""
    kind: str = ""


def tasks(pasted: str) -> list[PastedTask]:
    """Read pasted lines: tabs part columns, marks of a list go, a quoted cell may hold breaks.

    Word's soft break (VT) stays a break inside its item. What stands beyond the last column is
    joined to it, so that it is seen and nothing is dropped unseen.
    """
    found = []
    for cells in _rows(pasted):
        if len(cells) > 1 and _MARK_ALONE.fullmatch(cells[0]):
            del cells[0]
        cells[0] = _without_mark(cells[0])
        if any(cells):
            last = _COLUMNS - 1
            found.append(PastedTask(*cells[:last], *filter(None, [" ".join(cells[last:])])))
    return found


def kind_of(text: str) -> TaskKind | None:
    """Recognise a kind of task by its Vietnamese label, whatever its case and marks."""
    return _KINDS.get(fold(text))


def _without_mark(text: str) -> str:
    mark = _MARKER.match(text)
    return text[mark.end() :] if mark else text


def _rows(pasted: str) -> Iterator[list[str]]:
    text = re.sub(r"\r\n?", "\n", pasted)
    cells: list[str] = []
    for quoted, plain, after in _CELL.findall(text):
        cells.append(clean(_unquoted(quoted) if quoted else plain))
        if after != "\t":
            yield cells
            cells = []


def _unquoted(text: str) -> str:
    """Take off the quotes that a sheet puts around breaks and quotes; other quotes are words'."""
    if "\n" in text or "\t" in text or '""' in text:
        return text.replace('""', '"')
    return f'"{text}"'
