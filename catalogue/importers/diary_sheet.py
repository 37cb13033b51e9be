"""A diary kept in a spreadsheet: the bytes of an .xlsx or a .csv in, its rows and problems out."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from catalogue.domain import limits
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetFile, SheetRow, told
from catalogue.domain.problems import Problem
from catalogue.importers import delimited, diary_headings, refusals
from catalogue.importers.characters import Characters
from catalogue.importers.diary_headings import Aliases, Grid, Header
from catalogue.importers.diary_rows import DiarySheet
from catalogue.importers.spreadsheet_package import Beside, SpreadsheetPackage

_PLAIN = Beside()
_RENAME = (
    "Thêm cột, hoặc đổi tên cột đang có thành tên ấy, rồi tải lại; tiêu đề hay dùng thì đề nghị "
    "cán bộ tổ chức cấp tỉnh thêm ở trang «Giới hạn»"
)
_COLUMNS = {column.value: column for column in DiaryColumn}


class _Sheet(NamedTuple):
    """One sheet: its name, "" in a text file, its cells from the first row on."""

    name: str
    rows: Grid
    beside: Beside = _PLAIN
    since_1904: bool = False


def read(
    data: bytes, name: str, *, aliases: Mapping[str, str], encoding: str | None = None
) -> SheetFile:
    """Read one file; raises UnreadableFile where nothing of it can be read.

    `aliases` map folded headings to the columns that they mean.
    """
    known = {heading: _COLUMNS[column] for heading, column in aliases.items()}
    return _Reading(name, known).file(data, encoding)


class _Reading:
    """Reads one file, and gathers what is wrong with it."""

    def __init__(self, name: str, aliases: Aliases) -> None:
        self._name, self._aliases = name, aliases
        self._characters = Characters(name)
        self._problems: list[Problem] = []
        self._secret = False
        # Whether there was a table whose headings are known, and one whose headings are not.
        self._headed = self._nameless = False

    def file(self, data: bytes, encoding: str | None) -> SheetFile:
        rows = [row for sheet in self._sheets(data, encoding) for row in self._read(sheet)]
        self._characters.refuse_old_encoding(str)
        problems, more = told([*self._problems, *self._characters.problems()])
        if not rows and not any(problem.blocks for problem in problems):
            unknown = self._nameless and not self._headed
            raise (refusals.no_headings if unknown else refusals.no_rows)(self._name)
        return SheetFile(self._name, tuple(rows), problems, more, secret=self._secret)

    def _sheets(self, data: bytes, encoding: str | None) -> Sequence[_Sheet]:
        if PurePosixPath(self._name).suffix.lower() == ".csv":
            return [_Sheet("", delimited.read(data, self._name, self._is_table, encoding))]
        return list(self._workbook(data))

    def _is_table(self, rows: Grid) -> bool:
        header = diary_headings.find(rows, self._aliases)
        return header is not None and not header.missing

    def _workbook(self, data: bytes) -> Iterator[_Sheet]:
        package = SpreadsheetPackage(data, self._name)
        beside, reached = package.beside(), "mục lục trang tính"
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(package.seen()))
            sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            if not sheets:
                raise refusals.damaged(self._name, "không có trang tính nào")
            for each in sheets:
                if each.visible != SheetVisibleEnum.Visible:
                    self._leave_out(each.name, "trang đang ẩn nên không đọc", "Hiện trang nếu cần")
                    continue
                reached = f"trang tính {each.name}"
                rows = book.get_sheet_by_name(each.name).to_python(skip_empty_area=False)
                yield _Sheet(each.name, rows, beside.get(each.name, _PLAIN), package.since_1904)
        except (CalamineError, OSError, IndexError, ValueError) as error:
            raise refusals.damaged(self._name, reached) from error

    def _read(self, sheet: _Sheet) -> Iterator[SheetRow]:
        if len(sheet.rows) > limits.TABLE_ROWS:
            raise refusals.too_many(sheet.name, len(sheet.rows), "dòng", limits.TABLE_ROWS)
        header = diary_headings.find(sheet.rows, self._aliases)
        if header is None:
            self._nameless = self._nameless or any(map(any, sheet.rows))
            self._tidy_all(sheet)
            what = "không có bảng nhật ký (không thấy dòng tiêu đề) nên không đọc"
            self._leave_out(sheet.name, what, "Bảng cần có cột Ngày, Thời gian và Nhiệm vụ")
            return
        self._headed = True
        if self._refuse_header(sheet, header):
            self._tidy_all(sheet)
            return
        place = (self._name, sheet.name)
        read = DiarySheet(
            place, sheet.rows, header, sheet.beside, self._characters, since_1904=sheet.since_1904
        )
        yield from read.read()
        self._problems += read.problems
        self._secret = self._secret or read.secret

    def _refuse_header(self, sheet: _Sheet, header: Header) -> bool:
        """Refuse headings that are missing or double; tell those that mean nothing to us."""
        where = " › ".join(filter(None, (self._name, sheet.name, f"dòng {header.last + 1}")))
        present = ", ".join(f"«{text}»" for text in header.headings if text)
        for column in header.missing:
            what = f"thiếu cột bắt buộc «{column}»; các cột có trong tệp: {present}"
            self._problems.append(Problem(where, what, _RENAME, blocks=True))
        for first, second in header.doubled:
            what = f"hai cột cùng nghĩa: «{first}» và «{second}»"
            self._problems.append(Problem(where, what, "Bỏ hoặc đổi tên một cột", blocks=True))
        if header.unknown:
            what = "không đọc các cột " + ", ".join(f"«{text}»" for text in header.unknown)
            self._problems.append(Problem(where, what, "Đổi tên cột nếu cần đọc"))
        return bool(header.missing or header.doubled)

    def _tidy_all(self, sheet: _Sheet) -> None:
        """Look at every text of a sheet without headings: an old encoding would explain it."""
        for cells in sheet.rows:
            for cell in cells:
                if isinstance(cell, str):
                    self._characters.tidy(cell, lambda: sheet.name)

    def _leave_out(self, sheet: str, what: str, fix: str) -> None:
        where = " › ".join(filter(None, (self._name, sheet)))
        self._problems.append(Problem(where, what, fix))
