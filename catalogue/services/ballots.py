"""Members' ballots (phiếu lấy ý kiến): one each at a stage, changed as one likes until sent."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.voting import Mark
from catalogue.models import Ballot, BallotMark, Dossier, DossierItem
from catalogue.queries import ballots
from catalogue.services import auditing, dossiers, seating

_NAMED = 8


def take_up(
    session: Session, dossier_id: int, stage: Stage, *, by: int, at: datetime, today: date
) -> Ballot:
    """Give a member their one ballot of a stage, to write on; refused once it was sent."""
    dossier = at_stage(session, dossier_id, stage)
    seating.refuse_unseated(session, stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    ballot = ballots.of_person(session, dossier_id, stage, by)
    if ballot is not None and ballot.sent_at is not None:
        raise Conflict(_sent(ballot))
    return ballot or fresh(session, dossier_id, stage, by, at=at)


def mark(session: Session, ballot: Ballot, said: Mapping[int, Mark]) -> None:
    """Write what the ballot says of these items, in place of what it said of them before."""
    present = {one.item_id: one for one in ballot.marks}
    strangers = said.keys() - present.keys() - item_names(session, ballot.dossier_id).keys()
    if strangers:
        raise NotFound("Có mục không thuộc hồ sơ này. Hãy mở lại phiếu. Chưa có gì thay đổi.")
    for item_id, one in said.items():
        if item_id in present:
            present[item_id].choice, present[item_id].remark = one.choice, one.remark
        else:
            ballot.marks.append(BallotMark(item_id=item_id, choice=one.choice, remark=one.remark))
    session.flush()


def agree_to_rest(session: Session, ballot: Ballot) -> int:
    """Agree to every item of which the ballot says nothing yet; answers how many."""
    rest = item_names(session, ballot.dossier_id).keys() - {one.item_id for one in ballot.marks}
    mark(session, ballot, {item_id: Mark(Choice.AGREE) for item_id in sorted(rest)})
    return len(rest)


def send(session: Session, ballot: Ballot, *, by: int, at: datetime) -> None:
    """Hand the ballot in, for good; refused while it is silent on any item."""
    refuse_gaps(session, ballot.dossier_id, [one.item_id for one in ballot.marks])
    ballot.sent_at = at
    note(session, "sent", ballot, by=by, at=at)
    session.flush()


def at_stage(session: Session, dossier_id: int, stage: Stage) -> Dossier:
    """Read a dossier to act on it at a stage, or refuse: it is not, or no longer, there."""
    dossier = dossiers.locked(session, dossier_id)
    if Stage.of(dossier.state) is not stage:
        message = (
            f"Hồ sơ đang ở trạng thái «{dossier.state.label}», không ở bước «{stage.label}». "
            "Hãy mở lại hồ sơ để xem trạng thái mới nhất. Chưa có gì thay đổi."
        )
        raise Conflict(message)
    return dossier


def item_names(session: Session, dossier_id: int) -> dict[int, str]:
    """Name every item of a dossier as a refusal names it: `mục 3 «Văn thư»`."""
    listed = select(DossierItem.id, DossierItem.ordinal, DossierItem.name)
    listed = listed.where(DossierItem.dossier_id == dossier_id).order_by(DossierItem.ordinal)
    return {key: f"mục {ordinal} «{name}»" for key, ordinal, name in session.execute(listed)}


def refuse_gaps(session: Session, dossier_id: int, marked: Collection[int]) -> None:
    """Refuse a ballot that is silent on some item, naming it."""
    names = item_names(session, dossier_id)
    silent = [name for item_id, name in names.items() if item_id not in marked]
    if silent:
        more = "" if len(silent) <= _NAMED else f" và {len(silent) - _NAMED} mục nữa"
        message = (
            f"Phiếu đã chọn {len(names) - len(silent)}/{len(names)} mục nên chưa gửi được. "
            f"Hãy chọn ở: {'; '.join(silent[:_NAMED])}{more}."
        )
        raise Invalid(message)


def fresh(
    session: Session, dossier_id: int, stage: Stage, person_id: int, *, at: datetime
) -> Ballot:
    """Open a member's ballot, with nothing on it."""
    ballot = Ballot(dossier_id=dossier_id, stage=stage, person_id=person_id, opened_at=at)
    session.add(ballot)
    session.flush()
    return ballot


def note(
    session: Session, deed: str, ballot: Ballot, *, by: int, at: datetime, **detail: object
) -> None:
    about = {"stage": ballot.stage.value, "ballot": ballot.id, "of": ballot.person_id}
    subject = f"dossier:{ballot.dossier_id}"
    auditing.record(session, f"ballot.{deed}", subject, by=by, at=at, **about, **detail)


def _sent(ballot: Ballot) -> str:
    how = "đã được thư ký nhập hộ từ phiếu giấy" if ballot.entered_by_id else "đã gửi"
    return f"Phiếu này {how} nên không sửa được nữa. Chưa có gì thay đổi."
