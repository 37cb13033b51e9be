"""A small office whose work is judged: a district above, an office, a room, and their people."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, SourceState
from catalogue.domain.work_items import WorkItemState
from catalogue.models import (
    Assignment,
    Judgement,
    LineQuestion,
    LogLine,
    MonthClosing,
    Person,
    TaskVersion,
    Unit,
    WorkItem,
)
from catalogue.queries import checks
from catalogue.services import correcting, deputising
from catalogue.services.deputising import Deputising
from catalogue.services.judging_work import Days
from tests.making import (
    AT,
    TODAY,
    make_agency,
    make_description,
    make_document,
    make_grant,
    make_line,
    make_person,
    make_positions,
    make_unit,
    task_versions,
)

MONDAY = date(2024, 4, 8)
TUESDAY = MONDAY + timedelta(days=1)


@dataclass
class Judged:
    """What the tests name; the head heads the office and the room below it."""

    session: Session
    district: Unit
    office: Unit
    room: Unit
    task: TaskVersion
    chief: Person
    head: Person
    organiser: Person
    clerk: Person
    colleague: Person

    def viewer(self, person: Person, role: Role, *units: Unit, on: date = TODAY) -> Viewer:
        reached = frozenset(unit.id for unit in units) or None
        return Viewer(person.id, 0, person.name, {role: reached}, on)

    @property
    def as_head(self) -> Viewer:
        return self.viewer(self.head, Role.HEAD, self.office, self.room)

    @property
    def as_chief(self) -> Viewer:
        return self.viewer(self.chief, Role.HEAD, self.district, self.office, self.room)

    @property
    def as_organiser(self) -> Viewer:
        return self.viewer(self.organiser, Role.ORGANISER)

    def as_deputy(self, *, on: date = TODAY) -> Viewer:
        return self.viewer(self.colleague, Role.DEPUTY, self.office, self.room, on=on)

    def name_deputy(self, until: date = TODAY) -> int:
        """Let the colleague judge in the head's place."""
        wanted = Deputising(self.colleague.id, self.office.id, TODAY, until)
        return deputising.name(self.session, wanted, self.as_head, at=AT).id

    def line(self, person: Person | None = None, day: date = MONDAY, minutes: int = 90) -> LogLine:
        return make_line(self.session, person or self.clerk, self.task, day=day, minutes=minutes)

    def correct(self, line: LogLine) -> LogLine:
        draft = LineDraft(self.task.id, 30, product="Bản sửa")
        return correcting.correct_line(
            self.session, line.id, draft, today=TODAY, by=self.clerk.id, at=AT
        )

    def held_by(self, person: Person) -> int:
        query = select(Assignment.id).where(Assignment.person_id == person.id)
        return self.session.scalars(query).one()

    def work_item(self, state: WorkItemState = WorkItemState.OPEN) -> WorkItem:
        item = WorkItem(
            assignment_id=self.held_by(self.clerk),
            task_id=self.task.task_id,
            title="Đề án số hóa",
            product="Dự thảo đề án",
            quantity=1,
            assigned_on=MONDAY,
            due_on=TODAY,
            handed_in_on=TODAY if state is not WorkItemState.OPEN else None,
            state=state,
        )
        self.session.add(item)
        self.session.flush()
        return item

    def question(self, line: LogLine) -> None:
        self.session.add(
            LineQuestion(
                log_line_id=line.id, asked_by_id=self.colleague.id, text="Ở đâu?", asked_at=AT
            )
        )
        self.session.flush()

    def close_month(self) -> None:
        self.session.add(
            MonthClosing(
                unit_id=self.district.id,
                month=MONDAY.replace(day=1),
                closed_by_id=self.organiser.id,
                closed_at=AT,
            )
        )
        self.session.flush()

    def week(self, *lines: LogLine) -> Days:
        """The week, of whose lines the judge has read these."""
        assignments = {line.assignment_id for line in lines}
        return Days(assignments, MONDAY, MONDAY + timedelta(days=6), [line.id for line in lines])

    def words(self) -> list[tuple[int | None, str, int, int | None]]:
        """Every judgement there is: of which line, what, by whom, in whose place."""
        query = select(Judgement).order_by(Judgement.log_line_id, Judgement.id)
        return [
            (each.log_line_id, each.verdict.value, each.by_id, each.for_id)
            for each in self.session.scalars(query)
        ]

    def sums_are_equal(self) -> bool:
        self.session.flush()
        return not any(each.broken for each in checks.run(self.session)[:2])


def make_judged(session: Session) -> Judged:
    agency = make_agency(session, "VP", "Văn phòng")
    reference = make_document(session, "09-ĐA/TU", SourceState.REFERENCE)
    (version,) = make_positions(session, agency, reference, ("Chuyên viên tổng hợp",))
    described = make_description(session, version, agency, ("Soạn báo cáo",))
    district = make_unit(session, "VTH", "Huyện Vị Thủy")
    office = make_unit(session, "VTH-VP", "Văn phòng Huyện ủy", agency, district)
    room = make_unit(session, "VTH-VP-TH", "Phòng Tổng hợp", agency, office)
    room.reporting_unit_id = district.id
    place = {"unit": room, "position_id": version.position_id}
    chief = make_person(session, "Phạm Bí Thư", role=Role.HEAD, role_unit=district)
    head = make_person(session, "Trần Thủ Trưởng", unit=office, position_id=version.position_id)
    make_grant(session, head, Role.HEAD, office)
    return Judged(
        session=session,
        district=district,
        office=office,
        room=room,
        task=task_versions(session, described)[0],
        chief=chief,
        head=head,
        organiser=make_person(session, "Võ Tổ Chức", role=Role.ORGANISER),
        clerk=make_person(session, "Nguyễn Người Ghi", **place),  # type: ignore[arg-type]
        colleague=make_person(session, "Lê Đồng Nghiệp", **place),  # type: ignore[arg-type]
    )
