"""Reading the rows of one sheet of a diary: each a line, a problem, or nothing that is meant."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import count
from typing import TypeVar

from catalogue.domain import limits, sheet_values
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetRow
from catalogue.domain.errors import Invalid
from catalogue.domain.problems import Problem
from catalogue.domain.secrecy import secret_word, worth_a_look
from catalogue.domain.sheet_values import Cell
from catalogue.domain.text import clean, fold
from catalogue.domain.words import TaskKind, WorkPlace
from catalogue.importers.characters import Characters
from catalogue.importers.diary_cells import NOTHING, Told, is_sum, picked, texts_of
from catalogue.importers.diary_headings import Grid, Header, letterhead_name
from catalogue.importers.diary_problems import RowProblems
from catalogue.importers.spreadsheet_package import Beside

T = TypeVar("T")

# Looked up once: an Enum is slow to name its members, and this is asked of every row.
(
    _DAY, _PERSON, _TASK, _CONTENT, _PRODUCT, _QUANTITY, _HOURS, _OVERTIME, _PLACE, _DOCUMENT,
    _PAGES, _EVIDENCE, _NOTE,
) = DiaryColumn  # fmt: skip
_TEXTS = (_TASK, _CONTENT, _PRODUCT, _PLACE, _DOCUMENT, _EVIDENCE, _NOTE)

_LENGTHS: Mapping[DiaryColumn, int] = {
    _TASK: limits.NAME_CHARACTERS, _EVIDENCE: limits.NAME_CHARACTERS,
    _DOCUMENT: 200, _PERSON: 200,
}  # fmt: skip
# Nothing is amiss with so short a text but, perhaps, its characters.
_SHORT = 200
_SECRET_TASK = fold(TaskKind.SECRET.label)


class DiarySheet:
    """Reads one sheet; what cannot be read is gathered in `problems`.

    `secret` tells whether a row named a secret paper: what such a row told is not kept.
    """

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
        self.secret = False
        self._sheet = place[1]
        self._wrong = RowProblems(*place, header)
        self._rows, self._header, self._beside = rows, header, beside
        self._characters = characters
        self._day_of = partial(sheet_values.day_of, since_1904=since_1904)
        self._day: date | None = None
        self._width = len(header.headings)
        self._person = letterhead_name(rows[: header.first])
        self._over = self._suspect = self._plain = False
        self._untidy: set[str] = set()

    @property
    def problems(self) -> list[Problem]:
        return self._wrong.found

    def read(self) -> Iterator[SheetRow]:
        """Read row after row; a day or a name that is left blank is that of the row above."""
        first = self._header.last + 1
        rows = self._rows[first:]
        told = picked(rows, self._header)
        self._look_at(told)
        broken = bool(self._beside.broken)
        for self._wrong.row, cells, row in zip(count(first + 1), rows, told, strict=False):
            spoilt = (broken or len(cells) > self._width) and self._is_spoilt(cells)
            if row == NOTHING or self._is_total(cells, row):
                continue
            if self._suspect and self._is_secret(row):
                continue
            if not spoilt and (line := self._line(row)):
                yield line
        self._tell_hidden()

    def _look_at(self, told: Iterable[Told]) -> None:
        """Find with one look at all texts which of them need a closer one; hardly any do."""
        cells = texts_of(told)
        texts = {cell for cell in cells if isinstance(cell, str)}
        self._untidy = self._characters.untidy(texts)
        self._untidy |= {each for each in texts if len(each) > _SHORT or sheet_values.broken(each)}
        self._plain = not self._untidy and len(texts) == len(cells)
        whole = "\n".join(texts)
        self._suspect = worth_a_look(clean(whole) if self._untidy else whole)

    def _is_spoilt(self, cells: Sequence[Cell]) -> bool:
        """Refuse a row with cells that hold no value, or stand beyond the headings.

        A separator too many moves all cells of a row.
        """
        if any(cells[self._width :]):
            self._wrong.refuse_ragged(len(cells))
            return True
        return self._is_broken()

    def _is_broken(self) -> bool:
        """Refuse errors and formulas without a value, in the columns that count."""
        found = False
        for column, place in self._header.columns.items():
            sign = self._beside.broken.get((self._wrong.row, place + 1))
            if sign is not None:
                self._wrong.refuse_broken(column, sign)
                found = True
        return found

    def _is_total(self, cells: Sequence[Cell], told: Told) -> bool:
        """Tell a row of sums, or one without a day below it: those are signatures."""
        lead = next(filter(None, cells), "")
        if isinstance(lead, str) and is_sum(lead):
            self._over = self._over or isinstance(told.day, str)
            return self._over
        return self._over and told.day == ""

    def _is_secret(self, told: Told) -> bool:
        """Refuse a row that names a secret paper; what it told is not kept."""
        task = "" if fold(str(told.task)) == _SECRET_TASK else told.task
        said = (task, *told[Told._fields.index("content") :])
        word = secret_word(clean(" ".join(cell for cell in said if isinstance(cell, str))))
        if word is None:
            return False
        self.secret = True
        self._carry(told)
        self._wrong.refuse_secret(word)
        return True

    def _carry(self, told: Told) -> bool:
        """Keep the day and the name for the rows below; False where the day cannot be read."""
        if told.person != "":
            self._person = self._text(_PERSON, told.person)
        if told.day != "":
            self._day = self._read(_DAY, told.day, self._day_of)
            return self._day is not None
        return True

    def _line(self, told: Told) -> SheetRow | None:
        """Read a row as a line; None where it is none, and where it has a problem."""
        known = len(self._wrong.found)
        if not self._carry(told) or not self._is_whole(told):
            return None
        if not self._plain:
            told = self._tidied(told)
        minutes, overtime = self._time(told)
        place, note = self._place(told) if told.place else (None, told.note)
        line = SheetRow(
            self._sheet,
            self._wrong.row,
            self._day or date.min,
            minutes or 0,
            told.task,
            told.content,
            told.product,
            self._read(_QUANTITY, told.quantity, sheet_values.count_of),
            overtime,
            place,
            told.document,
            self._read(_PAGES, told.pages, sheet_values.count_of),
            told.evidence,
            note,
            self._person,
        )
        return line if len(self._wrong.found) == known else None

    def _is_whole(self, told: Told) -> bool:
        """Tell a row with a day, hours and words; what it lacks of them is a problem."""
        work, timed = told.task != "" or told.content != "", told.is_timed
        if not work and not timed:
            return False
        if self._day is None:
            self._wrong.lack(_DAY)
        elif not timed:
            self._wrong.lack(_HOURS)
        elif not work:
            self._wrong.lack(_TASK)
        else:
            return True
        return False

    def _time(self, told: Told) -> tuple[int | None, bool]:
        """Read the minutes, and whether they are overtime: by a mark, or by their column."""
        extra = self._read(_OVERTIME, told.overtime, sheet_values.overtime_of) or False
        if extra is True or extra is False:
            return self._read(_HOURS, told.hours, sheet_values.minutes_of), extra
        if told.hours != "":
            why = "dòng có cả giờ trong và giờ ngoài; hãy tách thành hai dòng, hoặc ghi «x»"
            self._wrong.refuse(_OVERTIME, told.overtime, why)
        return extra, True

    def _place(self, told: Told) -> tuple[WorkPlace | None, str]:
        """Recognise where work was done; what is said in other words goes into the note."""
        place = sheet_values.place_of(told.place)
        if place is not None:
            return place, told.note
        return None, f"{told.note}\n{_PLACE.label}: {told.place}".strip()

    def _tidied(self, told: Told) -> Told:
        """Bring the texts of a row to their stored form."""
        texts = {column: self._text(column, getattr(told, column)) for column in _TEXTS}
        return told._replace(**texts)

    def _read(self, column: DiaryColumn, cell: Cell, read: Callable[[Cell], T]) -> T | None:
        """Read the value of a cell; one that cannot be read is a problem, and None."""
        if cell == "":
            return None
        try:
            return read(cell)
        except Invalid as refusal:
            if sheet_values.broken(cell):
                self._wrong.refuse_broken(column, str(cell))
            else:
                self._wrong.refuse(column, cell, str(refusal))
            return None

    def _text(self, column: DiaryColumn, cell: Cell) -> str:
        if isinstance(cell, str) and cell not in self._untidy:
            return cell
        if sheet_values.broken(cell):
            self._wrong.refuse_broken(column, str(cell))
            return ""
        text = self._read(column, cell, sheet_values.text_of) or ""
        lines = (self._characters.tidy(line, self._wrong.place) for line in text.split("\n"))
        tidy = "\n".join(filter(None, lines))
        limit = _LENGTHS.get(column, limits.LOG_TEXT_CHARACTERS)
        if len(tidy) > limit:
            self._wrong.refuse(column, tidy, f"dài {len(tidy)} ký tự, vượt giới hạn {limit}")
        return tidy

    def _tell_hidden(self) -> None:
        hidden = sorted(row for row in self._beside.hidden if row > self._header.last + 1)
        filled = [row for row in hidden if row <= len(self._rows) and any(self._rows[row - 1])]
        if filled:
            self._wrong.refuse_hidden(filled)
