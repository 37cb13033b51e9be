"""Absences and requests to fill in past days, as pages: one's own, and those of one's people."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.extensions import db
from catalogue.models import Absence, Account, BackfillConsent, DiaryRule
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.making import SINCE

Act = Callable[[str], FlaskClient]
LEAVE = {"kind": "leave", "first": "2024-04-02", "last": "03/04/2024"}


@pytest.fixture
def act(app: Flask, sign_in: SignIn) -> Act:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in


def person_of(app: Flask, world: World, persona: str) -> int:
    with app.app_context(), Session(db.engine) as session:
        return session.get_one(Account, world.people[persona]).person_id


def test_ones_own_absence_is_entered_and_withdrawn(app: Flask, act: Act) -> None:
    client = act("staff")
    page = client.post("/vang-mat", data=LEAVE, follow_redirects=True).text
    assert "Đã ghi vắng mặt." in page
    assert "02/04/2024 – 03/04/2024" in " ".join(page.split())
    again = client.post("/vang-mat", data=LEAVE | {"half": "y"})
    assert again.status_code == 422
    assert "đã ghi «Nghỉ phép»" in again.text
    with app.app_context(), Session(db.engine) as session:
        key = session.scalars(select(Absence.id)).one()
    assert act("other_staff").post(f"/vang-mat/{key}/rut").status_code == 404
    assert "Đã rút" in client.post(f"/vang-mat/{key}/rut", follow_redirects=True).text
    assert client.post(f"/vang-mat/{key}/rut").status_code == 409
    assert "Nghỉ phép" not in client.get("/vang-mat.csv").text
    assert "Nghỉ phép" in client.get("/vang-mat.csv?ca-da-rut=1").text


def test_a_head_enters_absences_of_the_unit_and_of_nobody_else(
    app: Flask, act: Act, world: World
) -> None:
    staff = {"person": str(person_of(app, world, "staff"))}
    assert act("head").post("/vang-mat", data=LEAVE | staff).status_code == 303
    assert act("unit_officer").get("/vang-mat?tim=nguyen+staff&thang=2024-04").text.count("Rút") > 0
    assert "Nghỉ phép" not in act("unit_officer").get("/vang-mat.csv?thang=2024-05").text
    assert "Nguyễn Văn staff" not in act("other_head").get("/vang-mat").text
    for persona in ("other_head", "other_staff", "organiser"):
        assert act(persona).post("/vang-mat", data=LEAVE | staff).status_code == 404


def test_what_cannot_be_read_of_an_absence_is_said_beside_its_field(act: Act) -> None:
    answer = act("staff").post("/vang-mat", data={"kind": "holiday", "first": "31/02/2024"})
    assert answer.status_code == 422
    assert "Loại: hãy chọn" in answer.text
    assert "Từ ngày: không có ngày này" in answer.text


def test_filling_in_is_asked_for_and_granted(app: Flask, act: Act, world: World) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.add(
            DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=7, basis="Quy định", valid_from=SINCE)
        )
    staff, head = act("staff"), act("head")
    wish = {"first": "2024-03-01", "last": "2024-03-04", "reason": "Đi cơ sở"}
    assert "Đã gửi đề nghị" in staff.post("/ghi-bu", data=wish, follow_redirects=True).text
    refused = staff.post("/ghi-bu", data=wish | {"first": "2024-04-09", "last": "2024-04-09"})
    assert "còn trong thời hạn" in refused.text
    assert "2 đề nghị ghi bù chờ bạn trả lời" in head.get("/").text
    path = f"/ghi-bu/{world.consent}"
    assert act("organiser").post(path, data={}).status_code == 403
    assert "vì sao không đồng ý" in head.post(path, data={}).text
    assert head.post(path, data={"open_until": "2024-04-12"}).status_code == 303
    assert "được ghi đến hết 12/04/2024" in " ".join(staff.get(path).text.split())
    assert staff.get("/ghi-bu.csv?cho=1").text.count("Chờ trả lời") == 1
    with app.app_context(), Session(db.engine) as session:
        assert session.get_one(BackfillConsent, world.consent).granted is True
