"""A unit reads its own days from the day after, and nothing reaches others."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.blueprints.filters import moment
from catalogue.domain.absences import AbsenceKind
from catalogue.domain.words import AssignmentKind, DayKind, TaskKind
from catalogue.extensions import db
from catalogue.models import (
    Absence,
    Assignment,
    AuditEntry,
    CalendarDay,
    LogLine,
    PersonDay,
    TaskVersion,
    Unit,
)
from tests.assessments import assignment_of
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OTHER_CANARY, OTHER_PERSON, OWN_CANARY, World
from tests.boards import PRODUCT, YESTERDAY, page, person_of, written_by
from tests.making import AT, SINCE, TODAY

PRINTED = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _logged_yesterday(app: Flask, world: World) -> None:
    """One line of the staff's on the day before."""
    app.config["WTF_CSRF_ENABLED"] = False
    written_by(app, world, "staff")


def test_members_read_the_day_before_with_products_and_without_notes(sign_in: SignIn) -> None:
    shown = page(sign_in("unit_officer"))
    assert PRODUCT in shown
    assert OWN_CANARY not in shown


def test_nothing_of_another_unit_is_on_it(sign_in: SignIn, world: World) -> None:
    client = sign_in("other_staff")
    assert PRODUCT not in page(client)
    assert client.get(f"/bang-cong-khai?don-vi={world.unit}").status_code == 404


@pytest.mark.parametrize("persona", ["organiser", "committee", "auditor"])
def test_who_reads_all_units_chooses_one_and_only_reads(
    sign_in: SignIn, world: World, persona: str
) -> None:
    shown = page(sign_in(persona), f"/bang-cong-khai?don-vi={world.unit}")
    assert PRODUCT in shown
    assert "Nêu ý kiến" not in shown
    assert "Nêu ý kiến" in page(sign_in("unit_officer"))


