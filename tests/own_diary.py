"""One holder's diary, in the words of a test."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary import LineDraft
from catalogue.domain.judging import Verdict
from catalogue.domain.work_items import WorkItemState
from catalogue.models import DiaryRule, LogLine, MonthClosing, Person, TaskVersion, Unit, WorkItem
from catalogue.services import correcting, logging_work
from catalogue.services.logging_work import Saved
from tests.assessments import assignment_of
from tests.drafts import Office, make_office
from tests.making import AT, SINCE, TODAY, task_versions

DAY = TODAY - timedelta(days=1)


class Now(TypedDict):
    """Who does it and when, as services ask for it."""

    today: date
    by: int
    at: datetime


class Diary:
    """One holder's diary, in the words of a test."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.office: Office = make_office(session)
        self.person: Person = self.office.holder
        self.tasks: list[TaskVersion] = task_versions(session, self.office.present)

    def draft(self, minutes: int = 60, **changes: object) -> LineDraft:
        told = {"product": "Biên bản"} | changes
        return LineDraft(self.tasks[0].id, minutes, **told)  # type: ignore[arg-type]

    def now(self) -> Now:
        return {"today": TODAY, "by": self.person.id, "at": AT}

    def save(self, *drafts: LineDraft, day: date = DAY, by: int | None = None) -> Saved:
        return logging_work.save_sheet(
            self.session, drafts, day=day, today=TODAY, by=by or self.person.id, at=AT
        )

    def minutes(self) -> Sequence[int]:
        lines = select(LogLine.minutes).where(LogLine.current).order_by(LogLine.id)
        return self.session.scalars(lines).all()

    def close_month(self) -> None:
        for each in self.session.scalars(select(Unit)):
            closing = MonthClosing(
                unit_id=each.id,
                month=DAY.replace(day=1),
                closed_by_id=self.person.id,
                closed_at=AT,
            )
            self.session.add(closing)
        self.session.flush()

    def limit(self, limit: DiaryLimit, value: int) -> None:
        self.session.add(DiaryRule(limit=limit, value=value, basis="Thử", valid_from=SINCE))
        self.session.flush()

    def line(self, line_id: int, verdict: Verdict | None = None) -> LogLine:
        """Read a line, with the head's word on it where one is given."""
        line = self.session.get_one(LogLine, line_id)
        line.verdict = verdict or line.verdict
        self.session.flush()
        return line

    def correct(self, line_id: int, draft: LineDraft) -> LogLine:
        return correcting.correct_line(self.session, line_id, draft, **self.now())

    def work(self, state: WorkItemState = WorkItemState.OPEN, task: int = 0) -> WorkItem:
        """Work of several days on one of the holder's tasks."""
        item = WorkItem(
            assignment_id=assignment_of(self.session, self.person),
            task_id=self.tasks[task].task_id,
            title="Đề án sắp xếp",
            product="Đề án",
            quantity=1,
            assigned_on=DAY,
            due_on=TODAY + timedelta(days=9),
            state=state,
        )
        self.session.add(item)
        self.session.flush()
        return item


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"
