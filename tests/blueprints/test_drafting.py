"""Drafting on pages: what is to be done, the editor without JavaScript, two people at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.blueprints.draft_editor import SLUGS
from catalogue.domain import drafting
from catalogue.domain.description import Section
from catalogue.domain.states import DraftState
from catalogue.domain.words import PositionGroup
from catalogue.extensions import db
from catalogue.forms.drafts import EDITORS
from catalogue.models import (
    Account,
    Description,
    DescriptionDraft,
    DraftAuthor,
    DutyTemplate,
)
from catalogue.queries import drafts
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.drafts import TASKS, whole_record
from tests.forms.test_draft_sheets import as_form
from tests.making import SINCE, TODAY

Change = Callable[[DescriptionDraft], None]


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("unit_officer")


def draft_of(app: Flask, draft_id: int) -> DescriptionDraft:
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        return session.get_one(DescriptionDraft, draft_id)


def change(app: Flask, draft_id: int, with_it: Change) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        with_it(session.get_one(DescriptionDraft, draft_id))


def form_of(app: Flask, draft_id: int, section: Section) -> dict[str, str]:
    """What the page sends of a section that nobody touched."""
    draft = draft_of(app, draft_id)
    with app.app_context(), Session(db.engine) as session:
        former = drafts.former(session, draft, TODAY)
    sheet = EDITORS[section].show(drafting.from_json(draft.content), former)
    return as_form(sheet) | {"seen": str(draft.revisions[section.value])}


def post(
    client: FlaskClient, draft_id: int, part: str, form: dict[str, str], **more: str
) -> tuple[int, str]:
    answer = client.post(f"/soan-mo-ta/{draft_id}/{part}", data=form | more, follow_redirects=True)
    return answer.status_code, answer.text


def content_of(app: Flask, draft_id: int) -> drafting.Content:
    return drafting.from_json(draft_of(app, draft_id).content)


def test_the_list_counts_by_stage_and_puts_what_was_returned_first(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    change(app, world.description_draft, lambda each: setattr(each, "state", DraftState.RETURNED))

    page = officer.get("/soan-mo-ta").text
    returned, none = page.index("Mở bản soạn"), page.index(">Soạn<")

    assert "0 / 60 vị trí đã có bản mô tả được phê duyệt." in page
    assert "Còn 81 ngày đến 30/06/2024" in page
    assert returned < none
    assert "đang dùng bản tạm thời" in page
    assert "Ban Tổ chức Tỉnh ủy" not in page


def test_the_list_narrows_by_stage_and_words_and_goes_as_csv(officer: FlaskClient) -> None:
    page = officer.get("/soan-mo-ta?trang-thai=dang-soan").text
    assert page.count("Mở bản soạn") == 1
    assert ">Soạn<" not in page
    assert "Không có vị trí nào như vậy" in officer.get("/soan-mo-ta?tim=khong+co+dau").text
    rows = officer.get("/soan-mo-ta.csv?tim=linh+vuc+so+60").text.splitlines()
    assert len(rows) == 2
    assert "Chưa có bản được phê duyệt" in rows[1]


@pytest.mark.parametrize(
    ("typed", "duties", "former"),
    [
        ({"beginning": "ban-hien-co"}, ["Tham mưu", "Thực hiện nhiệm vụ khác"], 3),
        ({"beginning": "trang"}, [], 0),
        ({"beginning": "mau-nhiem-vu", "template": "1"}, ["Họp", "Trực"], 0),
        (
            {"beginning": "vi-tri-tuong-tu", "like": "{other}"},
            ["Tham mưu", "Thực hiện nhiệm vụ khác"],
            0,
        ),
    ],
)
def test_a_draft_begins_with_what_was_chosen(
    app: Flask,
    officer: FlaskClient,
    world: World,
    typed: dict[str, str],
    duties: list[str],
    former: int,
) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        template = DutyTemplate(
            name="Hai nhiệm vụ",
            group=PositionGroup.SPECIALIST,
            duties=["Họp", "Trực"],
            basis="Mẫu thử",
            valid_from=SINCE,
        )
        session.add(template)
        other = session.scalars(
            select(Description.id).where(Description.position_id != world.position)
        ).first()
    address = f"/soan-mo-ta/moi?vi-tri={world.position}&don-vi={world.unit}"
    assert "Hai nhiệm vụ" in officer.get(address).text

    data = {"scope": "rieng"} | {name: text.format(other=other) for name, text in typed.items()}
    answer = officer.post(address, data=data)

    assert answer.status_code == 303
    drafted = int(answer.location.rpartition("/")[2])
    record = content_of(app, drafted).description
    assert [duty.name for duty in record.duties] == duties
    assert sum(len(each.goes_on_from) for each in drafting.loggable(record)) == former
    again = officer.post(address, data={"scope": "rieng", "beginning": "trang"})
    assert again.location == answer.location


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"beginning": ""}, "Bắt đầu từ đâu: hãy chọn"),
        ({"beginning": "mau-nhiem-vu", "template": "77"}, "Mẫu nhiệm vụ: hãy chọn"),
        ({"beginning": "vi-tri-tuong-tu", "like": "x"}, "Vị trí tương tự: hãy chọn"),
        ({"beginning": "ban-hien-co", "like": "1"}, "chưa đánh dấu «Chép từ vị trí tương tự»"),
        ({"beginning": "trang", "template": "1"}, "chưa đánh dấu «Từ mẫu nhiệm vụ"),
    ],
)
def test_a_beginning_that_is_none_is_said(
    officer: FlaskClient, world: World, typed: dict[str, str], sentence: str
) -> None:
    address = f"/soan-mo-ta/moi?vi-tri={world.position}&don-vi={world.unit}"
    answer = officer.post(address, data={"scope": "rieng"} | typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<option value="">Chưa chọn</option>' in answer.text


def test_only_whom_the_rule_names_begins_or_writes_a_draft(
    app: Flask, officer: FlaskClient, sign_in: SignIn, world: World
) -> None:
    address = f"/soan-mo-ta/moi?vi-tri={world.position}&don-vi={world.unit}"
    data = {"beginning": "trang"}
    assert officer.post(address, data=data | {"scope": "chung"}).status_code == 403
    organiser = sign_in("organiser")
    assert organiser.post(address, data=data | {"scope": "rieng"}).status_code == 403
    assert organiser.post(address, data=data | {"scope": "chung"}).status_code == 303
    form = form_of(app, world.description_draft, Section.PURPOSE)
    assert post(organiser, world.description_draft, "muc-tieu", form)[0] == 403
    assert organiser.post(f"/soan-mo-ta/{world.description_draft}/bo").status_code == 403
    assert "chỉ để đọc" in organiser.get(f"/soan-mo-ta/{world.description_draft}").text


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("thong-tin-chung", "workplace"),
        ("muc-tieu", "purpose"),
        ("nhiem-vu", "d1-t0-criterion"),
        ("quan-he", "o0-nature"),
        ("quyen-han", "a0-section"),
        ("trinh-do", "q0-lines"),
        ("nang-luc", "c1-group"),
    ],
)
def test_every_section_saves_without_javascript(
    app: Flask, officer: FlaskClient, world: World, slug: str, field: str
) -> None:
    form = form_of(app, world.description_draft, SLUGS[slug])
    before = content_of(app, world.description_draft)
    assert post(officer, world.description_draft, slug, form)[0] == 200
    assert content_of(app, world.description_draft) == before
    _, page = post(officer, world.description_draft, slug, form | {field: "Lời khác hẳn"})
    assert "Đã lưu lúc" in page
    after = form_of(app, world.description_draft, SLUGS[slug])
    assert after == form | {field: "Lời khác hẳn", "seen": "2"}


def test_a_button_that_moves_rows_saves_what_was_typed_beside_them(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    form = form_of(app, world.description_draft, Section.DUTIES) | {"d1-name": "Họp hành"}
    answer = officer.post(
        f"/soan-mo-ta/{world.description_draft}/nhiem-vu", data=form | {"op": "after:d0-t0-"}
    )
    assert answer.location.endswith("#d0-t1-")
    first, second = content_of(app, world.description_draft).description.duties
    assert [task.text for task in first.tasks] == [TASKS[0], "", TASKS[1]]
    assert second.name == "Họp hành"
    page = officer.get(f"/soan-mo-ta/{world.description_draft}").text
    assert "Nhiệm vụ 2.1, việc 2: chưa có nội dung" in page
    form = form_of(app, world.description_draft, Section.DUTIES)
    post(officer, world.description_draft, "nhiem-vu", form, op="save")
    assert len(content_of(app, world.description_draft).description.duties[0].tasks) == 2


def test_pasted_lines_become_tasks_and_those_that_cannot_stand_stay_as_typed(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    form = form_of(app, world.description_draft, Section.DUTIES)
    good = form | {"d1-paste": "- Họp chi bộ\n- Họp cơ quan"}
    _, page = post(officer, world.description_draft, "nhiem-vu", good, op="paste:d1-")
    assert "Đã dán 2 việc." in page
    form = form_of(app, world.description_draft, Section.DUTIES)
    bad = form | {"d1-paste": "Trực\t\t\t\tcả ngày\ttuần tra"}
    before = content_of(app, world.description_draft)
    status, page = post(officer, world.description_draft, "nhiem-vu", bad, op="paste:d1-")
    assert status == 422
    assert 'value="cả ngày"' in page
    assert '<option value="tuần tra" selected>' in page
    assert 'href="#d1-t3-norm"' in page
    assert 'href="#d1-t3-kind"' in page
    assert content_of(app, world.description_draft) == before


def test_a_section_too_long_to_be_sent_again_is_not_saved(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    before = content_of(app, world.description_draft)
    lines = "\n".join(f"Việc {number}" for number in range(3_000))
    form = form_of(app, world.description_draft, Section.DUTIES) | {"d0-paste": lines}

    status, page = post(officer, world.description_draft, "nhiem-vu", form)

    assert status == 413
    assert "dán ít dòng hơn" in page
    assert content_of(app, world.description_draft) == before


def test_saving_by_itself_answers_when_it_was_saved_and_what_is_still_missing(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    address = f"/soan-mo-ta/{world.description_draft}/muc-tieu"
    form = form_of(app, world.description_draft, Section.PURPOSE) | {"op": "autosave"}
    with app.app_context(), Session(db.engine) as session, session.begin():
        head = session.get_one(Account, world.people["head"]).person_id
        author = DraftAuthor(
            draft_id=world.description_draft,
            person_id=head,
            section=Section.DUTIES,
            last_at=clock.now() - timedelta(seconds=70),
        )
        session.add(author)

    told = officer.post(address, data=form | {"purpose": ""}).get_json()

    assert told["said"].startswith("Đã lưu lúc ")
    assert told["revision"] == 2
    assert "Mục 1: chưa có mục tiêu" in told["lacking"]
    assert told["others"] == [
        f"Nguyễn Văn head đang sửa mục «{Section.DUTIES.label}» (1 phút trước)."
    ]
    stale = officer.post(address, data=form | {"purpose": "Khác"})
    assert stale.status_code == 409
    assert stale.get_json()["said"].startswith("Chưa lưu được: Mục")
    wrong = officer.post(address, data=form | {"purpose": "a\x07"})
    assert wrong.status_code == 422
    assert list(wrong.get_json()["errors"]) == ["purpose"]


def test_a_row_moved_from_the_keyboard_comes_back_as_its_section_alone(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    form = form_of(app, world.description_draft, Section.DUTIES) | {"op": "up:d0-t1-"}
    answer = officer.post(
        f"/soan-mo-ta/{world.description_draft}/nhiem-vu",
        data=form,
        headers={"X-Draft-Section": "1"},
    )
    assert answer.headers["X-Focus"] == "d0-t0-"
    assert "<html" not in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert 'id="con-thieu"' in answer.text


def test_two_who_save_one_section_see_both_sides_and_choose(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    draft_id = world.description_draft
    stale = form_of(app, draft_id, Section.DUTIES)
    post(officer, draft_id, "nhiem-vu", stale | {"d0-name": "Của họ"}, op="down:d0-")

    status, page = post(officer, draft_id, "nhiem-vu", stale | {"d0-t0-text": "Của tôi"})

    assert status == 409
    assert "Nhiệm vụ 1 · Việc 1 · Công việc cụ thể" in page
    assert "Của tôi" in page
    assert "Của họ" in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    del hidden["csrf_token"]
    form = {name: unescape(text) for name, text in hidden.items()}
    assert post(officer, draft_id, "nhiem-vu", form)[0] == 200
    duties = content_of(app, draft_id).description.duties
    assert [duty.name for duty in duties] == ["Tổng hợp", "Hội họp"]
    assert duties[0].tasks[0].text == "Của tôi"
    assert duties[1] == whole_record("x").duties[1]


def test_a_former_task_is_followed_or_its_end_is_explained(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    change(app, world.description_draft, lambda each: setattr(each, "position_id", world.position))
    page = officer.get(f"/soan-mo-ta/{world.description_draft}").text
    assert "Công việc cũ chưa có nơi tiếp nối" in page
    assert "Dòng này: việc mới" in page

    form = form_of(app, world.description_draft, Section.DUTIES)
    reasons = dict.fromkeys(re.findall(r'id="(retired-\d+)"', page), "Không còn")
    told = {"d0-t0-from": "N1", "d0-t1-from": "N1, N2"}
    _, page = post(officer, world.description_draft, "nhiem-vu", form | reasons | told)

    assert "Dòng này: tách từ «Soạn thảo kế hoạch công tác năm»" in page
    assert "Dòng này: gộp từ «Soạn thảo kế hoạch công tác năm»; «Theo dõi" in page
    assert "Không thiếu gì" in page
    assert list(content_of(app, world.description_draft).retired.values()) == ["Không còn"] * 3
    compared = officer.get(f"/soan-mo-ta/{world.description_draft}/so-sanh").text
    assert "Thôi làm" in compared
    assert "Lý do: Không còn" in compared


def test_a_draft_put_aside_is_written_no_more(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    form = form_of(app, world.description_draft, Section.PURPOSE)
    dropped = officer.post(f"/soan-mo-ta/{world.description_draft}/bo", follow_redirects=True)
    assert "Đã bỏ bản soạn." in dropped.text
    assert draft_of(app, world.description_draft).state is DraftState.DROPPED
    typed = form | {"purpose": "Vừa gõ xong"}
    status, page = post(officer, world.description_draft, "muc-tieu", typed)
    assert status == 409
    assert "«Đã bỏ»" in page
    assert "Vừa gõ xong" in page
    assert "Vừa gõ xong" not in officer.get(f"/soan-mo-ta/{world.description_draft}").text


def test_a_position_leads_to_its_draft_for_who_may_read_it(
    officer: FlaskClient, sign_in: SignIn, app: Flask, world: World
) -> None:
    position = draft_of(app, world.description_draft).position_id
    link = f'href="/soan-mo-ta/{world.description_draft}"'
    assert link in officer.get(f"/vi-tri/{position}").text
    assert link not in sign_in("staff").get(f"/vi-tri/{position}").text
