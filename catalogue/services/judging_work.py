"""Judging what people did: one line with a reason, or whole clean days at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Select, func, insert, literal, select, update
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.secrecy import refuse_secret
from catalogue.models import Assignment, Judgement, LogLine, Objection, Person
from catalogue.queries import clean_days, judges
from catalogue.services import auditing, work_notices
from catalogue.services.day_sums import sum_day, sum_days

_NOT_FOUND = "Không tìm thấy nội dung này."
_CLOSED = (
    "Tháng này đã khóa nên không đánh giá được nữa. Người ghi còn đề nghị điều chỉnh dòng hoặc nêu "
    "ý kiến về đánh giá đã có. Chưa có gì thay đổi."
)


@dataclass(frozen=True, slots=True)
class Said:
    """A word on one line; `seen` is the last judgement that the judge had read, if any."""

    verdict: Verdict
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are to be accepted, and all the lines of theirs that the judge had read."""

    assignments: Collection[int]
    first: date
    last: date
    seen: Collection[int]


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many lines and days were accepted, and how many days still wait."""

    lines: int
    days: int
    left: int


def judge_line(
    session: Session, line_id: int, said: Said, viewer: Viewer, *, at: datetime
) -> Judgement:
    """Write a word on one line; a changed word is a new row, and the last one holds."""
    line = _locked(session, line_id)
    place = _place(session, line, viewer)
    _refuse_settled(session, line)
    _refuse_unread(session, line, said)
    if said.verdict.needs_reason and not said.reason:
        message = f"Lý do: hãy ghi vì sao «{said.verdict.label}»."
        raise Invalid(message, field="reason")
    refuse_secret(said.reason, "reason")
    word = Judgement(
        log_line_id=line.id,
        verdict=said.verdict,
        reason=said.reason,
        by_id=viewer.person_id,
        for_id=place,
        at=at,
    )
    session.add(word)
    line.verdict = said.verdict
    session.flush()
    sum_day(session, line.assignment_id, line.day)
    auditing.record(
        session, "line.judged", str(line.id), by=viewer.person_id, at=at, verdict=said.verdict.value
    )
    work_notices.judged(session, word)
    session.flush()
    return word


def accept_days(session: Session, days: Days, viewer: Viewer, *, at: datetime) -> Accepted:
    """Accept all waiting lines of the clean days; a day that is not clean is left alone."""
    _lock(session, days.assignments)
    places = _places(session, days, viewer)
    wanted = clean_days.acceptable(days.assignments, days.first, days.last, days.seen)
    for place in set(places.values()):
        own = [each for each, head in places.items() if head == place]
        lines = _words(viewer.person_id, place, at).where(wanted, LogLine.assignment_id.in_(own))
        session.execute(insert(Judgement).from_select(_COLUMNS, lines))
    # Exactly the lines judged just now: what else changed meanwhile stays as it is.
    just = select(Judgement.id).where(
        Judgement.log_line_id == LogLine.id,
        Judgement.by_id == viewer.person_id,
        Judgement.at == at,
    )
    changed = session.execute(
        update(LogLine)
        .where(LogLine.assignment_id.in_(days.assignments))
        .where(LogLine.day.between(days.first, days.last), LogLine.verdict.is_(None))
        .where(just.exists())
        .values(verdict=Verdict.ACCEPTED)
        .returning(LogLine.assignment_id, LogLine.day)
        .execution_options(synchronize_session=False)
    ).all()
    left = _left(session, days)
    if not changed:
        raise Conflict(_nothing(left))
    sum_days(session, days.assignments, days.first, days.last)
    done = Accepted(len(changed), len(set(changed)), left)
    auditing.record(
        session,
        "days.accepted",
        f"{days.first:%Y-%m-%d} {days.last:%Y-%m-%d}",
        by=viewer.person_id,
        at=at,
        lines=done.lines,
        days=done.days,
    )
    session.flush()
    return done


_COLUMNS = ["log_line_id", "verdict", "reason", "by_id", "for_id", "at"]


def _words(by: int, place: int | None, at: datetime) -> Select[Any]:
    return select(
        LogLine.id,
        literal(Verdict.ACCEPTED, Judgement.verdict.type),
        literal("", Judgement.reason.type),
        literal(by, Integer),
        literal(place, Integer),
        literal(at, Judgement.at.type),
    )


def _lock(session: Session, assignments: Collection[int]) -> None:
    """Let judges of the same people, and these people's own saves, wait for each other."""
    of_lines = select(Assignment.person_id).where(Assignment.id.in_(assignments))
    people = select(Person.id).where(Person.id.in_(of_lines)).order_by(Person.id)
    session.execute(people.with_for_update(key_share=True))


