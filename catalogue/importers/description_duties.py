"""Section 2 of a job description: duties with their tasks, products and completion criteria."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from catalogue.domain.description import Duty, Task
from catalogue.domain.problems import Problem
from catalogue.domain.text import fold
from catalogue.importers.blocks import Cell, Tag
from catalogue.importers.cell_items import Item, is_ordinal, items, joined
from catalogue.importers.description_figures import FigureReader, Figures
from catalogue.importers.description_identities import Identities
from catalogue.importers.description_labels import split_number
from catalogue.importers.description_layout import FormRow
from catalogue.importers.description_words import Column

_RESULTS = (Column.PRODUCT, Column.CRITERION)
_OF_DUTY = ("duty_product", "duty_criterion")


@dataclass(slots=True)
class _Shared:
    """Tasks that share one printed cell of products or of criteria, and that cell's items."""

    tasks: list[Item]
    found: list[Item]

    def per_task(self) -> Iterator[str | None]:
        """Give each task its result where the form ties it to this task alone."""
        if _of_duty(self.found):
            yield from (None for _ in self.tasks)
        elif len(self.tasks) == 1 and self.found:
            yield "\n".join(item.text for item in self.found)
        elif len(self.tasks) == len(self.found) and _all_listed(self.tasks + self.found):
            yield from (item.text for item in self.found)
        else:
            yield from (None for _ in self.tasks)


@dataclass(slots=True)
class _Draft:
    where: str
    no: str
    name: str
    tasks: list[Item] = field(default_factory=list)
    results: dict[Column, list[_Shared]] = field(
        default_factory=lambda: {column: [] for column in _RESULTS}
    )
    figures: list[Figures] = field(default_factory=list)
    expects_criteria: bool = False
    tag: Tag | None = None

    def add(
        self,
        tasks: list[Item],
        row: FormRow,
        taken: Collection[Cell | None],
        figures: FigureReader,
    ) -> None:
        """Add a row's tasks, and its results from the cells that are not `taken` for words."""
        self.tasks += tasks
        self.figures += figures.beside(len(tasks), row, self.figures[-1:], taken)
        for column, shared in self.results.items():
            cell = row.take(column)
            own = None if cell in taken else cell
            found = list(items(own)) if own else []
            self.expects_criteria |= own is not None and column is Column.CRITERION
            if shared and ((own and own.continues) or not (tasks or _of_duty(found))):
                shared[-1].tasks = shared[-1].tasks + tasks
                shared[-1].found += found
            else:
                shared.append(_Shared(tasks, found))

    def printed(self, column: Column) -> tuple[str, ...]:
        return tuple(item.text for shared in self.results[column] for item in shared.found)

    def duty(self, known: Identities) -> Duty:
        products, criteria = (
            [result for shared in self.results[column] for result in shared.per_task()]
            for column in _RESULTS
        )
        return Duty(
            no=self.no,
            name=self.name,
            tasks=tuple(
                Task(item.text, product, criterion, *figures, known.of(item.tag, self.where))
                for item, product, criterion, figures in zip(
                    self.tasks, products, criteria, self.figures, strict=True
                )
            ),
            criteria=self.printed(Column.CRITERION),
            products=self.printed(Column.PRODUCT),
            goes_on_from=() if self.tasks else known.of(self.tag, self.where),
        )


