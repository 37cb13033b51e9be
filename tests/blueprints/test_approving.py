"""A description goes to approval through its pages, and its holder says to have read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.domain import drafting as contents
from catalogue.domain.description import Section
from catalogue.domain.states import DraftState
from catalogue.extensions import db
from catalogue.models import (
    Account,
    ApprovalRule,
    DescriptionDraft,
    DraftStep,
    Establishment,
    LoginSession,
    Submission,
)
from catalogue.queries import drafts
from catalogue.services import accounts, drafting
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import TASKS, World
from tests.drafts import whole_record
from tests.exporters.word_rules import parts_of
from tests.making import AT, PASSWORD, TODAY

Act = Callable[[str], FlaskClient]


@pytest.fixture
def act(app: Flask, sign_in: SignIn) -> Act:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in


def state(app: Flask, draft_id: int) -> DraftState:
    with app.app_context(), Session(db.engine) as session:
        return session.get_one(DescriptionDraft, draft_id).state


def of(app: Flask, submission_id: int) -> Submission:
    with app.app_context(), Session(db.engine) as session:
        return session.get_one(Submission, submission_id)


def give_password(app: Flask, world: World, person: str) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        account = session.get_one(Account, world.people[person])
        accounts.set_password(session, account, PASSWORD, by=None, at=AT)


def forget_passwords(app: Flask) -> None:
    """Let the last time that a password was given be too long ago."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        long_ago = clock.now() - timedelta(hours=1)
        session.execute(update(LoginSession).values(confirmed_at=long_ago))


def test_a_draft_is_checked_and_sent_from_its_page(app: Flask, act: Act, world: World) -> None:
    client, path = act("unit_officer"), f"/soan-mo-ta/{world.description_draft}/trinh"
    page = client.get(path).text
    assert "Không còn thiếu gì." in page
    assert "cả bản là mới" in page
    sent = client.post(path, follow_redirects=True)
    assert "Đã gửi thẩm định" in sent.text
    assert state(app, world.description_draft) is DraftState.SUBMITTED
    assert "nên không gửi được" in client.get(path).text
    assert client.post(path).status_code == 409


def test_a_returned_submission_says_what_is_wrong_in_which_section(
    app: Flask, act: Act, world: World
) -> None:
    organiser, path = act("organiser"), f"/tham-dinh-mo-ta/{world.submission}"
    refused = organiser.post(f"{path}/tra-lai", data={})
    assert refused.status_code == 422
    assert "hãy ghi lý do chung" in refused.text
    data = {"note": "", "duties": "Thiếu việc trực."}
    page = organiser.post(f"{path}/tra-lai", data=data, follow_redirects=True).text
    assert "Thiếu việc trực." in page
    draft_id = of(app, world.submission).draft_id
    assert state(app, draft_id) is DraftState.RETURNED
    officer = act("unit_officer")
    assert "Thiếu việc trực." in officer.get(f"/soan-mo-ta/{draft_id}").text
    assert "Trả lại, chờ bạn sửa" in officer.get("/").text
    assert "Trả lại, chờ bạn sửa" not in act("organiser").get("/").text


def test_nobody_is_said_to_write_in_what_was_sent(app: Flask, act: Act, world: World) -> None:
    submission = of(app, world.submission)
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(DescriptionDraft, submission.draft_id)
        by = submission.submitted_by_id
        drafting.write_down_author(session, draft.id, Section.DUTIES, by=by, at=clock.now())
    page = act("organiser").get(f"/soan-mo-ta/{submission.draft_id}").text
    assert "đang sửa" not in page
    assert "đã đủ để gửi thẩm định" not in page


def test_who_sent_it_takes_it_back_and_nobody_else(app: Flask, act: Act, world: World) -> None:
    path = f"/tham-dinh-mo-ta/{world.submission}/rut-lai"
    assert act("organiser").post(path).status_code == 403
    assert "Rút lại để sửa" in act("unit_officer").get(path.removesuffix("/rut-lai")).text
    assert act("unit_officer").post(path).status_code == 303
    assert state(app, of(app, world.submission).draft_id) is DraftState.WRITING


