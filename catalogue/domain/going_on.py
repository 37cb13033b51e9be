"""Which tasks of a description that comes from outside go on from which former ones, and why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from catalogue.domain import pairing
from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.drafting import loggable
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
    """That a task goes on from former ones; `number` counts what people log against, from 0."""

    number: int
    where: str
    text: str
    former: str
    goes_on_from: tuple[int, ...]
    ground: Ground

    @property
    def sure(self) -> bool:
        return self.ground in (Ground.IDENTITY, Ground.TEXT)


class _Logged(NamedTuple):
    where: str
    text: str
    goes_on_from: tuple[int, ...]


def propose(read: Description, former: Description) -> list[Proposal]:
    """Propose what each task of `read` goes on from, in printed order; new ones are left out."""
    before, now = _logged(former), _known(_logged(read), _logged(former))
    surely = pairing.met(before, now, (_identity, _first_identity, _text))
    alike = pairing.alike([each.text for each in before], [each.text for each in now], surely)
    found = surely | alike
    proposals = []
    for number, task in enumerate(now):
        then = before[found[number]] if number in found else None
        goes_on_from = task.goes_on_from or (then.goes_on_from if then else ())
        if goes_on_from:
            ground = _ground(task, then, sure=number in surely)
            former_text = then.text if then else _named(before, goes_on_from)
            proposals.append(
                Proposal(number, task.where, task.text, former_text, goes_on_from, ground)
            )
    return proposals


def carried(read: Description, former: Description, proposals: Collection[Proposal]) -> Description:
    """Let the tasks of `read` go on as proposed; what no form asks for they keep from before."""
    agreed = {each.number: each.goes_on_from for each in proposals}
    kept = {task.goes_on_from: task for task in loggable(former) if isinstance(task, Task)}
    numbers = iter(range(sum(1 for _ in loggable(read))))
    duties = [_carried_duty(duty, numbers, agreed, kept) for duty in read.duties]
    return replace(read, duties=tuple(duties))


def _carried_duty(
    duty: Duty,
    numbers: Iterator[int],
    agreed: dict[int, tuple[int, ...]],
    kept: dict[tuple[int, ...], Task],
) -> Duty:
    if not duty.tasks:
        return replace(duty, goes_on_from=agreed.get(next(numbers), ()))
    tasks = [_filled(task, agreed.get(next(numbers), ()), kept) for task in duty.tasks]
    return replace(duty, tasks=tuple(tasks), goes_on_from=())


def _filled(task: Task, goes_on_from: tuple[int, ...], kept: dict[tuple[int, ...], Task]) -> Task:
    """Keep what an older form has no place for: unit of product, norm time, kind."""
    then = kept.get(goes_on_from, task) if goes_on_from else task
    return replace(
        task,
        goes_on_from=goes_on_from,
        product_unit=then.product_unit if task.product_unit is None else task.product_unit,
        norm_minutes=then.norm_minutes if task.norm_minutes is None else task.norm_minutes,
        kind=then.kind if task.kind is None else task.kind,
    )


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
        yield _Logged(f"{where}, công việc {ordinal}", task.text, task.goes_on_from)


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
