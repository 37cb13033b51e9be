"""Lays a job description out in the rows of the form's tables.

Rows are plain tuples of texts, which a template prints fastest. A merge is empty, `restart` or
`continue`, as Word calls it. What is missing leaves one blank row to fill in.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby, repeat
from operator import attrgetter

from catalogue.domain.description import (
    Authority,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
)

# A merge and a text.
Cell = tuple[str, str]
# Merge, number, name, task, products, criteria; a duty without tasks has None for its task.
TaskRow = tuple[str, str, str, str | None, Cell, Cell]

_BLANK = ("", "")
_POWER = attrgetter("no", "text")


def listed(texts: Sequence[str]) -> str:
    """Print texts under each other, with a dash before each where there are several."""
    return "\n".join(f"- {text}" for text in texts) if len(texts) > 1 else "".join(texts)


def task_rows(duties: Sequence[Duty]) -> Iterator[TaskRow]:
    for duty in duties or (Duty("", ""),):
        products = _results([task.product for task in duty.tasks], duty.products)
        criteria = _results([task.criterion for task in duty.tasks], duty.criteria)
        count = max(len(products), len(criteria))
        yield from zip(
            _merges(count),
            repeat(duty.no),
            repeat(_relisted(duty.name)),
            chain([task.text for task in duty.tasks] or (None,), repeat("")),
            chain(products, repeat(_BLANK)),
            chain(criteria, repeat(_BLANK)),
            strict=False,
        )


def inside_columns(relations: Relations) -> list[tuple[str, str, str]]:
    """Give title, tag and text of table 3.1: leaders manage, specialists work with their unit."""
    found = [
        ("Được quản lý trực tiếp và kiểm duyệt kết quả bởi", "managed_by", relations.managed_by)
    ]
    if relations.manages or not relations.coordinates_in_unit:
        found.append(("Quản lý trực tiếp", "manages", relations.manages))
    if relations.coordinates_in_unit:
        title = "Quan hệ phối hợp trực tiếp trong đơn vị"
        found.append((title, "coordinates_in_unit", relations.coordinates_in_unit))
    found.append(("Các đơn vị phối hợp chính", "coordinates_with", relations.coordinates_with))
    return [(title, tag, listed(texts)) for title, tag, texts in found]


def outside_rows(items: Sequence[OutsideRelation]) -> list[tuple[str, str]]:
    return [(_relisted(item.body), _relisted(item.nature or "")) for item in items] or [("", "")]


def authority_sections(
    items: Sequence[Authority],
) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """Give each heading, None for none, with the number and text of what stands under it."""
    sections = groupby(items or (Authority("", ""),), key=attrgetter("section"))
    return [(section, list(map(_POWER, group))) for section, group in sections]


def qualification_rows(items: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(label, listed(texts)) for label, texts in items.items()] or [("", "")]


def level_rows(items: Sequence[Requirement]) -> Iterator[tuple[str, str, str, str]]:
    """Give merge, group, competency and level."""
    blank = Requirement("", "", None, None)
    for group, members in groupby(items or (blank,), key=attrgetter("group")):
        rows = [(item.name, _level(item)) for item in members]
        names, levels = zip(*rows, strict=True)
        yield from zip(_merges(len(rows)), repeat(group), names, levels, strict=False)


def _results(own: Sequence[str | None], whole: tuple[str, ...]) -> list[Cell]:
    """Lay out a column: a task's own result beside it, others in a cell that its tasks share.

    `whole` lists all that the duty has, in printed order, those of single tasks among them; what
    no task is left to share stands in a last cell. Nothing is printed twice, nothing is lost.
    """
    if own and (not whole or whole == tuple(own)):
        return [("", _relisted(result or "")) for result in own]
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
        cells.append(("", _relisted(result)))
    if sharing or whole or not own:
        cells += _shared(whole, sharing or 1)
    return cells


def _shared(texts: Sequence[str], tasks: int) -> list[Cell]:
    """Give the cell that some tasks share; nothing to share leaves each a blank one."""
    if not texts:
        return [_BLANK] * tasks
    return list(zip(_merges(tasks), repeat(listed(texts)), strict=False))


def _parted(
    whole: tuple[str, ...], mine: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what stands before and after one task's own lines; all after, if they are missing."""
    for at in range(len(whole) - len(mine) + 1):
        if whole[at : at + len(mine)] == mine:
            return whole[:at], whole[at + len(mine) :]
    return (), whole


def _relisted(text: str) -> str:
    return listed(text.split("\n")) if "\n" in text else text


def _level(item: Requirement) -> str:
    low, high = item.level_min, item.level_max
    return f"{low}-{high}" if low != high and low and high else str(low or high or "")


@cache
def _merges(rows: int) -> tuple[str, ...]:
    """Give the merges that bind so many rows together."""
    return ("",) if rows == 1 else ("restart", *("continue",) * (rows - 1))
