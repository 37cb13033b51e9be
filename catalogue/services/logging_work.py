"""Writing the diary: a line and its day's sums in one transaction, corrections as new lines."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Select, case, delete, func, insert, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import FullLine, LineDraft
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.models import Assignment, LogLine, Person, PersonDay
from catalogue.queries import tasks
from catalogue.services import inserting

BATCH = 5_000


def log_line(  # noqa: PLR0913 (a line has this many circumstances)
    session: Session,
    draft: LineDraft,
    *,
    day: date,
    today: date,
    by: int,
    at: datetime,
    entry_key: str | None = None,
) -> LogLine:
    """Write one line of the person's own day.

    `entry_key` makes a repeated send harmless: the line that it wrote first is answered again.
    Raises Invalid where the task is not the person's that day or the day has no room for it.
    """
    _lock(session, by)
    if entry_key and (sent := _sent_before(session, entry_key, by)):
        return sent
    assignment_id = _assignment(session, draft, day=day, today=today, by=by)
    _refuse_overfull(session, draft, day=day, by=by)
    line = _line(draft, assignment_id, day, at)
    line.entry_key = entry_key
    session.add(line)
    session.flush()
    sum_day(session, assignment_id, day)
    return line


def correct_line(
    session: Session, line_id: int, draft: LineDraft, *, today: date, by: int, at: datetime
) -> LogLine:
    """Write a line that supersedes one of the person's own; the former stays to be read."""
    _lock(session, by)
    former = session.get(LogLine, line_id)
    if former is None or former.assignment.person_id != by:
        raise NotFound("Không tìm thấy nội dung này.")
    if not former.current:
        raise Conflict("Dòng này đã được sửa ở nơi khác. Hãy mở lại ngày để xem dòng mới nhất.")
    assignment_id = _assignment(session, draft, day=former.day, today=today, by=by)
    _refuse_overfull(session, draft, day=former.day, by=by, but=former.id)
    former.current = False
    line = _line(draft, assignment_id, former.day, at)
    line.supersedes_id = former.id
    session.add(line)
    session.flush()
    for touched in {former.assignment_id, assignment_id}:
        sum_day(session, touched, former.day)
    return line


def sum_day(session: Session, assignment_id: int, day: date) -> None:
    """Put the day's sums back equal to its lines."""
    same_day = (PersonDay.assignment_id == assignment_id, PersonDay.day == day)
    session.execute(delete(PersonDay).where(*same_day))
    session.execute(
        insert(PersonDay).from_select(
            _SUM_COLUMNS,
            _sums().where(LogLine.assignment_id == assignment_id, LogLine.day == day),
        )
    )


def log_many(session: Session, lines: Iterable[FullLine], *, at: datetime) -> Iterator[int]:
    """Write lines in bulk, yielding how many after each batch; `sum_all_days` must follow."""
    written_at = inserting.moment(session, at)
    remaining = iter(lines)
    while batch := list(islice(remaining, BATCH)):
        columns = dict(zip(FullLine._fields, zip(*batch, strict=True), strict=True))
        columns["day"] = tuple(line.day.isoformat() for line in batch)
        inserting.insert(session, LogLine, columns, current=True, written_at=written_at)
        yield len(batch)


def sum_all_days(session: Session) -> None:
    """Rebuild every day's sums with one statement."""
    session.execute(delete(PersonDay))
    session.execute(insert(PersonDay).from_select(_SUM_COLUMNS, _sums()))


def _lock(session: Session, person_id: int) -> None:
    """Let one save of a person wait for another; SQLite's transaction does so by itself."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _sent_before(session: Session, entry_key: str, by: int) -> LogLine | None:
    line = session.scalar(select(LogLine).where(LogLine.entry_key == entry_key))
    if line is not None and line.assignment.person_id != by:
        raise Conflict("Mã gửi này đã được dùng. Hãy mở lại trang rồi ghi lại.")
    return line


def _assignment(session: Session, draft: LineDraft, *, day: date, today: date, by: int) -> int:
    if day > today:
        raise Invalid("Ngày: chưa đến ngày này.", field="day")
    task = tasks.own_task(session, by, day, draft.task_version_id)
    if task is None:
        message = f"Nhiệm vụ không thuộc vị trí việc làm của bạn ngày {day:%d/%m/%Y}."
        raise Invalid(message, field="task")
    return task.assignment_id


def _refuse_overfull(
    session: Session, draft: LineDraft, *, day: date, by: int, but: int | None = None
) -> None:
    if not 0 < draft.minutes <= MINUTES_PER_DAY:
        raise Invalid("Số giờ: phải lớn hơn 0 và không quá 24.", field="hours")
    logged = (
        select(func.coalesce(func.sum(LogLine.minutes), 0))
        .join(LogLine.assignment)
        .where(Assignment.person_id == by, LogLine.day == day, LogLine.current)
        .where(LogLine.id.is_distinct_from(but))
    )
    present = session.scalars(logged).one()
    if present + draft.minutes > MINUTES_PER_DAY:
        left = max(MINUTES_PER_DAY - present, 0)
        message = (
            f"Số giờ: ngày {day:%d/%m/%Y} đã ghi {present // 60} giờ {present % 60:02d} phút, "
            f"chỉ còn chỗ cho {left} phút."
        )
        raise Invalid(message, field="hours")


def _line(draft: LineDraft, assignment_id: int, day: date, at: datetime) -> LogLine:
    return LogLine(
        assignment_id=assignment_id,
        task_version_id=draft.task_version_id,
        day=day,
        content=draft.content,
        product=draft.product or None,
        quantity=draft.quantity,
        minutes=draft.minutes,
        overtime=draft.overtime,
        written_at=at,
    )


_SUM_COLUMNS = [
    "assignment_id",
    "day",
    "standard_minutes",
    "overtime_minutes",
    "product_minutes",
]


def _sums() -> Select[tuple[int, date, int, int, int]]:
    return (
        select(
            LogLine.assignment_id,
            LogLine.day,
            func.sum(case((LogLine.overtime, 0), else_=LogLine.minutes)),
            func.sum(case((LogLine.overtime, LogLine.minutes), else_=0)),
            func.sum(case((LogLine.product.is_not(None), LogLine.minutes), else_=0)),
        )
        .where(LogLine.current)
        .group_by(LogLine.assignment_id, LogLine.day)
    )
