"""Questions about lines: of one's own, without who asked; of a day, for who answers for people."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import TaskKind
from catalogue.models import (
    Assignment,
    Establishment,
    LineQuestion,
    LogLine,
    Person,
    TaskVersion,
)
from catalogue.queries import judges


class Question(NamedTuple):
    """A question about one line; `asked_by` is empty where the reader may not know who asked."""

    question_id: int
    line_id: int
    day: date
    person_id: int
    person: str
    kind: TaskKind | None
    task: str
    text: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    answer: str | None


def asked_of(session: Session, viewer: Viewer) -> Sequence[Question]:
    """List the questions about one's own lines, open ones first; who asked is not told."""
    query = _questions().where(Assignment.person_id == viewer.person_id)
    found = (_bare(Question(*row)) for row in session.execute(query))
    return [each._replace(asked_by_id=0, asked_by="") for each in found]


def asked_in(session: Session, unit_id: int, day: date, viewer: Viewer) -> Sequence[Question]:
    """List a day's questions for who asked them and for who judges the writer; both read names.

    Nobody judges themselves: a head too reads of their own lines only what was asked.
    """
    query = _questions().where(Establishment.unit_id == unit_id, LogLine.day == day)
    found = [_bare(Question(*row)) for row in session.execute(query)]
    judged = _judged(session, unit_id, {each.person_id for each in found}, viewer)
    return [
        each for each in found if each.asked_by_id == viewer.person_id or each.person_id in judged
    ]


def asked_today(session: Session, person_id: int, since: datetime) -> int:
    """Count what a person has asked from a moment on."""
    query = select(func.count(LineQuestion.id)).where(
        LineQuestion.asked_by_id == person_id, LineQuestion.asked_at >= since
    )
    return session.scalars(query).one()


def _judged(
    session: Session, unit_id: int, people: Collection[int], viewer: Viewer
) -> Collection[int]:
    """Narrow people of a unit to those whom the viewer judges."""
    if not people or not viewer.may_in(Permission.JUDGE_WORK, unit_id):
        return ()
    known = judges.on(session, viewer.on)
    return [each for each in people if viewer.person_id in known.of(each, unit_id)]


def _bare(question: Question) -> Question:
    """Tell no task of a restricted line."""
    if question.kind is not TaskKind.SECRET:
        return question
    return question._replace(task="việc hạn chế nêu nội dung")


def _questions() -> Select[Any]:
    asker = aliased(Person)
    return (
        select(
            LineQuestion.id,
            LogLine.id,
            LogLine.day,
            Person.id,
            Person.name,
            TaskVersion.kind,
            TaskVersion.text,
            LineQuestion.text,
            asker.id,
            asker.name,
            LineQuestion.asked_at,
            LineQuestion.answer,
        )
        .join(LogLine, LogLine.id == LineQuestion.log_line_id)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .join(asker, asker.id == LineQuestion.asked_by_id)
        .order_by(LineQuestion.answered_at.is_not(None), LineQuestion.id.desc())
    )
