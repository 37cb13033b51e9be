"""Drafting a dossier on pages: open it, gather what was reconciled, submit it once."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.domain.states import DossierState
from catalogue.extensions import db
from catalogue.models import Dossier, DossierItem, LoginSession
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("organiser")


def dossiers(app: Flask) -> list[tuple[str, DossierState, int]]:
    with app.app_context(), Session(db.engine) as session:
        return [
            (each.title, each.state, len(each.items))
            for each in session.scalars(select(Dossier).order_by(Dossier.id))
        ]


def test_a_dossier_is_opened_with_its_title_and_shows_its_draft(
    app: Flask, officer: FlaskClient
) -> None:
    page = officer.post(
        "/ho-so/moi",
        data={"title": "Danh mục của Văn phòng", "unit": "", "due_on": "15/04/2024"},
        follow_redirects=True,
    )

    assert "Danh mục của Văn phòng" in page.text
    assert "Hạn cho ý kiến 15/04/2024" in page.text
    assert dossiers(app)[-1] == ("Danh mục của Văn phòng", DossierState.DRAFT, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Tên hồ sơ: hãy ghi hồ sơ trình về việc gì."),
        ({"title": "Hồ sơ", "due_on": "31/02/2024"}, "không có ngày này"),
        ({"title": "Hồ sơ", "unit": "x"}, "Đơn vị: hãy chọn trong danh sách."),
    ],
)
def test_what_cannot_stand_is_said_and_what_was_typed_stays(
    app: Flask, officer: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    before = dossiers(app)

    page = officer.post("/ho-so/moi", data=typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{typed["title"]}"' in page.text
    assert dossiers(app) == before


def test_what_is_left_out_may_be_gathered_again(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    with app.app_context(), Session(db.engine) as session:
        item = session.scalars(
            select(DossierItem).where(DossierItem.dossier_id == world.draft)
        ).one()
        match, name = item.match_id, item.name

    emptied = officer.post(f"/ho-so/{world.draft}/bo", data={"match": match}, follow_redirects=True)
    filled = officer.post(
        f"/ho-so/{world.draft}/them",
        data={"reconciliation": world.reconciliation},
        follow_redirects=True,
    )

    assert "Hồ sơ chưa có mục nào" in emptied.text
    assert "Đã thêm 1 mục." in filled.text
    assert name in filled.text


def test_a_submitted_dossier_no_longer_changes(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    submitted = officer.post(f"/ho-so/{world.draft}/trinh", follow_redirects=True)
    again = officer.post(f"/ho-so/{world.draft}/trinh")
    draft = officer.get(f"/ho-so/{world.draft}/soan")

    assert "Nội dung từ nay không sửa được nữa." in submitted.text
    assert again.status_code == 409
    assert "không thể «Trình»" in again.text
    assert draft.status_code == 303
    assert DossierState.DRAFT not in {state for _, state, _ in dossiers(app)}


def test_submitting_asks_for_the_password_again(app: Flask, sign_in: SignIn, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client, long_ago = sign_in("organiser"), clock.now() - timedelta(minutes=20)
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values(opened_at=long_ago, confirmed_at=None))
    answer = client.post(f"/ho-so/{world.draft}/trinh")
    assert answer.status_code == 403
    assert "nhập lại mật khẩu" in answer.text
    assert DossierState.DRAFT in {state for _, state, _ in dossiers(app)}


def test_others_see_a_dossier_once_it_is_submitted(sign_in: SignIn) -> None:
    for persona in ("committee", "unit_officer", "head", "auditor"):
        page = sign_in(persona).get("/ho-so").text
        assert "Hồ sơ trùng khớp" not in page, persona
        assert "Hồ sơ đổi tên" in page, persona


def test_another_units_officer_sees_no_dossier_of_it(sign_in: SignIn) -> None:
    page = sign_in("other_head").get("/ho-so").text
    assert "Hồ sơ đổi tên" not in page
    assert "Hồ sơ của Ban Tổ chức" in page
