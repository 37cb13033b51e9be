"""Ruling on one item (kết luận): rows are added, and of two at once the second sees both."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.reviewing import Verdict
from catalogue.domain.voting import Judgement
from catalogue.models import DossierItem, Ruling
from catalogue.services import auditing, ballots, dossiers, seating


class RulingOvertaken(Conflict):
    """Somebody ruled on the item meanwhile: `theirs` stands, `ours` was not written."""

    def __init__(self, theirs: Ruling, ours: Judgement) -> None:
        super().__init__(
            f"{theirs.ruled_by.name} vừa kết luận mục này. Kết luận của bạn CHƯA được ghi. "
            "Hãy đọc cả hai rồi quyết định có ghi kết luận của mình nữa không."
        )
        self.theirs = theirs
        self.ours = ours


def rule(  # noqa: PLR0913 (a ruling has this many circumstances)
    session: Session,
    item_id: int,
    ruled: Judgement,
    *,
    seen: int,
    by: int,
    at: datetime,
    today: date,
) -> Ruling:
    """Rule on an item; `seen` is the number of the last ruling that the author saw, 0 for none."""
    item = session.get(DossierItem, item_id)
    if item is None:
        raise NotFound("Không tìm thấy mục này.")
    dossier = ballots.at_stage(session, item.dossier_id, ruled.stage)
    seating.refuse_unseated(session, ruled.stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    _refuse_incomplete(ruled)
    _refuse_overtaken(session, item_id, ruled, seen)
    ruling = Ruling(
        item_id=item_id,
        stage=ruled.stage,
        number=seen + 1,
        verdict=ruled.verdict,
        amended_name=ruled.amended_name if ruled.verdict is Verdict.ADOPT_AMENDED else None,
        reason=ruled.reason,
        ruled_by_id=by,
        ruled_at=at,
    )
    session.add(ruling)
    _note(session, item, ruling, by=by, at=at)
    session.flush()
    return ruling


def _refuse_incomplete(ruled: Judgement) -> None:
    if ruled.verdict is not Verdict.ADOPT and not ruled.reason:
        raise Invalid("Lý do: cần ghi khi sửa hoặc không thông qua.", field="reason")
    if ruled.verdict is Verdict.ADOPT_AMENDED and not ruled.amended_name:
        message = "Tên sau khi sửa: cần ghi khi thông qua có chỉnh sửa."
        raise Invalid(message, field="amended_name")


def _refuse_overtaken(session: Session, item_id: int, ruled: Judgement, seen: int) -> None:
    """Compare with what the author saw; the dossier is locked, so nobody comes in between."""
    of_item = (Ruling.item_id == item_id, Ruling.stage == ruled.stage)
    last = session.scalars(select(func.coalesce(func.max(Ruling.number), 0)).where(*of_item)).one()
    if last == seen:
        return
    theirs = session.scalar(select(Ruling).where(*of_item, Ruling.number == last))
    if theirs is None or last < seen:
        raise Conflict("Trang này không còn đúng. Hãy mở lại mục rồi kết luận lại.")
    raise RulingOvertaken(theirs, ruled)


def _note(session: Session, item: DossierItem, ruling: Ruling, *, by: int, at: datetime) -> None:
    auditing.record(
        session,
        "item.ruled",
        f"dossier:{item.dossier_id}",
        by=by,
        at=at,
        item=item.ordinal,
        stage=ruling.stage.value,
        number=ruling.number,
        verdict=ruling.verdict.value,
    )
