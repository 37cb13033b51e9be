"""Closing a month: what is lacking is named, what is over stays over, and a line is in or out."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, SheetRefused
from catalogue.domain.hours import Month
from catalogue.domain.judging import Verdict
from catalogue.domain.pending import PendingKind, PendingState
from catalogue.domain.work_items import WorkItemState
from catalogue.models import (
    AuditEntry,
    CalendarDay,
    Judgement,
    LogLine,
    MonthClosing,
    Objection,
    PendingLine,
    TaskVersion,
    WorkItem,
)
from catalogue.queries import closings, month_lacks
from catalogue.services import absences, closing_months, correcting, logging_work
from tests.assessments import assignment_of
from tests.closing import DAY, MARCH, Diary, make_diary
from tests.making import AT, TODAY, make_unit


@pytest.fixture
def diary(session: Session) -> Diary:
    return make_diary(session)


def objected_to(diary: Diary, line: LogLine) -> None:
    """Have the line be judged, and its writer answer to that."""
    said = {"verdict": Verdict.NOT_ACCEPTED, "reason": "Thiếu", "by_id": diary.office.head.id}
    word = Judgement(log_line_id=line.id, at=AT, **said)
    line.verdict = Verdict.NOT_ACCEPTED
    diary.session.add(word)
    diary.session.flush()
    diary.session.add(Objection(judgement_id=word.id, by_id=diary.holder, text="Đủ", at=AT))
    diary.session.flush()


def test_what_is_lacking_is_named_person_by_person(diary: Diary) -> None:
    session = diary.session
    diary.log()
    place = assignment_of(session, diary.office.holder)
    absences.enter(
        session,
        diary.holder,
        AbsenceKind.MISSION,
        date(2024, 3, 6),
        date(2024, 3, 28),
        half=False,
        by=diary.holder,
        at=AT,
    )
    session.add(
        PendingLine(
            assignment_id=place,
            day=date(2024, 3, 4),
            kind=PendingKind.UNPLANNED,
            state=PendingState.WAITING,
            content="Việc phát sinh",
            minutes=60,
            overtime=False,
            written_at=AT,
        )
    )
    item = WorkItem(
        assignment_id=place,
        task_id=session.get_one(TaskVersion, diary.task).task_id,
        title="Đề án",
        product="Đề án",
        quantity=1,
        assigned_on=date(2024, 3, 1),
        due_on=date(2024, 3, 20),
        handed_in_on=date(2024, 3, 20),
        state=WorkItemState.HANDED_IN,
    )
    session.add(item)
    session.flush()
    diary.log(60).work_item_id = item.id
    objected_to(diary, diary.log(60))
    (found,) = month_lacks.lacking(session, MARCH, None, today=TODAY)
    assert found.person == diary.office.holder.name
    assert found.empty == [date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 29)]
    assert (found.waiting, found.unjudged, found.of_work) == (1, 1, 1)
    assert (found.handed_in, found.objections) == (1, 1)


def test_a_month_that_lacks_something_closes_only_over_the_acknowledged_list(diary: Diary) -> None:
    diary.log()
    with pytest.raises(Conflict, match="còn 1 người"):
        diary.close(acknowledged=False)
    diary.close()
    kept = select(AuditEntry.detail).where(AuditEntry.action == "month.closed")
    assert diary.session.scalars(kept).one()["lacking"] == [[diary.holder, 20, 0, 1, 0, 0, 0]]
    assert month_lacks.lacking(diary.session, MARCH, [999], today=TODAY) == []


def test_a_month_that_is_whole_closes_without_a_word(diary: Diary) -> None:
    for day in MARCH.days():
        if day.weekday() < 5:
            diary.log(day=day).verdict = Verdict.ACCEPTED
    diary.close(acknowledged=False)
    assert diary.session.scalars(select(MonthClosing.month)).one() == MARCH.first


def test_a_month_that_is_not_over_does_not_close(diary: Diary) -> None:
    with pytest.raises(Conflict, match="Hãy khóa từ ngày 01/05/2024"):
        diary.close(Month(2024, 4))


def test_a_year_without_a_calendar_does_not_close(diary: Diary) -> None:
    diary.session.execute(delete(CalendarDay))
    with pytest.raises(CatalogueError, match="Chưa có lịch làm việc năm 2024"):
        diary.close()


def test_a_closed_month_takes_no_line_no_correction_and_no_removal(diary: Diary) -> None:
    line = diary.log()
    place = assignment_of(diary.session, diary.office.holder)
    assert not closings.closed_month(diary.session, place, DAY)
    diary.close()
    assert closings.closed_month(diary.session, place, DAY)
    assert not closings.closed_month(diary.session, place, date(2024, 4, 1))
    with pytest.raises(Invalid, match="đã khóa"):
        diary.log()
    with pytest.raises(Invalid, match="đã khóa"):
        correcting.correct_line(
            diary.session, line.id, diary.draft(), today=TODAY, by=diary.holder, at=AT
        )
    with pytest.raises(Invalid, match="đã khóa"):
        correcting.remove_line(diary.session, line.id, today=TODAY, by=diary.holder, at=AT)
    diary.log(day=date(2024, 4, 1))
    assert diary.broken() == []


def test_a_month_closes_once(diary: Diary) -> None:
    diary.close()
    with pytest.raises(Conflict, match="đã được Trần Thủ Trưởng khóa"):
        diary.close()


def test_the_province_closes_what_units_have_left_open(diary: Diary) -> None:
    other = make_unit(diary.session, "BTG", "Ban Tuyên giáo Tỉnh ủy")
    make_unit(diary.session, "BTG-1", "Phòng của Ban Tuyên giáo", parent=other)
    diary.close()

    def close_all() -> Sequence[int]:
        by = diary.office.organiser.id
        return closing_months.close_all(
            diary.session, MARCH, acknowledged=False, today=TODAY, by=by, at=AT
        )

    assert close_all() == [other.id]
    with pytest.raises(Conflict, match="đã được khóa ở mọi đơn vị"):
        close_all()
    assert diary.session.scalar(select(func.count(MonthClosing.id))) == 2


@dataclass(frozen=True)
class AtOnce:
    """A save and a closing, each in a transaction of its own, in the words of the two races."""

    unit: int
    head: int
    holder: int
    draft: LineDraft

    @classmethod
    def of(cls, diary: Diary) -> "AtOnce":
        made = cls(diary.office.unit.id, diary.office.head.id, diary.holder, diary.draft())
        diary.session.commit()
        return made

    def save(self, own: Session) -> None:
        logging_work.save_sheet(own, [self.draft], day=DAY, today=TODAY, by=self.holder, at=AT)

    def close(self, own: Session) -> int:
        """Close, and answer how many lines nobody had judged, as the closing saw them."""
        lacking = closing_months.close_unit(
            own, self.unit, MARCH, acknowledged=True, today=TODAY, by=self.head, at=AT
        )
        return sum(each.unjudged for each in lacking)


def waits(future: Future[Any]) -> bool:
    """Tell whether a deed still waits for another's transaction."""
    return not wait([future], timeout=0.5).done


def test_closing_waits_for_a_line_that_is_being_saved_and_counts_it(
    diary: Diary, engine: Engine
) -> None:
    both = AtOnce.of(diary)

    def closing() -> int:
        with Session(engine) as own, own.begin():
            return both.close(own)

    with ThreadPoolExecutor(1) as pool, Session(engine) as saving:
        both.save(saving)
        closed = pool.submit(closing)
        assert waits(closed)
        saving.commit()
        assert closed.result() == 1
    assert diary.broken() == []


def test_a_line_saved_while_its_month_is_being_closed_is_refused(
    diary: Diary, engine: Engine
) -> None:
    both = AtOnce.of(diary)

    def saving() -> None:
        with Session(engine) as own, own.begin():
            both.save(own)

    with ThreadPoolExecutor(1) as pool, Session(engine) as closing:
        assert both.close(closing) == 0
        saved = pool.submit(saving)
        assert waits(saved)
        closing.commit()
        with pytest.raises(SheetRefused, match="đã khóa"):
            saved.result()
    assert diary.session.scalar(select(func.count(LogLine.id))) == 0
