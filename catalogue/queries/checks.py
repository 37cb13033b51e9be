"""Proving what the program promises: every line traces, and every sum equals its lines."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from catalogue.models import LogLine, PersonDay, PositionOrigin, PositionVersion
from catalogue.queries import trace


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
    ]


def _differing_days(session: Session) -> int:
    """Count the days whose kept sums differ from their lines, whichever side lacks the day."""
    lines = (
        select(
            LogLine.assignment_id,
            LogLine.day,
            func.sum(case((LogLine.overtime, 0), else_=LogLine.minutes)).label("standard"),
            func.sum(case((LogLine.overtime, LogLine.minutes), else_=0)).label("overtime"),
            func.sum(case((LogLine.product.is_not(None), LogLine.minutes), else_=0)).label(
                "product"
            ),
        )
        .where(LogLine.current)
        .group_by(LogLine.assignment_id, LogLine.day)
        .subquery()
    )
    same_day = (PersonDay.assignment_id == lines.c.assignment_id) & (PersonDay.day == lines.c.day)
    differing = (
        select(func.count())
        .select_from(lines)
        .outerjoin(PersonDay, same_day)
        .where(
            or_(
                PersonDay.day.is_(None),
                PersonDay.standard_minutes != lines.c.standard,
                PersonDay.overtime_minutes != lines.c.overtime,
                PersonDay.product_minutes != lines.c.product,
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
