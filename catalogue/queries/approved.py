"""Who drafted, appraised and approved a description that was born from a submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.states import DraftMove
from catalogue.domain.task_endings import Ending
from catalogue.models import DraftAuthor, DraftStep, Person, Submission
from catalogue.queries import task_endings


class Step(NamedTuple):
    """One move of the submission that was approved."""

    move: DraftMove
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approved:
    """Whose work a version is."""

    authors: Sequence[str]
    steps: Sequence[Step]
    endings: Sequence[Ending]


def of_description(session: Session, description_id: int) -> Approved:
    """Name them, the steps in order, and what it ended of the version before it."""
    steps = session.execute(
        select(DraftStep.move, Person.name, DraftStep.at)
        .join(Submission, Submission.id == DraftStep.submission_id)
        .join(Person, Person.id == DraftStep.person_id)
        .where(Submission.description_id == description_id)
        .order_by(DraftStep.id)
    )
    authors = session.scalars(
        select(Person.name)
        .join(DraftAuthor, DraftAuthor.person_id == Person.id)
        .join(Submission, Submission.draft_id == DraftAuthor.draft_id)
        .where(Submission.description_id == description_id)
        .order_by(Person.sort_key, Person.id)
    )
    endings = task_endings.of_descriptions(session, [description_id])
    return Approved(authors.all(), [Step(*row) for row in steps], endings.get(description_id, ()))
