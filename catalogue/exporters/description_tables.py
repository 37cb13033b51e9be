"""Lays a job description out in the rows of the form's tables.

Rows are plain tuples, which a template unpacks twice as fast as it reads attributes. A merge is
empty, `restart` or `continue`, as Word calls it. What is missing leaves one blank row to fill in.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, repeat, zip_longest
from operator import attrgetter
from typing import TypeVar

from catalogue.domain.description import (
    Authority,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
)

T = TypeVar("T")


Lines = tuple[str, ...]
# Merge, tag, bullet and lines of a cell of products or criteria.
Cell = tuple[str, str, str, Lines]
# Merge, number, name, task, products, criteria; no task is a duty that stands alone.
TaskRow = tuple[str, str, Lines, str | None, Cell, Cell]

_BULLET = "- "
_BLANK: Cell = ("", "", "", ())


def task_rows(duties: Sequence[Duty]) -> Iterator[TaskRow]:
    for duty in duties or (Duty("", ""),):
        products = _results("product", [task.product for task in duty.tasks], duty.products)
        criteria = _results("criterion", [task.criterion for task in duty.tasks], duty.criteria)
        tasks: list[str | None] = [task.text for task in duty.tasks]
        results = list(zip_longest(products, criteria, fillvalue=_BLANK))
        texts = chain(tasks or [None], repeat(""))
        for merge, ((product, criterion), text) in _merged(list(zip(results, texts, strict=False))):
            yield merge, duty.no, lines(duty.name), text, product, criterion


def inside_columns(relations: Relations) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give title, tag and texts of table 3.1: leaders manage, specialists work with their unit."""
    found = [
        ("Được quản lý trực tiếp và kiểm duyệt kết quả bởi", "managed_by", relations.managed_by)
    ]
    if relations.manages or not relations.coordinates_in_unit:
        found.append(("Quản lý trực tiếp", "manages", relations.manages))
    if relations.coordinates_in_unit:
        title = "Quan hệ phối hợp trực tiếp trong đơn vị"
        found.append((title, "coordinates_in_unit", relations.coordinates_in_unit))
    found.append(("Các đơn vị phối hợp chính", "coordinates_with", relations.coordinates_with))
    return found


def outside_rows(items: Sequence[OutsideRelation]) -> list[tuple[Lines, Lines]]:
    return [(lines(item.body), lines(item.nature or "")) for item in items] or [((), ())]


def lines(text: str) -> Lines:
    """Part a text into the lines that stand in paragraphs of their own, none where it is empty."""
    return tuple(text.split("\n")) if text else ()


def authority_sections(
    items: Sequence[Authority],
) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """Give each heading, None for none, with the number and text of what stands under it."""
    sections = groupby(items or (Authority("", ""),), key=attrgetter("section"))
    return [(section, [(item.no, item.text) for item in group]) for section, group in sections]


def level_rows(items: Sequence[Requirement]) -> Iterator[tuple[str, str, str, str]]:
    """Give merge, group, competency and level."""
    blank = Requirement("", "", None, None)
    for group, members in groupby(items or (blank,), key=attrgetter("group")):
        for merge, item in _merged(list(members)):
            yield merge, group, item.name, _level(item)


def _results(kind: str, own: Sequence[str | None], whole: Lines) -> list[Cell]:
    """Lay out a column: a task's own result beside it, others in a cell that its tasks share.

    `whole` lists all that the duty has, in printed order, those of single tasks among them; what
    no task is left to share stands in a last cell. Nothing is printed twice, nothing is lost.
    """
    cells: list[Cell] = []
    sharing = 0
    for result in own:
        if not result:
            sharing += 1
            continue
        mine = lines(result)
        before, whole = _parted(whole, mine)
        if sharing:
            cells += _shared(kind, before, sharing)
            sharing = 0
        else:
            whole = before + whole
        cells.append(("", f"task_{kind}", _BULLET if len(mine) > 1 else "", mine))
    if sharing or whole or not own:
        cells += _shared(kind, whole, sharing or 1)
    return cells


def _shared(kind: str, texts: Lines, tasks: int) -> list[Cell]:
    if not texts:
        return [_BLANK] * tasks
    return [(merge, f"duty_{kind}", _BULLET, texts) for merge, _ in _merged(range(tasks))]


def _parted(whole: Lines, mine: Lines) -> tuple[Lines, Lines]:
    """Give what stands before and after one task's own lines; all after, if they are missing."""
    for at in range(len(whole) - len(mine) + 1):
        if whole[at : at + len(mine)] == mine:
            return whole[:at], whole[at + len(mine) :]
    return (), whole


def _level(item: Requirement) -> str:
    low, high = item.level_min, item.level_max
    return f"{low}-{high}" if low != high and low and high else str(low or high or "")


def _merged(rows: Sequence[T]) -> Iterator[tuple[str, T]]:
    """Pair each row with the merge that binds it to the rows before it."""
    for number, row in enumerate(rows):
        yield "" if len(rows) == 1 else "continue" if number else "restart", row
