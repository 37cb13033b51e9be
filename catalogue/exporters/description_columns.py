"""The columns beside a task that only some descriptions have, and the widths that they leave."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalogue.domain import norm_time
from catalogue.domain.description import Duty, Task
from catalogue.exporters.geometry import columns

# Tag, title, width and text of a narrow cell beside a task.
Small = tuple[str, str, int, str]


class Column(NamedTuple):
    """One narrow column as a table's head prints it."""

    tag: str
    title: str
    width: int


_TEXT_OF: dict[str, Callable[[Task], str]] = {
    "product_unit": lambda task: task.product_unit or "",
    "norm": lambda task: "" if task.norm_minutes is None else norm_time.printed(task.norm_minutes),
    "kind": lambda task: task.kind.label if task.kind else "",
}
# Title and share of the width.
_SMALL = {
    "product_unit": ("Đơn vị tính", 13),
    "norm": ("Định mức thời gian", 15),
    "kind": ("Loại việc", 17),
}
# Number, duty, task, product and criterion of a table that also has narrow columns.
_SHARES = (9, 26, 36, 24, 30)


class Wide(NamedTuple):
    """The columns of a table with narrow ones, in twips; a duty alone spans `span` of them."""

    small: tuple[Column, ...]
    grid: tuple[int, ...]
    no: int
    duty: int
    task: int
    product: int
    criterion: int
    both: int
    spanned: int
    span: int


def wide(duties: Sequence[Duty], width: int, *, products: bool) -> Wide | None:
    """Divide `width` twips for the narrow columns that some task fills; None where none is."""
    tasks = [task for duty in duties for task in duty.tasks]
    used = [tag for tag, text in _TEXT_OF.items() if any(map(text, tasks))]
    if not used:
        return None
    shares = (*_SHARES[: 4 if products else 3], *(_SMALL[tag][1] for tag in used), _SHARES[-1])
    grid = columns(width, *shares)
    no, duty, task, *between, criterion = grid
    product = between[0] if products else 0
    small = zip(used, between[products:], strict=True)
    return Wide(
        small=tuple(Column(tag, _SMALL[tag][0], each) for tag, each in small),
        grid=grid,
        no=no,
        duty=duty,
        task=task,
        product=product,
        criterion=criterion,
        both=duty + task,
        spanned=width - no - criterion,
        span=len(grid) - 2,
    )


def figures(task: Task | None, small: Sequence[Column]) -> tuple[Small, ...]:
    """Lay out what a task, or a row without one, says in each narrow column."""
    return tuple(
        (tag, title, width, _TEXT_OF[tag](task) if task else "") for tag, title, width in small
    )
