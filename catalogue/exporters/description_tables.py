"""Lays a job description out in the rows of the form's tables.

Rows are plain tuples, which a template unpacks twice as fast as it reads attributes. A merge is
empty, `restart` or `continue`, as Word calls it. What is missing leaves one blank row to fill in.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
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


TaskRows = Iterator[tuple[str, str, str, str | None, str, str | None, str, tuple[str, ...]]]


def task_rows(duties: Sequence[Duty]) -> TaskRows:
    """Give merge, number, name, task, product, criterion, and the merge and criteria of the duty.

    No task is a duty that stands alone; no criterion is a cell that holds the duty's criteria.
    """
    for duty in duties or (Duty("", ""),):
        yield from _paired(duty) if any(task.criterion for task in duty.tasks) else _shared(duty)


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


def outside_rows(items: Sequence[OutsideRelation]) -> list[tuple[str, str]]:
    return [(item.body, item.nature or "") for item in items] or [("", "")]


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


def _paired(duty: Duty) -> TaskRows:
    """Set each task's criterion beside it, and what the duty asks besides in a last row."""
    rows: list[tuple[str, str, str | None, tuple[str, ...]]] = [
        (task.text, task.product or "", task.criterion or "", ()) for task in duty.tasks
    ]
    beside = {task.criterion for task in duty.tasks}
    if besides := tuple(text for text in duty.criteria if text not in beside):
        rows.append(("", "", None, besides))
    for merge, (text, product, criterion, criteria) in _merged(rows):
        yield merge, duty.no, duty.name, text, product, criterion, "", criteria


def _shared(duty: Duty) -> TaskRows:
    """Set the duty's criteria in one cell beside all its tasks."""
    for merge, task in _merged(duty.tasks or (None,)):
        text, product = (task.text, task.product or "") if task else (None, "")
        yield merge, duty.no, duty.name, text, product, None, merge, duty.criteria


def _level(item: Requirement) -> str:
    low, high = item.level_min, item.level_max
    return f"{low}-{high}" if low != high and low and high else str(low or high or "")


def _merged(rows: Sequence[T]) -> Iterator[tuple[str, T]]:
    """Pair each row with the merge that binds it to the rows before it."""
    for number, row in enumerate(rows):
        yield "" if len(rows) == 1 else "continue" if number else "restart", row
