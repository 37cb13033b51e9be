"""Printing job descriptions in the ways that offices print them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import TypeVar

from catalogue.domain.description import Authority, Description, Duty, Relations, Requirement
from tests.docx_kit import cell, paragraph, row, table

Chosen = TypeVar("Chosen")


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
