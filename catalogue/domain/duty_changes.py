"""What differs in duties and their tasks: by identity first, then by text, then by likeness."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from catalogue.domain.description import Duty, Section, Task
from catalogue.domain.item_changes import (
    Change,
    ChangeKind,
    Fact,
    Item,
    compare,
    lines_fact,
    pair,
    text_fact,
)

Duties = Sequence[Duty]
Lines = tuple[str, ...]
Texts = Mapping[int, str]
# Stands for a duty that the former description does not have.
_NOWHERE = -1
_UNKNOWN = "công việc không có ở bản trước"


def compare_duties(before: Duties, after: Duties) -> Iterator[Change]:
    """Tell what differs: duties first, what they share among their tasks, then the tasks."""
    texts = _texts(before)
    former, newer = _duty_items(before, texts), _duty_items(after, texts)
    found = pair(former, newer)
    yield from compare(Section.DUTIES, "Nhiệm vụ", former, newer, found)
    for now, then in sorted(found.items()):
        yield from _shared(newer[now].where, before[then], after[now])
    own = {place: place for place in range(len(before))}
    yield from compare(
        Section.DUTIES,
        "Công việc",
        task_items(before, own, texts),
        task_items(after, found, texts),
    )


def task_items(duties: Duties, parents: Mapping[int, int], texts: Texts) -> list[Item]:
    """List every printed task; `parents` gives each duty's former place."""
    return [
        Item(
            where=f"{place_of(duty, number)}, công việc {ordinal}",
            text=task.text,
            facts=_task_facts(task, texts),
            identity=task.goes_on_from,
            parent=parents.get(number, _NOWHERE - number),
        )
        for number, duty in enumerate(duties)
        for ordinal, task in enumerate(duty.tasks, start=1)
    ]


def place_of(duty: Duty, number: int) -> str:
    """Name a duty as the form numbers it; `number` counts from 0."""
    return f"Nhiệm vụ {duty.no or number + 1}"


def _duty_items(duties: Duties, texts: Texts) -> list[Item]:
    return [
        Item(
            where=place_of(duty, number),
            text=duty.name,
            facts=(
                text_fact("Số thứ tự", duty.no),
                text_fact("Tên nhiệm vụ", duty.name),
                _descent(duty.goes_on_from, texts),
            ),
            identity=duty.goes_on_from,
            number=duty.no,
        )
        for number, duty in enumerate(duties)
    ]


def _task_facts(task: Task, texts: Texts) -> tuple[Fact, ...]:
    minutes, kind = task.norm_minutes, task.kind
    return (
        text_fact("Công việc", task.text),
        text_fact("Sản phẩm", task.product),
        text_fact("Đơn vị tính sản phẩm", task.product_unit),
        text_fact("Tiêu chí đánh giá", task.criterion),
        Fact("Định mức thời gian", minutes, None if minutes is None else f"{minutes} phút"),
        Fact("Loại công việc", kind, kind and kind.label),
        _descent(task.goes_on_from, texts),
    )


def _descent(goes_on_from: tuple[int, ...], texts: Texts) -> Fact:
    """Say the former tasks by their words: nobody knows their numbers."""
    words = dict.fromkeys(texts.get(each, _UNKNOWN) for each in goes_on_from)
    return Fact("Tiếp nối công việc", goes_on_from, "; ".join(words) or None)


def _texts(before: Duties) -> dict[int, str]:
    """Word each task that the former description has."""
    return {
        task: f"«{words}»"
        for duty in before
        for words, tasks in (
            (duty.name, duty.goes_on_from),
            *((each.text, each.goes_on_from) for each in duty.tasks),
        )
        for task in tasks
    }


def _shared(where: str, before: Duty, after: Duty) -> Iterator[Change]:
    """Compare what a duty says for no single task.

    Its lists repeat what single tasks have: where that alone differs, the tasks tell of it.
    """
    sides = (
        ("Tiêu chí của cả nhiệm vụ", _parted_criteria(before), _parted_criteria(after)),
        ("Sản phẩm của cả nhiệm vụ", _parted_products(before), _parted_products(after)),
    )
    for label, (was, loose_was, tied_was), (now, loose_now, tied_now) in sides:
        told_by_tasks = loose_was == loose_now and tied_was != tied_now
        if was == now or told_by_tasks:
            continue
        former, newer = (was, now) if loose_was == loose_now else (loose_was, loose_now)
        yield Change(
            Section.DUTIES,
            where,
            label,
            lines_fact(label, former).shown,
            lines_fact(label, newer).shown,
            ChangeKind.CHANGED,
        )


def _parted_criteria(duty: Duty) -> tuple[Lines, Lines, Lines]:
    return _parted(duty.criteria, [task.criterion for task in duty.tasks])


def _parted_products(duty: Duty) -> tuple[Lines, Lines, Lines]:
    return _parted(duty.products, [task.product for task in duty.tasks])


def _parted(whole: Lines, own: Sequence[str | None]) -> tuple[Lines, Lines, Lines]:
    """Give a duty's list, what of it no task has, and what its tasks have."""
    tied = tuple(line for result in own if result for line in result.split("\n"))
    left = Counter(tied)
    loose = []
    for line in whole:
        if left[line]:
            left[line] -= 1
        else:
            loose.append(line)
    return whole, tuple(loose), tied
