"""Drafting a dossier, submitting it frozen, and what may be done to it as a whole."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.dossier import as_json, digest
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.states import OPEN_TO_EDIT, DossierState, Move, after
from catalogue.models import Dossier, DossierItem, Match
from catalogue.queries import dossier_items
from catalogue.services import auditing, enactment


def draft(
    session: Session,
    title: str,
    *,
    unit_id: int | None = None,
    due_on: date | None = None,
    by: int,
    at: datetime,
) -> Dossier:
    """Begin a dossier: one unit's, or one that gathers the items of many."""
    if not title:
        raise Invalid("Tên hồ sơ: hãy ghi hồ sơ trình về việc gì.", field="title")
    dossier = Dossier(
        number=1,
        title=title,
        unit_id=unit_id,
        state=DossierState.DRAFT,
        drafted_by_id=by,
        drafted_at=at,
        due_on=due_on,
    )
    session.add(dossier)
    session.flush()
    note(session, "drafted", dossier, by=by, at=at)
    return dossier


def submit(session: Session, dossier_id: int, *, by: int, at: datetime) -> Dossier:
    """Freeze what is asked for under its digest, and hand it to the committee."""
    dossier = locked(session, dossier_id)
    state = after(dossier.state, Move.SUBMIT)
    if not dossier.items:
        raise Conflict(
            "Hồ sơ chưa có mục nào nên chưa trình được. Hãy thêm các mục đã đối chiếu rồi trình."
        )
    enactment.refuse_doubled(session, enactment.of(session, dossier.id))
    dossier.content = as_json(dossier_items.read(session, dossier.id))
    dossier.sha256 = digest(dossier.content)
    dossier.state = state
    dossier.submitted_by_id, dossier.submitted_at = by, at
    note(session, Move.SUBMIT.value, dossier, by=by, at=at, sha256=dossier.sha256)
    session.flush()
    return dossier


def move(session: Session, dossier_id: int, step: Move, *, by: int, at: datetime) -> Dossier:
    """Make one move that takes nothing with it; the table of states says whether it may be made."""
    dossier = locked(session, dossier_id)
    state = after(dossier.state, step)
    refuse_own(session, dossier, by)
    dossier.state = state
    note(session, step.value, dossier, by=by, at=at)
    session.flush()
    return dossier


def give_back(session: Session, dossier_id: int, reason: str, *, by: int, at: datetime) -> Dossier:
    """Return a dossier with the reason; answers the next numbered draft, with the same items."""
    dossier = locked(session, dossier_id)
    state = after(dossier.state, Move.RETURN)
    if not reason:
        raise Invalid("Lý do trả lại: hãy ghi để người soạn biết phải sửa gì.", field="reason")
    refuse_own(session, dossier, by)
    dossier.state, dossier.return_reason = state, reason
    following = Dossier(
        first_id=dossier.first_id or dossier.id,
        number=dossier.number + 1,
        title=dossier.title,
        unit_id=dossier.unit_id,
        state=DossierState.DRAFT,
        drafted_by_id=dossier.drafted_by_id,
        drafted_at=at,
        due_on=dossier.due_on,
        items=[_copy(item) for item in dossier.items],
    )
    session.add(following)
    note(session, Move.RETURN.value, dossier, by=by, at=at, reason=reason)
    session.flush()
    return following


def locked(session: Session, dossier_id: int) -> Dossier:
    """Read a dossier as it now stands, and keep it so until the transaction ends."""
    query = select(Dossier).where(Dossier.id == dossier_id).with_for_update(of=Dossier)
    dossier = session.scalar(query.execution_options(populate_existing=True))
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.")
    return dossier


def open_to_edit(session: Session, dossier_id: int) -> Dossier:
    """Read a draft to change it, or refuse: what was submitted no longer changes."""
    dossier = locked(session, dossier_id)
    if dossier.state not in OPEN_TO_EDIT:
        message = (
            f"Hồ sơ đang ở trạng thái «{dossier.state.label}» nên nội dung không sửa được nữa. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)
    return dossier


def authors(session: Session, dossier: Dossier) -> set[int]:
    """Name all persons who drafted, submitted, or ruled a match of any draft of this dossier."""
    first = dossier.first_id or dossier.id
    series = select(Dossier.id).where((Dossier.id == first) | (Dossier.first_id == first))
    of_drafts = select(Dossier.drafted_by_id, Dossier.submitted_by_id).where(Dossier.id.in_(series))
    of_matches = (
        select(Match.ruled_by_id)
        .join(DossierItem, DossierItem.match_id == Match.id)
        .where(DossierItem.dossier_id.in_(series))
        .distinct()
    )
    people = {person for row in session.execute(of_drafts) for person in row}
    people.update(session.scalars(of_matches))
    return {person for person in people if person is not None}


def refuse_own(session: Session, dossier: Dossier, by: int) -> None:
    """Keep persons apart: who wrote a dossier neither rules on it nor issues it."""
    if by in authors(session, dossier):
        raise NotAllowed(
            "Bạn đã soạn, đối chiếu hoặc trình hồ sơ này nên không được xem xét, kết luận hay "
            "ban hành chính hồ sơ đó. Việc này phải do người khác làm."
        )


def _copy(item: DossierItem) -> DossierItem:
    kept = (
        *("ordinal", "match_id", "agency_id", "wording_row_id", "kind", "differs"),
        *("former_name", "name", "group", "rank", "code", "headcount", "why"),
    )
    return DossierItem(**{column: getattr(item, column) for column in kept})


def note(
    session: Session, deed: str, dossier: Dossier, *, by: int, at: datetime, **detail: object
) -> None:
    auditing.record(session, f"dossier.{deed}", f"dossier:{dossier.id}", by=by, at=at, **detail)
