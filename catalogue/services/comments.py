"""Remarks on a dossier and its items: the author's own until sent, then the whole thread's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Viewer
from catalogue.domain.states import UNDER_REVIEW, DossierState
from catalogue.models import Comment, DossierItem
from catalogue.queries import comments, reviews
from catalogue.services import auditing

_DISCUSSED = UNDER_REVIEW | {DossierState.SUBMITTED, DossierState.CONCLUDED}


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as it is typed: on which item (None: on the whole dossier), to whom, and what."""

    item_id: int | None
    audience: Audience
    text: str


def write(
    session: Session, dossier_id: int, said: Said, *, viewer: Viewer, at: datetime
) -> Comment:
    """Write a remark that only its author sees until it is sent."""
    dossier = reviews.dossier(session, viewer, dossier_id)
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.")
    if said.audience not in comments.writes_to(viewer):
        raise NotAllowed(f"Bạn không tham gia trao đổi «{said.audience.label}».")
    if dossier.state not in _DISCUSSED:
        message = (
            f"Hồ sơ đang ở trạng thái «{dossier.state.label}» nên không ghi thêm ý kiến được. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)
    if not said.text:
        raise Invalid("Ý kiến: chưa ghi gì.", field="text")
    _refuse_strange_item(session, dossier_id, said.item_id)
    comment = Comment(
        dossier_id=dossier_id,
        item_id=said.item_id,
        audience=said.audience,
        author_id=viewer.person_id,
        text=said.text,
        written_at=at,
    )
    session.add(comment)
    session.flush()
    return comment


def send(session: Session, comment_id: int, *, by: int, at: datetime) -> Comment:
    """Show a remark to its thread, for good."""
    comment = own_draft(session, comment_id, by)
    comment.sent_at = at
    auditing.record(
        session,
        "comment.sent",
        f"dossier:{comment.dossier_id}",
        by=by,
        at=at,
        comment=comment.id,
        audience=comment.audience.value,
    )
    session.flush()
    return comment


def discard(session: Session, comment_id: int, *, by: int) -> Comment:
    """Undo a remark that was not sent: nobody else has seen it."""
    comment = own_draft(session, comment_id, by)
    session.delete(comment)
    session.flush()
    return comment


def own_draft(session: Session, comment_id: int, by: int) -> Comment:
    """Read one's own remark to send or undo it; refused once it was sent."""
    own = select(Comment).where(Comment.id == comment_id, Comment.author_id == by)
    comment = session.scalar(own.with_for_update(of=Comment))
    if comment is None:
        raise NotFound("Không tìm thấy ý kiến này.")
    if comment.sent_at is not None:
        raise Conflict("Ý kiến này đã gửi nên không sửa, không bỏ được nữa.")
    return comment


def _refuse_strange_item(session: Session, dossier_id: int, item_id: int | None) -> None:
    if item_id is None:
        return
    item = session.get(DossierItem, item_id)
    if item is None or item.dossier_id != dossier_id:
        raise NotFound("Không tìm thấy mục này trong hồ sơ.")
