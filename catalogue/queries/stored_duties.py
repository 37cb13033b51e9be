"""Stored duties and their tasks, read back for many descriptions at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.words import TaskKind
from catalogue.models import Duty, TaskVersion


class StoredTask(NamedTuple):
    """One task with the identifier that log lines point to, and the one that it keeps."""

    task_version_id: int
    task_id: int
    text: str
    product: str | None
    criterion: str | None
    product_unit: str | None
    norm_minutes: int | None
    kind: TaskKind | None


@dataclass(frozen=True, slots=True)
class StoredDuty:
    """One duty; `named` is False where the form prints the duty without any task."""

    duty: records.Duty
    tasks: tuple[StoredTask, ...]
    named: bool

    @property
    def loose_criteria(self) -> list[str]:
        """List the criteria that the form ties to no task."""
        tied = {task.criterion for task in self.tasks}
        return [criterion for criterion in self.duty.criteria if criterion not in tied]

    @property
    def loose_products(self) -> list[str]:
        """List the products that the form ties to no task."""
        tied = {task.product for task in self.tasks}
        return [product for product in self.duty.products if product not in tied]


def duties_of(
    session: Session, description_ids: Collection[int]
) -> dict[int, tuple[StoredDuty, ...]]:
    """Give each of these descriptions its duties, in printed order."""
    rows = session.execute(
        select(
            Duty.description_id,
            Duty.id,
            Duty.no,
            Duty.name,
            Duty.criteria,
            Duty.products,
            TaskVersion.printed,
            TaskVersion.id,
            TaskVersion.task_id,
            TaskVersion.text,
            TaskVersion.product,
            TaskVersion.criterion,
            TaskVersion.product_unit,
            TaskVersion.norm_minutes,
            TaskVersion.kind,
        )
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(Duty.description_id.in_(description_ids))
        .order_by(Duty.description_id, Duty.ordinal, TaskVersion.ordinal)
    )
    found: dict[int, dict[int, StoredDuty]] = defaultdict(dict)
    for description_id, duty_id, no, name, criteria, products, printed, *task in rows:
        present = found[description_id].get(duty_id) or StoredDuty(
            records.Duty(no, name, (), tuple(criteria), tuple(products)), (), printed
        )
        found[description_id][duty_id] = _with_task(present, StoredTask(*task))
    return {each: tuple(duties.values()) for each, duties in found.items()}


def _with_task(duty: StoredDuty, task: StoredTask) -> StoredDuty:
    if not duty.named:
        return replace(duty, tasks=(task,))
    printed = records.Task(*task[2:])
    return replace(
        duty,
        duty=replace(duty.duty, tasks=(*duty.duty.tasks, printed)),
        tasks=(*duty.tasks, task),
    )
