"""Who sits in the committee's two bodies, from which day to which; and what a seat allows."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import UNDER_REVIEW
from catalogue.domain.voting import Place
from catalogue.domain.words import Role
from catalogue.models import Dossier, Person, RoleGrant, Seat
from catalogue.queries import seats
from catalogue.services import auditing


def add(session: Session, place: Place, *, by: int | None, at: datetime, today: date) -> Seat:
    """Give a person a seat; refused to oneself, and to who sits in that body already.

    Only those who were granted the committee's role may sit; and while a dossier is being voted
    on, nobody comes in before tomorrow.
    """
    if place.person_id == by:
        raise NotAllowed("Không ai được tự xếp mình vào Thường trực hay Ban Thường vụ.")
    if not place.office:
        raise Invalid("Chức danh: hãy ghi, ví dụ «Ủy viên Ban Thường vụ».", field="office")
    # Two who seat one person at once wait here for each other.
    if session.get(Person, place.person_id, with_for_update=True) is None:
        raise NotFound("Không tìm thấy người này.")
    _refuse_ungranted(session, place)
    _refuse_amid_vote(session, place, today)
    _refuse_second(session, place)
    seat = Seat(
        stage=place.stage,
        person_id=place.person_id,
        office=place.office[:200],
        votes=not place.secretary,
        secretary=place.secretary,
        valid_from=place.since,
    )
    session.add(seat)
    _note(session, "given", seat, place.since, by=by, at=at)
    session.flush()
    return seat


def end(session: Session, seat_id: int, *, last: date, by: int, at: datetime) -> Seat:
    """End a seat: the day named is its last; the row stays to be read."""
    seat = session.get(Seat, seat_id, with_for_update=True)
    if seat is None:
        raise NotFound("Không tìm thấy ghế này.")
    if seat.person_id == by:
        raise NotAllowed("Không ai được tự cho mình thôi; việc này phải do người khác ghi.")
    if seat.valid_to is not None or last < seat.valid_from:
        raise Conflict(
            f"Ghế này bắt đầu từ {seat.valid_from:%d/%m/%Y} và không thể kết thúc vào "
            f"{last:%d/%m/%Y}. Hãy mở lại trang để xem danh sách mới nhất."
        )
    seat.valid_to = last
    _note(session, "ended", seat, last, by=by, at=at)
    session.flush()
    return seat


def refuse_unseated(session: Session, stage: Stage, *, by: int, today: date) -> None:
    """Refuse whoever does not vote in the body of this stage on this day."""
    seat = seats.of_person(session, stage, by, today)
    if seat is None or not seat.votes:
        message = (
            f"Hôm nay ({today:%d/%m/%Y}) bạn không có quyền biểu quyết ở bước «{stage.label}». "
            "Danh sách người biểu quyết ở trang «Thường trực, Ban Thường vụ»."
        )
        raise NotAllowed(message)


def refuse_unless_secretary(session: Session, stage: Stage, *, by: int, today: date) -> None:
    """Refuse whoever does not keep the papers of this stage on this day."""
    sits = select(Seat.id).where(
        Seat.stage == stage, Seat.person_id == by, Seat.secretary, Seat.holds_on(today)
    )
    if session.scalar(sits) is None:
        message = f"Chỉ thư ký của bước «{stage.label}» mới nhập hộ phiếu giấy và biên bản họp."
        raise NotAllowed(message)


def _refuse_ungranted(session: Session, place: Place) -> None:
    granted = select(RoleGrant.id).where(
        RoleGrant.person_id == place.person_id,
        RoleGrant.role == Role.COMMITTEE,
        RoleGrant.holds_on(place.since),
    )
    if session.scalar(granted.limit(1)) is None:
        message = (
            f"Người này chưa được giao vai trò «{Role.COMMITTEE.label}» vào ngày "
            f"{place.since:%d/%m/%Y}. Hãy đề nghị quản trị giao vai trò trước."
        )
        raise Invalid(message, field="person")


def _refuse_amid_vote(session: Session, place: Place, today: date) -> None:
    """Keep who votes, and how many make a quorum, as they were when a vote began."""
    at_stage = [state for state in UNDER_REVIEW if Stage.of(state) is place.stage]
    voting = select(Dossier.id).where(Dossier.state.in_(at_stage))
    if place.since <= today and session.scalar(voting.limit(1)) is not None:
        raise Conflict(
            f"Đang có hồ sơ lấy phiếu ở bước «{place.stage.label}» nên người mới chỉ tham gia "
            "được từ ngày mai. Hãy chọn ngày sau hôm nay."
        )


def _refuse_second(session: Session, place: Place) -> None:
    rival = select(Seat.id).where(
        Seat.stage == place.stage,
        Seat.person_id == place.person_id,
        (Seat.valid_to.is_(None)) | (Seat.valid_to >= place.since),
    )
    if session.scalar(rival) is not None:
        message = (
            f"Người này đã có ghế ở «{place.stage.label}» trong thời gian đó. "
            "Hãy cho thôi ghế cũ trước, hoặc chọn ngày bắt đầu muộn hơn."
        )
        raise Conflict(message)


def _note(
    session: Session, deed: str, seat: Seat, day: date, *, by: int | None, at: datetime
) -> None:
    detail = {"stage": seat.stage.value, "office": seat.office, "day": day.isoformat()}
    auditing.record(session, f"seat.{deed}", f"person:{seat.person_id}", by=by, at=at, **detail)
