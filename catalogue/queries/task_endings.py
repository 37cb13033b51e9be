"""What became of former tasks, as a draft says it, or as the approved version wrote it down."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression, select
from sqlalchemy.orm import Session

from catalogue.domain.drafting import Content
from catalogue.domain.states import OPEN_DRAFT
from catalogue.domain.task_endings import Ending, endings
from catalogue.models import DescriptionDraft, Duty, TaskSuccession, TaskVersion
from catalogue.queries import drafts


def of_draft(
    session: Session, draft: DescriptionDraft, content: Content, day: date
) -> list[Ending]:
    """Hold a draft, or what was submitted of it, against what it follows on the day.

    Of one that is no longer on its way there is nothing to tell: what it followed has changed.
    """
    if draft.state not in OPEN_DRAFT:
        return []
    return endings(content, drafts.former(session, draft, day))


def of_descriptions(session: Session, description_ids: Collection[int]) -> dict[int, list[Ending]]:
    """Give what approved versions wrote down, each former task in its last words before them."""
    said = TaskSuccession
    rows = session.execute(
        select(
            said.description_id,
            said.former_id,
            said.kind,
            said.why,
            _words(said.former_id, Duty.description_id < said.description_id),
            _words(said.successor_id, Duty.description_id == said.description_id),
        )
        .where(said.description_id.in_(description_ids))
        .order_by(said.id)
    )
    found: dict[int, dict[int, Ending]] = defaultdict(dict)
    for description_id, task_id, change, why, text, successor in rows:
        told = found[description_id].get(task_id, Ending(text or "", change, (), why))
        more = (successor,) if successor else ()
        found[description_id][task_id] = told._replace(successors=told.successors + more)
    return {key: list(told.values()) for key, told in found.items()}


def _words(task_id: SQLColumnExpression[Any], in_version: ColumnElement[bool]) -> ScalarSelect[str]:
    """Word a task as the latest of the versions meant says it."""
    return (
        select(TaskVersion.text)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .where(TaskVersion.task_id == task_id, in_version)
        .order_by(Duty.description_id.desc())
        .limit(1)
        .correlate(TaskSuccession)
        .scalar_subquery()
    )
