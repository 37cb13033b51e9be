"""A Word file of job descriptions: one after another, in the form that offices know."""

import re
from collections.abc import Sequence
from itertools import chain

from catalogue.domain.description import Description
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.problems import Problem
from catalogue.importers.blocks import Cell, Paragraph, TableRow
from catalogue.importers.description_box import labels_in
from catalogue.importers.description_draft import Draft
from catalogue.importers.description_labels import heading, is_cover, is_mark, is_title
from catalogue.importers.description_words import Field
from catalogue.importers.grid import place_of
from catalogue.importers.word import Document, Progress

# Most lines are no label at all: a look at their first word tells.
_NAME = re.compile(r"[\d\W]*tên\b", re.IGNORECASE)


def read(
    data: bytes, *, name: str = "bản mô tả công việc", progress: Progress | None = None
) -> tuple[Description, ...]:
    """Read every job description of a .docx; `name` is how its refusal calls the file.

    What the document holds beside its text (revisions, hidden words) is said with the description
    in whose tables it stands, else with the first. Raises `UnreadableFile` where there is none.
    """
    document = Document(data, name, progress)
    reader = _Reader()
    for block in document.blocks():
        if isinstance(block, TableRow):
            reader.row(block)
        else:
            reader.paragraph(block)
    return reader.finish(name, document.problems())


class _Reader:
    """Parts the document into descriptions."""

    def __init__(self) -> None:
        self._drafts = [Draft()]
        self._marks: list[str] = []
        self._table = 0

    def paragraph(self, paragraph: Paragraph) -> None:
        first, *more = paragraph.text.split("\n")
        self._line(first, self._place(), paragraph.number)
        for line in more:
            self._line(line, self._place())

    def row(self, row: TableRow) -> None:
        self._table = row.table
        cells = row.cells
        filled = [cell for cell in cells if any(cell.lines)]
        tables = [table for cell in cells for table in cell.tables]
        if filled and not self._is_frame(row, filled):
            self._begin_if_named([cell.lines[0] for cell in filled])
            self._drafts[-1].row(row, filled)
            if tables:
                with self._drafts[-1].aside():
                    self._nested(tables)
        else:
            for line in (line for cell in filled for line in cell.printed):
                self._line(line, place_of(row))
            self._nested(tables)

    def finish(self, name: str, problems: Sequence[Problem]) -> tuple[Description, ...]:
        if not any(draft.describes for draft in self._drafts):
            raise _no_description(name)
        if self._drafts[-1].empty:
            # A cover that no description follows: a problem of the last one.
            cover = self._drafts.pop()
            for line in cover.preface:
                self._drafts[-1].refuse(self._place(), line)
        for problem in problems:
            _owner(self._drafts, problem).problems.append(problem)
        marks = tuple(dict.fromkeys(self._marks))
        return tuple(draft.finish(marks) for draft in self._drafts)

    def _place(self) -> str:
        return f"Đoạn sau Bảng {self._table}" if self._table else "Đầu tệp"

    def _line(self, line: str, where: str, number: str = "") -> None:
        if is_mark(line):
            self._marks.append(line)
        elif is_title(line):
            self._begin()
        elif is_cover(line):
            self._begin()
            self._drafts[-1].preface.append(line)
        else:
            self._begin_if_named([line])
            self._drafts[-1].line(line, where, number)

    def _nested(self, tables: Sequence[Sequence[TableRow]]) -> None:
        for row in chain.from_iterable(tables):
            self.row(row)

    def _is_frame(self, row: TableRow, filled: Sequence[Cell]) -> bool:
        """Tell whether the row's only filled cell frames running text."""
        if len(filled) > 1:
            return False
        line = filled[0].printed[0]
        draft, found = self._drafts[-1], heading(line)
        if draft.empty or is_title(line):
            return True
        return found is not None and (row.row == 1 or found.section is not draft.section)

    def _begin_if_named(self, lines: Sequence[str]) -> None:
        """Begin another description at a name, if the one being read has its own."""
        if not self._drafts[-1].box.named:
            return
        named = list(filter(_NAME.match, lines))
        if named and Field.NAME in labels_in(named):
            self._begin()

    def _begin(self) -> None:
        if not self._drafts[-1].empty:
            self._drafts.append(Draft())


def _owner(drafts: Sequence[Draft], problem: Problem) -> Draft:
    """Find the description in whose tables a problem lies."""
    places = (
        draft
        for draft in drafts
        for table in draft.tables
        if problem.where.startswith(f"Bảng {table},")
    )
    return next(places, drafts[0])


def _no_description(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Tệp «{name}» không có bản mô tả công việc nào. Đã tìm dòng «Tên VTVL: …» và các mục "
        "«Mục tiêu vị trí việc làm», «Các công việc và tiêu chí đánh giá» theo mẫu; hãy kiểm tra "
        "lại có đúng tệp cần tải lên không. Chưa có dữ liệu nào được ghi."
    )
