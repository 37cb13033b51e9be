"""The box above section 1 of a job description: name, code and the other labelled lines."""

from collections.abc import Iterable, Sequence

from catalogue.importers.blocks import Cell, Tag
from catalogue.importers.description_labels import field, heading, labelled, split_number
from catalogue.importers.description_tags import FIELDS, in_box
from catalogue.importers.description_words import Field

_UNFILLED = " .…_-–:"


class Box:
    """Gathers labelled lines; a value stands after its label, below it, or in the next cell."""

    def __init__(self) -> None:
        self._known: dict[Field, list[str]] = {label: [] for label in Field}
        self._others: dict[str, list[str]] = {}
        self._open: list[str] | None = None

    @property
    def named(self) -> bool:
        return bool(self._known[Field.NAME])

    def __getitem__(self, label: Field) -> str:
        return _filled(self._known[label])

    def particulars(self) -> dict[str, str]:
        """Give the lines whose label is not one of the form's."""
        return {label: _filled(values) for label, values in self._others.items()}

    def take(self, lines: Iterable[str]) -> list[str]:
        """Take lines of one cell or one paragraph; give back those that belong to no label."""
        return [
            value or label
            for line in lines
            for label, value in labelled(line)
            if not self._take(label, value)
        ]

    def tagged(self, line: str, tag: Tag) -> None:
        """Take a line whose control says which field it is."""
        label, value = in_box(line, tag)
        known = FIELDS.get(tag.name)
        self._open = self._known[known] if known else self._others.setdefault(label, [])
        self._open.append(value)

    def pair(self, pairs: Iterable[tuple[str, Cell]]) -> None:
        """Take labels, which need no colon, with the cells of their values."""
        for label, value in pairs:
            self._open = self._values(label)
            self._open += value.printed

    def _take(self, label: str, value: str) -> bool:
        if label:
            self._open = self._values(label)
        if self._open is None:
            return False
        if value:
            self._open.append(value)
        return True

    def _values(self, label: str) -> list[str]:
        known = field(label)
        return self._known[known] if known else self._others.setdefault(split_number(label)[1], [])


def pairs_in(cells: Sequence[Cell], *, begun: bool) -> list[tuple[str, Cell]]:
    """Give each label with the cell of its value; [] for a row that is not laid out so.

    The first such row of a table has a label of the form's own; below it any label will do.
    """
    labels = [cell.text for cell in cells[::2]]
    if len(cells) % 2 or not all(labels) or any(":" in text or heading(text) for text in labels):
        return []
    known = begun or any(map(field, labels))
    return list(zip(labels, cells[1::2], strict=True)) if known else []


def labels_in(lines: Iterable[str]) -> set[Field]:
    """Give the form's own labels among these lines; a name's means that a description begins."""
    labels = (field(label) for line in lines for label, _ in labelled(line) if label)
    return {label for label in labels if label}


def _filled(values: Iterable[str]) -> str:
    """Join the lines of a value; dots that wait for a pen say nothing."""
    return "\n".join(value for value in values if value.strip(_UNFILLED))
