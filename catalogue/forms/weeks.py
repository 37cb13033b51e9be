"""The grid of a week, tasks by days: a cell in which hours were typed is a line to write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from textwrap import shorten
from uuid import UUID, uuid5

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Refusal
from catalogue.forms.diary import FIELDS, SENT_KEY, STALE, TypedLine, new_entry_key

CELL_FIELDS = ("hours", "product", "content")
MOST_ROWS = 60
_NAME_CHARACTERS = 80
_CELL = re.compile(r"([1-9][0-9]{0,8})-([0-6])-(hours|product|content)")
_ROW = re.compile(r"row-([1-9][0-9]{0,8})")
_AROUND = {"csrf_token", "op", "sheet_key", "more"}

Place = tuple[int, int]


@dataclass(slots=True)
class WeekSheet:
    """The cells in which something was typed, by task and day of the week (Monday is 0).

    `names` are the tasks' own, by their identity: errors name the row that they stand in.
    `sheet_key` gives each cell its own key, so that a week that is sent twice is written once.
    """

    sheet_key: str = field(default_factory=new_entry_key)
    rows: list[int] = field(default_factory=list)
    cells: dict[Place, TypedLine] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    names: Mapping[int, str] = field(default_factory=dict)

    def cell(self, task_id: int, place: int) -> TypedLine:
        """Give what was typed in a cell, or an empty one."""
        return self.cells.get((task_id, place)) or TypedLine(f"{task_id}-{place}-", {}, "")

    @property
    def refusals(self) -> list[tuple[str | None, str]]:
        """List every error with the field that it belongs to, day by day."""
        own: list[tuple[str | None, str]] = [(None, message) for message in self.errors]
        in_order = sorted(self.cells, key=lambda place: place[::-1])
        return own + [
            (
                f"{cell.at}{name if name in CELL_FIELDS else 'hours'}",
                f"{_DAYS[day]}{_named(self.names.get(task_id))} · {message}",
            )
            for task_id, day in in_order
            for cell in [self.cells[task_id, day]]
            for name in FIELDS
            for message in cell.errors.get(name, ())
        ]

    def of_day(self, place: int) -> list[TypedLine]:
        """Give the cells of one day, in the order in which `drafts` reads them."""
        return [cell for (_, day), cell in sorted(self.cells.items()) if day == place]

    def drafts(self, place: int, versions: Mapping[int, int], *, overtime: bool) -> list[LineDraft]:
        """Read one day's cells; `versions` are the tasks of that day by their identity."""
        if not SENT_KEY.fullmatch(self.sheet_key):
            self.errors = [STALE]
            return []
        drafts = []
        for (task_id, day), cell in sorted(self.cells.items()):
            if day == place:
                cell.values["task"] = str(versions.get(task_id, ""))
                cell.values["overtime"] = "y" if overtime else ""
                cell.entry_key = str(uuid5(UUID(self.sheet_key), f"{task_id}/{day}"))
                drafts.append(cell.draft())
        return drafts

    def show(self, place: int, refused: Iterable[Refusal]) -> None:
        """Show what the rules refused of one day, each at its cell."""
        cells = self.of_day(place)
        for refusal in refused:
            if refusal.line is None:
                self.errors.append(f"{_DAYS[place]} · {refusal.message}")
            else:
                cells[refusal.line].refuse(refusal.field, refusal.message)


def _named(task: str | None) -> str:
    """Name a task where errors are listed, a long one by its beginning."""
    return f", «{shorten(task, _NAME_CHARACTERS, placeholder='…')}»" if task else ""


def typed(form: Mapping[str, str]) -> WeekSheet:
    """Read what a form holds; a cell without a word in it is none."""
    rows = [int(found[1]) for name in form if (found := _ROW.fullmatch(name))]
    sheet = WeekSheet(form.get("sheet_key", ""), rows[:MOST_ROWS])
    for name, text in form.items():
        found = _CELL.fullmatch(name)
        if found and text.strip():
            place = int(found[1]), int(found[2])
            cell = sheet.cells.setdefault(place, sheet.cell(*place))
            cell.values[found[3]] = text
    return sheet


def unexpected(sent: Iterable[str]) -> list[str]:
    """List the names that were sent and that the grid does not know."""
    known = (_CELL, _ROW)
    return sorted(
        name
        for name in sent
        if name not in _AROUND and not any(each.fullmatch(name) for each in known)
    )


_DAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
