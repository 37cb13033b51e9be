"""One job description while it is being read: which section is open, and where each piece goes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, repeat

from catalogue.domain.description import Description
from catalogue.domain.problems import Problem
from catalogue.importers.blocks import Cell, TableRow, Tag
from catalogue.importers.cell_items import is_ordinal, texts
from catalogue.importers.closing import closes, signs
from catalogue.importers.description_box import Box, labels_in, pairs_in
from catalogue.importers.description_competencies import Competencies
from catalogue.importers.description_duties import Duties
from catalogue.importers.description_headers import Layouts
from catalogue.importers.description_labels import Heading, heading, split_number
from catalogue.importers.description_sections import (
    Powers,
    Qualifications,
    RelationsInside,
    RelationsOutside,
)
from catalogue.importers.description_tags import COLUMNS, LINES, tag_of
from catalogue.importers.description_words import SECTION_OF, Field, Section
from catalogue.importers.grid import place_of

_NAMELESS = (
    "Bản mô tả không có dòng «Tên VTVL: …»",
    "Ghi tên vị trí việc làm vào khung đầu bản mô tả rồi tải lại.",
)
_EMPTY = (
    "Chỉ có khung tên vị trí việc làm, không có mục nào của bản mô tả",
    "Ghi các mục 1 đến 5 theo mẫu, hoặc bỏ khung này, rồi tải lại.",
)
_UNLABELLED = (
    "Có yêu cầu cụ thể mà ô nhóm yêu cầu để trống",
    "Ghi tên nhóm yêu cầu (ví dụ «Trình độ đào tạo») rồi tải lại.",
)
_PROSE = (None, Section.BOX, Section.PURPOSE)


class Draft:
    """Takes lines and table rows in printed order; what finds no place becomes a problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.preface: list[str] = []
        self.box = Box()
        self.section: Section | None = None
        self.tables: set[int] = set()
        self._purpose: list[str] = []
        self._duties = Duties(self.problems)
        self._inside = RelationsInside()
        self._outside = RelationsOutside()
        self._powers = Powers()
        self._qualifications = Qualifications()
        self._competencies = Competencies(self.problems)
        self._layouts = Layouts()
        self._in_tables: set[Section] = set()
        self._paired = self._closing = 0  # the table last met of each kind
        self._row_takers = {
            Section.DUTIES: self._duties.row,
            Section.INSIDE: self._inside.row,
            Section.OUTSIDE: self._outside.row,
            Section.AUTHORITY: self._powers.row,
            Section.QUALIFICATIONS: self._qualifications.row,
            Section.COMPETENCIES: self._competencies.row,
        }
        self._line_takers = {
            None: self._preface_line,
            Section.BOX: self._box_line,
            Section.PURPOSE: self._purpose_line,
            Section.AUTHORITY: self._powers.line,
            Section.QUALIFICATIONS: self._qualifications.line,
            Section.COMPETENCIES: self._competencies.line,
        }

    @property
    def empty(self) -> bool:
        """Whether nothing has been read but what stands before a box."""
        return self.section is None

    @property
    def describes(self) -> bool:
        """Whether a section of the form was read: a box alone is no description."""
        return bool(self._purpose or self._in_tables)

    def line(self, line: str, where: str, number: str = "") -> None:
        """Take one line of running text; `number` is what the list engine prints before it."""
        if found := heading(f"{number} {line}" if number else line):
            self._enter(found)
            if found.rest:
                self.line(found.rest, where)
        elif not self._place(line, where, number):
            self.refuse(where, line)

    def row(self, row: TableRow, filled: Sequence[Cell]) -> None:
        """Take one table row with its `filled` cells; a header row heads the rows below it."""
        self.tables.add(row.table)
        tag = tag_of(row)
        if tag and tag.name != "column":
            self._tagged(row, filled, tag)
        elif layout := self._layouts.header(row, filled):
            self.section = layout.section
            for words in layout.strange():
                self.refuse(place_of(row), words)
        elif self.section in _PROSE:
            self._prose(row, filled)
        elif self._is_closing(row, filled):
            self.refuse(place_of(row), " | ".join(cell.text for cell in filled))
        else:
            self._tabular(row, self.section)

    def enter(self, section: Section | None, words: str) -> None:
        """Take a heading by its tag, whatever it has come to say."""
        if section:
            self._enter(Heading(section, split_number(words)[1], ""))

    def purpose_line(self, text: str) -> None:
        """Take a line of the purpose by its tag, to the letter."""
        self.section = Section.PURPOSE
        self._purpose.append(text)

    def refuse(self, where: str, text: str) -> None:
        """Say that a text has no place in the form."""
        section = f" (đang đọc mục «{self.section}»)" if self.section else ""
        self.problems.append(
            Problem(
                where,
                f"Không rõ «{text}» thuộc mục nào của bản mô tả{section} nên chưa đưa vào",
                "Chuyển nội dung này vào đúng mục, đúng cột của mẫu rồi tải lại, hoặc bỏ đi nếu "
                "không phải nội dung của bản mô tả.",
            )
        )

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Read tables inside a row by heads of their own, then go on with the row's table."""
        section, layouts = self.section, self._layouts
        self._layouts = Layouts()
        yield
        self.section, self._layouts = section, layouts

    def finish(self, marks: tuple[str, ...]) -> Description:
        """Close the description with the marks of its file."""
        self._check()
        return Description(
            name=self.box[Field.NAME],
            code=self.box[Field.CODE] or None,
            purpose="\n".join(self._purpose),
            starts=self.box[Field.STARTS],
            workplace=self.box[Field.WORKPLACE],
            procedures=self.box[Field.PROCEDURES],
            particulars=self.box.particulars(),
            duties=self._duties.finish(),
            relations=self._inside.finish(self._outside.finish()),
            authority=self._powers.finish(),
            qualifications=self._qualifications.found,
            competencies=self._competencies.finish(),
            marks=marks,
            preface=tuple(self.preface),
            problems=tuple(self.problems),
        )

    def _check(self) -> None:
        where = f"Bảng {min(self.tables, default=1)}"
        if not self.box[Field.NAME]:
            self.problems.append(Problem(where, *_NAMELESS, blocks=True))
        if not self.describes:
            self.problems.append(Problem(where, *_EMPTY, blocks=True))
        if "" in self._qualifications.found:
            self.problems.append(Problem(Section.QUALIFICATIONS, *_UNLABELLED))

    def _enter(self, found: Heading) -> None:
        self.section = found.section
        self._duties.heading = found.words
        self._layouts.leave()

    def _place(self, line: str, where: str, number: str = "") -> bool:
        if self.section in _PROSE and labels_in([line]):
            self.section = Section.BOX
        take = self._line_takers.get(self.section)
        return bool(take and take(Cell(0, (line,), numbers=(number,)), where))

    def _preface_line(self, line: Cell, _: str) -> bool:
        self.preface += line.printed
        return True

    def _box_line(self, line: Cell, _: str) -> bool:
        return not self.box.take(line.printed)

    def _purpose_line(self, line: Cell, _: str) -> bool:
        self._purpose += texts(line)
        return True

    def _prose(self, row: TableRow, filled: Sequence[Cell]) -> None:
        """Take a row before section 2: labels and values, or prose in a frame."""
        numbered = len(filled) > 1 and is_ordinal(filled[0].text)
        cells = row.cells[1:] if numbered else row.cells
        if pairs := pairs_in(cells, begun=row.table == self._paired):
            self.section, self._paired = Section.BOX, row.table
            self.box.pair(pairs)
            return
        for cell in filled[1:] if numbered else filled:
            for line in cell.printed:
                self.line(line, place_of(row))

    def _tagged(self, row: TableRow, filled: Sequence[Cell], tag: Tag) -> None:
        """Take a row by its tags; in the box, lines without one go by their labels."""
        if column := COLUMNS.get(tag.name):
            self.section = SECTION_OF[column]
            self._tabular(row, self.section)
            return
        self.section = Section.BOX
        for cell in filled:
            for line, own in zip(cell.printed, chain(cell.tags, repeat(None)), strict=False):
                if own is None or own.name in LINES:
                    self.line(line, place_of(row))
                else:
                    self.box.tagged(line, own)

    def _is_closing(self, row: TableRow, filled: Sequence[Cell]) -> bool:
        """Tell the table of recipients and signatures by its first row."""
        if row.row == 1:
            firsts = [cell.lines[0] for cell in filled if cell.lines]
            ends = any(closes(first) or signs(first) for first in firsts)
            self._closing = row.table if ends else 0
        return row.table == self._closing

    def _tabular(self, row: TableRow, section: Section) -> None:
        laid = self._layouts.lay(row, section)
        if laid is None:
            self.refuse(place_of(row), " | ".join(cell.text for cell in row.cells if cell.text))
            return
        self._in_tables.add(section)
        self._row_takers[section](laid)
        for text in laid.left():
            self.refuse(laid.where, text)
