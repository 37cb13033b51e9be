"""Which tasks of one version were split or merged from those of another beside it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.description import Description, Duty
from catalogue.domain.drafting import loggable
from catalogue.models import TaskSuccession

_Formers = Mapping[int, tuple[int, ...]]


def descended(session: Session, read: Mapping[int, Description]) -> dict[int, Description]:
    """Let split and merged tasks go on from what they were in the other versions at hand.

    Each version comes with its tasks going on from themselves, and those that simply go on are
    known by that; what a version said of the rest is kept beside it.
    """
    there = {each: set(_tasks(record)) for each, record in read.items()}
    formers: dict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
    rows = session.execute(
        select(TaskSuccession.description_id, TaskSuccession.successor_id, TaskSuccession.former_id)
        .where(TaskSuccession.description_id.in_(read), TaskSuccession.successor_id.is_not(None))
        .order_by(TaskSuccession.id)
    )
    for key, successor, former in rows:
        if any(former in tasks for other, tasks in there.items() if other != key):
            own = formers[key]
            own[successor] = (*own.get(successor, ()), former)
    return {key: _going_on(record, formers[key]) for key, record in read.items()}


def _tasks(record: Description) -> list[int]:
    return [task for each in loggable(record) for task in each.goes_on_from]


def _going_on(record: Description, formers: _Formers) -> Description:
    return replace(record, duties=tuple(_duty(each, formers) for each in record.duties))


def _duty(duty: Duty, formers: _Formers) -> Duty:
    tasks = (
        replace(task, goes_on_from=_formers_of(task.goes_on_from, formers)) for task in duty.tasks
    )
    return replace(duty, tasks=tuple(tasks), goes_on_from=_formers_of(duty.goes_on_from, formers))


def _formers_of(own: tuple[int, ...], formers: _Formers) -> tuple[int, ...]:
    return tuple(former for each in own for former in formers.get(each, (each,)))
