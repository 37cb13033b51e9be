"""What a day's line is made of, and how people write hours."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from catalogue.domain.errors import Invalid
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.limits import LOG_TEXT_CHARACTERS
from catalogue.domain.text import clean, forbidden_character
from catalogue.domain.words import WorkPlace

_MINUTE_SIGN = " ?(?:phút|ph|p|['’′])"
_DECIMAL_HOURS = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))?(?: ?(?:giờ|h))?")
_CLOCK = re.compile(rf"([0-9]{{1,3}}) ?(?::|giờ|h|g) ?(?:([0-5]?[0-9])(?:{_MINUTE_SIGN})?)?")
_MINUTES = re.compile(rf"([0-9]{{1,4}}){_MINUTE_SIGN}")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line as a person tells it, before any rule has looked at it.

    `entry_key` is made by the sender, so that sending again writes nothing twice.
    """

    task_version_id: int
    minutes: int
    content: str = ""
    product: str | None = None
    quantity: int | None = None
    overtime: bool = False
    place: WorkPlace | None = None
    document_number: str | None = None
    pages: int | None = None
    evidence: str | None = None
    note: str | None = None
    work_item_id: int | None = None
    entry_key: str | None = None

    @property
    def told(self) -> str:
        """All that was typed about the work, beside the figures."""
        typed = (self.content, self.product, self.document_number, self.evidence, self.note)
        return " ".join(text for text in typed if text)


class FullLine(NamedTuple):
    """One line ready for bulk writing, named as the columns of its table."""

    assignment_id: int
    task_version_id: int
    day: date
    content: str
    product: str | None
    quantity: int | None
    minutes: int
    overtime: bool


def parse_minutes(text: str) -> int:
    """Read `7,5`, `7.5`, `7,5h`, `7:30`, `7h30`, `1 giờ 30`, `90p` as whole minutes.

    Raises Invalid for anything else, for nothing at all, and for more than a day.
    """
    minutes = read_minutes(text)
    if minutes is None:
        told = "hãy ghi như" if clean(text) else "chưa ghi; hãy ghi như"
        message = f"Số giờ: {told} 7,5 hoặc 7:30 hoặc 90p."
        raise Invalid(message, field="hours")
    if not 0 < minutes <= MINUTES_PER_DAY:
        raise Invalid("Số giờ: phải lớn hơn 0 và không quá 24.", field="hours")
    return minutes


def read_minutes(text: str) -> int | None:
    """Read a length of time as people write it; None for what is none."""
    text = clean(text).casefold()
    if match := _DECIMAL_HOURS.fullmatch(text):
        hours = Decimal(f"{match[1]}.{match[2] or 0}")
        return int((hours * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if match := _CLOCK.fullmatch(text):
        return int(match[1]) * 60 + int(match[2] or 0)
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    return None


def checked_text(text: str, *, field: str, label: str, limit: int = LOG_TEXT_CHARACTERS) -> str:
    """Clean what was typed; raises Invalid where a character or the length cannot stand."""
    cleaned = clean(text)
    if found := forbidden_character(cleaned):
        message = f"{label}: ký tự điều khiển {found[1]} ở vị trí {found[0]}. Hãy xóa ký tự này."
        raise Invalid(message, field=field)
    if len(cleaned) > limit:
        message = f"{label}: dài {len(cleaned)} ký tự, vượt giới hạn {limit}."
        raise Invalid(message, field=field)
    return cleaned