def test_a_description_is_appraised_approved_with_the_password_and_acknowledged(
    app: Flask, act: Act, world: World
) -> None:
    give_password(app, world, "head")
    path, digest = f"/tham-dinh-mo-ta/{world.submission}", of(app, world.submission).sha256
    assert "Chờ bạn thẩm định" in act("organiser").get("/").text
    assert act("organiser").post(f"{path}/tham-dinh", data={"note": "Đạt"}).status_code == 303
    head = act("head")
    forget_passwords(app)
    assert "Chờ bạn phê duyệt" in head.get("/").text
    approval = {"sha256_seen": digest, "valid_from": "2024-04-10"}
    assert head.post(f"{path}/phe-duyet", data=approval).status_code == 403
    approval["password"] = PASSWORD
    past = head.post(f"{path}/phe-duyet", data=approval | {"valid_from": "2024-04-09"})
    assert (past.status_code, "hãy chọn từ 10/04/2024" in past.text) == (422, True)
    approved = head.post(f"{path}/phe-duyet", data=approval, follow_redirects=True)
    assert "Đã phê duyệt." in approved.text
    assert digest in approved.text
    assert "Nguyễn Văn organiser" in approved.text
    assert "Đơn vị tính: văn bản" in approved.text
    described = of(app, world.submission).description_id
    version = head.get(f"/mo-ta/{described}").text
    assert '<span class="chip">Đã phê duyệt</span>' in version
    assert "Đã ban hành" not in version
    _hold(app, world, described or 0)
    staff = act("staff")
    assert "Chưa xác nhận đã đọc" in staff.get("/").text
    read = staff.post(f"/mo-ta/{described}/da-doc", follow_redirects=True)
    assert "Bạn đã xác nhận đọc bản này" in read.text
    assert "Chưa xác nhận đã đọc" not in staff.get("/").text
    assert "Soạn thảo báo cáo tuần" in staff.get("/ngay-cua-toi").text
    assert "người đã xác nhận" in act("head").get(f"/mo-ta/{described}").text
    unit_page = act("head").get(f"/don-vi/{world.unit}").text
    assert "xác nhận đã đọc bản mô tả được phê duyệt" in unit_page
    assert "chưa xác nhận" in unit_page
    assert act("other_staff").post(f"/mo-ta/{described}/da-doc").status_code == 403


def _hold(app: Flask, world: World, description_id: int) -> None:
    """Let those of the unit hold the position that was described."""
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.scalars(
            select(DescriptionDraft)
            .join(Submission, Submission.draft_id == DescriptionDraft.id)
            .where(Submission.description_id == description_id)
        ).one()
        held = select(Establishment).where(Establishment.unit_id == world.unit)
        for establishment in session.scalars(held):
            establishment.position_id = draft.position_id


