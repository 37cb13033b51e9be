"""Drafting a job description section by section, beside the version that is in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting
from catalogue.domain.description import Section
from catalogue.domain.drafting import FIELDS, Content
from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.states import BEING_WRITTEN, OPEN_DRAFT, DraftMove, DraftState, draft_after
from catalogue.models import DescriptionDraft, DraftAuthor, DraftStep, Position, PositionVersion
from catalogue.services import auditing


@dataclass(frozen=True, slots=True)
class Place:
    """Whose description is drafted: a version of a position, for one unit or for all of them."""

    position_version_id: int
    unit_id: int | None


class SectionChanged(Conflict):
    """Somebody saved a section after it was opened here; nothing was written."""

    def __init__(self, draft_id: int, section: Section) -> None:
        super().__init__(
            f"Mục «{section.label}» đã được sửa sau khi bạn mở, bởi người khác hoặc ở một thẻ khác "
            "của bạn. Hãy xem hai bản rồi chọn; bản của bạn chưa được ghi."
        )
        self.draft_id, self.section = draft_id, section


def begin(
    session: Session,
    place: Place,
    content: Content,
    *,
    based_on: int | None = None,
    by: int,
    at: datetime,
) -> DescriptionDraft:
    """Begin a draft; one that is open for the same position and unit is given as it is instead."""
    version = session.get_one(PositionVersion, place.position_version_id)
    if present := _open(session, version.position_id, place.unit_id):
        return present
    draft = DescriptionDraft(
        position_id=version.position_id,
        position_version_id=version.id,
        unit_id=place.unit_id,
        based_on_id=based_on,
        state=DraftState.WRITING,
        content=drafting.as_json(content),
        revisions={section.value: 1 for section in Section},
        started_at=at,
        changed_at=at,
    )
    session.add(draft)
    session.flush()
    write_down_author(session, draft.id, None, by=by, at=at)
    auditing.record(session, "draft.begun", content.description.name, by=by, at=at, draft=draft.id)
    session.flush()
    return draft


def save(
    session: Session,
    draft_id: int,
    content: Content,
    seen: Mapping[Section, int],
    *,
    by: int,
    at: datetime,
) -> DescriptionDraft:
    """Write the sections that `seen` names, each with the revision from which it was edited.

    What `content` says of other sections is left alone. Raises `SectionChanged` for the first
    section that was saved by somebody since; then nothing is written.
    """
    draft = open_to_write(session, draft_id)
    for section, revision in seen.items():
        if draft.revisions[section.value] != revision:
            raise SectionChanged(draft.id, section)
    present = drafting.from_json(draft.content)
    merged = _with(present, content, seen.keys())
    if merged == present:
        return draft
    draft.content = drafting.as_json(merged)
    draft.revisions = draft.revisions | {
        section.value: revision + 1 for section, revision in seen.items()
    }
    draft.changed_at = at
    for section in seen:
        write_down_author(session, draft.id, section, by=by, at=at)
    session.flush()
    return draft


def drop(session: Session, draft_id: int, *, by: int, at: datetime) -> DescriptionDraft:
    """Put a draft aside for good; what is in force stays as it is."""
    draft = locked(session, draft_id)
    draft.state = draft_after(draft.state, DraftMove.DROP)
    session.add(DraftStep(draft_id=draft.id, move=DraftMove.DROP, person_id=by, at=at))
    auditing.record(session, "draft.dropped", str(draft.id), by=by, at=at, draft=draft.id)
    session.flush()
    return draft


def locked(session: Session, draft_id: int) -> DescriptionDraft:
    """Read a draft as it now stands, and keep it so until the transaction ends."""
    query = select(DescriptionDraft).where(DescriptionDraft.id == draft_id)
    draft = session.scalar(
        query.with_for_update(of=DescriptionDraft).execution_options(populate_existing=True)
    )
    if draft is None:
        raise NotFound("Không tìm thấy bản soạn này.")
    return draft


def open_to_write(session: Session, draft_id: int) -> DescriptionDraft:
    """Read a draft to change it, or refuse: what was sent for appraisal no longer changes."""
    draft = locked(session, draft_id)
    if draft.state not in BEING_WRITTEN:
        message = (
            f"Bản soạn đang ở trạng thái «{draft.state.label}» nên không sửa được nữa. "
            "Hãy mở lại trang để xem trạng thái mới nhất; nội dung bạn vừa gõ chưa được ghi."
        )
        raise Conflict(message)
    return draft


def write_down_author(
    session: Session, draft_id: int, section: Section | None, *, by: int, at: datetime
) -> None:
    """Note who writes in a draft, where and when: for who else opens it, and for who judges it."""
    known = session.get(DraftAuthor, (draft_id, by))
    if known is None:
        session.add(DraftAuthor(draft_id=draft_id, person_id=by, section=section, last_at=at))
    else:
        known.section, known.last_at = section, at


def _open(session: Session, position_id: int, unit_id: int | None) -> DescriptionDraft | None:
    # Two who begin one draft at once wait here for each other.
    session.get(Position, position_id, with_for_update=True)
    return session.scalar(
        select(DescriptionDraft)
        .where(DescriptionDraft.position_id == position_id)
        .where(DescriptionDraft.unit_id.is_not_distinct_from(unit_id))
        .where(DescriptionDraft.state.in_(OPEN_DRAFT))
    )


def _with(present: Content, edited: Content, sections: Collection[Section]) -> Content:
    """Put the edited sections in the place of the present ones."""
    changes: dict[str, Any] = {
        name: getattr(edited.description, name) for section in sections for name in FIELDS[section]
    }
    retired = edited.retired if Section.DUTIES in sections else present.retired
    return Content(replace(present.description, **changes), retired)
