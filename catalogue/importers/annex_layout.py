"""Which column of an annex table holds what, told from its header in any wording and order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from catalogue.importers.annex_labels import (
    CODE,
    HEADCOUNT,
    NAME,
    NO,
    OTHER,
    RANK,
    ROLES,
    is_label,
    names_code_too,
    role_of,
)
from catalogue.importers.blocks import Cell, TableRow

_SUBSTANCE = (RANK, CODE, HEADCOUNT)
_LESS_SURE = 3


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

    `pick` takes what ROLES have from the cells of a row with one cell to each of the header's, or
    from their texts, and what stands behind them for a role without a column; None where the header
    has wider columns. `coded` says whether the name's column prints the code as well.
    """

    columns: dict[str, range]
    labels: tuple[Label, ...]
    coded: bool = False
    pick: Callable[[tuple[Any, ...]], tuple[Any, ...]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if all(label.span == 1 for label in self.labels):
            first, after = self.labels[0].column, len(self.labels)
            places = (
                self.columns[role].start - first if role in self.columns else after
                for role in ROLES
            )
            object.__setattr__(self, "pick", itemgetter(*places))

    @property
    def width(self) -> int:
        return max(label.end for label in self.labels)

    @property
    def has_substance(self) -> bool:
        """Tell whether anything but number and name is asked of a position."""
        return any(role in self.columns for role in _SUBSTANCE)

    def refitted(self, row: TableRow) -> "Layout | None":
        """Fit the layout to a table on another grid, cell by cell.

        A narrower row without its last cells keeps its columns; None where nothing fits.
        """
        if row_width(row) == self.width:
            return self
        if len(row.cells) != len(self.labels):
            return self if row_width(row) < self.width else None
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
    if not all(is_label(label.text) for label in labels):
        return None
    best, unknown = _best(labels)
    weight, named = best.get(NAME, (0, None))
    coded = named is not None and CODE not in best and names_code_too(named.text)
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
        elif role != OTHER and (role not in best or weight > best[role][0]):
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


def _role(label: Label) -> tuple[str | None, int]:
    """Give what a column holds and how surely; under a wider label it holds a part of that."""
    own, over = role_of(label.text), role_of(label.above)
    if own is not None and over is not None and over[0] == RANK and own[0] == NAME:
        return over  # "Tên và mã số" below "Ngạch" is the rank's name, not the position's
    if own is not None:
        return own
    role, weight = role_of(f"{label.above} {label.text}") or (None, 0)
    return role, weight - _LESS_SURE


def _unnamed(unknown: Sequence[Label], best: dict[str, tuple[int, Label]]) -> Label | None:
    """Find the name's column where its header is blank, or worded as nobody foresaw.

    A word like «Ký hiệu» alone does not make a list of positions of a table of abbreviations.
    """
    sure = RANK in best or (CODE in best and best[CODE][0] > 1)
    blank = [label for label in unknown if not label.text]
    candidates = blank or (unknown if sure and len(best) > 1 else [])
    after = best[NO][1].end if NO in best else 0
    following = [label for label in candidates if label.column >= after]
    return next(iter(following or candidates), None)


def _is_list(columns: dict[str, range], name_weight: int) -> bool:
    """Ask for a name beside something else; a name that is only guessed wants a surer company."""
    sure = any(role in columns for role in _SUBSTANCE)
    return sure or (NO in columns and name_weight > 1)
