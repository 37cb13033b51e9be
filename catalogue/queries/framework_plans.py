"""What a change of many frameworks would do to each position, before anything is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records, drafting
from catalogue.domain.description import Section
from catalogue.domain.framework import Competence, Described, Levels
from catalogue.domain.framework_edits import Edit, EditKind, Outcome, Planned, edited, levels_of
from catalogue.domain.roles import Viewer
from catalogue.domain.states import BEING_WRITTEN, OPEN_DRAFT
from catalogue.models import (
    Competency,
    Description,
    DescriptionDraft,
    DraftAuthor,
    Person,
)
from catalogue.queries import description_records, frameworks
from catalogue.queries.competencies import standing

# Who wrote in the competencies so lately is taken to be still at them.
STILL_AT_IT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which positions a change is for: the descriptions of one unit, or the general ones."""

    unit_id: int | None
    position_ids: Collection[int]


def edit_of(session: Session, kind: EditKind, competency: Competence, levels: Levels) -> Edit:
    """Put a change together with all the names that the competency goes by."""
    query = select(Competency.name_folded).where(standing() == competency.competency_id)
    names = frozenset(session.scalars(query))
    return Edit(kind, competency.name, names, competency.group, levels)


def plan(
    session: Session, edit: Edit, chosen: Chosen, viewer: Viewer, *, at: datetime
) -> list[Planned]:
    """Say for each chosen position what the change would do, in the matrix's order."""
    wanted = frameworks.Wanted(unit_id=chosen.unit_id, position_ids=chosen.position_ids)
    found = frameworks.positions(session, wanted, viewer)
    described = [each.description_id for each in found if each.description_id]
    present = description_records.asked_of(session, described)
    drafts = _drafts(session, chosen)
    busy = _busy(session, drafts.values(), viewer, at)
    return [
        _planned(
            each,
            edit,
            drafts.get(each.position_id),
            present.get(each.description_id or 0, ()),
            busy,
        )
        for each in found
    ]


def records_of(session: Session, planned: Sequence[Planned]) -> dict[int, records.Description]:
    """Read the descriptions from which new drafts begin, each task going on from itself."""
    keys = [each.position.description_id for each in planned if each.outcome is Outcome.OPENED]
    stored = session.scalars(select(Description).where(Description.id.in_(keys)))
    return description_records.records_of(session, stored.all())


def _planned(
    position: Described,
    edit: Edit,
    draft: DescriptionDraft | None,
    present: Sequence[records.Requirement],
    busy: dict[int, str],
) -> Planned:
    if draft is not None:
        return _in_draft(position, edit, draft, busy.get(draft.id))
    if position.description_id is None:
        return Planned(position, Outcome.UNDESCRIBED)
    return _compared(position, edit, present, Outcome.OPENED)


def _in_draft(
    position: Described, edit: Edit, draft: DescriptionDraft, busy: str | None
) -> Planned:
    asked = drafting.from_json(draft.content).description.competencies
    if draft.state in BEING_WRITTEN and busy is None:
        return _compared(position, edit, asked, Outcome.CHANGED, draft)
    outcome = Outcome.BUSY if draft.state in BEING_WRITTEN else Outcome.SENT
    before = levels_of(asked, edit)
    return Planned(position, outcome, before, before, draft.id, busy=busy or "")


def _compared(
    position: Described,
    edit: Edit,
    asked: Sequence[records.Requirement],
    outcome: Outcome,
    draft: DescriptionDraft | None = None,
) -> Planned:
    after = edited(asked, edit)
    return Planned(
        position,
        Outcome.SAME if after == tuple(asked) else outcome,
        levels_of(asked, edit),
        levels_of(after, edit),
        draft.id if draft else None,
        draft.revisions[Section.COMPETENCIES.value] if draft else 0,
    )


def _drafts(session: Session, chosen: Chosen) -> dict[int, DescriptionDraft]:
    query = (
        select(DescriptionDraft)
        .where(DescriptionDraft.position_id.in_(list(chosen.position_ids)))
        .where(DescriptionDraft.unit_id.is_not_distinct_from(chosen.unit_id))
        .where(DescriptionDraft.state.in_(OPEN_DRAFT))
    )
    return {draft.position_id: draft for draft in session.scalars(query)}


def _busy(
    session: Session, drafts: Collection[DescriptionDraft], viewer: Viewer, at: datetime
) -> dict[int, str]:
    """Name whoever else wrote in the competencies of a draft just now."""
    query = (
        select(DraftAuthor.draft_id, Person.name)
        .join(Person, Person.id == DraftAuthor.person_id)
        .where(DraftAuthor.draft_id.in_([draft.id for draft in drafts]))
        .where(DraftAuthor.section == Section.COMPETENCIES)
        .where(DraftAuthor.person_id != viewer.person_id, DraftAuthor.last_at > at - STILL_AT_IT)
    )
    return dict(session.execute(query).tuples().all())