def test_who_judges_reads_what_becomes_of_the_former_tasks(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(Submission, world.submission).draft
        draft.position_id, draft_id = world.position, draft.id
    client = sign_in("organiser")
    page = client.get(f"/tham-dinh-mo-ta/{world.submission}").text
    assert "Việc của bản trước không còn như cũ" in page
    assert "Thôi làm" in page
    assert all(task in page for task in TASKS)
    assert f"/soan-mo-ta/{draft_id}/so-sanh?lan=1" in page
    file = client.get(f"/soan-mo-ta/{draft_id}/so-sanh.docx?lan=1").data
    comments = parts_of(file)["word/comments.xml"].decode()
    assert all(f"Thôi làm: {task}" in comments for task in TASKS)


def test_the_heads_page_says_whom_a_submission_waits_for(act: Act, world: World) -> None:
    page = act("head").get(f"/tham-dinh-mo-ta/{world.submission}").text
    assert "Chờ người giữ vai trò «Cán bộ tổ chức cấp tỉnh»" in page
    assert "Nguyễn Văn organiser" in page
    assert "Trả lại để sửa" not in page


def test_who_judges_reads_all_that_was_sent_and_nothing_twice(
    app: Flask, act: Act, world: World
) -> None:
    draft_id = of(app, world.submission).draft_id
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(DescriptionDraft, draft_id)
        draft.based_on_id = world.description
        session.flush()
        task, *_ = drafts.former(session, draft, TODAY)
        whole = whole_record("Chuyên viên")
        first = replace(whole.duties[0], products=("Báo cáo", "Báo cáo", "Sổ theo dõi chung"))
        record = replace(whole, duties=(first,), preface=("Lời dẫn",), marks=("Dấu lưu ý X",))
        content = contents.as_json(contents.Content(record, {task: "Đã chuyển phòng khác"}))
        session.get_one(Submission, world.submission).content = content
    page = act("organiser").get(f"/tham-dinh-mo-ta/{world.submission}").text
    for said in ("Sản phẩm: Sổ theo dõi chung", "Lời dẫn", "Dấu lưu ý X", "Đã chuyển phòng khác"):
        assert said in page
    assert "Tiêu chí hoàn thành: Đúng hạn" not in page
    assert f"/soan-mo-ta/{draft_id}/so-sanh?lan=1" in page


def test_a_head_leaves_a_remark_on_what_is_being_written(act: Act, world: World) -> None:
    path = f"/soan-mo-ta/{world.description_draft}"
    assert "Góp ý vào một mục" in act("head").get(path).text
    said = {"section": Section.PURPOSE.value, "text": "Nêu rõ kết quả."}
    page = act("head").post(f"{path}/gop-y", data=said, follow_redirects=True).text
    assert "Nêu rõ kết quả." in page
    assert act("head").post(f"{path}/gop-y", data=said | {"text": ""}).status_code == 422
    assert act("unit_officer").post(f"{path}/gop-y", data=said).status_code == 403


def test_the_list_keeps_what_waits_for_me(act: Act, world: World) -> None:
    everything = act("organiser").get("/tham-dinh-mo-ta").text
    mine = act("organiser").get("/tham-dinh-mo-ta?viec=mine").text
    assert f"/tham-dinh-mo-ta/{world.other_submission}" in everything
    assert f"/tham-dinh-mo-ta/{world.submission}" in mine
    # Whoever sent it does not appraise it.
    assert f"/tham-dinh-mo-ta/{world.other_submission}" not in mine
    sheet = act("organiser").get(f"/tham-dinh-mo-ta.csv?don-vi={world.unit}").text
    assert sheet.count("Đã gửi thẩm định") == 1


def test_the_committee_sets_a_rule_from_a_day_with_its_basis(
    app: Flask, act: Act, world: World
) -> None:
    give_password(app, world, "committee")
    rule = {
        "kind": "particular",
        "unit": "",
        "drafter": "unit_officer",
        "appraiser": "organiser",
        "approver": "committee",
        "basis": "Quy định 12-QĐ/TU",
        "since": "2024-05-01",
    }
    assert act("organiser").post("/phan-cap", data=rule).status_code == 403
    member = act("committee")
    forget_passwords(app)
    assert member.post("/phan-cap", data=rule).status_code == 403
    rule["password"] = PASSWORD
    empty = member.post("/phan-cap", data=rule | {"basis": ""})
    assert (empty.status_code, "hãy ghi văn bản" in empty.text) == (422, True)
    page = member.post("/phan-cap", data=rule, follow_redirects=True).text
    assert "Quy định 12-QĐ/TU" in page
    with app.app_context(), Session(db.engine) as session:
        ends = session.scalars(select(ApprovalRule.valid_to).where(~ApprovalRule.general))
        assert [str(each) for each in ends] == ["2024-04-30", "None"]


def test_nothing_is_decided_twice(app: Flask, act: Act, world: World) -> None:
    path = f"/tham-dinh-mo-ta/{world.submission}"
    assert act("organiser").post(f"{path}/tham-dinh", data={}).status_code == 303
    assert act("organiser").post(f"{path}/tham-dinh", data={}).status_code == 409
    with app.app_context(), Session(db.engine) as session:
        steps = select(DraftStep).where(DraftStep.submission_id == world.submission)
        assert len(session.scalars(steps).all()) == 2
