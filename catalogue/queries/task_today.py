"""What the task of a log line has become by today, as descriptions said."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.task_walk import Standing, Step, Today, follow
from catalogue.domain.trace import Trace
from catalogue.models import (
    Assignment,
    Description,
    Duty,
    Establishment,
    LogLine,
    Task,
    TaskSuccession,
    TaskVersion,
)
from catalogue.queries.in_force import describes


def of_line(session: Session, line: Trace, day: date) -> Today | None:
    """Follow the task of a line to the day; None where it stands as it was logged."""
    standing = _standing(session, line.line_id, day)
    present = standing.get(line.task_id)
    if present and present.task_version_id == line.task_version_id:
        return None
    return follow(line.task_id, _steps(session, line, day), standing)


def _standing(session: Session, line_id: int, day: date) -> dict[int, Standing]:
    """Give the tasks of the description that holds today where the line was logged."""
    rows = session.execute(
        select(TaskVersion.task_id, TaskVersion.id, Description.id, TaskVersion.text)
        .select_from(LogLine)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Description, describes(day))
        .join(Duty, Duty.description_id == Description.id)
        .join(TaskVersion, TaskVersion.duty_id == Duty.id)
        .where(LogLine.id == line_id)
        .order_by(Duty.ordinal, TaskVersion.ordinal)
    )
    return {task_id: Standing(*row) for task_id, *row in rows}


def _steps(session: Session, line: Trace, day: date) -> list[Step]:
    """List what the unit's own descriptions, and the general ones, said of the position's tasks."""
    rows = session.execute(
        select(TaskSuccession.former_id, TaskSuccession.successor_id, TaskSuccession.why)
        .join(Task, Task.id == TaskSuccession.former_id)
        .join(Description, Description.id == TaskSuccession.description_id)
        .where(Task.position_id == line.position_id, Description.valid_from <= day)
        .where(or_(Description.unit_id.is_(None), Description.unit_id == line.unit_id))
        .order_by(TaskSuccession.id)
    )
    return [Step(*row) for row in rows]
