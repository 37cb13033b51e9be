"""Telling people what was said of their work, what was decided on it, what work they were given.

Reasons and answers stay on the page: notices lie open in letters and on locked screens.
"""

from datetime import date, datetime
from textwrap import shorten
from typing import NamedTuple

from sqlalchemy.orm import Session

from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.domain.notices import NoticeKind
from catalogue.models import Judgement, Objection, WorkItem
from catalogue.services import noticing

_TITLE_CHARACTERS = 120


class _Subject(NamedTuple):
    """A line or a piece of work: whose, what a notice calls it, of which day."""

    person_id: int
    name: str
    day: date


def judged(session: Session, word: Judgement) -> None:
    """Tell who did the work that it was not simply accepted."""
    if word.verdict is Verdict.ACCEPTED:
        return
    subject = _subject(word)
    path = f"/ket-qua-cua-toi?thang={Month.of(subject.day)}"
    if word.work_item_id is None:
        path += f"&danh-gia={word.verdict.value}"
    noticing.tell(
        session,
        [subject.person_id],
        NoticeKind.JUDGED,
        f"{subject.name}: «{word.verdict.label}». Mở để đọc lý do.",
        path,
        about=subject.day,
        key=word.id,
        at=word.at,
    )


def decided(session: Session, objection: Objection, *, at: datetime) -> None:
    """Tell who objected that it was decided, whichever way."""
    if objection.outcome is None:
        raise ValueError(objection.id)
    subject = _subject(objection.judgement)
    noticing.tell(
        session,
        [objection.by_id],
        NoticeKind.OBJECTION,
        f"{subject.name}: «{objection.outcome.label}». Mở để đọc trả lời.",
        f"/ket-qua-cua-toi?thang={Month.of(subject.day)}",
        about=subject.day,
        key=objection.id,
        at=at,
    )


def given(session: Session, item: WorkItem, *, at: datetime) -> None:
    """Tell the holder of a piece of work that a head gave them."""
    _to_do(session, item, f"Bạn được giao việc «{_title(item)}»", at)


def sent_back(session: Session, item: WorkItem, *, at: datetime) -> None:
    """Tell the holder of a piece of work that more is asked of it."""
    _to_do(session, item, f"Việc «{_title(item)}» cần làm tiếp", at)


def _to_do(session: Session, item: WorkItem, what: str, at: datetime) -> None:
    """Tell of the last step of the work: the same work may come back more than once."""
    noticing.tell(
        session,
        [item.assignment.person_id],
        NoticeKind.ASSIGNED,
        f"{what}, hạn {item.due_on:%d/%m/%Y}.",
        f"/viec-nhieu-ngay/{item.id}",
        about=item.due_on,
        key=item.steps[-1].id,
        at=at,
    )


def _subject(word: Judgement) -> _Subject:
    if word.log_line is not None:
        line = word.log_line
        name = f"Dòng nhật ký ngày {line.day:%d/%m/%Y}"
        return _Subject(line.assignment.person_id, name, line.day)
    if word.work_item is None:
        raise ValueError(word.id)
    item = word.work_item
    day = item.handed_in_on or item.assigned_on
    return _Subject(item.assignment.person_id, f"Việc «{_title(item)}»", day)


def _title(item: WorkItem) -> str:
    return shorten(item.title, _TITLE_CHARACTERS, placeholder="…")
