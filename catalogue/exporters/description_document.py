"""Prints job descriptions on the form "BẢN MÔ TẢ CÔNG VIỆC" that the offices know."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.layout import Layout
from catalogue.exporters.geometry import columns, text_width
from catalogue.exporters.word import document_file, rendered

T = TypeVar("T")


class _TaskRow(NamedTuple):
    """One row of table 2: a merge is empty, `restart` or `continue`, as Word calls it."""

    merge: str
    duty: Duty
    task: Task | None
    criteria_merge: str
    criteria_tag: str
    criteria: tuple[str, ...]


class _LevelRow(NamedTuple):
    """One row of table 5.2."""

    merge: str
    group: str
    name: str
    level: str


def write(
    descriptions: Sequence[Description], *, layout: Layout, marks: Sequence[str] = ()
) -> bytes:
    """Print each description from a new page; `marks` come before each description's own."""
    texts = [tuple(dict.fromkeys((*marks, *each.marks))) for each in descriptions]
    distinct = list(dict.fromkeys(texts))
    forms = [
        _form(each, own, distinct.index(own), layout)
        for each, own in zip(descriptions, texts, strict=True)
    ]
    document = rendered("description_document.xml", layout=layout, forms=forms)
    return document_file(layout, distinct, document)


def _form(
    description: Description, marks: Sequence[str], header: int, layout: Layout
) -> dict[str, object]:
    width = text_width(layout)
    products = any(task.product for duty in description.duties for task in duty.tasks)
    inside = _inside(description.relations)
    return {
        "record": description,
        "marks": marks,
        "header": header,
        "products": products,
        "box_widths": columns(width, 10, 13),
        "task_widths": columns(width, *((9, 26, 36, 24, 30) if products else (9, 32, 50, 34))),
        "tasks": list(_task_rows(description.duties)),
        "inside_widths": columns(width, *(1 for _ in inside)),
        "inside": inside,
        "outside_widths": columns(width, 5, 7),
        "outside": description.relations.outside or (OutsideRelation("", None),),
        "authority_widths": columns(width, 1, 11),
        "authority": _authority(description.authority),
        "qualification_widths": columns(width, 3, 8),
        "qualifications": description.qualifications or {"": ()},
        "level_widths": columns(width, 6, 12, 3),
        "levels": list(_level_rows(description.competencies)),
    }


def _task_rows(duties: Sequence[Duty]) -> Iterator[_TaskRow]:
    for duty in duties or (Duty("", ""),):
        yield from _paired(duty) if any(task.criterion for task in duty.tasks) else _shared(duty)


def _paired(duty: Duty) -> Iterator[_TaskRow]:
    """Set each task's criterion beside it, and what the duty asks besides in a last row."""
    rows = [(task, "task_criterion", _given(task.criterion)) for task in duty.tasks]
    if duty.criteria:
        rows.append((Task(""), "duty_criterion", duty.criteria))
    for merge, (task, tag, criteria) in _merged(rows):
        yield _TaskRow(merge, duty, task, "", tag, criteria)


def _shared(duty: Duty) -> Iterator[_TaskRow]:
    """Set the duty's criteria in one cell beside all its tasks."""
    for merge, task in _merged(duty.tasks or (None,)):
        yield _TaskRow(merge, duty, task, merge, "duty_criterion", duty.criteria)


def _inside(relations: Relations) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give the columns of table 3.1: leaders manage, specialists work with their unit."""
    manager = "Được quản lý trực tiếp và kiểm duyệt kết quả bởi"
    found = [(manager, "managed_by", relations.managed_by)]
    if relations.manages or not relations.coordinates_in_unit:
        found.append(("Quản lý trực tiếp", "manages", relations.manages))
    if relations.coordinates_in_unit:
        heading = "Quan hệ phối hợp trực tiếp trong đơn vị"
        found.append((heading, "coordinates_in_unit", relations.coordinates_in_unit))
    found.append(("Các đơn vị phối hợp chính", "coordinates_with", relations.coordinates_with))
    return found


def _authority(items: Sequence[Authority]) -> list[tuple[str | None, list[Authority]]]:
    sections = groupby(items or (Authority("", ""),), key=attrgetter("section"))
    return [(section, list(group)) for section, group in sections]


def _level_rows(items: Sequence[Requirement]) -> Iterator[_LevelRow]:
    blank = Requirement("", "", None, None)
    for group, members in groupby(items or (blank,), key=attrgetter("group")):
        for merge, item in _merged(list(members)):
            yield _LevelRow(merge, group, item.name, _level(item))


def _level(item: Requirement) -> str:
    levels = dict.fromkeys(n for n in (item.level_min, item.level_max) if n is not None)
    return "-".join(map(str, levels))


def _merged(rows: Sequence[T]) -> Iterator[tuple[str, T]]:
    """Pair each row with the merge that binds it to the rows before it."""
    for number, row in enumerate(rows):
        yield "" if len(rows) == 1 else "continue" if number else "restart", row


def _given(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
