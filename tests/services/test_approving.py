"""A draft goes its way to approval; each step is another person's, and what is approved is read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents
from catalogue.domain.approving import Approval, Incomplete, Verdict
from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove, DraftState, MoveNotAllowed
from catalogue.domain.words import Role, VersionState
from catalogue.models import AuditEntry, DescriptionDraft, DraftStep, Submission
from catalogue.queries import approvals
from catalogue.services import approving, drafting
from tests.drafts import Office, make_office, whole_record
from tests.making import AT, TODAY, make_person
from tests.services.approval import appraiser, head, officer, sent, viewer


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def complete(office: Office, *, general: bool = False) -> DescriptionDraft:
    """A draft of a position that was not described before, so that nothing has to go on."""
    return office.draft(position=0, general=general)


def approval(submission: Submission, on: date = TODAY) -> Approval:
    return Approval(submission.sha256, on)


def test_what_is_sent_is_frozen_under_its_digest(office: Office) -> None:
    draft = complete(office)
    submission = approving.submit(office.session, draft.id, officer(office), at=AT)
    assert draft.state is DraftState.SUBMITTED
    assert (
        submission.sha256 == contents.digest(submission.content) == contents.digest(draft.content)
    )
    with pytest.raises(Conflict, match="không sửa được nữa"):
        drafting.save(
            office.session,
            draft.id,
            Content(whole_record("Tên khác")),
            {Section.GENERAL: 1},
            by=office.officer.id,
            at=AT,
        )


def test_nothing_is_sent_while_something_is_missing(office: Office) -> None:
    lacking = replace(whole_record("Chánh Văn phòng"), purpose="")
    draft = office.draft(record=lacking, position=0)
    with pytest.raises(Incomplete, match="chưa có mục tiêu"):
        approving.submit(office.session, draft.id, officer(office), at=AT)
    assert draft.state is DraftState.WRITING


def test_a_former_task_has_to_be_continued_or_said_to_end(office: Office) -> None:
    draft = office.draft(position=1)
    with pytest.raises(Incomplete) as refused:
        approving.submit(office.session, draft.id, officer(office), at=AT)
    assert {lack.what for lack in refused.value.lacks} == {"chưa có nơi tiếp nối"}


def test_only_the_role_that_the_rule_names_sends(office: Office) -> None:
    draft = complete(office)
    with pytest.raises(NotAllowed, match="Lê Cán Bộ Tổ Chức"):
        approving.submit(office.session, draft.id, appraiser(office), at=AT)
    elsewhere = Viewer(1, 0, "Khác", {Role.UNIT_OFFICER: frozenset({office.unit.id + 1})}, TODAY)
    with pytest.raises(NotAllowed, match="Cán bộ tổ chức đơn vị"):
        approving.submit(office.session, draft.id, elsewhere, at=AT)


def test_whoever_sent_it_takes_it_back_as_long_as_nobody_judged_it(office: Office) -> None:
    submission = sent(office)
    with pytest.raises(NotAllowed, match="Chỉ người đã gửi"):
        approving.take_back(office.session, submission.id, appraiser(office), at=AT)
    approving.take_back(office.session, submission.id, officer(office), at=AT)
    assert submission.draft.state is DraftState.WRITING
    again = approving.submit(office.session, submission.draft_id, officer(office), at=AT)
    assert again.number == 2
    approving.appraise(office.session, again.id, "", appraiser(office), at=AT)
    with pytest.raises(MoveNotAllowed):
        approving.take_back(office.session, again.id, officer(office), at=AT)


def test_a_submission_comes_back_with_what_is_wrong_in_which_section(office: Office) -> None:
    submission = sent(office)
    verdict = Verdict("Sửa mục 2", {Section.DUTIES: "Thiếu việc trực lễ."})
    approving.send_back(office.session, submission.id, verdict, appraiser(office), at=AT)
    assert submission.draft.state is DraftState.RETURNED
    said = approvals.remarks_of(office.session, submission.draft_id)
    assert [(each.text, each.author) for each in said[Section.DUTIES]] == [
        ("Thiếu việc trực lễ.", "Võ Thẩm Định")
    ]
    again = approving.submit(office.session, submission.draft_id, officer(office), at=AT)
    with pytest.raises(Conflict, match="không phải bản trình mới nhất"):
        approving.appraise(office.session, submission.id, "", appraiser(office), at=AT)
    assert again.draft.state is DraftState.SUBMITTED


def test_returning_needs_a_word_why(office: Office) -> None:
    with pytest.raises(Invalid, match="Lý do trả lại"):
        approving.send_back(office.session, sent(office).id, Verdict(""), appraiser(office), at=AT)


def test_who_drafted_or_sent_neither_appraises_nor_approves(office: Office) -> None:
    submission = sent(office)
    both = viewer(office, office.officer, Role.UNIT_OFFICER, Role.ORGANISER)
    with pytest.raises(NotAllowed, match="đã soạn hoặc gửi") as refused:
        approving.appraise(office.session, submission.id, "", both, at=AT)
    assert "Võ Thẩm Định" in str(refused.value)
    drafting.write_down_author(office.session, submission.draft_id, None, by=office.head.id, at=AT)
    office.session.flush()
    approving.appraise(office.session, submission.id, "", appraiser(office), at=AT)
    with pytest.raises(NotAllowed, match="chưa có ai khác giữ vai trò «Thủ trưởng đơn vị»"):
        approving.approve(office.session, submission.id, approval(submission), head(office), at=AT)
    deputy = make_person(office.session, "Phó Thủ Trưởng", role=Role.HEAD, role_unit=office.unit)
    with pytest.raises(NotAllowed, match="Người làm được: Phó Thủ Trưởng"):
        approving.approve(office.session, submission.id, approval(submission), head(office), at=AT)
    second = viewer(office, deputy, Role.HEAD)
    approving.approve(office.session, submission.id, approval(submission), second, at=AT)


def test_who_appraised_does_not_approve(office: Office) -> None:
    submission = sent(office, DraftState.APPRAISED)
    twofold = viewer(office, office.other_organiser, Role.ORGANISER, Role.HEAD)
    with pytest.raises(NotAllowed, match="đã thẩm định bản này"):
        approving.approve(office.session, submission.id, approval(submission), twofold, at=AT)


def test_what_was_not_read_is_not_approved(office: Office) -> None:
    submission = sent(office, DraftState.APPRAISED)
    with pytest.raises(Conflict, match=submission.sha256[:12]) as refused:
        approving.approve(
            office.session, submission.id, Approval("0" * 64, TODAY), head(office), at=AT
        )
    assert "0" * 12 in str(refused.value)


@pytest.mark.parametrize("days", [-1, 367])
def test_an_approval_begins_today_or_within_a_year(office: Office, days: int) -> None:
    submission = sent(office, DraftState.APPRAISED)
    odd = approval(submission, TODAY + timedelta(days=days))
    with pytest.raises(Invalid, match="Có hiệu lực từ ngày"):
        approving.approve(office.session, submission.id, odd, head(office), at=AT)


def test_what_is_approved_is_in_force_with_every_step_written_down(office: Office) -> None:
    draft = complete(office)
    submission = approving.submit(office.session, draft.id, officer(office), at=AT)
    approving.appraise(office.session, submission.id, "Đạt", appraiser(office), at=AT)
    described = approving.approve(
        office.session, submission.id, approval(submission), head(office), at=AT
    )
    assert (described.state, described.file_name) == (VersionState.ISSUED, "")
    assert (described.unit_id, described.valid_from) == (office.unit.id, TODAY)
    assert described.file_sha256 == submission.sha256
    assert submission.description_id == described.id
    assert draft.state is DraftState.APPROVED
    moves = select(DraftStep.move).where(DraftStep.draft_id == draft.id).order_by(DraftStep.id)
    assert list(office.session.scalars(moves)) == [
        DraftMove.SUBMIT,
        DraftMove.APPRAISE,
        DraftMove.APPROVE,
    ]
    noted = select(AuditEntry.action).where(AuditEntry.action == "draft.approve")
    assert office.session.scalars(noted).all() == ["draft.approve"]
    assert approvals.unfaithful(office.session) == 0


def test_a_general_description_is_approved_by_the_committee(office: Office) -> None:
    draft = complete(office, general=True)
    drafter = viewer(office, office.organiser, Role.ORGANISER)
    submission = approving.submit(office.session, draft.id, drafter, at=AT)
    approving.appraise(office.session, submission.id, "", appraiser(office), at=AT)
    with pytest.raises(NotAllowed, match="Ủy viên Ban Thường vụ"):
        approving.approve(office.session, submission.id, approval(submission), head(office), at=AT)
    member = viewer(office, office.member, Role.COMMITTEE)
    described = approving.approve(
        office.session, submission.id, approval(submission), member, at=AT
    )
    assert described.unit_id is None


def test_a_remark_is_left_on_a_draft_that_is_being_written(office: Office) -> None:
    draft = complete(office)
    approving.remark(office.session, draft.id, Section.PURPOSE, "Nói rõ hơn.", head(office), at=AT)
    assert draft.state is DraftState.WRITING
    assert approvals.remarks_of(office.session, draft.id)[Section.PURPOSE][0].submission is None
    drafting.drop(office.session, draft.id, by=office.officer.id, at=AT)
    with pytest.raises(Conflict, match="không góp ý được"):
        approving.remark(office.session, draft.id, Section.PURPOSE, "Nữa", head(office), at=AT)


def test_a_list_of_mine_holds_what_waits_for_my_word_only(office: Office) -> None:
    submission = sent(office)
    wanted = approvals.Wanted(mine=True)
    assert approvals.listed(office.session, wanted, head(office)) == []
    assert approvals.listed(office.session, wanted, officer(office)) == []
    mine = approvals.listed(office.session, wanted, appraiser(office))
    assert [each.submission_id for each in mine] == [submission.id]
