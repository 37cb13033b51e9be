"""Job descriptions made up at random and printed in the ways that offices print them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from random import Random
from typing import TypeVar

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.text import fold
from catalogue.importers.blocks import Paragraph, TableRow
from catalogue.importers.word import Document
from tests.docx_kit import cell, paragraph, row, table

Chosen = TypeVar("Chosen")

_BEFORE_WORDS = re.compile(r"^\s*(?:[-–—•+*]|\d+(?:\.\d+)*\s*[.)-]*|[IVX]+(?:[.)]|$))?\s*")

GROUPS = ("Nhóm năng lực chung", "Nhóm năng lực chuyên môn", "Nhóm năng lực quản lý")
LABELS = (
    "Trình độ đào tạo",
    "Bồi dưỡng, chứng chỉ",
    "Kinh nghiệm (thành tích công tác)",
    "Phẩm chất cá nhân",
    "Kỹ năng",
    "Các yêu cầu khác",
)
SECTIONS = (
    "I. Thẩm quyền ra quyết định trong công tác chuyên môn, nghiệp vụ",
    "II. Thẩm quyền trong quản lý cán bộ, công chức",
)

# What the form prints by itself, folded; kept apart from the reader's own list on purpose.
PRINTED_BY_THE_FORM = frozenset(
    map(
        fold,
        (
            "BẢN MÔ TẢ CÔNG VIỆC",
            "Tên VTVL",
            "Tên vị trí việc làm",
            "Mã VTVL",
            "Mã vị trí việc làm",
            "Ngày bắt đầu thực hiện",
            "Địa điểm làm việc",
            "Quy trình công việc liên quan",
            "Mục tiêu VTVL",
            "Mục tiêu vị trí việc làm",
            "Các công việc và tiêu chí đánh giá",
            "TT",
            "Các nhiệm vụ, công việc",
            "Nhiệm vụ, mảng công việc",
            "Công việc cụ thể",
            "Tiêu chí đánh giá",
            "Tiêu chí đánh giá hoàn thành công việc",
            "Các mối quan hệ công việc 3.1- Bên trong",
            "Các mối quan hệ trong công việc",
            "Mối quan hệ công việc",
            "Bên trong",
            "Bên ngoài",
            "Được quản lý trực tiếp và kiểm duyệt kết quả bởi",
            "Quản lý trực tiếp",
            "Quan hệ phối hợp trực tiếp trong đơn vị",
            "Các đơn vị phối hợp chính",
            "Cơ quan, đơn vị có quan hệ chính",
            "Cơ quan, tổ chức có quan hệ chính",
            "Bản chất quan hệ",
            "Phạm vi quyền hạn",
            "Quyền hạn cụ thể",
            "Các yêu cầu về trình độ, năng lực",
            "Yêu cầu về trình độ",
            "Yêu cầu về trình độ, phẩm chất",
            "Nhóm yêu cầu",
            "Yêu cầu cụ thể",
            "Yêu cầu về năng lực",
            "Các yêu cầu về năng lực",
            "Nhóm năng lực",
            "Năng lực cụ thể",
            "Tên năng lực",
            "Cấp độ",
        ),
    )
)


class Maker:
    """Makes up descriptions; every text carries a number of its own, so that none hides another."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._serials = count(1001)

    def text(self, about: str) -> str:
        return f"{about} số {next(self._serials)}"

    def texts(self, about: str, least: int, most: int) -> tuple[str, ...]:
        return tuple(self.text(about) for _ in range(self.random.randint(least, most)))

    def description(self) -> Description:
        """Make up one description as the form's first two sections and the rest allow."""
        leads = self.random.random() < 0.5
        return Description(
            name=self.text("Chuyên viên về lĩnh vực"),
            code=f"TP -NVCN-{next(self._serials)}",
            purpose="\n".join(self.texts("Tham mưu, giúp việc về mục tiêu", 1, 2)),
            starts=self.text("Kể từ ngày quyết định có hiệu lực"),
            workplace=self.text("Trụ sở cơ quan"),
            procedures=self.text("Căn cứ quy định hiện hành"),
            duties=tuple(self.duty(f"2.{no}") for no in range(1, self.random.randint(2, 9))),
            relations=self.relations(leads=leads),
            authority=tuple(self.authority(leads=leads)),
            qualifications={
                label: self.texts("Đáp ứng yêu cầu", 1, 3)
                for label in LABELS[: self.random.randint(2, len(LABELS))]
            },
            competencies=tuple(self.requirements()),
        )

    def duty(self, no: str) -> Duty:
        """Make up a duty whose single task owns its criteria, or whose tasks share them."""
        tasks = self.texts("Thực hiện công việc", 0, 4)
        criteria = self.texts("Hoàn thành đúng yêu cầu", 1, 3) if tasks else ()
        if len(tasks) == len(criteria) > 1:
            criteria = criteria[:-1]
        name = self.text("Nhiệm vụ thuộc mảng")
        tied = "\n".join(criteria) if len(tasks) == 1 else None
        return Duty(no, name, tuple(Task(text, None, tied) for text in tasks), criteria)

    def relations(self, *, leads: bool) -> Relations:
        outside = (
            OutsideRelation(self.text("Cơ quan cấp trên"), self.text("Trao đổi, báo cáo việc"))
            for _ in range(self.random.randint(1, 4))
        )
        return Relations(
            managed_by=self.texts("Lãnh đạo phòng", 1, 2),
            manages=self.texts("Công chức của phòng", 1, 2) if leads else (),
            coordinates_in_unit=() if leads else self.texts("Đồng nghiệp ở tổ", 1, 2),
            coordinates_with=self.texts("Đơn vị bạn", 1, 3),
            outside=tuple(outside),
        )

    def authority(self, *, leads: bool) -> Iterator[Authority]:
        numbers = count(1)
        for section in SECTIONS if leads else (None,):
            for _ in range(self.random.randint(1, 3)):
                yield Authority(f"4.{next(numbers)}", self.text("Được quyết định việc"), section)

    def requirements(self) -> Iterator[Requirement]:
        for group in GROUPS[: self.random.randint(1, 3)]:
            for _ in range(self.random.randint(1, 4)):
                low = self.random.choice((None, 1, 2, 3))
                high = low and low + self.random.choice((0, 1))
                yield Requirement(group, self.text("Năng lực giải quyết"), low, high)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints descriptions, each choice that offices make differently drawn at random."""

    random: Random

    def blocks(self, printed: Description) -> list[str]:
        """Print one description as blocks of a Word file."""
        return [
            *self.either([paragraph("BẢN MÔ TẢ CÔNG VIỆC")], []),
            *self.box(printed),
            self.heading("1", "Mục tiêu vị trí việc làm", "Mục tiêu VTVL"),
            *map(paragraph, printed.purpose.split("\n")),
            *self.duties(printed.duties),
            *self.relations(printed.relations),
            *self.authority(printed.authority),
            self.heading("5", "Các yêu cầu về trình độ, năng lực"),
            self.heading("5.1", "Yêu cầu về trình độ, phẩm chất", "Yêu cầu về trình độ"),
            *self.qualifications(printed.qualifications),
            self.heading("5.2", "Yêu cầu về năng lực", "Các yêu cầu về năng lực"),
            *self.competencies(printed.competencies),
        ]

    def either(self, *choices: Chosen) -> Chosen:
        return self.random.choice(choices)

    def heading(self, number: str, *wordings: str) -> str:
        """Print a heading: numbered or not, as a paragraph or alone in a frame."""
        words = self.either(*wordings)
        numbered = self.either(f"{number}. ", f"{number}- ", f"{number}.", "") + words
        return self.either(paragraph(numbered), table([numbered]))

    def lines(self, texts: Iterable[str]) -> str:
        bullet = self.either("- ", "-", "– ", "• ", "+ ", "")
        return "\n".join(f"{bullet}{text}" for text in texts)

    def box(self, printed: Description) -> list[str]:
        named = self.either("Tên VTVL", "Tên vị trí việc làm", "Tên Vị trí việc làm")
        labelled = [
            (named, printed.name),
            (self.either("Mã vị trí việc làm", "Mã VTVL"), printed.code or ""),
            ("Ngày bắt đầu thực hiện", printed.starts),
            ("Địa điểm làm việc", printed.workplace),
            ("Quy trình công việc liên quan", printed.procedures),
        ]
        together = [f"{label}: {value}" for label, value in labelled]
        below = [f"{label}:\n{value}" for label, value in labelled]
        return self.either(
            [table(together[:2], *([cell(line, span=2)] for line in together[2:]))],
            [table([cell(below[0], merge="restart"), below[1]], [cell(merge="continue"), below[2]]),
             table(*([line] for line in below[3:]))],
            [table(*([f"{label}:", value] for label, value in labelled))],
            [table(["\n".join(together)])],
            [paragraph(line) for line in together],
        )  # fmt: skip

    def duties(self, duties: Sequence[Duty]) -> Iterator[str]:
        head = self.either(
            [row("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Tiêu chí đánh giá")],
            [row(cell("TT", merge="restart"), cell("Các nhiệm vụ, công việc", span=2),
                 cell("Tiêu chí đánh giá hoàn thành công việc", merge="restart")),
             row(cell(merge="continue"), "Nhiệm vụ, mảng công việc", "Công việc cụ thể",
                 cell(merge="continue"))],
        )  # fmt: skip
        yield self.heading("2", "Các công việc và tiêu chí đánh giá")
        rows = [printed for duty in duties for printed in self.duty(duty)]
        yield from self.broken(head, rows)

    def duty(self, duty: Duty) -> list[str]:
        if not duty.tasks:
            return [row(duty.no, cell(duty.name, span=3))]
        tasks = [task.text for task in duty.tasks]
        if len(tasks) == 1 or self.either(True, False):
            return [row(duty.no, duty.name, self.lines(tasks), self.lines(duty.criteria))]
        shared = cell(self.lines(duty.criteria), merge="restart")
        first = row(duty.no, cell(duty.name, merge="restart"), tasks[0], shared)
        merged = [("", cell(merge="continue"), task, cell(merge="continue")) for task in tasks[1:]]
        return [first, *(row(*cells) for cells in merged)]

    def relations(self, relations: Relations) -> Iterator[str]:
        if self.either(True, False):
            yield paragraph("3. Các mối quan hệ công việc 3.1- Bên trong")
        else:
            yield self.heading("3", "Các mối quan hệ trong công việc", "Mối quan hệ công việc")
            yield self.heading("3.1", "Bên trong")
        second = (
            ("Quan hệ phối hợp trực tiếp trong đơn vị", relations.coordinates_in_unit)
            if relations.coordinates_in_unit
            else ("Quản lý trực tiếp", relations.manages)
        )
        sides = (
            ("Được quản lý trực tiếp và kiểm duyệt kết quả bởi", relations.managed_by),
            second,
            ("Các đơn vị phối hợp chính", relations.coordinates_with),
        )
        yield table([head for head, _ in sides], [self.lines(texts) for _, texts in sides])
        yield self.heading("3.2", "Bên ngoài")
        body = self.either("Cơ quan, đơn vị có quan hệ chính", "Cơ quan, tổ chức có quan hệ chính")
        rows = [row(outside.body, outside.nature or "") for outside in relations.outside]
        yield from self.broken([row(body, "Bản chất quan hệ")], rows)

    def authority(self, powers: Sequence[Authority]) -> Iterator[str]:
        yield self.either(
            self.heading("4", "Phạm vi quyền hạn"), paragraph("3.2. Phạm vi quyền hạn")
        )
        rows = []
        for section, group in groupby(powers, key=lambda power: power.section):
            if section:
                number, _, words = section.partition(". ")
                rows.append(self.either(row(number, words), row(cell(section, span=2))))
            rows += [row(power.no, power.text) for power in group]
        yield from self.broken([row("TT", "Quyền hạn cụ thể")], rows)

    def qualifications(self, qualifications: Mapping[str, Sequence[str]]) -> Iterator[str]:
        rows = []
        for label, texts in qualifications.items():
            if len(texts) > 1 and self.either(True, False):
                rows.append(row(cell(label, merge="restart"), self.lines(texts[:1])))
                rows.append(row(cell(merge="continue"), self.lines(texts[1:])))
            else:
                rows.append(row(label, self.lines(texts)))
        yield from self.broken([row("Nhóm yêu cầu", "Yêu cầu cụ thể")], rows)

    def competencies(self, asked: Sequence[Requirement]) -> Iterator[str]:
        rows = []
        for group, members in groupby(asked, key=lambda requirement: requirement.group):
            rows += self.group(group, list(members))
        name = self.either("Năng lực cụ thể", "Tên năng lực")
        yield from self.broken([row("Nhóm năng lực", name, "Cấp độ")], rows)

    def group(self, group: str, members: Sequence[Requirement]) -> list[str]:
        names = [member.name for member in members]
        levels = [self.level(member) for member in members]
        if all(levels) and self.either(True, False):
            return [row(group, self.lines(names), "\n".join(levels))]
        head = group.replace(" lực ", " lực\n")
        first = row(cell(head, merge="restart"), self.lines(names[:1]), levels[0])
        rest = zip(names[1:], levels[1:], strict=True)
        return [first, *(row(cell(merge="continue"), f"- {name}", level) for name, level in rest)]

    def level(self, member: Requirement) -> str:
        if member.level_min == member.level_max:
            return str(member.level_min or "")
        between = self.either("-", " – ", " - ", "–")
        return f"{member.level_min}{between}{member.level_max}"

    def broken(self, head: list[str], rows: Sequence[str]) -> Iterator[str]:
        """Print a table whole, or in two parts with or without its header repeated."""
        at = self.random.randint(1, len(rows))
        if at == len(rows) or self.either(True, False):
            yield table(*head, *rows)
            return
        yield table(*head, *rows[:at])
        yield paragraph("", properties="<w:sectPr/>")
        yield table(*self.either(head, []), *rows[at:])


def everything_in(plain: object) -> Iterator[str]:
    """Give every text of a record laid out as JSON, its keys too."""
    if isinstance(plain, Mapping):
        for key, inner in plain.items():
            yield str(key)
            yield from everything_in(inner)
    elif isinstance(plain, (list, tuple)):
        for inner in plain:
            yield from everything_in(inner)
    elif plain is not None:
        yield str(plain)


def lines_of(data: bytes) -> list[str]:
    """Give every printed line of a Word file, nested tables included."""
    return [
        line
        for block in Document(data, "tệp").blocks()
        for line in (
            block.text.split("\n") if isinstance(block, Paragraph) else _lines_of_row(block)
        )
    ]


def lost(data: bytes, plain: object, labels: Collection[str]) -> list[str]:
    """Give the lines of a Word file that came to no field and no problem, nor are labels.

    This is the measure of a reader: it may report a text, but never drop one. `labels` are folded;
    numbers and levels by themselves say nothing here.
    """
    kept = "".join("".join(text.split()) for text in everything_in(plain))
    return [
        line
        for line in lines_of(data)
        if (said := _said(line, labels)) and "".join(said.split()) not in kept
    ]


def _lines_of_row(block: TableRow) -> Iterator[str]:
    for filled in block.cells:
        yield from filled.lines
        for nested in filled.tables:
            for inner in nested:
                yield from _lines_of_row(inner)


def _said(line: str, labels: Collection[str]) -> str:
    """Give what a line says beside its bullet, its number and a label of the form."""
    words = _BEFORE_WORDS.sub("", line, count=1)
    label, _, value = words.partition(":")
    if fold(words) in labels or not any(map(str.isalpha, words)):
        return ""
    return value.strip() if fold(label) in labels else words
