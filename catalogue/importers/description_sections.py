"""Sections 3 to 5.1 of a job description: relations, authority, qualifications."""

from dataclasses import dataclass, field

from catalogue.domain.description import Authority, OutsideRelation, Relations
from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell
from catalogue.importers.cell_items import items, joined, texts
from catalogue.importers.description_labels import split_number
from catalogue.importers.description_layout import FormRow
from catalogue.importers.description_words import Column

_INSIDE = {
    Column.MANAGED_BY: "managed_by",
    Column.MANAGES: "manages",
    Column.IN_UNIT: "coordinates_in_unit",
    Column.WITH: "coordinates_with",
}
_POWER = "tham quyen"
_SENTENCE_ENDS = (".", ";", ",")
_LONGEST_SECTION = 160


class RelationsInside:
    """Gathers section 3.1, whose columns are the fields."""

    def __init__(self) -> None:
        self._sides: dict[str, tuple[str, ...]] = dict.fromkeys(_INSIDE.values(), ())

    def row(self, row: FormRow) -> None:
        seen: set[int] = set()
        for column, side in _INSIDE.items():
            cell = row.take(column)
            if cell and cell.column not in seen:
                seen.add(cell.column)
                self._sides[side] += texts(cell)

    def finish(self, outside: tuple[OutsideRelation, ...]) -> Relations:
        return Relations(**self._sides, outside=outside)


class RelationsOutside:
    """Gathers section 3.2; a nature merged over several rows is said of each of them."""

    def __init__(self) -> None:
        self._rows: list[tuple[list[str], list[str]]] = []

    def row(self, row: FormRow) -> None:
        body, nature = row.take(Column.BODY), row.take(Column.NATURE)
        bodies = list(texts(body))
        natures = [] if nature is body else list(texts(nature))
        if not bodies and self._rows and not (body and body.tags):
            self._rows[-1][1].extend(natures)
        elif nature and nature.continues and not natures and self._rows:
            self._rows.append((bodies, self._rows[-1][1]))
        else:
            self._rows.append((bodies, natures))

    def finish(self) -> tuple[OutsideRelation, ...]:
        return tuple(
            OutsideRelation("\n".join(bodies), "\n".join(natures) or None)
            for bodies, natures in self._rows
        )


@dataclass(slots=True)
class _Heading:
    """A heading among the powers. Where nothing stands under it, it was a power after all."""

    no: str
    text: str
    powers: list[Authority] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return f"{self.no.rstrip('.')}. {self.text}" if self.no else self.text


class Powers:
    """Gathers section 4, each line one power under the number of its row."""

    def __init__(self) -> None:
        self._headings = [_Heading("", "")]
        self._in_table = False

    def row(self, row: FormRow) -> None:
        self._in_table = True
        cell = row.take(Column.POWER)
        if cell is None:
            return
        beside = row.take(Column.NO)
        merged = beside is cell
        number = "" if beside is None or merged else " ".join(beside.printed).strip()
        self._add(number, cell, merged=merged)

    def line(self, line: Cell, _: str) -> bool:
        """Take a line outside tables: any where there is no table, else only a heading."""
        if not self._in_table:
            self._add("", line, merged=False)
            return True
        number, text = split_number(next(iter(texts(line)), ""))
        if not _is_heading(number, text, merged=False):
            return False
        self._headings.append(_Heading(number, text))
        return True

    def finish(self) -> tuple[Authority, ...]:
        return tuple(
            power for heading in self._headings for power in heading.powers or _alone(heading)
        )

    def _add(self, number: str, cell: Cell, *, merged: bool) -> None:
        lines = list(texts(cell))
        tag = cell.tags[0] if cell.tags else None
        if lines and not number and not tag:
            number, lines[0] = split_number(lines[0])
        if tag and tag.name == "authority_section":
            self._headings.append(_Heading("", " ".join(lines)))
            return
        if not tag and len(lines) == 1 and _is_heading(number, lines[0], merged=merged):
            self._headings.append(_Heading(number, lines[0]))
            return
        heading = self._headings[-1]
        section = heading.printed or None
        heading.powers += [Authority(number, line, section) for line in lines]


class Qualifications:
    """Gathers section 5.1 under its own labels, whatever an office calls them."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, ...]] = {}
        self._in_table = False

    def row(self, row: FormRow) -> None:
        self._in_table = True
        label, detail = row.take(Column.LABEL), row.take(Column.DETAIL)
        if label is detail:
            label = None
        name = joined(items(label)) if label else ""
        if not (label and label.tags):
            name = name.rstrip(": ")
        self._add(name, texts(detail))

    def line(self, line: Cell, _: str) -> bool:
        """Take a line where there is no table: a label with its text, or more for the last one."""
        text = " ".join(texts(line))
        label, colon, rest = text.partition(":")
        if self._in_table or text.isupper():  # capitals are who signs, not what is asked
            return False
        said = rest.strip() if colon else text
        self._add(split_number(label.strip())[1] if colon else "", (said,) if said else ())
        return True

    def _add(self, label: str, lines: tuple[str, ...]) -> None:
        label = label or next(reversed(self.found), "")
        self.found[label] = self.found.get(label, ()) + lines


def _is_heading(number: str, text: str, *, merged: bool) -> bool:
    """Tell whether a row of section 4 heads the rows below it (leaders have two such headings)."""
    named = fold(text[: len(_POWER)]) == _POWER and not text.endswith(_SENTENCE_ENDS)
    return len(text) <= _LONGEST_SECTION and (merged or number.rstrip(".").isupper() or named)


def _alone(heading: _Heading) -> list[Authority]:
    return [Authority(heading.no, heading.text)] if heading.text else []
