"""A year's calendar as pasted lines or .csv: day, kind and source, parted by tab, `;` or `,`."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.domain.days import parse_day
from catalogue.domain.errors import Invalid, UnreadableFile
from catalogue.domain.foundation import DayFact
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.problems import Problem
from catalogue.domain.text import clean, fold, forbidden_character
from catalogue.domain.words import DayKind
from catalogue.domain.working_calendar import why_odd

_DELIMITERS = "\t;,"
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_MOST_LINES = 400
_PARTS = 3
_KINDS = {fold(kind.label): kind for kind in DayKind}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that were read, and what could not be."""

    days: Sequence[DayFact]
    problems: Sequence[Problem]


def decoded(data: bytes, name: str) -> str:
    """Read the bytes of a .csv as text; raises UnreadableFile for what is no Unicode."""
    try:
        return data.decode("utf-16" if data.startswith(_BOMS) else "utf-8-sig")
    except UnicodeDecodeError:
        message = (
            f"Tệp «{name}» không dùng bảng mã Unicode. Hãy lưu lại là «CSV UTF-8» rồi gửi. "
            "Chưa có dữ liệu nào được ghi."
        )
        raise UnreadableFile(message) from None


def read(text: str, year: int) -> Calendar:
    """Read lines like `30/04/2024; Nghỉ lễ; BLLĐ 2019, Điều 112`; a line of headings is passed."""
    lines = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and fold(lines[0][1]).startswith("ngay"):
        lines = lines[1:]
    if not lines or len(lines) > _MOST_LINES:
        what = f"có {len(lines)} dòng, cần từ 1 đến {_MOST_LINES}"
        return Calendar((), [_blocking("Danh sách", what, "Mỗi ngày một dòng.")])
    days, problems = dict[date, DayFact](), list[Problem]()
    for place, line in lines:
        found = _day(line, year, days)
        if isinstance(found, DayFact):
            days[found.day] = found
        else:
            problems.append(_blocking(f"Dòng {place}", *found))
    return Calendar(list(days.values()), problems)


def _day(line: str, year: int, days: dict[date, DayFact]) -> DayFact | tuple[str, str]:
    """Read one line, or say what is wrong with it and how to mend it."""
    cells = _cells(line)
    if len(cells) < _PARTS:
        return f"chỉ có {len(cells)} phần", "Ghi ngày; loại; căn cứ."
    kind = _KINDS.get(fold(cells[1]))
    if kind is None:
        return f"không có loại «{cells[1]}»", f"Ghi một trong: {_labels()}."
    try:
        fact = DayFact(parse_day(cells[0], label="Ngày"), kind, "; ".join(filter(None, cells[2:])))
    except Invalid as refusal:
        return str(refusal), "Ghi ngày như 30/04/2024."
    return _why_not(fact, year, days) or fact


def _why_not(fact: DayFact, year: int, days: dict[date, DayFact]) -> tuple[str, str] | None:
    named = f"ngày {fact.day:%d/%m/%Y}"
    if fact.day.year != year:
        return f"{named} không thuộc năm {year}", "Mỗi lần nhập một năm."
    if fact.day in days:
        return f"{named} đã có ở dòng trên", "Mỗi ngày một dòng."
    why = why_odd(fact)
    if forbidden_character(fact.source) or len(fact.source) > NAME_CHARACTERS:
        why = "căn cứ quá dài hoặc có ký tự điều khiển"
    return (why, "Sửa ngày, loại hoặc căn cứ.") if why else None


def _cells(line: str) -> list[str]:
    delimiter = next((each for each in _DELIMITERS if each in line), ";")
    try:
        (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return []
    return [clean(cell) for cell in cells]


def _labels() -> str:
    return ", ".join(kind.label for kind in DayKind)


def _blocking(where: str, what: str, fix: str) -> Problem:
    return Problem(where, what, fix, blocks=True)
