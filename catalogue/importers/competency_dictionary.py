"""A Word file of competencies with the text of each of their five levels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

from catalogue.domain.competency import Dictionary, DictionaryEntry
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.problems import Problem
from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell, Paragraph, TableRow
from catalogue.importers.cell_items import items
from catalogue.importers.competency_grids import Found, RowRead
from catalogue.importers.competency_tables import CompetencyTables
from catalogue.importers.competency_words import LEVELS, group_in, group_of
from catalogue.importers.grid import place_of
from catalogue.importers.word import Document, Progress


def read(
    data: bytes, *, name: str = "khung năng lực", progress: Progress | None = None
) -> Dictionary:
    """Read every competency of a .docx; `name` is how its refusal calls the file.

    Raises `UnreadableFile` where there is none.
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
    """Gathers competencies under their groups, in the order of their first mention."""

    def __init__(self) -> None:
        self._group = ""
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._preface: list[str] = []
        self._waiting: list[str] = []  # lines of no group, of which the next table may make use
        self._tables = CompetencyTables()
        self._problems: list[Problem] = []
        self._where = "Đầu tệp"

    def paragraph(self, paragraph: Paragraph) -> None:
        for line in f"{paragraph.number} {paragraph.text}".strip().split("\n"):
            if group := group_in(line):
                self._enter(group)
            elif line:
                self._waiting.append(line)

    def _settle(self) -> None:
        """Say which of the waiting lines has no place; above the first competency all have one."""
        waiting, self._waiting = self._waiting, []
        if self._entries:
            self._refuse_all(waiting)
        else:
            self._preface += waiting

    def row(self, row: TableRow) -> None:
        line = self._tables.named_by(row, self._waiting)
        if line:
            self._waiting.remove(line)
            self._refuse_all(self._tables.leave())
        self._settle()
        self._where = f"Đoạn sau Bảng {row.table}"
        if line:
            self._tables.begin(row, line)
        elif group := group_of(row):
            self._enter(group)
        elif any(cell.text for cell in row.cells):
            self._read(row)
        for table in (table for cell in row.cells for table in cell.tables):
            self._nested(table)

    def finish(self, name: str, problems: Sequence[Problem]) -> Dictionary:
        self._settle()
        self._leave_group()
        self._refuse_all(self._tables.leave())
        if not self._entries:
            raise _no_competency(name)
        title = _title(self._preface)
        return Dictionary(
            title=" ".join(title),
            entries=tuple(entry.finish() for entry in self._entries.values()),
            preface=tuple(line for line in self._preface if line not in title),
            problems=(*problems, *self._problems),
        )

    def _nested(self, table: tuple[TableRow, ...]) -> None:
        """Read a table inside a cell by heads of its own."""
        around, self._tables = self._tables, CompetencyTables()
        for row in table:
            self.row(row)
        self._refuse_all(self._tables.leave())
        self._tables = around

    def _enter(self, group: str) -> None:
        self._settle()
        self._leave_group()
        self._group = group

    def _leave_group(self) -> None:
        """Keep a heading that headed nothing: on the cover it is a title, later on a problem."""
        self._refuse_all(self._tables.turn())
        if not self._group or any(entry.group == self._group for entry in self._entries.values()):
            return
        if self._entries:
            self._refuse(self._where, self._group)
        else:
            self._preface.append(self._group)

    def _refuse_all(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._refuse(self._where, text)

    def _read(self, row: TableRow) -> None:
        read = self._tables.row(row) or RowRead(left=[cell.text for cell in row.cells])
        for found in read.found:
            self._keep(found)
        for text in filter(None, read.left):
            self._refuse(place_of(row), text)

    def _keep(self, found: Found) -> None:
        group = found.group or self._group
        entry = self._entries.setdefault((fold(group), fold(found.name)), _Entry(group, found.name))
        entry.add(found.level, found.cell.printed)

    def _refuse(self, where: str, text: str) -> None:
        self._problems.append(
            Problem(
                where,
                f"Không rõ «{text}» thuộc năng lực nào, cấp độ nào nên chưa đưa vào",
                "Kiểm tra hàng tiêu đề có tên năng lực và cột hoặc hàng cấp độ 1–5, rồi tải lại.",
            )
        )


@dataclass(slots=True)
class _Entry:
    """A competency and the lines of its levels, which a page break may have parted."""

    group: str
    name: str
    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, level: int, lines: tuple[str, ...]) -> None:
        before = self.lines.get(level, ())
        if lines != before[-len(lines) :]:
            self.lines[level] = before + lines

    def finish(self) -> DictionaryEntry:
        levels = {level: _text(self.lines.get(level, ())) for level in LEVELS}
        return DictionaryEntry(self.group, self.name, levels)


def _text(lines: tuple[str, ...]) -> str | None:
    """Print a level's lines as they stand, bullets kept, those broken only to fit made whole."""
    whole = (f"{item.bullet} {item.text}".strip() for item in items(Cell(0, lines)))
    return "\n".join(whole) or None


def _title(preface: Sequence[str]) -> list[str]:
    """Give the lines of the document's title: capitals, from the one that names competencies."""
    from_title = dropwhile(lambda line: not (line.isupper() and "NĂNG LỰC" in line), preface)
    return list(takewhile(str.isupper, from_title))


def _no_competency(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Tệp «{name}» không có năng lực nào. Đã tìm bảng có tên năng lực ở một chiều và cấp độ "
        "1–5 ở chiều kia (ví dụ hàng tiêu đề «Cấp độ | Đạo đức và bản lĩnh | …»); hãy kiểm tra lại "
        "có đúng tệp cần tải lên không. Chưa có dữ liệu nào được ghi."
    )
