"""Descriptions from Word files go to drafts as they were compared, and to nobody else's."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents, received as uploads
from catalogue.domain.annotations import Annotations, Comment
from catalogue.domain.description import Description, Section, Task
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.received import ReadFile, Received
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftState
from catalogue.domain.upload import DescriptionClaim
from catalogue.domain.words import Role
from catalogue.forms.drafts import weights
from catalogue.importers import recognising
from catalogue.models import DescriptionDraft, DraftAuthor, Job, Person, SectionRemark
from catalogue.queries import drafting_bases
from catalogue.services import files, jobs, receiving
from catalogue.services.receiving import Choice, Outcome
from tests.drafts import TASKS, Office, make_office, whole_record
from tests.making import AT, TODAY, description_of, make_person

NAME = "Chuyên viên tổng hợp"
WHEN = datetime(2024, 4, 9, 8, 0)  # noqa: DTZ001 (a file's own claim, in its writer's time)


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def viewer(office: Office, person: Person, role: Role) -> Viewer:
    scope = None if role is Role.ORGANISER else frozenset((office.unit.id,))
    return Viewer(person.id, 1, person.name, {role: scope}, TODAY)


def officer(office: Office) -> Viewer:
    return viewer(office, office.officer, Role.UNIT_OFFICER)


def sent(
    office: Office, *read: Description, comments: tuple[Comment, ...] = (), general: bool = False
) -> Job:
    """A file with these descriptions that was read."""
    session, by = office.session, office.officer.id
    file = files.store(session, "a.docx", recognising.DOCX, repr(read).encode(), by=by, at=AT)
    unit_id = None if general else office.unit.id
    job = jobs.ask(
        session, file, DescriptionClaim(unit_id, office.agency.id, "a.docx"), by=by, at=AT
    )
    assert jobs.take(session, at=AT) is job
    received = Received(
        (ReadFile("a.docx", annotations=Annotations(comments=comments)),),
        tuple((0, each) for each in read),
    )
    jobs.ready(session, job.id, uploads.as_json(received), last=AT, at=AT)
    session.refresh(job)
    return job


def choice(
    office: Office, number: int = 0, position: int = 1, agreed: tuple[int, ...] = ()
) -> Choice:
    """What a person chooses who looks at the comparison now."""
    version = office.positions[position]
    base = drafting_bases.of_positions(
        office.session, [version.position_id], office.unit.id, TODAY
    ).get(version.position_id)
    return Choice(number, version.id, base.token if base else "", frozenset(agreed))


def write(office: Office, job: Job, *choices: Choice, by: Viewer | None = None) -> list[Outcome]:
    return receiving.write(
        office.session, job.id, choices, weigh=weights, by=by or officer(office), at=AT
    )


def words(draft: DescriptionDraft) -> Description:
    return contents.from_json(draft.content).description


def test_a_draft_is_begun_from_what_is_in_force_and_the_upload_is_done(office: Office) -> None:
    job = sent(office, description_of(NAME, (*TASKS, "Việc mới")))
    (outcome,) = write(office, job, choice(office))
    assert outcome.draft_id
    draft = office.session.get_one(DescriptionDraft, outcome.draft_id)
    assert (draft.based_on_id, draft.unit_id) == (office.present.id, office.unit.id)
    assert [bool(task.goes_on_from) for task in words(draft).duties[0].tasks] == [True, True, False]
    assert job.state is JobState.DONE
    with pytest.raises(Conflict, match="đã ghi nên không ghi được"):
        write(office, job, choice(office))


def test_one_that_is_refused_does_not_keep_the_others(office: Office) -> None:
    draft = office.draft()
    job = sent(office, whole_record(NAME), whole_record("Chánh Văn phòng"))
    stale, fine = choice(office), choice(office, 1, position=0)
    draft.revisions = draft.revisions | {"purpose": 2}
    office.session.flush()
    refused, written = write(office, job, stale, fine)
    assert (refused.draft_id, "đổi sau khi bạn mở" in refused.words) == (None, True)
    assert written.draft_id is not None
    assert job.state is JobState.READY


def test_only_sections_that_differ_are_saved_and_a_reason_to_retire_stays(office: Office) -> None:
    draft = office.draft()
    draft.content = draft.content | {"retired": {"77": "Không còn làm"}}
    office.session.flush()
    job = sent(office, replace(whole_record(NAME), starts="Khi ký"))
    write(office, job, choice(office))
    office.session.refresh(draft)
    assert [name for name, times in draft.revisions.items() if times > 1] == ["general"]
    assert contents.from_json(draft.content).retired == {77: "Không còn làm"}


def test_what_was_sent_for_appraisal_is_refused_by_itself(office: Office) -> None:
    draft = office.draft(DraftState.SUBMITTED)
    (outcome,) = write(office, sent(office, description_of(NAME, TASKS)), choice(office))
    assert outcome.draft_id is None
    assert "Đã gửi thẩm định" in outcome.words
    assert words(draft) == whole_record(NAME)


@pytest.mark.parametrize("begun", [[], [DraftState.WRITING]])
def test_what_no_form_of_the_editor_could_send_back_is_refused_by_itself(
    office: Office, begun: list[DraftState]
) -> None:
    drafts = [office.draft(state) for state in begun]
    long = description_of(NAME, tuple(f"Việc số {number}" for number in range(2_600)))
    job = sent(office, long, whole_record("Chánh Văn phòng"))
    refused, written = write(office, job, choice(office), choice(office, 1, position=0))
    assert refused.draft_id is None
    assert refused.words.startswith("Bản mô tả thứ 1: mục «2. Các công việc và tiêu chí đánh giá»")
    assert "quá 400 KB" in refused.words
    assert "trong Word rồi tải lại" in refused.words
    assert written.draft_id is not None
    kept = office.session.scalars(select(DescriptionDraft)).all()
    assert len(kept) == len(drafts) + 1
    assert [words(draft) for draft in drafts] == [whole_record(NAME) for _ in drafts]


def test_two_descriptions_for_one_position_are_not_written_over_each_other(office: Office) -> None:
    job = sent(office, whole_record(NAME), replace(whole_record(NAME), purpose="Khác"))
    first, second = write(office, job, choice(office), choice(office, 1))
    assert first.draft_id is not None
    assert second.draft_id is None


def test_who_does_not_draft_them_may_not_write_them(office: Office) -> None:
    organiser = viewer(office, office.organiser, Role.ORGANISER)
    with pytest.raises(NotAllowed, match="không được giao soạn"):
        write(office, sent(office, whole_record(NAME)), choice(office), by=organiser)
    with pytest.raises(NotAllowed):
        write(office, sent(office, whole_record(NAME), general=True), choice(office))


def test_who_sent_the_file_is_an_author_beside_who_put_it_in_the_draft(office: Office) -> None:
    colleague = make_person(office.session, "Cán Bộ Thứ Hai")
    job = sent(office, whole_record(NAME))
    write(office, job, choice(office), by=viewer(office, colleague, Role.UNIT_OFFICER))
    authors = set(office.session.scalars(select(DraftAuthor.person_id)))
    assert authors == {office.officer.id, colleague.id}


def test_comments_of_the_file_become_remarks_of_their_section_once(office: Office) -> None:
    comments = (
        Comment("Đoạn 3", "Trần Góp Ý", WHEN, "Nên gọn hơn", "điều hành công việc chung"),
        Comment("Bảng 1", "", None, "Xem lại"),
    )
    read = whole_record(NAME)
    write(office, sent(office, read, comments=comments), choice(office))
    again = replace(read, purpose=f"{read.purpose} Gọn.")
    write(office, sent(office, again, comments=comments), choice(office))
    remarks = office.session.scalars(select(SectionRemark).order_by(SectionRemark.id)).all()
    assert [(each.section, each.text, each.author_id) for each in remarks] == [
        (Section.PURPOSE, "Trần Góp Ý (09/04/2024): Nên gọn hơn", office.officer.id),
        (Section.GENERAL, "Không ghi tên: Xem lại", office.officer.id),
    ]


def test_a_likely_task_goes_on_only_where_it_was_agreed_to(office: Office) -> None:
    read = description_of(NAME, (f"{TASKS[0]} gửi lãnh đạo", TASKS[1]))
    assert isinstance(read.duties[0].tasks[0], Task)
    (outcome,) = write(office, sent(office, read), choice(office, agreed=(0,)))
    draft = office.session.get_one(DescriptionDraft, outcome.draft_id)
    assert all(task.goes_on_from for task in words(draft).duties[0].tasks)


def test_leaving_out_what_was_not_written_ends_the_upload(office: Office) -> None:
    job = sent(office, whole_record(NAME), whole_record("Chánh Văn phòng"))
    write(office, job, choice(office))
    receiving.finish(office.session, job.id, by=officer(office), at=AT)
    assert job.state is JobState.DONE
    other = sent(office, whole_record("Nhân viên lái xe"))
    receiving.finish(office.session, other.id, by=officer(office), at=AT)
    assert other.state is JobState.DISCARDED