def test_it_opens_on_the_last_working_day_and_leads_to_its_neighbours(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context():
        db.session.add(CalendarDay(day=YESTERDAY, kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
        db.session.commit()
    shown = page(sign_in("staff"))
    monday = YESTERDAY - timedelta(days=1)
    assert f"{monday:%d/%m/%Y}</h2>" in shown
    assert f"ngay={monday - timedelta(days=1)}" in shown
    assert f"ngay={YESTERDAY}" in shown
    assert "Ngày sau" not in page(sign_in("staff"), f"/bang-cong-khai?ngay={YESTERDAY}")


@pytest.mark.parametrize("days", [0, 31])
def test_today_and_days_long_past_are_not_read_line_by_line(sign_in: SignIn, days: int) -> None:
    day = TODAY - timedelta(days=days)
    assert sign_in("staff").get(f"/bang-cong-khai?ngay={day}").status_code == 404


def test_months_past_are_read_in_sums(sign_in: SignIn, world: World) -> None:
    shown = page(
        sign_in("organiser"), f"/bang-cong-khai/thang?don-vi={world.other_unit}&thang=2024-02"
    )
    assert OTHER_PERSON in shown
    assert "1,5" in shown
    assert OTHER_CANARY not in shown


def test_a_restricted_line_shows_the_tasks_code_and_hours_alone(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    with app.app_context():
        db.session.execute(update(TaskVersion).values(kind=TaskKind.SECRET))
        task = db.session.get_one(TaskVersion, world.task).text
        db.session.commit()
    shown = page(sign_in("unit_officer"))
    assert "Nhiệm vụ 1" in shown
    assert PRODUCT not in shown
    assert task not in shown


def test_who_has_no_line_is_named_and_who_is_away_is_told_apart(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client, day = sign_in("staff"), YESTERDAY - timedelta(days=1)
    with app.app_context():
        person = db.session.get_one(LogLine, world.line).assignment.person
        name, person_id = person.name, person.id
    assert f"{name}</li>" in page(client, f"/bang-cong-khai?ngay={day}")
    with app.app_context():
        db.session.add(
            Absence(
                person_id=person_id,
                kind=AbsenceKind.ILLNESS,
                first_day=day,
                last_day=day,
                entered_by_id=person_id,
                entered_at=AT,
            )
        )
        db.session.commit()
    shown = page(client, f"/bang-cong-khai?ngay={day}")
    assert f"{name} (vắng mặt)" in shown
    assert AbsenceKind.ILLNESS.label not in shown


def test_who_wrote_on_another_position_is_not_missing_and_waiting_hours_are_told(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    day = YESTERDAY - timedelta(days=1)
    with app.app_context(), Session(db.engine) as session, session.begin():
        beside = Assignment(
            person_id=person_of(session, world, "staff").id,
            establishment_id=session.get_one(LogLine, world.other_line).assignment.establishment_id,
            kind=AssignmentKind.CONCURRENT,
            valid_from=SINCE,
        )
        session.add(beside)
        session.flush()
        writer = assignment_of(session, person_of(session, world, "head"))
        for assignment_id, minutes, pending in ((beside.id, 60, 0), (writer, 0, 60)):
            session.add(
                PersonDay(
                    assignment_id=assignment_id,
                    day=day,
                    standard_minutes=minutes,
                    overtime_minutes=0,
                    product_minutes=0,
                    pending_minutes=pending,
                )
            )
    shown = page(sign_in("unit_officer"), f"/bang-cong-khai?ngay={day}")
    assert "Nguyễn Văn staff</li>" not in shown
    assert "Nguyễn Văn head (có giờ chờ gắn nhiệm vụ)</li>" in shown


def test_a_day_off_names_nobody(sign_in: SignIn) -> None:
    shown = page(sign_in("staff"), f"/bang-cong-khai?ngay={date(2024, 4, 7)}")
    assert "Ngày nghỉ theo lịch" in shown
    assert "Chưa có dòng nhật ký của ngày này" not in shown


def test_paper_names_who_printed_it_and_when_and_the_printing_is_written_down(
    sign_in: SignIn, app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def now() -> datetime:
        return PRINTED

    monkeypatch.setattr(clock, "now", now)
    client = sign_in("unit_officer")
    month = f"/bang-cong-khai/thang?don-vi={world.unit}&thang=2024-02"
    paper = client.post("/bang-cong-khai/in").text
    assert f"{YESTERDAY:%d/%m/%Y}." in paper
    assert PRODUCT in paper
    for printed in (paper, page(client), page(client, month)):
        assert f"Người in: Nguyễn Văn unit_officer, lúc {moment(PRINTED)}." in printed
    with app.app_context():
        entries = select(AuditEntry.actor_id).where(AuditEntry.action == "board.printed")
        who = person_of(db.session(), world, "unit_officer").id
        assert db.session.scalars(entries).all() == [who]


def test_the_day_is_taken_away_as_its_page_reads_by_whom_it_may_be_read_and_that_is_written_down(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    path = f"/bang-cong-khai.csv?don-vi={world.unit}&ngay={YESTERDAY}"
    client = sign_in("unit_officer")
    assert f'formaction="{path}"'.replace("&", "&amp;") in page(client)
    assert PRODUCT in client.post(path).get_data().decode("utf-8-sig")
    with app.app_context():
        db.session.execute(update(TaskVersion).values(kind=TaskKind.SECRET))
        task = db.session.get_one(TaskVersion, world.task).text
        db.session.commit()
    table = client.post(path).get_data().decode("utf-8-sig")
    assert 'Nhiệm vụ 1,,,"1,5"' in table
    assert not {PRODUCT, task, OWN_CANARY} & {*re.split(r"[,\r\n]", table)}
    assert sign_in("other_staff").post(path).status_code == 404
    assert client.post(path.replace(str(YESTERDAY), str(TODAY))).status_code == 404
    with app.app_context():
        entries = select(AuditEntry).where(AuditEntry.action == "board.exported")
        taken = [(each.subject, each.actor_id) for each in db.session.scalars(entries)]
        officer = person_of(db.session(), world, "unit_officer").id
        unit = db.session.get_one(Unit, world.unit).name
    assert taken == [(f"{unit} {YESTERDAY:%d/%m/%Y}", officer)] * 2


def test_a_prints_address_opened_later_leads_to_its_day(sign_in: SignIn, world: World) -> None:
    client, asked = sign_in("staff"), f"don-vi={world.unit}&ngay={YESTERDAY}"
    answer = client.get(f"/bang-cong-khai/in?{asked}", follow_redirects=True)
    assert answer.request.full_path == f"/bang-cong-khai?{asked}"
    assert f"{YESTERDAY:%d/%m/%Y}</h2>" in answer.text
    printed = client.post(f"/bang-cong-khai/in?{asked}").text
    assert f'href="/bang-cong-khai?{asked}"'.replace("&", "&amp;") in printed
