"""Recording that somebody is away, by kind and days alone, and taking it back."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind, Away
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.models import Absence, Assignment, LogLine, Person
from catalogue.queries import own_days
from catalogue.queries.own_days import OwnDays
from catalogue.services import auditing

_LONGEST_DAYS = 366


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
    """Record an absence, both days included; who may do so for whom is the caller's question."""
    _lock(session, person_id)
    away = Away(first, last, kind, half)
    _refuse(session, person_id, away, at.date())
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
    auditing.record(session, "absence.entered", f"absence:{absence.id}", by=by, at=at, kind=kind)
    return absence


def withdraw(session: Session, absence_id: int, *, by: int, at: datetime) -> Absence:
    """Take an absence back; doing so twice changes nothing."""
    absence = session.get(Absence, absence_id)
    if absence is None:
        raise NotFound("Không tìm thấy nội dung này.")
    _lock(session, absence.person_id)
    if absence.withdrawn_at is None:
        first, last, today = absence.first_day, absence.last_day, at.date()
        _refuse_closed_months(
            own_days.between(session, absence.person_id, first, last, today=today)
        )
        absence.withdrawn_at = at
        session.flush()
        auditing.record(session, "absence.withdrawn", f"absence:{absence.id}", by=by, at=at)
    return absence


def _lock(session: Session, person_id: int) -> None:
    """Let it wait for a sheet that the person is saving: the sheet asks whether they are away."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _refuse(session: Session, person_id: int, away: Away, today: date) -> None:
    if away.last < away.first:
        raise Invalid("Đến ngày: phải từ ngày bắt đầu trở đi.", field="last")
    if (away.last - away.first).days >= _LONGEST_DAYS:
        message = f"Đến ngày: một lần ghi không quá {_LONGEST_DAYS} ngày. Hãy chia thành nhiều lần."
        raise Invalid(message, field="last")
    own = own_days.between(session, person_id, away.first, away.last, today=today)
    _refuse_closed_months(own)
    for other in own.absences:  # one day has one absence: of two, nobody could tell what is owed
        message = (
            f"Từ {other.first:%d/%m/%Y} đến {other.last:%d/%m/%Y} đã ghi «{other.kind.label}». "
            "Hãy bỏ lần ghi đó trước rồi ghi lại."
        )
        raise Conflict(message)
    if away.closes_day:
        _refuse_logged_days(session, person_id, away)


def _refuse_closed_months(own: OwnDays) -> None:
    for first, _ in own.closed_months:  # whose standard hours rest on their absences
        message = f"Nhật ký tháng {first:%m/%Y} đã khóa nên ngày nghỉ không đổi được nữa."
        raise Conflict(message)


def _refuse_logged_days(session: Session, person_id: int, away: Away) -> None:
    logged = session.scalar(
        select(LogLine.day)
        .join(LogLine.assignment)
        .where(Assignment.person_id == person_id, LogLine.current, LogLine.overtime.is_(False))
        .where(LogLine.day.between(away.first, away.last))
        .order_by(LogLine.day)
        .limit(1)
    )
    if logged is not None:
        message = (
            f"Ngày {logged:%d/%m/%Y} đã ghi việc trong giờ chuẩn. Hãy bỏ hoặc sửa các dòng đó "
            "thành làm ngoài giờ, hoặc ghi nghỉ nửa ngày."
        )
        raise Conflict(message)
