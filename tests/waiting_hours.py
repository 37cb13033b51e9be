"""Hours without a task and work of several days, told in the words of a test."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.pending import Choice, PendingDraft, PendingKind, PendingState
from catalogue.domain.roles import Viewer
from catalogue.domain.work_items import Result, WorkDraft
from catalogue.models import (
    LogLine,
    MonthClosing,
    PendingLine,
    Person,
    PersonDay,
    RoleGrant,
    TaskVersion,
    WorkItem,
)
from catalogue.queries import checks
from catalogue.services import beginning_work, mapping_pending, pending_lines
from tests.assessments import assignment_of
from tests.drafts import Office, make_office
from tests.making import AT, TODAY, task_versions

TITLE = "Chuẩn bị hội nghị sơ kết quý I"


@dataclass
class Waiting:
    """An office whose holder tells hours that have no task."""

    session: Session
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = make_office(self.session)
        self.session.commit()

    @property
    def place(self) -> int:
        return assignment_of(self.session, self.office.holder)

    @property
    def tasks(self) -> list[TaskVersion]:
        return task_versions(self.session, self.office.present)

    def viewer(self, person: Person, on: date = TODAY) -> Viewer:
        grants = select(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.holds_on(on))
        scopes = {
            grant.role: None if grant.unit_id is None else frozenset({grant.unit_id})
            for grant in self.session.scalars(grants)
        }
        return Viewer(person.id, 0, person.name, scopes, on)

    def draft(self, minutes: int = 60, **told: object) -> PendingDraft:
        words = {"content": "Đón đoàn công tác", "product": "Báo cáo đón đoàn"} | told
        return PendingDraft(self.place, minutes, **words)  # type: ignore[arg-type]

    def tell(self, minutes: int = 60, *, day: date = TODAY, **told: object) -> PendingLine:
        return pending_lines.tell(
            self.session,
            self.draft(minutes, **told),
            day=day,
            today=TODAY,
            by=self.office.holder.id,
            at=AT,
        )

    def unmatched(self) -> PendingLine:
        """Hours as a spreadsheet brings them whose text is like no task."""
        line = self.tell()
        line.kind, line.origin = PendingKind.UNMATCHED, "thang-4.xlsx, trang 1, dòng 7"
        self.session.flush()
        return line

    def map(self, *lines: PendingLine, task: int = 0, by: Person | None = None) -> list[int]:
        chosen = self.tasks[task].id
        return mapping_pending.map_to_tasks(
            self.session,
            [Choice(line.id, chosen, len(line.steps)) for line in lines],
            viewer=self.viewer(by or self.office.head),
            at=AT,
        )

    def close_month(self, day: date = TODAY) -> None:
        self.session.add(
            MonthClosing(
                unit_id=self.office.unit.id,
                month=day.replace(day=1),
                closed_by_id=self.office.head.id,
                closed_at=AT,
            )
        )
        self.session.flush()

    def work(self, *, proposed: bool = False, due_in: int = 5, **told: object) -> WorkItem:
        """Assign or propose a piece of work on the first task of the holder's position."""
        facts = {
            "task_version_id": self.tasks[0].id,
            "title": TITLE,
            "product": "Báo cáo sơ kết",
            "quantity": 1,
            "due_on": TODAY + timedelta(days=due_in),
        }
        draft = WorkDraft(**facts | told)  # type: ignore[arg-type]
        if proposed:
            return beginning_work.propose(
                self.session, self.place, draft, today=TODAY, by=self.office.holder.id, at=AT
            )
        head = self.viewer(self.office.head)
        return beginning_work.assign(self.session, self.place, draft, viewer=head, at=AT)

    def sums(self, day: date = TODAY) -> tuple[int, int, int]:
        """Give the day's minutes in standard hours, accepted, and waiting for a task."""
        self.session.expire_all()
        found = self.session.scalars(select(PersonDay).where(PersonDay.day == day)).all()
        return (
            sum(each.standard_minutes for each in found),
            sum(each.accepted_minutes for each in found),
            sum(each.pending_minutes for each in found),
        )

    def assert_whole(self) -> None:
        """Hold the database against its promises: every sum equals its lines, every line traces."""
        self.session.flush()
        assert [each for each in checks.run(self.session) if each.broken] == []

    def state(self, line: PendingLine) -> PendingState:
        self.session.expire_all()
        return self.session.get_one(PendingLine, line.id).state

    def line(self, line_id: int) -> LogLine:
        self.session.expire_all()
        return self.session.get_one(LogLine, line_id)


def result(text: str = "Đã tổ chức xong", quantity: int = 1) -> Result:
    return Result(text, quantity)
