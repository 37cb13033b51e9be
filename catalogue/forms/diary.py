"""The lines that a person types of a day: read all at once, each error at its own field."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from catalogue.domain.diary import LineDraft, checked_text, parse_minutes
from catalogue.domain.errors import Invalid, Refusal
from catalogue.domain.limits import LOG_TEXT_CHARACTERS, NAME_CHARACTERS
from catalogue.domain.words import WorkPlace
from catalogue.forms.base import count, key

T = TypeVar("T")
SHORT_CHARACTERS = 200
MOST_LINES = 60
FIELDS: Mapping[str, str] = {
    "task": "Nhiệm vụ",
    "hours": "Số giờ",
    "product": "Sản phẩm",
    "quantity": "Số lượng",
    "content": "Nội dung",
    "document": "Số, ký hiệu văn bản",
    "pages": "Số trang",
    "overtime": "Làm ngoài giờ chuẩn",
    "place": "Nơi làm việc",
    "work_item": "Việc nhiều ngày",
    "evidence": "Minh chứng",
    "note": "Ghi chú",
}
# What the form sends beside its lines: what is to be done, and what was searched for.
_AROUND = {"csrf_token", "op", "tim"}
_NAME = re.compile(r"(0|[1-9][0-9]{0,2})-([a-z_]+)")
SENT_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STALE = "Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại."


def new_entry_key() -> str:
    """Give a line the key by which its repeated sending is recognised."""
    return str(uuid.uuid4())


@dataclass(slots=True)
class TypedLine:
    """One line as it stands on the page; `at` begins the names of its fields, such as `0-`."""

    at: str
    values: dict[str, str]
    entry_key: str = field(default_factory=new_entry_key)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def refuse(self, name: str | None, message: str) -> None:
        place = name if name and name in FIELDS else "task"
        self.errors.setdefault(place, []).append(message)

    def draft(self) -> LineDraft:
        """Read every field; what cannot be read stands among the errors."""
        if not SENT_KEY.fullmatch(self.entry_key):
            self.refuse("task", STALE)
        chosen = partial(key, message="Nhiệm vụ: hãy chọn một việc trong danh sách.")
        return LineDraft(
            task_version_id=self._read("task", chosen) or 0,
            minutes=self._read("hours", parse_minutes) or 0,
            content=self._text("content") or "",
            product=self._text("product"),
            quantity=self._count("quantity"),
            overtime=bool(self["overtime"]),
            place=self._read("place", _place),
            document_number=self._text("document", SHORT_CHARACTERS),
            pages=self._count("pages"),
            evidence=self._text("evidence", NAME_CHARACTERS),
            note=self._text("note"),
            work_item_id=self._read("work_item", _work_item),
            entry_key=self.entry_key,
        )

    def _count(self, name: str) -> int | None:
        return self._read(name, partial(count, label=FIELDS[name]))

    def _text(self, name: str, limit: int = LOG_TEXT_CHARACTERS) -> str | None:
        read = partial(checked_text, field=name, label=FIELDS[name], limit=limit)
        return self._read(name, read) or None

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self[name])
        except Invalid as refusal:
            self.refuse(name, str(refusal))
            return None


@dataclass(slots=True)
class DaySheet:
    """The lines of one day that are not written yet, and what is wrong with them as a whole."""

    lines: list[TypedLine] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def refusals(self) -> list[tuple[str | None, str]]:
        """List every error with the field that it belongs to, in the order of the page."""
        own: list[tuple[str | None, str]] = [(None, message) for message in self.errors]
        return own + [
            (f"{line.at}{name}", f"Dòng {place} · {message}")
            for place, line in enumerate(self.lines, start=1)
            for name in FIELDS
            for message in line.errors.get(name, ())
        ]

    def add(self, **values: str) -> TypedLine:
        """Put a new line at the end."""
        number = max((int(line.at[:-1]) for line in self.lines), default=-1) + 1
        self.lines.append(TypedLine(f"{number}-", values))
        return self.lines[-1]

    def renew_keys(self, places: Iterable[int]) -> None:
        for place in places:
            self.lines[place].entry_key = new_entry_key()

    def drop(self, number: str) -> None:
        self.lines = [line for line in self.lines if line.at != f"{number}-"]

    def drafts(self) -> list[LineDraft]:
        """Read all lines; what cannot be read stands among the refusals."""
        if not self.lines:
            self.errors.append("Chưa có dòng nào để ghi. Hãy chọn một nhiệm vụ trong danh sách.")
        if len(self.lines) > MOST_LINES:
            self.errors.append(f"Một lần ghi không quá {MOST_LINES} dòng. Hãy ghi thành nhiều lần.")
        return [line.draft() for line in self.lines]

    def show(self, refused: Iterable[Refusal]) -> None:
        """Show what the rules refused, each at its line and field."""
        for refusal in refused:
            if refusal.line is None:
                self.errors.append(refusal.message)
            else:
                self.lines[refusal.line].refuse(refusal.field, refusal.message)


def typed(form: Mapping[str, str]) -> DaySheet:
    """Read what a form holds; a line is there where its key is."""
    lines: dict[int, TypedLine] = {}
    for name in form:
        found = _NAME.fullmatch(name)
        if found and found[2] == "entry_key":
            lines[int(found[1])] = TypedLine(f"{found[1]}-", {}, form[name])
    for name, text in form.items():
        found = _NAME.fullmatch(name)
        if found and found[2] in FIELDS and int(found[1]) in lines:
            lines[int(found[1])].values[found[2]] = text
    return DaySheet([lines[number] for number in sorted(lines)])


def unexpected(sent: Iterable[str]) -> list[str]:
    """List the names that were sent and that the sheet does not know."""
    return sorted(name for name in sent if name not in _AROUND and not _is_known(name))


def _is_known(name: str) -> bool:
    found = _NAME.fullmatch(name)
    return found is not None and (found[2] in FIELDS or found[2] == "entry_key")


def _place(text: str) -> WorkPlace | None:
    if not text:
        return None
    found = next((place for place in WorkPlace if place == text), None)
    if found is None:
        raise Invalid("Nơi làm việc: không có lựa chọn này.")
    return found


def _work_item(text: str) -> int | None:
    return key(text, message="Việc nhiều ngày: không có lựa chọn này.") if text else None
