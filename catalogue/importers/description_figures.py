"""Unit of product, norm time and kind of each task, in columns that only some forms have."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple, TypeVar

from catalogue.domain import norm_time
from catalogue.domain.problems import Problem
from catalogue.domain.text import fold
from catalogue.domain.words import TaskKind
from catalogue.importers.blocks import Cell
from catalogue.importers.cell_items import texts
from catalogue.importers.description_layout import FormRow
from catalogue.importers.description_words import Column

_KINDS = {fold(kind.label): kind for kind in TaskKind}
_Read = TypeVar("_Read")


class Figures(NamedTuple):
    """What stands in the narrow columns beside one task."""

    product_unit: str | None = None
    norm_minutes: int | None = None
    kind: TaskKind | None = None


class FigureReader:
    """Reads the narrow columns of a row; what is not understood is said."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def beside(
        self, tasks: int, row: FormRow, above: Sequence[Figures], taken: Collection[Cell | None]
    ) -> list[Figures]:
        """Give each of a row's tasks its figures; a merged cell says the same of each."""
        last = above[0] if above else Figures()
        columns = (
            self._column(row, Column.UNIT, taken, str, last.product_unit),
            self._column(row, Column.NORM, taken, norm_time.minutes_of, last.norm_minutes),
            self._column(row, Column.KIND, taken, _kind, last.kind),
        )
        units, norms, kinds = (self._per_task(tasks, found, row.where) for found in columns)
        return [Figures(*each) for each in zip(units, norms, kinds, strict=True)]

    def _column(
        self,
        row: FormRow,
        column: Column,
        taken: Collection[Cell | None],
        read: Callable[[str], _Read | None],
        above: _Read | None,
    ) -> list[_Read | None]:
        cell = row.take(column)
        if cell is None or cell in taken:
            return []
        if cell.continues and not cell.lines:
            return [above]
        found = [(text, read(text)) for text in texts(cell)]
        for text, meaning in found:
            if meaning is None:
                self._report(row.where, column, text)
        return [meaning for _, meaning in found]

    def _per_task(self, tasks: int, found: list[_Read | None], where: str) -> list[_Read | None]:
        if len(found) in (0, 1):
            return (found or [None]) * tasks
        if len(found) == tasks:
            return found
        what = f"{tasks} công việc đứng cạnh {len(found)} giá trị nên không rõ của công việc nào"
        self._problems.append(Problem(where, what, "Ghi mỗi công việc một dòng rồi tải lại."))
        return [None] * tasks

    def _report(self, where: str, column: Column, text: str) -> None:
        fix = {
            Column.NORM: "Ghi như «2 giờ», «45 phút» hoặc «1 giờ 30 phút» rồi tải lại.",
            Column.KIND: f"Ghi một trong: {', '.join(kind.label for kind in TaskKind)}.",
        }
        what = f"Không đọc được «{text}» ở cột «{column}» nên chưa đưa vào"
        self._problems.append(Problem(where, what, fix.get(column, "Xem lại ô đó.")))


def _kind(text: str) -> TaskKind | None:
    return _KINDS.get(fold(text))
