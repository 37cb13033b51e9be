"""Which tasks of a description that comes from outside go on from which former ones, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from catalogue.domain import pairing
from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.duty_changes import place_of
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord


class Ground(LabelledWord):
    """By what a task is taken to go on from another; what is not sure is for a person to say."""

    IDENTITY = "identity", "theo mã công việc trong tệp"
    TEXT = "text", "cùng nội dung"
    LIKENESS = "likeness", "nội dung gần giống"
    REPEATED = "repeated", "mã công việc lặp lại trong tệp: tách việc"


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a task goes on from former ones; `number` counts what people log against, from 0.

    `kept` is the former task itself. One that is as new as this one has nothing to go on from.
    """

    number: int
    where: str
    text: str
    former: str
    goes_on_from: tuple[int, ...]
    ground: Ground
    kept: Task | None

    @property
    def sure(self) -> bool:
        return self.ground in (Ground.IDENTITY, Ground.TEXT) or not self.goes_on_from


class _Logged(NamedTuple):
    where: str
    text: str
    goes_on_from: tuple[int, ...]
    task: Task | None = None


def propose(read: Description, former: Description) -> list[Proposal]:
    """Propose what each task of `read` goes on from, in printed order; new ones are left out."""
    before, now = _logged(former), _known(_logged(read), _logged(former))
    surely = pairing.met(before, now, (_identity, _first_identity, _text))
    alike = pairing.alike([each.text for each in before], [each.text for each in now], surely)
    found = surely | alike
    return [
        _proposal(number, task, before[found[number]] if number in found else None, before, surely)
        for number, task in enumerate(now)
        if number in found or task.goes_on_from
    ]


def carried(read: Description, proposals: Collection[Proposal]) -> Description:
    """Let the tasks of `read` go on as proposed; what no form asks for they keep from before."""
    agreed = {each.number: each for each in proposals}
    numbers = count()
    duties = [_carried_duty(duty, numbers, agreed) for duty in read.duties]
    return replace(read, duties=tuple(duties))


def _proposal(
    number: int,
    task: _Logged,
    then: _Logged | None,
    before: Sequence[_Logged],
    surely: Collection[int],
) -> Proposal:
    goes_on_from = task.goes_on_from or (then.goes_on_from if then else ())
    return Proposal(
        number,
        task.where,
        task.text,
        then.text if then else _named(before, goes_on_from),
        goes_on_from,
        _ground(task, then, sure=number in surely),
        then.task if then else None,
    )


def _carried_duty(duty: Duty, numbers: Iterator[int], agreed: Mapping[int, Proposal]) -> Duty:
    if not duty.tasks:
        return replace(duty, goes_on_from=_goes_on_from(agreed.get(next(numbers))))
    tasks = [_filled(task, agreed.get(next(numbers))) for task in duty.tasks]
    return replace(duty, tasks=tuple(tasks), goes_on_from=())


def _filled(task: Task, agreed: Proposal | None) -> Task:
    """Keep what an older form has no place for: unit of product, norm time, kind."""
    then = agreed.kept if agreed and agreed.kept else task
    return replace(
        task,
        goes_on_from=_goes_on_from(agreed),
        product_unit=then.product_unit if task.product_unit is None else task.product_unit,
        norm_minutes=then.norm_minutes if task.norm_minutes is None else task.norm_minutes,
        kind=then.kind if task.kind is None else task.kind,
    )


def _goes_on_from(agreed: Proposal | None) -> tuple[int, ...]:
    return agreed.goes_on_from if agreed else ()


def _logged(description: Description) -> list[_Logged]:
    return [
        each
        for number, duty in enumerate(description.duties)
        for each in _of_duty(duty, place_of(duty, number))
    ]


def _of_duty(duty: Duty, where: str) -> Iterator[_Logged]:
    if not duty.tasks:
        yield _Logged(where, duty.name, duty.goes_on_from)
    for ordinal, task in enumerate(duty.tasks, start=1):
        yield _Logged(f"{where}, công việc {ordinal}", task.text, task.goes_on_from, task)


def _known(now: Sequence[_Logged], before: Sequence[_Logged]) -> list[_Logged]:
    """Leave out identities that the former description does not have: another file's."""
    known = {each for task in before for each in task.goes_on_from}
    return [
        task._replace(goes_on_from=tuple(each for each in task.goes_on_from if each in known))
        for task in now
    ]


def _ground(task: _Logged, then: _Logged | None, *, sure: bool) -> Ground:
    if task.goes_on_from:
        shares = then is not None and bool(set(then.goes_on_from) & set(task.goes_on_from))
        return Ground.IDENTITY if sure and shares else Ground.REPEATED
    return Ground.TEXT if sure else Ground.LIKENESS


def _named(before: Sequence[_Logged], goes_on_from: tuple[int, ...]) -> str:
    return "; ".join(each.text for each in before if set(each.goes_on_from) & set(goes_on_from))


def _identity(task: _Logged) -> tuple[int, ...] | None:
    return task.goes_on_from or None


def _first_identity(task: _Logged) -> int | None:
    return task.goes_on_from[0] if task.goes_on_from else None


def _text(task: _Logged) -> str:
    return fold(task.text)
