"""Reading what was typed into a section: every field that cannot stand is told, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.domain.diary import checked_text, read_minutes
from catalogue.domain.errors import Invalid
from catalogue.domain.limits import CELL_CHARACTERS, NAME_CHARACTERS
from catalogue.forms.sheets import Sheet

SHORT_CHARACTERS = 200
LONGEST = CELL_CHARACTERS
_LONGEST_NORM = 999 * 60
# What the tasks of the version before say, by their identity and in printed order.
Former = Mapping[int, str]
LEVELS = tuple("12345")


@dataclass(slots=True)
class Reading:
    """The errors found so far, by the name of their field; `former` may be gone on from."""

    former: Former = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def refuse(self, sheet: Sheet, name: str, message: str) -> None:
        self.errors.setdefault(f"{sheet.at}{name}", message)

    def text(self, sheet: Sheet, name: str, limit: int = NAME_CHARACTERS) -> str:
        """Read a text; one that cannot stand is told of, and read as none."""
        label = sheet.shape.fields[name]
        try:
            return checked_text(sheet[name], field=name, label=label, limit=limit)
        except Invalid as refusal:
            self.refuse(sheet, name, str(refusal))
            return ""

    def short(self, sheet: Sheet, name: str) -> str:
        return self.text(sheet, name, SHORT_CHARACTERS)

    def long(self, sheet: Sheet, name: str) -> str:
        return self.text(sheet, name, LONGEST)

    def required(self, sheet: Sheet, name: str) -> str:
        found = self.text(sheet, name)
        if not found:
            self.refuse(sheet, name, f"{sheet.shape.fields[name]}: hãy ghi.")
        return found

    def lines(self, sheet: Sheet, name: str, before: Sequence[str]) -> tuple[str, ...]:
        """Read one item a line; one that held breaks stays whole where its lines still stand."""
        return _items(self.long(sheet, name).split("\n"), before)

    def minutes(self, sheet: Sheet, name: str) -> int | None:
        text = self.short(sheet, name)
        minutes = read_minutes(text)
        if text and (minutes is None or not 0 < minutes <= _LONGEST_NORM):
            message = f"{sheet.shape.fields[name]}: hãy ghi như 90p, 1:30 hoặc 1,5 giờ."
            self.refuse(sheet, name, message)
            return None
        return minutes

    def level(self, sheet: Sheet, name: str) -> int | None:
        text = sheet[name].strip()
        if text and text not in LEVELS:
            self.refuse(sheet, name, f"{sheet.shape.fields[name]}: chỉ có cấp độ từ 1 đến 5.")
            return None
        return int(text) if text else None


def _items(lines: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    whole = {tuple(item.split("\n")) for item in before if "\n" in item}
    items: list[str] = []
    place = 0
    while place < len(lines):
        run = next((each for each in whole if tuple(lines[place:][: len(each)]) == each), ())
        items.append("\n".join(run or lines[place : place + 1]))
        place += len(run) or 1
    return tuple(item for item in items if item)
