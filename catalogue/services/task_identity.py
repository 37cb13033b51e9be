"""Which lasting task each line of a description is: by its text, or as its draft says."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain import description as records, drafting
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict
from catalogue.domain.words import TaskChange
from catalogue.models import Description, Task, TaskSuccession, TaskVersion


class ByText:
    """For what was read from a file: a task whose text the position had is that task."""

    def __init__(self, session: Session, position_id: int) -> None:
        self.session = session
        self.position_id = position_id
        latest = (
            select(TaskVersion.text_folded, func.max(TaskVersion.task_id))
            .join(Task, Task.id == TaskVersion.task_id)
            .where(Task.position_id == position_id)
            .group_by(TaskVersion.text_folded)
        )
        self.known = dict(session.execute(latest).tuples().all())

    def of(self, line: records.Task | records.Duty, folded: str) -> Task:
        """Give the task that had this text, once; a new one for a text that none had."""
        del line
        identity = self.known.pop(folded, None)
        known = self.session.get(Task, identity) if identity is not None else None
        return known or Task(position_id=self.position_id)


class AsSaid:
    """For what was drafted: what went on alone keeps its identity, all else is a new task."""

    def __init__(self, session: Session, position_id: int, content: Content) -> None:
        self.position_id = position_id
        self.content = content
        self.shared = drafting.split(content.description)
        own = select(Task).where(Task.position_id == position_id)
        self.known = {task.id: task for task in session.scalars(own)}
        self.new: list[tuple[int, Task]] = []
        self._refuse_strangers()

    def of(self, line: records.Task | records.Duty, folded: str) -> Task:
        """Give the one task that this line alone goes on from, or a new one."""
        del folded
        formers = set(line.goes_on_from)
        if len(formers) == 1 and not formers & self.shared:
            return self.known[formers.pop()]
        task = Task(position_id=self.position_id)
        self.new += [(former, task) for former in sorted(formers)]
        return task

    def successions(
        self, description: Description, former: Collection[int]
    ) -> Iterator[TaskSuccession]:
        """List what became of the former tasks that did not simply go on; all are flushed."""
        for task_id, successor in self.new:
            kind = TaskChange.SPLIT if task_id in self.shared else TaskChange.MERGED
            yield TaskSuccession(
                former_id=task_id,
                successor_id=successor.id,
                description_id=description.id,
                kind=kind,
            )
        for task_id in sorted(set(former) - self._continued()):
            yield TaskSuccession(
                former_id=task_id,
                description_id=description.id,
                kind=TaskChange.RETIRED,
                why=self.content.retired.get(task_id, ""),
            )

    def _continued(self) -> set[int]:
        lines = drafting.loggable(self.content.description)
        return {former for line in lines for former in line.goes_on_from}

    def _refuse_strangers(self) -> None:
        """Refuse a task of another position, whoever put its number in."""
        strangers = sorted(self._continued() - self.known.keys())
        if strangers:
            message = (
                f"Mục 2 nối tiếp nhiệm vụ số {', '.join(map(str, strangers))}, không thuộc vị trí "
                "này. Hãy mở lại bản soạn và chọn lại nhiệm vụ mà công việc đó nối tiếp."
            )
            raise Conflict(message)
