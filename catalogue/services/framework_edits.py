"""Changing the frameworks of many positions at once, each in its own draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents
from catalogue.domain.description import Description, Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.framework import Described, spelled
from catalogue.domain.framework_edits import Edit, Outcome, Planned, edited, fingerprint
from catalogue.domain.roles import Viewer
from catalogue.models import AuditEntry, DescriptionDraft, Position
from catalogue.queries import drafting_rights, framework_plans
from catalogue.queries.framework_plans import Chosen
from catalogue.services import drafting
from catalogue.services.drafting import Place

ACTION = "frameworks.edited"
NOT_YOURS = (
    "Quy định phân cấp hiện nay không giao cho bạn soạn các bản mô tả này. Cán bộ tổ chức của đơn "
    "vị hãy chọn đơn vị của mình; bản chung do cán bộ tổ chức cấp tỉnh soạn. Chưa có gì được ghi."
)


class PlanChanged(Conflict):
    """What the change would do is no longer what was shown; nothing was written."""


def carry_out(
    session: Session, edit: Edit, chosen: Chosen, seen: str, *, by: Viewer, at: datetime
) -> AuditEntry:
    """Open or change a draft for each position that differs; what is approved stays as it is.

    `seen` is the fingerprint of the plan that was shown. Answers the entry that reports row by row.
    """
    if not drafting_rights.may_draft(session, by, chosen.unit_id):
        raise NotAllowed(NOT_YOURS)
    _lock(session, chosen)
    planned = framework_plans.plan(session, edit, chosen, by, at=at)
    if fingerprint(planned) != seen:
        raise PlanChanged(
            "Có bản mô tả hoặc bản soạn đã thay đổi sau khi bạn xem trước. Hãy xem lại bảng dưới "
            "đây rồi ghi lại. Chưa có gì được ghi."
        )
    written = _Writer(session, edit, chosen.unit_id, by, at).write(planned)
    return _report(session, edit, written, by=by, at=at)


def _lock(session: Session, chosen: Chosen) -> None:
    """Keep others from beginning or saving these drafts until the transaction ends."""
    positions = select(Position.id).where(Position.id.in_(list(chosen.position_ids)))
    session.execute(positions.order_by(Position.id).with_for_update())
    drafts = (
        select(DescriptionDraft)
        .where(DescriptionDraft.position_id.in_(list(chosen.position_ids)))
        .order_by(DescriptionDraft.id)
    )
    session.scalars(
        drafts.with_for_update(of=DescriptionDraft).execution_options(populate_existing=True)
    ).all()


class _Writer:
    """Writes one change into the drafts of its positions."""

    def __init__(
        self, session: Session, edit: Edit, unit_id: int | None, by: Viewer, at: datetime
    ) -> None:
        self.session, self.edit, self.unit_id = session, edit, unit_id
        self.by, self.at = by.person_id, at

    def write(self, planned: Sequence[Planned]) -> Iterator[tuple[Planned, int | None]]:
        """Give each position with the draft that now holds its change, if it has any."""
        bases = framework_plans.records_of(self.session, planned)
        for each in planned:
            if each.outcome is Outcome.OPENED:
                yield each, self._begin(each.position, bases[each.position.description_id or 0])
            elif each.outcome is Outcome.CHANGED:
                yield each, self._save(each.draft_id or 0)
            else:
                yield each, None

    def _begin(self, position: Described, base: Description) -> int:
        draft = drafting.begin(
            self.session,
            Place(position.version_id, self.unit_id),
            Content(self._edited(base)),
            based_on=position.description_id,
            by=self.by,
            at=self.at,
        )
        return draft.id

    def _save(self, draft_id: int) -> int:
        draft = self.session.get_one(DescriptionDraft, draft_id)
        present = contents.from_json(draft.content)
        after = replace(present, description=self._edited(present.description))
        seen = {Section.COMPETENCIES: draft.revisions[Section.COMPETENCIES.value]}
        return drafting.save(self.session, draft_id, after, seen, by=self.by, at=self.at).id

    def _edited(self, record: Description) -> Description:
        return replace(record, competencies=edited(record.competencies, self.edit))


def _report(
    session: Session,
    edit: Edit,
    done: Iterable[tuple[Planned, int | None]],
    *,
    by: Viewer,
    at: datetime,
) -> AuditEntry:
    entry = AuditEntry(
        at=at,
        actor_id=by.person_id,
        action=ACTION,
        subject=f"{edit.kind.label}: {edit.name}"[:200],
        detail={"rows": [_row(planned, draft_id) for planned, draft_id in done]},
    )
    session.add(entry)
    session.flush()
    return entry


def _row(planned: Planned, draft_id: int | None) -> dict[str, Any]:
    return {
        "position_id": planned.position.position_id,
        "name": planned.position.name,
        "agency": planned.position.agency,
        "outcome": planned.outcome.value,
        "before": spelled(planned.before),
        "after": spelled(planned.after),
        "busy": planned.busy,
        "draft_id": draft_id,
    }
