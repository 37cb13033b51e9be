"""Reading the rows of one sheet of a diary: each a line, a problem, or nothing that is meant."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from catalogue.domain import limits, sheet_values
from catalogue.domain.diary_columns import DiaryColumn as C
from catalogue.domain.diary_sheet import SheetRow
from catalogue.domain.errors import Invalid
from catalogue.domain.problems import Problem
from catalogue.domain.sheet_values import Cell
from catalogue.domain.text import fold
from catalogue.importers.characters import Characters
from catalogue.importers.diary_headings import Grid, Header, letterhead_name
from catalogue.importers.spreadsheet_package import FORMULA, Beside

T = TypeVar("T")
Values = Mapping[C, Cell]

_TOTAL = re.compile(r"(?:tong|cong)(?: (?:tong|cong|so|gio|thang|tuan|quy|nam|ngay|\d+))*")
_LENGTHS: Mapping[C, int] = {
    C.TASK: limits.NAME_CHARACTERS, C.EVIDENCE: limits.NAME_CHARACTERS,
    C.DOCUMENT: 200, C.PERSON: 200,
}  # fmt: skip
_SHOWN = 80
# Nothing is amiss with so short a text but, perhaps, its characters.
_SHORT = 200
_MEND = "Sửa ô này rồi tải lại"


class DiarySheet:
    """Reads one sheet; what cannot be read is gathered in `problems`."""

    def __init__(
        self,
        place: tuple[str, str],
        rows: Grid,
        header: Header,
        beside: Beside,
        characters: Characters,
        *,
        since_1904: bool,
    ) -> None:
        self.problems: list[Problem] = []
        self._file, self._sheet = place
        self._rows, self._header, self._beside = rows, header, beside
        self._characters, self._since_1904 = characters, since_1904
        self._columns = tuple(header.columns.items())
        self._number = 0
        self._day: date | None = None
        self._person = letterhead_name(rows[: header.first])
        self._over = False

    def read(self) -> Iterator[SheetRow]:
        """Read row after row; a day or a name that is left blank is that of the row above."""
        first = self._header.last + 1
        for number, cells in enumerate(self._rows[first:], start=first + 1):
            self._number = number
            values = {
                column: cells[place]
                for column, place in self._columns
                if place < len(cells) and cells[place] != ""
            }
            broken = self._is_ragged(cells) or (bool(self._beside.broken) and self._broken())
            if values and not broken and not self._is_total(cells, values):
                yield from self._lines(values)
        self._tell_hidden()

    def _is_ragged(self, cells: Sequence[Cell]) -> bool:
        """Refuse a row with cells beyond its headings: a separator too many moves all of them."""
        width = len(self._header.headings)
        if len(cells) <= width or not any(cells[width:]):
            return False
        what = f"dòng có {len(cells)} ô, nhiều ô hơn tiêu đề ({width})"
        fix = "Đặt ô có dấu phân cách trong nháy kép, hoặc lưu lại dạng Excel (.xlsx)"
        self.problems.append(Problem(self._row_place(), what, fix, blocks=True))
        return True

    def _broken(self) -> bool:
        """Refuse errors and formulas without a value, in the columns that count."""
        found = False
        for column, place in self._columns:
            sign = self._beside.broken.get((self._number, place + 1))
            if sign is not None:
                self._refuse(column, sign, _why_broken(sign))
                found = True
        return found

    def _is_total(self, cells: Sequence[Cell], values: Values) -> bool:
        """Tell a row of sums: what stands below it are signatures."""
        lead = next((cell for cell in cells if cell != ""), "")
        if not isinstance(lead, str) or not _TOTAL.fullmatch(fold(lead)):
            return False
        if isinstance(values.get(C.DAY, lead), str):
            self._over = True
        return self._over

    def _lines(self, values: Values) -> Iterator[SheetRow]:
        work, timed = C.TASK in values or C.CONTENT in values, self._is_timed(values)
        if C.DAY in values:
            self._day = self._read(C.DAY, values, self._read_day)
            if self._day is None:
                return
        if C.PERSON in values:
            self._person = self._text(C.PERSON, values)
        below_totals = self._over and C.DAY not in values
        if (work or timed) and not below_totals and self._is_whole(work=work, timed=timed):
            yield from self._line(values)

    def _is_whole(self, *, work: bool, timed: bool) -> bool:
        """Tell a row with a day, hours and words; what it lacks is a problem."""
        if self._day is None:
            self._lack(C.DAY, "Ghi ngày của dòng")
        elif not timed:
            self._lack(C.HOURS, "Ghi số giờ, hoặc xóa dòng nếu đây không phải là việc đã làm")
        elif not work:
            self._lack(C.TASK, "Ghi nhiệm vụ hoặc nội dung công việc")
        else:
            return True
        return False

    def _is_timed(self, values: Values) -> bool:
        """Tell a row with hours; a template's formula gives 0 in rows that nobody filled in."""
        if values.get(C.HOURS, 0) not in (0, "0"):
            return True
        return isinstance(values.get(C.OVERTIME), (float, int)) and bool(values[C.OVERTIME])

    def _line(self, values: Values) -> Iterator[SheetRow]:
        known = len(self.problems)
        minutes, overtime = self._time(values)
        place, note = self._place(values)
        row = SheetRow(
            sheet=self._sheet,
            row=self._number,
            day=self._day or date.min,
            minutes=minutes or 0,
            task=self._text(C.TASK, values),
            content=self._text(C.CONTENT, values),
            product=self._text(C.PRODUCT, values),
            quantity=self._read(C.QUANTITY, values, sheet_values.count_of),
            overtime=overtime,
            place=place,
            document=self._text(C.DOCUMENT, values),
            pages=self._read(C.PAGES, values, sheet_values.count_of),
            evidence=self._text(C.EVIDENCE, values),
            note=note,
            person=self._person,
        )
        if len(self.problems) == known:
            yield row

    def _time(self, values: Values) -> tuple[int | None, bool]:
        """Read the minutes, and whether they are overtime: by a mark, or by their column."""
        extra = self._read(C.OVERTIME, values, sheet_values.overtime_of) or False
        if extra is True or extra is False:
            return self._read(C.HOURS, values, sheet_values.minutes_of), extra
        if C.HOURS in values:
            why = "dòng có cả giờ trong và giờ ngoài; hãy tách thành hai dòng, hoặc ghi «x»"
            self._refuse(C.OVERTIME, values[C.OVERTIME], why)
        return extra, True

    def _place(self, values: Values) -> tuple[Any, str]:
        """Recognise where work was done; what is said in other words goes into the note."""
        told, note = self._text(C.PLACE, values), self._text(C.NOTE, values)
        place = sheet_values.place_of(told) if told else None
        if told and place is None:
            note = f"{note}\n{C.PLACE.label}: {told}".strip()
        return place, note

    def _read_day(self, cell: Cell) -> date:
        return sheet_values.day_of(cell, since_1904=self._since_1904)

    def _read(self, column: C, values: Values, read: Callable[[Cell], T]) -> T | None:
        """Read the value of a column; one that cannot be read is a problem, and None."""
        if column not in values:
            return None
        cell = values[column]
        if sheet_values.broken(cell):
            self._refuse(column, cell, _why_broken(str(cell)))
            return None
        try:
            return read(cell)
        except Invalid as refusal:
            self._refuse(column, cell, str(refusal))
            return None

    def _text(self, column: C, values: Values) -> str:
        if column not in values:
            return ""
        cell = values[column]
        if isinstance(cell, str) and len(cell) <= _SHORT and "\n" not in cell and cell[0] != "#":
            return self._characters.tidy(cell, self._row_place)
        text = self._read(column, values, sheet_values.text_of) or ""
        tidy = "\n".join(
            filter(
                None, (self._characters.tidy(line, self._row_place) for line in text.split("\n"))
            )
        )
        limit = _LENGTHS.get(column, limits.LOG_TEXT_CHARACTERS)
        if len(tidy) > limit:
            self._refuse(column, tidy, f"dài {len(tidy)} ký tự, vượt giới hạn {limit}")
        return tidy

    def _row_place(self) -> str:
        return " › ".join(filter(None, (self._file, self._sheet, f"dòng {self._number}")))

    def _lack(self, column: C, fix: str) -> None:
        place = self._header.columns.get(column)
        heading = column.label if place is None else self._header.headings[place]
        where = f"{self._row_place()} › cột «{heading}»"
        self.problems.append(Problem(where, "ô để trống", fix, blocks=True))

    def _refuse(self, column: C, cell: Cell, why: str) -> None:
        heading = self._header.headings[self._header.columns[column]]
        what, _, fix = why.partition("; ")
        shown = str(cell)[:_SHOWN]
        self.problems.append(
            Problem(
                f"{self._row_place()} › cột «{heading}»",
                f"«{shown}» — {what}",
                fix[:1].upper() + fix[1:] if fix else _MEND,
                blocks=True,
            )
        )

    def _tell_hidden(self) -> None:
        hidden = sorted(row for row in self._beside.hidden if row > self._header.last + 1)
        filled = [row for row in hidden if row <= len(self._rows) and any(self._rows[row - 1])]
        if filled:
            listed = ", ".join(map(str, filled[:20])) + ("…" if len(filled) > 20 else "")  # noqa: PLR2004
            where = f"{self._file} › {self._sheet}"
            what = f"có {len(filled)} dòng đang ẩn hoặc bị lọc: {listed}"
            fix = "Bỏ lọc và hiện các dòng, hoặc xóa chúng, rồi tải lại"
            self.problems.append(Problem(where, what, fix, blocks=True))


def _why_broken(sign: str) -> str:
    if sign == FORMULA:
        return "ô công thức chưa có giá trị; hãy mở tệp, lưu lại, hoặc dán dạng giá trị"
    return "ô công thức báo lỗi; hãy sửa công thức, hoặc dán dạng giá trị"
