"""Lays a job description out in the rows of the form's tables.

Rows are plain tuples of texts, which a template prints fastest. A merge is empty, `restart` or
`continue`, as Word calls it. What is missing leaves one blank row to fill in.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby, repeat
from operator import attrgetter

from catalogue.domain import norm_time
from catalogue.domain.description import (
    Authority,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.word_tags import Identities, Identity

# One text, or several that stand under each other.
Lines = tuple[str, tuple[str, ...]]
# A merge and what stands in it; None for the merge where it belongs to one task alone.
Cell = tuple[str | None, Lines]
# Unit of product, norm time and kind.
Figures = tuple[str, str, str]
# Merge, number, name, identity, task, products, criteria; a duty without tasks has no task.
TaskRow = tuple[str, str, Lines, Identity | None, str | None, Cell, Cell, Figures]
_Task = tuple[Identity | None, str | None, Figures]

_NOTHING: Lines = ("", ())
_BLANK: Cell = (None, _NOTHING)
_NO_FIGURES = ("", "", "")
_POWER = attrgetter("no", "text")


def lines(texts: Sequence[str]) -> Lines:
    """Part one text from several."""
    return ("", tuple(texts)) if len(texts) > 1 else ("".join(texts), ())


def parted(text: str | None) -> Lines:
    """Give the lines of a text that has several."""
    return lines(text.split("\n")) if text else _NOTHING


def optional_columns(duties: Sequence[Duty]) -> str:
    """Name, with blanks between, the columns of which some task or duty has something to print."""
    tasks = [task for duty in duties for task in duty.tasks]
    filled = {
        "product": any(duty.products for duty in duties) or any(task.product for task in tasks),
        "product_unit": any(task.product_unit for task in tasks),
        "norm": any(task.norm_minutes is not None for task in tasks),
        "kind": any(task.kind for task in tasks),
    }
    return " ".join(name for name, found in filled.items() if found)


def task_rows(duties: Sequence[Duty], identities: Identities) -> Iterator[TaskRow]:
    blank: _Task = (None, "", _NO_FIGURES)
    for duty in duties or (Duty("", ""),):
        products = _results([task.product for task in duty.tasks], duty.products)
        criteria = _results([task.criterion for task in duty.tasks], duty.criteria)
        count = max(len(products), len(criteria))
        own = None if duty.tasks else identities.of("duty", duty.goes_on_from)
        name = (duty.name, ()) if own else parted(duty.name)
        tasks = _tasks(duty, own, identities)
        yield from (
            (merge, duty.no, name, identity, text, product, criterion, beside)
            for merge, (identity, text, beside), product, criterion in zip(
                _merges(count),
                chain(tasks, repeat(blank)),
                chain(products, repeat(_BLANK)),
                chain(criteria, repeat(_BLANK)),
                strict=False,
            )
        )


def inside_columns(relations: Relations) -> list[tuple[str, str, Lines]]:
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
    return [(title, tag, lines(texts)) for title, tag, texts in found]


def outside_rows(items: Sequence[OutsideRelation]) -> list[tuple[Lines, Lines]]:
    rows = [(parted(item.body), parted(item.nature)) for item in items]
    return rows or [(_NOTHING, _NOTHING)]


def authority_sections(
    items: Sequence[Authority],
) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """Give each heading, None for none, with the number and text of what stands under it."""
    sections = groupby(items or (Authority("", ""),), key=attrgetter("section"))
    return [(section, list(map(_POWER, group))) for section, group in sections]


def qualification_rows(items: dict[str, tuple[str, ...]]) -> list[tuple[str, Lines]]:
    return [(label, lines(texts)) for label, texts in items.items()] or [("", _NOTHING)]


def level_rows(items: Sequence[Requirement]) -> Iterator[tuple[str, str, str, str]]:
    """Give merge, group, competency and level."""
    blank = Requirement("", "", None, None)
    for group, members in groupby(items or (blank,), key=attrgetter("group")):
        rows = [(item.name, _level(item)) for item in members]
        names, levels = zip(*rows, strict=True)
        yield from zip(_merges(len(rows)), repeat(group), names, levels, strict=False)


def _tasks(duty: Duty, own: Identity | None, identities: Identities) -> Iterator[_Task]:
    """Give identity, text and figures of each task; a duty without tasks is its own."""
    if not duty.tasks:
        yield own, None, _NO_FIGURES
    for task in duty.tasks:
        yield identities.of("task", task.goes_on_from), task.text, _figures(task)


def _figures(task: Task) -> Figures:
    norm = "" if task.norm_minutes is None else norm_time.printed(task.norm_minutes)
    return task.product_unit or "", norm, task.kind.label if task.kind else ""


def _results(own: Sequence[str | None], whole: tuple[str, ...]) -> list[Cell]:
    """Lay out a column: a task's own result beside it, others in a cell that its tasks share.

    `whole` lists all that the duty has, in printed order, those of single tasks among them; what
    no task is left to share stands in a last cell. Nothing is printed twice, nothing is lost.
    """
    if own and (not whole or whole == tuple(own)):
        return [(None, parted(result)) for result in own]
    cells: list[Cell] = []
    sharing = 0
    for result in own:
        if not result:
            sharing += 1
            continue
        before, whole = _parted(whole, tuple(result.split("\n")))
        if sharing:
            cells += _shared(before, sharing)
            sharing = 0
        else:
            whole = before + whole
        cells.append((None, parted(result)))
    if sharing or whole or not own:
        cells += _shared(whole, sharing or 1)
    return cells


def _shared(texts: Sequence[str], tasks: int) -> list[Cell]:
    """Give the cell that some tasks share; nothing to share leaves each a blank one."""
    if not texts:
        return [_BLANK] * tasks
    return list(zip(_merges(tasks), repeat(lines(texts)), strict=False))


def _parted(
    whole: tuple[str, ...], mine: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what stands before and after one task's own lines; all after, if they are missing."""
    for at in range(len(whole) - len(mine) + 1):
        if whole[at : at + len(mine)] == mine:
            return whole[:at], whole[at + len(mine) :]
    return (), whole


def _level(item: Requirement) -> str:
    low, high = item.level_min, item.level_max
    return f"{low}-{high}" if low != high and low and high else str(low or high or "")


@cache
def _merges(rows: int) -> tuple[str, ...]:
    """Give the merges that bind so many rows together."""
    return ("",) if rows == 1 else ("restart", *("continue",) * (rows - 1))