def _locked(session: Session, line_id: int) -> LogLine:
    """Read a line as it now stands, and keep it so until the transaction ends."""
    assignment_id = session.scalar(select(LogLine.assignment_id).where(LogLine.id == line_id))
    if assignment_id is None:
        raise NotFound(_NOT_FOUND)
    _lock(session, [assignment_id])
    return session.get_one(LogLine, line_id, populate_existing=True)


def _place(session: Session, line: LogLine, viewer: Viewer) -> int | None:
    """Give in whose place the viewer judges the line; refuses who may not."""
    if line.assignment.person_id == viewer.person_id:
        raise NotAllowed("Không ai tự đánh giá việc của mình. Chưa có gì thay đổi.")
    may, place = judges.judge_of(session, viewer, line.assignment_id)
    if not may:
        raise NotFound(_NOT_FOUND)
    return place


def _places(session: Session, days: Days, viewer: Viewer) -> Mapping[int, int | None]:
    """Give in whose place the viewer judges each assignment; one that is not theirs refuses all."""
    judged = judges.judged_by(session, viewer, days.first, days.last)
    places = {each.assignment_id: each.in_place_of for each in judged}
    if not set(days.assignments) <= places.keys():
        raise NotFound(_NOT_FOUND)
    return {each: places[each] for each in days.assignments}


def _refuse_settled(session: Session, line: LogLine) -> None:
    """Refuse what is no longer, or not here, to be judged."""
    if not line.current:
        raise Conflict("Dòng này đã được sửa hoặc bỏ. Hãy mở lại danh sách để xem dòng mới nhất.")
    this = select(LogLine.id).where(LogLine.id == line.id)
    if session.scalar(this.where(clean_days.of_work(LogLine))) is not None:
        message = "Dòng này thuộc việc nhiều ngày: hãy đánh giá khi công việc được nộp."
        raise Conflict(message)
    if session.scalar(this.where(clean_days.closed(line.day, line.day))) is not None:
        raise Conflict(_CLOSED)
    objected = (
        select(Objection.id)
        .join(Judgement, Judgement.id == Objection.judgement_id)
        .where(Judgement.log_line_id == line.id)
    )
    if session.scalar(objected.limit(1)) is not None:
        message = (
            "Người ghi đã nêu ý kiến về đánh giá dòng này, nên cấp trên quyết định. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _refuse_unread(session: Session, line: LogLine, said: Said) -> None:
    last = session.scalars(
        select(Judgement)
        .where(Judgement.log_line_id == line.id)
        .order_by(Judgement.id.desc())
        .limit(1)
    ).first()
    if last is not None and last.id != said.seen:
        message = (
            f"{last.by.name} vừa đánh giá dòng này «{last.verdict.label}». "
            "Hãy đọc rồi đánh giá lại nếu cần. Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _left(session: Session, days: Days) -> int:
    """Count the days of which some lines still wait."""
    waiting = (
        select(LogLine.assignment_id, LogLine.day)
        .where(LogLine.assignment_id.in_(days.assignments))
        .where(LogLine.day.between(days.first, days.last), clean_days.waits())
        .distinct()
        .subquery()
    )
    return session.scalars(select(func.count()).select_from(waiting)).one()


def _nothing(left: int) -> str:
    if not left:
        return "Không còn dòng nào chờ đánh giá ở đây. Hãy mở lại danh sách."
    return (
        "Chưa đánh giá được ngày nào: có dòng mới ghi sau khi bạn mở trang, có dòng cần xem riêng, "
        "hoặc tháng đã khóa. Hãy mở lại danh sách, đọc các dòng mới rồi đánh giá. "
        "Chưa có gì thay đổi."
    )
