"""Proving what the program promises: every line traces, and every sum equals its lines."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.domain.words import IN_FORCE
from catalogue.models import (
    Issuance,
    LogLine,
    PersonDay,
    PositionOrigin,
    PositionVersion,
    Submission,
    Succession,
)
from catalogue.queries import approvals, issued, line_sums, succession_walk, trace


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, how many things it was held against, and how many break it."""

    promise: str
    looked_at: int
    broken: int


def run(session: Session) -> list[Check]:
    """Hold the database against every promise."""
    lines = session.scalars(select(func.count(LogLine.id))).one()
    days = session.scalars(select(func.count()).select_from(PersonDay)).one()
    versions = session.scalars(select(func.count(PositionVersion.id))).one()
    return [
        Check("Mọi dòng nhật ký truy về được một dòng phụ lục", lines, trace.untraced(session)),
        Check("Tổng ngày bằng đúng các dòng, đến từng phút", days, _differing_days(session)),
        Check("Mọi lần của vị trí có nguồn gốc", versions, _without_origin(session)),
        *_of_decisions(session, lines),
    ]


def _of_decisions(session: Session, lines: int) -> list[Check]:
    """Hold what was issued, and the cross-walk that it made, against their promises."""
    decisions = session.scalars(select(func.count(Issuance.id))).one()
    steps = session.scalars(select(func.count(Succession.id))).one()
    return [
        Check(
            "Mọi quyết định còn đúng mã kiểm tra lúc duyệt", decisions, issued.unfaithful(session)
        ),
        Check(
            "Mọi bản mô tả đã trình còn đúng mã kiểm tra lúc gửi",
            session.scalars(select(func.count(Submission.id))).one(),
            approvals.unfaithful(session),
        ),
        Check("Mọi chuyển đổi đi từ vị trí cũ sang vị trí mới", steps, _backward_steps(session)),
        Check(
            "Giờ cộng theo vị trí chính thức bằng đúng các dòng", lines, _minutes_astray(session)
        ),
    ]


def _differing_days(session: Session) -> int:
    """Count the days whose kept sums differ from their lines, whichever side lacks the day."""
    lines = line_sums.summed().subquery()
    same_day = (PersonDay.assignment_id == lines.c.assignment_id) & (PersonDay.day == lines.c.day)
    differing = (
        select(func.count())
        .select_from(lines)
        .outerjoin(PersonDay, same_day)
        .where(
            or_(
                PersonDay.day.is_(None),
                *(getattr(PersonDay, name) != lines.c[name] for name in line_sums.SUMS),
            )
        )
    )
    orphaned = (
        select(func.count())
        .select_from(PersonDay)
        .outerjoin(lines, same_day)
        .where(lines.c.day.is_(None))
    )
    return session.scalars(differing).one() + session.scalars(orphaned).one()


def _without_origin(session: Session) -> int:
    originated = select(PositionOrigin.position_version_id)
    query = select(func.count(PositionVersion.id)).where(PositionVersion.id.not_in(originated))
    return session.scalars(query).one()


def _backward_steps(session: Session) -> int:
    """Count the steps whose successor stood before them, or whose former never did."""
    stood = select(PositionVersion.id).where(
        PositionVersion.state.in_(IN_FORCE), PositionVersion.valid_from < Succession.valid_from
    )
    backwards = or_(
        stood.where(PositionVersion.position_id == Succession.successor_id).exists(),
        ~stood.where(PositionVersion.position_id == Succession.position_id).exists(),
    )
    return session.scalars(select(func.count(Succession.id)).where(backwards)).one()


def _minutes_astray(session: Session) -> int:
    """Count the minutes by which the sums along the cross-walk differ from the lines."""
    ends = succession_walk.walk().ends
    minutes = PersonDay.standard_minutes + PersonDay.overtime_minutes
    rolled_up = (
        select(func.coalesce(func.sum(minutes), 0))
        .select_from(PersonDay)
        .join(ends, ends.c.assignment_id == PersonDay.assignment_id)
    )
    lines = select(func.coalesce(func.sum(LogLine.minutes), 0)).where(LogLine.current)
    # Along every step there is, those of decisions yet to take effect included.
    summed = session.execute(rolled_up, {"as_of": date.max}).scalar_one()
    return abs(int(summed) - int(session.scalars(lines).one()))
