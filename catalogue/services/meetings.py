"""Votes by show of hands: the minutes' counts, entered by the secretary, confirmed by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Stage
from catalogue.domain.voting import Minutes, Scan
from catalogue.models import Meeting, MeetingCount
from catalogue.queries import seats
from catalogue.services import auditing, ballots, dossiers, paper_ballots, seating


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as its minutes tell of it, with their scan."""

    stage: Stage
    minutes: Minutes
    scan: Scan


def enter(
    session: Session, dossier_id: int, held: Held, *, by: int, at: datetime, today: date
) -> Meeting:
    """Enter what a meeting decided; the last one that is confirmed counts."""
    dossier = ballots.at_stage(session, dossier_id, held.stage)
    seating.refuse_unless_secretary(session, held.stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    _refuse_minutes(session, dossier_id, held, today)
    scan = paper_ballots.keep(session, held.scan, by=by, at=at)
    meeting = Meeting(
        dossier_id=dossier_id,
        stage=held.stage,
        held_on=held.minutes.held_on,
        present=held.minutes.present,
        entered_by_id=by,
        entered_at=at,
        scan_id=scan.id,
        counts=[
            MeetingCount(
                item_id=item_id,
                agree=tally.agree,
                agree_amended=tally.agree_amended,
                disagree=tally.disagree,
            )
            for item_id, tally in held.minutes.counts.items()
        ],
    )
    session.add(meeting)
    session.flush()
    _note(session, "entered", meeting, by=by, at=at, scan=scan.sha256)
    return meeting


def confirm(session: Session, meeting_id: int, *, by: int, at: datetime, today: date) -> Meeting:
    """Let a meeting's counts count: a second person compared them with the minutes."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("Không tìm thấy cuộc họp này.")
    dossier = ballots.at_stage(session, meeting.dossier_id, meeting.stage)
    session.refresh(meeting)
    if meeting.entered_by_id == by:
        raise NotAllowed(
            "Người nhập hộ không được tự xác nhận; việc này phải do người thứ hai làm."
        )
    seating.refuse_unseated(session, meeting.stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    if meeting.confirmed_at is not None:
        raise Conflict("Biên bản này đã có người xác nhận rồi.")
    meeting.confirmed_by_id, meeting.confirmed_at = by, at
    _note(session, "confirmed", meeting, by=by, at=at)
    session.flush()
    return meeting


def _refuse_minutes(session: Session, dossier_id: int, held: Held, today: date) -> None:
    minutes = held.minutes
    voters = sum(
        seat.votes and seat.stage is held.stage for seat in seats.on(session, minutes.held_on)
    )
    if minutes.held_on > today:
        raise Invalid("Ngày họp: chưa đến ngày này.", field="held_on")
    if not 0 < minutes.present <= voters:
        message = f"Số người có mặt: phải từ 1 đến {voters}, là số người biểu quyết hôm đó."
        raise Invalid(message, field="present")
    _refuse_counts(minutes, ballots.item_names(session, dossier_id))


def _refuse_counts(minutes: Minutes, names: Mapping[int, str]) -> None:
    if names.keys() != minutes.counts.keys():
        raise Invalid("Biên bản phải có kết quả của mọi mục trong hồ sơ.")
    for item_id, tally in minutes.counts.items():
        if min(tally.agree, tally.agree_amended, tally.disagree) < 0:
            raise Invalid(f"{names[item_id]}: số người không được nhỏ hơn 0.")
        if tally.answered > minutes.present:
            message = (
                f"{names[item_id]}: cộng lại là {tally.answered} người, "
                f"nhiều hơn {minutes.present} người có mặt."
            )
            raise Invalid(message)


def _note(
    session: Session, deed: str, meeting: Meeting, *, by: int, at: datetime, **detail: object
) -> None:
    about = {"stage": meeting.stage.value, "meeting": meeting.id}
    subject = f"dossier:{meeting.dossier_id}"
    auditing.record(session, f"meeting.{deed}", subject, by=by, at=at, **about, **detail)
