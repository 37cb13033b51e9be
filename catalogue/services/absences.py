"""Entering and withdrawing absences: by kind alone, and never over hours that were told."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind, Away
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.pending import OPEN_PENDING
from catalogue.models import Absence, Assignment, LogLine, PendingLine, Person
from catalogue.queries.closings import closed_between
from catalogue.queries.spelled import one_of
from catalogue.services import auditing

MOST_DAYS = 366
_NAMED = 5


def enter(  # noqa: PLR0913 (an absence has this many circumstances)
    session: Session,
    person_id: int,
    kind: AbsenceKind,
    first: date,
    last: date,
    *,
    half: bool = False,
    by: int,
    at: datetime,
) -> Absence:
    """Enter an absence, both days included; who may do it for whom is asked before."""
    away = Away(first, last, kind, half)
    _refuse_odd(away)
    _lock(session, person_id)
    _refuse_closed(session, person_id, away)
    _refuse_overlap(session, person_id, away)
    if away.closes_day:
        _refuse_logged(session, person_id, away)
    absence = Absence(
        person_id=person_id,
        kind=kind,
        first_day=first,
        last_day=last,
        half=half,
        entered_by_id=by,
        entered_at=at,
    )
    session.add(absence)
    session.flush()
    _record(session, "absence.entered", absence, by=by, at=at)
    return absence


def withdraw(session: Session, absence_id: int, *, by: int, at: datetime) -> Absence:
    """Take an absence back; its row stays, with when."""
    person_id = session.scalar(select(Absence.person_id).where(Absence.id == absence_id))
    if person_id is None:
        raise NotFound("Không tìm thấy nội dung này.")
    _lock(session, person_id)
    absence = session.get_one(Absence, absence_id, populate_existing=True)
    if absence.withdrawn_at is not None:
        raise Conflict("Lần vắng mặt này đã được rút từ trước. Hãy mở lại trang để xem.")
    away = Away(absence.first_day, absence.last_day, absence.kind, absence.half)
    _refuse_closed(session, person_id, away)
    absence.withdrawn_at = at
    session.flush()
    _record(session, "absence.withdrawn", absence, by=by, at=at)
    return absence


def _lock(session: Session, person_id: int) -> None:
    """Let a change to a person's days wait for another."""
    locked = select(Person.id).where(Person.id == person_id).with_for_update()
    if session.scalar(locked) is None:
        raise NotFound("Không tìm thấy nội dung này.")


def _refuse_odd(away: Away) -> None:
    if away.last < away.first:
        raise Invalid("Đến ngày: phải từ ngày bắt đầu trở đi.", field="last")
    if (away.last - away.first).days >= MOST_DAYS:
        message = f"Đến ngày: một lần ghi không quá {MOST_DAYS} ngày. Hãy chia thành nhiều lần."
        raise Invalid(message, field="last")


def _refuse_closed(session: Session, person_id: int, away: Away) -> None:
    if months := closed_between(session, person_id, away.first, away.last):
        named = ", ".join(month.label for month in months)
        message = (
            f"Đã khóa {named}, nên ngày vắng mặt trong đó không ghi thêm và không rút được. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _refuse_overlap(session: Session, person_id: int, away: Away) -> None:
    """Refuse a second absence on the same days, but for one more half of a day."""
    rivals = session.scalars(
        select(Absence)
        .where(Absence.person_id == person_id, Absence.withdrawn_at.is_(None))
        .where(Absence.first_day <= away.last, Absence.last_day >= away.first)
        .order_by(Absence.first_day)
    ).all()
    if not rivals or (away.half and len(rivals) == 1 and rivals[0].half):
        return
    rival = rivals[0]
    message = (
        f"Từ {rival.first_day:%d/%m/%Y} đến {rival.last_day:%d/%m/%Y} đã ghi "
        f"«{rival.kind.label}». Hãy rút lần ghi đó trước rồi ghi lại."
    )
    raise Conflict(message)


def _refuse_logged(session: Session, person_id: int, away: Away) -> None:
    if days := _logged(session, person_id, away):
        named = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_NAMED])
        more = f" và {len(days) - _NAMED} ngày nữa" if len(days) > _NAMED else ""
        message = (
            f"Ngày {named}{more} đã ghi việc trong giờ chuẩn. Hãy bỏ hoặc sửa các dòng đó thành "
            "làm ngoài giờ, hoặc ghi nghỉ nửa ngày."
        )
        raise Conflict(message)


def _logged(session: Session, person_id: int, away: Away) -> list[date]:
    """List the days of an absence that hold standard hours, those that wait for a task too."""
    held = select(Assignment.id).where(Assignment.person_id == person_id)
    lines = select(LogLine.day).where(
        LogLine.assignment_id.in_(held),
        LogLine.day.between(away.first, away.last),
        LogLine.current,
        ~LogLine.overtime,
    )
    waiting = select(PendingLine.day).where(
        PendingLine.assignment_id.in_(held),
        PendingLine.day.between(away.first, away.last),
        one_of(PendingLine.state, OPEN_PENDING),
        ~PendingLine.overtime,
    )
    return sorted(set(session.scalars(lines.union(waiting))))


def _record(session: Session, action: str, absence: Absence, *, by: int, at: datetime) -> None:
    """Write down who did it and for which days; why somebody is away is nobody else's matter."""
    auditing.record(
        session,
        action,
        str(absence.person_id),
        by=by,
        at=at,
        absence=absence.id,
        first=absence.first_day.isoformat(),
        last=absence.last_day.isoformat(),
    )
