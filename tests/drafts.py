"""An office whose job descriptions are drafted, with drafts in any state, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.domain import description as records, drafting
from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.states import DraftMove, DraftState
from catalogue.domain.words import Role, SourceState, TaskKind
from catalogue.models import (
    Agency,
    ApprovalRule,
    Description,
    DescriptionDraft,
    DraftAuthor,
    DraftStep,
    Person,
    PositionVersion,
    Submission,
    Unit,
)
from tests.making import (
    AT,
    SINCE,
    make_agency,
    make_description,
    make_document,
    make_person,
    make_positions,
    make_unit,
)

POSITIONS = ("Chánh Văn phòng", "Chuyên viên tổng hợp", "Nhân viên lái xe")
TASKS = ("Soạn thảo báo cáo tuần", "Theo dõi lịch công tác")
LATER = date(2024, 5, 1)

_ROUTE = (
    (DraftState.SUBMITTED, DraftMove.SUBMIT),
    (DraftState.APPRAISED, DraftMove.APPRAISE),
)


@dataclass
class Office:
    """What the tests name: `present` is the description in force of the second position."""

    session: Session
    agency: Agency
    unit: Unit
    positions: Sequence[PositionVersion]
    present: Description
    officer: Person
    organiser: Person
    other_organiser: Person
    head: Person
    member: Person
    holder: Person

    def draft(
        self,
        state: DraftState = DraftState.WRITING,
        *,
        record: records.Description | None = None,
        general: bool = False,
        position: int = 1,
    ) -> DescriptionDraft:
        """Lay down a draft as it stands in a state, with the steps that led there."""
        version = self.positions[position]
        writer = self.organiser if general else self.officer
        content = drafting.as_json(Content(record or whole_record(version.name)))
        made = DescriptionDraft(
            position_id=version.position_id,
            position_version_id=version.id,
            unit_id=None if general else self.unit.id,
            based_on_id=None,
            state=state,
            content=content,
            revisions={section.value: 1 for section in Section},
            started_at=AT,
            changed_at=AT,
        )
        self.session.add(made)
        self.session.flush()
        self.session.add(DraftAuthor(draft_id=made.id, person_id=writer.id, last_at=AT))
        self._walk(made, writer)
        self.session.flush()
        return made

    def _walk(self, made: DescriptionDraft, writer: Person) -> None:
        if made.state is DraftState.WRITING:
            return
        sent = Submission(
            draft_id=made.id,
            number=1,
            content=made.content,
            sha256=drafting.digest(made.content),
            submitted_by_id=writer.id,
            submitted_at=AT,
        )
        self.session.add(sent)
        self.session.flush()
        for reached, move in _ROUTE:
            person = writer if move is DraftMove.SUBMIT else self.other_organiser
            self.session.add(
                DraftStep(
                    draft_id=made.id,
                    submission_id=sent.id,
                    move=move,
                    person_id=person.id,
                    at=AT,
                )
            )
            if made.state is reached:
                break


def whole_record(name: str) -> records.Description:
    """A description that lacks nothing: every section has its text, every task its result."""
    return records.Description(
        name=name,
        purpose="Giúp lãnh đạo nắm và điều hành công việc chung.",
        workplace="Trụ sở cơ quan",
        duties=(
            records.Duty(
                "2.1",
                "Tổng hợp",
                tuple(
                    records.Task(text, "Báo cáo", "Đúng hạn", "văn bản", 120, TaskKind.PRODUCT)
                    for text in TASKS
                ),
                ("Đúng hạn", "Đúng hạn"),
                ("Báo cáo", "Báo cáo"),
            ),
            records.Duty(
                "2.2",
                "Hội họp",
                (records.Task("Dự họp giao ban", None, "Có mặt đủ", kind=TaskKind.MEETING),),
                ("Có mặt đủ",),
            ),
        ),
        relations=records.Relations(
            managed_by=("Chánh Văn phòng",),
            coordinates_in_unit=("Các phòng",),
            coordinates_with=("Các ban Đảng",),
            outside=(records.OutsideRelation("Sở Nội vụ", "Phối hợp"),),
        ),
        authority=(records.Authority("1", "Được cung cấp thông tin"),),
        qualifications={"Trình độ đào tạo": ("Đại học trở lên",)},
        competencies=(
            records.Requirement("Nhóm năng lực chung", "Đạo đức và bản lĩnh", 2, 3),
            records.Requirement("Nhóm năng lực chuyên môn", "Tham mưu xây dựng văn bản", 2, 3),
        ),
    )


def make_rules(session: Session) -> tuple[ApprovalRule, ApprovalRule]:
    """The two rules that an installation starts from: of a unit, and of all units."""
    particular, general = (
        ApprovalRule(
            general=general,
            drafter=drafter,
            appraiser=Role.ORGANISER,
            approver=approver,
            basis="Mặc định",
            valid_from=SINCE,
        )
        for general, drafter, approver in (
            (False, Role.UNIT_OFFICER, Role.HEAD),
            (True, Role.ORGANISER, Role.COMMITTEE),
        )
    )
    session.add_all((particular, general))
    session.flush()
    return particular, general


def make_office(session: Session) -> Office:
    """One agency with its list in force, one unit, the people of the approval, a holder."""
    agency = make_agency(session, "VPTU", "Văn phòng Tỉnh ủy")
    reference = make_document(session, "09-ĐA/TU", SourceState.REFERENCE)
    positions = make_positions(session, agency, reference, POSITIONS)
    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
    make_rules(session)
    return Office(
        session=session,
        agency=agency,
        unit=unit,
        positions=positions,
        present=make_description(session, positions[1], agency, TASKS),
        officer=make_person(session, "Lê Cán Bộ Tổ Chức", role=Role.UNIT_OFFICER, role_unit=unit),
        organiser=make_person(session, "Phạm Tổ Chức Tỉnh", role=Role.ORGANISER),
        other_organiser=make_person(session, "Võ Thẩm Định", role=Role.ORGANISER),
        head=make_person(session, "Trần Thủ Trưởng", role=Role.HEAD, role_unit=unit),
        member=make_person(session, "Huỳnh Thường Trực", role=Role.COMMITTEE),
        holder=make_person(
            session, "Nguyễn Người Giữ", unit=unit, position_id=positions[1].position_id
        ),
    )
