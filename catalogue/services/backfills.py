"""Consent to fill in days that are past the window: asked with a reason, granted until a day."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.models import BackfillConsent, Person
from catalogue.queries import backfills
from catalogue.queries.closings import closed_between
from catalogue.queries.diary_limits import limits_on
from catalogue.services import auditing

MOST_DAYS = 31
MOST_OPEN = 60


def ask(  # noqa: PLR0913 (a request has this many circumstances)
    session: Session,
    first: date,
    last: date,
    reason: str,
    *,
    today: date,
    by: int,
    at: datetime,
) -> BackfillConsent:
    """Ask to fill in one's own days, both included, that are past the window."""
    _refuse_odd(first, last, reason, today)
    session.execute(select(Person.id).where(Person.id == by).with_for_update())
    _refuse_needless(session, first, last, today)
    if months := closed_between(session, by, first, last):
        named = ", ".join(month.label for month in months)
        raise Conflict(f"Đã khóa {named}: hãy gửi đề nghị điều chỉnh thay vì xin ghi bù.")
    _refuse_repeated(session, first, last, by)
    consent = BackfillConsent(
        person_id=by, first_day=first, last_day=last, reason=reason, asked_at=at
    )
    session.add(consent)
    session.flush()
    auditing.record(session, "backfill.asked", str(consent.id), by=by, at=at)
    return consent


def decide(
    session: Session,
    consent_id: int,
    viewer: Viewer,
    *,
    open_until: date | None,
    answer: str,
    at: datetime,
) -> BackfillConsent:
    """Grant until a day, included, or refuse with a reason where none is given."""
    query = select(BackfillConsent).where(BackfillConsent.id == consent_id).with_for_update()
    consent = session.scalar(query.execution_options(populate_existing=True))
    if consent is None:
        raise NotFound("Không tìm thấy nội dung này.")
    if consent.granted is not None:
        raise Conflict("Đề nghị này đã được trả lời. Hãy mở lại trang để xem.")
    if consent.person_id not in backfills.judged(session, viewer):
        raise NotAllowed(
            "Chỉ người đánh giá sản phẩm của người này mới trả lời được, không phải người được ủy "
            "quyền."
        )
    _refuse_answer(open_until, answer, viewer.on)
    consent.granted, consent.open_until = open_until is not None, open_until
    consent.answer, consent.decided_at = answer or None, at
    consent.decided_by_id = viewer.person_id
    session.flush()
    action = "backfill.granted" if consent.granted else "backfill.refused"
    auditing.record(session, action, str(consent.id), by=viewer.person_id, at=at)
    return consent


def _refuse_odd(first: date, last: date, reason: str, today: date) -> None:
    if not reason:
        raise Invalid("Lý do: hãy ghi vì sao chưa ghi đúng hạn.", field="reason")
    refuse_secret(reason, "reason")
    if last < first:
        message = f"Đến hết ngày: hãy chọn từ {first:%d/%m/%Y} trở đi."
        raise Invalid(message, field="last")
    if last > today:
        raise Invalid("Đến hết ngày: chỉ ghi bù được ngày đã qua.", field="last")
    if (last - first).days >= MOST_DAYS:
        message = f"Đến hết ngày: mỗi lần xin không quá {MOST_DAYS} ngày."
        raise Invalid(message, field="last")


def _refuse_needless(session: Session, first: date, last: date, today: date) -> None:
    """Refuse days that may be written as they are: consent is for those past the window."""
    allowed = limits_on(session, last).backfill_days
    if allowed is None or (today - first).days <= allowed:
        message = (
            f"Từ ngày: {first:%d/%m/%Y} vẫn còn trong thời hạn được ghi. Hãy ghi ngay, không cần "
            "xin phép."
        )
        raise Invalid(message, field="first")


def _refuse_repeated(session: Session, first: date, last: date, person_id: int) -> None:
    waiting = session.scalar(
        select(BackfillConsent)
        .where(BackfillConsent.person_id == person_id, BackfillConsent.granted.is_(None))
        .where(BackfillConsent.first_day <= last, BackfillConsent.last_day >= first)
        .limit(1)
    )
    if waiting is not None:
        message = (
            f"Bạn đã xin ghi bù từ {waiting.first_day:%d/%m/%Y} đến {waiting.last_day:%d/%m/%Y} "
            "và đang chờ trả lời."
        )
        raise Conflict(message)


def _refuse_answer(open_until: date | None, answer: str, today: date) -> None:
    if open_until is None and not answer:
        raise Invalid("Trả lời: hãy ghi vì sao không đồng ý.", field="answer")
    refuse_secret(answer, "answer")
    if open_until is not None and not 0 <= (open_until - today).days <= MOST_OPEN:
        message = f"Được ghi đến hết ngày: hãy chọn từ hôm nay đến {MOST_OPEN} ngày tới."
        raise Invalid(message, field="open_until")
