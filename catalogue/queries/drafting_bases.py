"""What a description that comes in is compared with: its open draft, else what is in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain import description as records, drafting
from catalogue.domain.description import Section
from catalogue.domain.states import OPEN_DRAFT, DraftState
from catalogue.domain.word_tags import Origin
from catalogue.domain.words import IN_FORCE
from catalogue.models import Description, DescriptionDraft
from catalogue.queries.description_records import records_of


@dataclass(frozen=True, slots=True)
class Base:
    """One side of a comparison; `token` is another one as soon as anybody changes it."""

    record: records.Description
    token: str
    draft_id: int | None = None
    state: DraftState | None = None
    description_id: int | None = None
    number: int | None = None
    revision: int | None = None

    def is_newer_than(self, origin: Origin | None) -> bool:
        """Tell whether a file was printed from an earlier state of this, or from another one."""
        if origin is None:
            return False
        if self.draft_id is None:
            return origin.number != self.number
        return (origin.draft_id, origin.revision) != (self.draft_id, self.revision)


def of_positions(
    session: Session, position_ids: Collection[int], unit_id: int | None, day: date
) -> dict[int, Base]:
    """Give each position what a description for the unit, or for all units, is compared with."""
    drafts = session.scalars(
        select(DescriptionDraft)
        .where(DescriptionDraft.position_id.in_(position_ids))
        .where(DescriptionDraft.unit_id.is_not_distinct_from(unit_id))
        .where(DescriptionDraft.state.in_(OPEN_DRAFT))
    )
    drafted = {draft.position_id: of_draft(draft) for draft in drafts}
    return in_force(session, position_ids, unit_id, day) | drafted


def of_draft(draft: DescriptionDraft) -> Base:
    """Give an open draft as what others are compared with."""
    revisions = ".".join(str(draft.revisions[section.value]) for section in Section)
    record = drafting.from_json(draft.content).description
    token = f"nhap-{draft.id}-{revisions}"
    revision = sum(draft.revisions.values())
    return Base(record, token, draft_id=draft.id, state=draft.state, revision=revision)


def in_force(
    session: Session, position_ids: Collection[int], unit_id: int | None, day: date
) -> dict[int, Base]:
    """Give each position the description that holds for the unit: its own before the general."""
    of_unit = or_(Description.unit_id.is_(None), Description.unit_id == unit_id)
    query = (
        select(Description)
        .where(Description.position_id.in_(position_ids), of_unit)
        .where(Description.state.in_(IN_FORCE), Description.holds_on(day))
    )
    general_first = sorted(session.scalars(query), key=lambda each: each.unit_id is not None)
    chosen = {each.position_id: each for each in general_first}
    read = records_of(session, chosen.values())
    return {
        position_id: Base(
            read[each.id], f"ban-{each.id}", description_id=each.id, number=each.number
        )
        for position_id, each in chosen.items()
    }
