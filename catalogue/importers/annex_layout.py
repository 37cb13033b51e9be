"""Which column of an annex table holds what, told from its header in any wording and order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell, TableRow

NO = "no"
NAME = "name"
RANK = "rank"
CODE = "code"
HEADCOUNT = "headcount"
GROUP = "group"
_OTHER = "other"
_SUBSTANCE = (RANK, CODE, HEADCOUNT)

_LONGEST_LABEL = 160
_LESS_SURE = 3
_RANK_WORDS = r"(ngach|cdnn|chuc danh nghe nghiep|hang chuc danh|bac nghe nghiep)"
_NAMING = r"(ten goi |ten |danh muc |cac )*(cua )?"
# Asked in this order; the weight settles which of two columns of one kind is meant.
_WORDINGS = tuple(
    (re.compile(pattern), role, weight)
    for pattern, role, weight in (
        (r"((s ?)?t ?t|so tt|so thu tu|thu tu|so|no)$", NO, 0),
        (r"(ty le|ti le|ghi chu|can cu|yeu cau|co quan|don vi|trong do)\b", _OTHER, 0),
        (r"(so luong )?(so )?(luong )?(vi tri|vtvl)( viec lam)? (hien co|duoc duyet)", _OTHER, 0),
        (r"(so luong|so) (vi tri|vtvl)\b", _OTHER, 0),
        (rf"(ma|ky hieu)( so)?( hieu)?( \w+)? {_RANK_WORDS}", _OTHER, 0),
        (r"(ma|ky hieu)( so| hieu)?( va)? ten\b", NAME, 4),
        (r"ten( va)? (ma|ky hieu)\b", NAME, 4),
        (r"(ma|ky hieu)( so| hieu)?\b.*(vi tri|vtvl|viec lam)", CODE, 2),
        (r"(ma|ky hieu)( so| hieu)?( \w+)?$", CODE, 1),
        (r"(phan )?nhom( vi tri| vtvl| viec lam|$)", GROUP, 0),
        (rf"{_NAMING}(vi tri viec lam|vtvl|vi tri cong tac)\b", NAME, 4),
        (rf"{_NAMING}vi tri\b", NAME, 3),
        (rf"(ten )?(tuong ung )?(voi )?{_RANK_WORDS}", RANK, 2),
        (r"(tieu chuan |yeu cau )?(ve )?(ngach|hang)\b", RANK, 1),
        (rf"{_NAMING}(chuc danh|chuc vu)\b", NAME, 2),
        (r"(tong so|tong cong|tong)$", HEADCOUNT, 3),
        (r"(\w+ ){0,3}(phan bo|giao|duoc giao)\b.*(bien che|chi tieu|nguoi)", HEADCOUNT, 5),
        (r"(\w+ ){0,3}bien che\b.*(giao|phan bo)", HEADCOUNT, 5),
        (r"(\w+ ){0,3}(bien che|chi tieu)\b(?!.*hien co)", HEADCOUNT, 4),
        (
            r"(so luong|sl|so nguoi|nguoi lam viec|so cong chuc|so vien chuc|so bc|bc)\b",
            HEADCOUNT,
            2,
        ),
        (r"(\w+ ){0,3}bien che\b", HEADCOUNT, 1),
        (r"(ten|ten goi)$", NAME, 1),
    )
)
_CODED = re.compile(r"\bma\b")
_PERSON = re.compile(r"ho (va )?ten\b")
_FIGURE_ONLY = re.compile(r"(?!(?:19|20)\d\d$)[\s.,()%]*\d[\d\s.,()%]*$")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


class Label(NamedTuple):
    """One header cell; `above` is the label of the wider cell that it stands under."""

    column: int
    span: int
    text: str
    above: str = ""

    @property
    def end(self) -> int:
        return self.column + self.span


@dataclass(frozen=True, slots=True)
class Layout:
    """The grid columns of each role; `labels` are the header's cells in their order.

    `places` says which cell holds which role where each column of the header is one of the grid;
    `coded`, whether the name's column prints the code as well.
    """

    columns: dict[str, range]
    labels: tuple[Label, ...]
    coded: bool = False
    places: tuple[tuple[str, int], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        if all(label.span == 1 for label in self.labels):
            places = tuple((role, place.start) for role, place in self.columns.items())
            object.__setattr__(self, "places", places)

    @property
    def width(self) -> int:
        return max(label.end for label in self.labels)

    @property
    def has_substance(self) -> bool:
        """Tell whether anything but number and name is asked of a position."""
        return any(role in self.columns for role in _SUBSTANCE)

    def refitted(self, row: TableRow) -> "Layout | None":
        """Fit the layout to a table on another grid, cell by cell; None where the count differs."""
        if row_width(row) == self.width:
            return self
        if len(row.cells) != len(self.labels):
            return None
        moved = {
            (label.column, label.span): cell
            for label, cell in zip(self.labels, row.cells, strict=True)
        }
        labels = tuple(
            label._replace(column=cell.column, span=cell.span)
            for label, cell in zip(self.labels, row.cells, strict=True)
        )
        columns = {
            role: range(cell.column, cell.column + cell.span)
            for role, place in self.columns.items()
            for cell in (moved[place.start, len(place)],)
        }
        return Layout(columns, labels, self.coded)


def row_width(row: TableRow) -> int:
    return max((cell.column + cell.span for cell in row.cells), default=0)


def labels_of(row: TableRow, above: Sequence[Label] = ()) -> tuple[Label, ...]:
    """Read a row as header labels; a blank or continuing cell takes the label above it."""
    return tuple(_label(cell, above) for cell in row.cells)


def layout_of(labels: Sequence[Label]) -> Layout | None:
    """Tell the layout from header labels, None where they are not the header of a position list."""
    if not _may_be_header(labels):
        return None
    best, unknown = _best(labels)
    weight, named = best.get(NAME, (0, None))
    coded = named is not None and CODE not in best and bool(_CODED.search(fold(named.text)))
    columns = {role: range(label.column, label.end) for role, (_, label) in best.items()}
    if NAME not in columns:
        name = _unnamed(unknown, best)
        if name is None:
            return None
        columns[NAME] = range(name.column, name.end)
    return Layout(columns, tuple(labels), coded) if _is_list(columns, weight) else None


def _best(labels: Sequence[Label]) -> tuple[dict[str, tuple[int, Label]], list[Label]]:
    """Give each role its surest label, and the labels that name no role."""
    best: dict[str, tuple[int, Label]] = {}
    unknown = []
    for label in labels:
        role, weight = _role(label)
        if role is None:
            unknown.append(label)
        elif role != _OTHER and (role not in best or weight > best[role][0]):
            best[role] = (weight, label)
    return best, unknown


def _label(cell: Cell, above: Sequence[Label]) -> Label:
    text = " ".join(cell.lines)
    over = next((label for label in above if label.column <= cell.column < label.end), None)
    if over is None:
        return Label(cell.column, cell.span, text)
    if not text or cell.continues:
        return Label(cell.column, cell.span, over.text, over.above)
    return Label(cell.column, cell.span, text, over.text)


def _may_be_header(labels: Sequence[Label]) -> bool:
    """Tell header labels from a row of data, a list of people or the box of a description."""
    return not any(
        len(label.text) > _LONGEST_LABEL
        or bool(_FIGURE_ONLY.match(label.text))
        or bool(_IN_BRACKETS.sub("", label.text).partition(":")[2].strip())
        or bool(_PERSON.match(fold(label.text)))
        for label in labels
    )


def _role(label: Label) -> tuple[str | None, int]:
    """Give what a column holds and how surely; under a wider label it holds a part of that."""
    own = _wording(label.text)
    over = _wording(label.above)
    if own is not None and over is not None and over[0] == RANK and own[0] == NAME:
        return over  # "Tên và mã số" below "Ngạch" is the rank's name, not the position's
    if own is not None:
        return own
    role, weight = _wording(f"{label.above} {label.text}") or (None, 0)
    return role, weight - _LESS_SURE


def _wording(text: str) -> tuple[str, int] | None:
    folded = fold(text)
    return next(
        ((role, weight) for pattern, role, weight in _WORDINGS if pattern.match(folded)), None
    )


def _unnamed(unknown: Sequence[Label], best: dict[str, tuple[int, Label]]) -> Label | None:
    """Find the name's column where its header is blank, or worded as nobody foresaw.

    A word like «Ký hiệu» alone does not make a list of positions of a table of abbreviations.
    """
    sure = RANK in best or (CODE in best and best[CODE][0] > 1)
    blank = [label for label in unknown if not label.text]
    candidates = blank or (unknown if sure and len(best) > 1 else [])
    after = best[NO][1].end if NO in best else 0
    return next((label for label in candidates if label.column >= after), None)


def _is_list(columns: dict[str, range], name_weight: int) -> bool:
    """Ask for a name beside something else; a name that is only guessed wants a surer company."""
    sure = any(role in columns for role in _SUBSTANCE)
    return sure or (NO in columns and name_weight > 1)
