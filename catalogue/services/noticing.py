"""Telling people of the diary by the program itself: each thing once, to whom it concerns."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import Insert, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid
from catalogue.domain.hours import clock
from catalogue.domain.notices import Channel, NoticeKind
from catalogue.domain.words import Role
from catalogue.models import Notice, NoticeDelivery, NoticeSetting, QuietTime
from catalogue.queries import missing_days, notices, recipients, unit_weeks

_WEEK = timedelta(days=7)


def tell(  # noqa: PLR0913 (a notice has this many parts)
    session: Session,
    people: Collection[int],
    kind: NoticeKind,
    text: str,
    path: str,
    *,
    about: date,
    key: int = 0,
    at: datetime,
) -> int:
    """Tell people something once; who was told of the same subject before is left out.

    Two commands at once tell it once too: the database knows what was told.
    """
    told = {"kind": kind, "text": text, "path": path, "made_at": at}
    subject = {"about_day": about, "about_key": key}
    rows = [{"person_id": person_id, **subject, **told} for person_id in people]
    return len(session.execute(_once(session), rows).all()) if rows else 0


def nudge(session: Session, *, today: date, at: datetime) -> int:
    """Remind, the next morning, who wrote nothing for the last working day and was not on leave."""
    day = notices.last_working_day(session, today)
    if day is None:
        return 0
    people = missing_days.without_lines(session, day)
    text = f"Ngày {day:%d/%m/%Y} chưa có dòng nhật ký nào. Hãy mở ngày ấy để ghi."
    path = f"/ngay-cua-toi?ngay={day}"
    return tell(session, people, NoticeKind.DAY_MISSING, text, path, about=day, at=at)


def summarise_week(session: Session, *, today: date, at: datetime) -> int:
    """Tell each head how the week before this one went in their units."""
    monday = today - timedelta(days=today.weekday())
    first, last = monday - _WEEK, monday - timedelta(days=1)
    told = 0
    for head in recipients.recipients(session, today, (Role.HEAD,)):
        week = unit_weeks.of_week(session, head.units, first, last)
        text = (
            f"Tuần {first:%d/%m}–{last:%d/%m/%Y}: {week.people} người, {clock(week.minutes)} giờ; "
            f"{week.without_lines} người chưa có dòng nào, {week.unjudged} dòng chờ đánh giá, "
            f"{week.pending} dòng chờ gắn nhiệm vụ."
        )
        told += tell(
            session, [head.person_id], NoticeKind.WEEK_SUMMARY, text, "/gio", about=first, at=at
        )
    return told


def _once(session: Session) -> Insert:
    """Write notices of which there are none yet, and answer which these were."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Notice).on_conflict_do_nothing().returning(Notice.id)
    return sqlite.insert(Notice).on_conflict_do_nothing().returning(Notice.id)


def read(session: Session, last: int, *, by: int, at: datetime) -> None:
    """Note that a person has read what they were told, up to the last notice that they saw."""
    seen = Notice.person_id == by, Notice.id <= last
    session.execute(update(Notice).where(*seen, Notice.read_at.is_(None)).values(read_at=at))


def carried(session: Session, notice_id: int, channel: Channel, *, at: datetime) -> None:
    """Claim a notice for a channel; the database refuses the same one a second time."""
    session.add(NoticeDelivery(notice_id=notice_id, channel=channel, sent_at=at))
    session.flush()


def not_carried(session: Session, notice_id: int, channel: Channel) -> None:
    """Give a claim back: the channel took nothing, and the next run tries again."""
    claim = (NoticeDelivery.notice_id == notice_id, NoticeDelivery.channel == channel)
    session.execute(delete(NoticeDelivery).where(*claim))


def choose(
    session: Session, wanted: Mapping[Channel, bool], begin: time, end: time, *, by: int
) -> None:
    """Keep by which channels a person is told, and when nothing may ring."""
    if not wanted.get(Channel.PROGRAM, True):
        raise Invalid("Trong chương trình: lời nhắc ở đây luôn hiện, không tắt được.")
    for channel, on in wanted.items():
        session.merge(NoticeSetting(person_id=by, channel=channel, wanted=on))
    session.merge(QuietTime(person_id=by, begin=begin, end=end))
    session.flush()