class Duties:
    """Gathers duties row by row; `heading` names those of a table without a column of duties."""

    def __init__(self, problems: list[Problem]) -> None:
        self.heading = ""
        self._drafts: list[_Draft] = []
        self._problems = problems
        self._figures = FigureReader(problems)

    def row(self, row: FormRow) -> None:
        duty, task = row.take(Column.DUTY), row.take(Column.TASK)
        merged = task is None or task is duty
        name, tasks = _parted(duty, merged=merged) if duty else (self.heading, [])
        if task and not merged:
            tasks += items(task)
        number = _number(row, duty)
        tag = _own_tag(duty)
        if duty and not number and not tag:
            number, name = split_number(name)
        if not tag and self._goes_on(number, name, duty):
            self._doubt(row.where, number)
        else:
            self._open(row.where, number, name, tag)
        self._drafts[-1].add(tasks, row, (duty, task), self._figures)

    def finish(self) -> tuple[Duty, ...]:
        for draft in self._drafts:
            if draft.tasks and draft.expects_criteria and not draft.printed(Column.CRITERION):
                self._problems.append(_without_criteria(draft))
        known = Identities(self._problems)
        return tuple(draft.duty(known) for draft in self._drafts)

    def _goes_on(self, number: str, name: str, duty: Cell | None) -> bool:
        """Tell whether the row belongs to the duty above it."""
        if not self._drafts:
            return False
        draft = self._drafts[-1]
        same = number in ("", draft.no)
        if duty and not duty.text:
            return duty.continues or same
        return same and (fold(name) == fold(draft.name) or self._completes(number, name))

    def _completes(self, number: str, name: str) -> bool:
        """Join a name that a page break has parted to its first half."""
        if number or not name[:1].islower():
            return False
        self._drafts[-1].name += f" {name}"
        return True

    def _doubt(self, where: str, number: str) -> None:
        """Say what stands in the place of a number beside the further tasks of a duty."""
        draft = self._drafts[-1]
        if number not in ("", draft.no) and not is_ordinal(number):
            self._problems.append(
                Problem(
                    where,
                    f"Cột TT ghi «{number}» ở dòng thuộc nhiệm vụ «{draft.name}» nên chưa đưa vào",
                    "Cột TT chỉ ghi số thứ tự; chuyển nội dung đó sang đúng cột rồi tải lại.",
                )
            )

    def _open(self, where: str, number: str, name: str, tag: Tag | None) -> None:
        self._drafts.append(_Draft(where, number, name, tag=tag))
        if not name:
            self._problems.append(
                Problem(
                    where,
                    f"Dòng {f'«{number}» ' if number else ''}có công việc nhưng ô nhiệm vụ, mảng "
                    "công việc để trống",
                    "Ghi tên nhiệm vụ, mảng công việc vào ô đó rồi tải lại.",
                )
            )


def _parted(duty: Cell, *, merged: bool) -> tuple[str, list[Item]]:
    """Part a duty's cell into its name and, where no cell of tasks stands beside it, its tasks."""
    lines = items(duty)
    if not merged:
        return joined(lines), []
    first = next((at for at, line in enumerate(lines) if at and line.listed), len(lines))
    return joined(lines[:first]), list(lines[first:])


def _number(row: FormRow, duty: Cell | None) -> str:
    cell = row.take(Column.NO)
    return "" if cell is None or cell is duty else " ".join(cell.printed).strip()


def _own_tag(duty: Cell | None) -> Tag | None:
    """Give the tag by which a cell begins a duty of its own."""
    return duty.tags[0] if duty and duty.tags and duty.lines else None


def _of_duty(found: Iterable[Item]) -> bool:
    """Tell by its tag a cell of what a duty leaves behind as a whole."""
    return any(item.tag and item.tag.name in _OF_DUTY for item in found)


def _all_listed(lines: Iterable[Item]) -> bool:
    return all(line.listed for line in lines)


def _without_criteria(draft: _Draft) -> Problem:
    return Problem(
        draft.where,
        f"Nhiệm vụ «{f'{draft.no} {draft.name}'.strip()}» có công việc cụ thể "
        f"«{draft.tasks[0].text}» nhưng ô tiêu chí đánh giá để trống",
        "Nếu tiêu chí bị ghi nhầm vào cột công việc cụ thể thì chuyển sang cột tiêu chí; nếu chưa "
        "có thì bổ sung. Nội dung vẫn được giữ đúng như đã in.",
    )
