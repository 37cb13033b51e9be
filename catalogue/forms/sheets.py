"""What a person has typed into one section of a draft: fields, rows of fields, rows in rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from catalogue.domain.errors import Invalid

_STEP = re.compile(r"([a-z])([0-9]{1,4})-")
_PATH = re.compile(r"(?:[a-z][0-9]{1,4}-)+")
_GONE = "Dòng này không còn ở chỗ cũ. Hãy mở lại trang rồi làm lại; chưa có gì thay đổi."


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields a section or a row has, with their labels, and which rows stand in it."""

    label: str
    fields: Mapping[str, str]
    prefix: str = ""
    row: "Shape | None" = None

    def label_of(self, name: str) -> str | None:
        """Say what a field is called, with the rows that it stands in; None for another's."""
        step = _STEP.match(name)
        if step is None:
            return self.fields.get(name)
        prefix, place = step.groups()
        if self.row is None or prefix != self.prefix:
            return None
        label = self.row.label_of(name[step.end() :])
        return label and f"{self.row.label} {int(place) + 1} · {label}"


class Field(NamedTuple):
    """One field as it stands on the page."""

    name: str
    label: str
    text: str


@dataclass(slots=True)
class Sheet:
    """A section, or one row of it: texts by field, and its rows.

    `at` is what stands before its fields' names, such as `d0-t1-`; `was` is the place of the row
    in what was last saved, None for one that is new.
    """

    shape: Shape
    values: dict[str, str]
    rows: list["Sheet"] = field(default_factory=list)
    at: str = ""
    was: int | None = None

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def list_at(self) -> str:
        """Name the list of its rows, as the buttons that add to it do."""
        return f"{self.at}{self.shape.prefix}"

    @property
    def is_blank(self) -> bool:
        return not any(self.values.values()) and not self.rows

    def fields(self, where: str = "") -> Iterator[Field]:
        """Give every field in the order of the page, its label with the rows that it stands in."""
        for name, label in self.shape.fields.items():
            yield Field(f"{self.at}{name}", f"{where}{label}", self.values[name])
        for number, row in enumerate(self.rows, start=1):
            yield from row.fields(f"{where}{row.shape.label} {number} · ")

    def weight(self) -> int:
        """Count the bytes that a form takes that sends it whole."""
        marks = [(f"{row.at}was", str(row.was)) for row in self.all_rows()]
        typed_in = [(each.name, each.text) for each in self.fields()]
        return len(urlencode(marks + typed_in, errors="replace"))

    def all_rows(self) -> Iterator["Sheet"]:
        for row in self.rows:
            yield row
            yield from row.all_rows()

    def renumber(self) -> None:
        """Name each row by its place."""
        for number, row in enumerate(self.rows):
            row.at = f"{self.list_at}{number}-"
            row.renumber()

    def settle(self) -> None:
        """Take the rows for saved as they now stand."""
        for number, row in enumerate(self.rows):
            row.was = number
            row.settle()

    def drop_blank(self) -> None:
        """Leave out rows in which nothing was typed."""
        for row in self.rows:
            row.drop_blank()
        self.rows = [row for row in self.rows if not row.is_blank]

    def rest_on(self, saved: "Sheet") -> None:
        """Say of each row which saved one it was, by its first field that has words."""
        free = list(enumerate(saved.rows))
        for row in self.rows:
            same = [pair for pair in free if pair[1].main_text == row.main_text]
            row.was = same[0][0] if same else None
            row.rest_on(same[0][1] if same else Sheet(row.shape, {}))
            free = [pair for pair in free if pair not in same[:1]]

    @property
    def main_text(self) -> str:
        return self.values.get("text") or self.values.get("name") or "".join(self.values.values())


def blank(shape: Shape) -> Sheet:
    return Sheet(shape, dict.fromkeys(shape.fields, ""))


def filled(shape: Shape, values: Mapping[str, str], rows: Sequence[Sheet] = ()) -> Sheet:
    """Lay out what is saved; each row is the one that it was."""
    sheet = Sheet(shape, {name: values.get(name, "") for name in shape.fields}, list(rows))
    sheet.settle()
    sheet.renumber()
    return sheet


def typed(shape: Shape, form: Mapping[str, str], at: str = "") -> Sheet:
    """Read what a form holds; a row is there where its hidden `was` is."""
    sheet = Sheet(shape, {name: form.get(f"{at}{name}", "") for name in shape.fields}, at=at)
    while shape.row and f"{sheet.list_at}{len(sheet.rows)}-was" in form:
        row = typed(shape.row, form, f"{sheet.list_at}{len(sheet.rows)}-")
        was = form[f"{row.at}was"]
        row.was = int(was) if was.isascii() and was.isdigit() and len(was) < len("10000") else None
        sheet.rows.append(row)
    _name_each_once(sheet.rows)
    return sheet


def find(sheet: Sheet, path: str) -> tuple[Sheet, int]:
    """Find a row by its path, such as `d0-t1-`: what it stands in, and its place there."""
    if not _PATH.fullmatch(path):
        raise Invalid(_GONE)
    *above, (letter, place) = _STEP.findall(path)
    holder = sheet
    for outer, number in above:
        holder = _row(holder, outer, int(number))
    _row(holder, letter, int(place))
    return holder, int(place)


def find_list(sheet: Sheet, path: str) -> Sheet:
    """Find what a list of rows stands in, by the list's path, such as `d0-t`."""
    holder = sheet
    if len(path) > 1:
        outer, place = find(sheet, path[:-1])
        holder = outer.rows[place]
    if path[-1:] != holder.shape.prefix or holder.shape.row is None:
        raise Invalid(_GONE)
    return holder


def _row(holder: Sheet, letter: str, place: int) -> Sheet:
    if letter != holder.shape.prefix or place >= len(holder.rows):
        raise Invalid(_GONE)
    return holder.rows[place]


def _name_each_once(rows: Sequence[Sheet]) -> None:
    seen: set[int] = set()
    for row in rows:
        if row.was in seen:
            row.was = None
        elif row.was is not None:
            seen.add(row.was)
