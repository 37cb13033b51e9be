"""Section 5.2 of a job description: which competencies it asks for, at which levels."""

import re
from dataclasses import dataclass, field

from catalogue.domain.description import Requirement
from catalogue.domain.problems import Problem
from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell
from catalogue.importers.cell_items import items, joined, texts
from catalogue.importers.description_labels import split_number
from catalogue.importers.description_layout import FormRow
from catalogue.importers.description_words import Column

_WORD = r"(?:(?:cap|muc)(?: do)?|bac) "
_LEVELS = re.compile(rf"(?:tu )?(?:{_WORD})?([1-5])(?: (?:(?:den|toi) )?(?:{_WORD})?([1-5]))?")
_NOT_GIVEN = (None, None)

Levels = tuple[int | None, int | None]


@dataclass(slots=True)
class _Shared:
    """Competencies that share one printed cell of levels, and the lines of that cell."""

    where: str
    names: list[tuple[str, str]] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)


class Competencies:
    """Gathers the competencies; a level cell merged over several rows counts for each of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self._group = ""
        self._groups: dict[str, str] = {}
        self._shared: list[_Shared] = []
        self._problems = problems

    def row(self, row: FormRow) -> None:
        group, name = row.take(Column.GROUP), row.take(Column.COMPETENCY)
        level = row.take(Column.LEVEL) if name else None
        if level and level is name:
            level = None
            group = group or name
        if group is name:
            name = None
        if group:
            self._grouped(row.where, group)
        if name is None:
            return
        if level is None or not level.continues or not self._shared:
            self._shared.append(_Shared(row.where))
        shared = self._shared[-1]
        shared.names += [(self._group, text) for text in texts(name)]
        shared.levels += level.lines if level else ()

    def line(self, line: Cell, where: str) -> bool:
        """Take a line outside tables if it heads a group."""
        heads = "nhom nang luc" in fold(line.text)
        if heads:
            self._head(where, line.text)
        return heads

    def _grouped(self, where: str, group: Cell) -> None:
        """Open the group that a cell names; one with a tag is said to the letter, blank or not."""
        if group.tags:
            self._open(where, joined(items(group)))
        elif group.text:
            self._head(where, " ".join(texts(group)))

    def _head(self, where: str, group: str) -> None:
        self._open(where, split_number(group)[1])

    def _open(self, where: str, group: str) -> None:
        self._group = group
        if group:
            self._groups.setdefault(group, where)

    def finish(self) -> tuple[Requirement, ...]:
        asked = {group for shared in self._shared for group, _ in shared.names}
        for group, where in self._groups.items():
            if group in asked:
                continue
            what = f"«{group}» không có năng lực nào"
            self._problems.append(Problem(where, what, "Ghi năng lực vào nhóm, hoặc bỏ nhóm."))
        return tuple(
            Requirement(group, name, *levels)
            for shared in self._shared
            for (group, name), levels in zip(shared.names, self._levels(shared), strict=True)
        )

    def _levels(self, shared: _Shared) -> list[Levels]:
        """Give each competency of a cell its level: all the one printed, or line by line."""
        lines = shared.levels
        if not lines:
            return [_NOT_GIVEN] * len(shared.names)
        if shared.names and len(set(lines)) == 1:
            return [self._level(lines[0], shared.where)] * len(shared.names)
        if len(lines) == len(shared.names):
            return [self._level(line, shared.where) for line in lines]
        self._report(
            shared.where,
            f"{len(shared.names)} năng lực đứng cạnh {len(lines)} cấp độ «{', '.join(lines)}» nên "
            "không rõ năng lực nào có cấp độ nào",
        )
        return [_NOT_GIVEN] * len(shared.names)

    def _level(self, printed: str, where: str) -> Levels:
        found = _LEVELS.fullmatch(fold(printed))
        if found and "/" not in printed:  # 2/5 may be two to five, or two of five
            low = int(found.group(1))
            high = int(found.group(2) or low)
            return min(low, high), max(low, high)
        self._report(where, f"Không đọc được cấp độ «{printed}»")
        return _NOT_GIVEN

    def _report(self, where: str, what: str) -> None:
        fix = "Ghi cấp độ là một số từ 1 đến 5 hoặc một khoảng như 2-3, mỗi năng lực một dòng."
        self._problems.append(Problem(where, what, fix))
