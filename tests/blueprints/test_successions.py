"""Pages along the cross-walk: former positions lead to official ones, holders of splits choose."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.domain.issuing import Terms
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.states import DossierState, Move
from catalogue.extensions import db
from catalogue.models import (
    Account,
    Agency,
    Assignment,
    Dossier,
    Match,
    PositionVersion,
    Reconciliation,
    Succession,
    SuccessorChoice,
)
from catalogue.services import dossier_items, dossiers, issuing
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.day_sheets import line, sheet
from tests.dossiers import make_official
from tests.making import AT, TODAY

FORMER = "Chuyên viên tham mưu lĩnh vực số 1"
PARTS = ("Chuyên viên tham mưu kinh tế", "Chuyên viên tham mưu văn xã")


@pytest.fixture(autouse=True)
def walk(app: Flask, world: World) -> None:
    """The office's first position is split in two, the next two are merged, from today."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), Session(db.engine) as session, session.begin():
        _issue(session, world)


def _issue(session: Session, world: World) -> None:
    writer, chief = (
        session.get_one(Account, world.people[name]).person_id
        for name in ("organiser", "committee")
    )
    agency = session.get_one(Agency, world.agency)
    rows = make_official(session, agency, "77-QĐ/BTCTW", [*PARTS, "Chuyên viên tham mưu chung"])
    lists = Reconciliation(
        agency_id=agency.id, official_file_id=rows[0].annex_file_id, started_at=AT
    )
    session.add(lists)
    session.flush()
    versions = session.scalars(select(PositionVersion).order_by(PositionVersion.id).limit(3)).all()
    for kind, own, official in (
        (MatchKind.SPLIT, versions[:1], rows[:2]),
        (MatchKind.MERGED, versions[1:], rows[2:]),
    ):
        match = Match(
            reconciliation_id=lists.id, kind=kind, score=80.0, reason="", ruled_by_id=writer,
            ruled_at=AT, versions=list(own), rows=list(official),
        )  # fmt: skip
        session.add(match)
    session.flush()
    # The office's own dossiers ask for the same positions; they are let go of first.
    session.execute(
        update(Dossier)
        .where(Dossier.id.in_((world.draft, world.dossier)))
        .values(state=DossierState.RETURNED)
    )
    dossier = dossiers.draft(session, "Gộp và tách", by=writer, at=AT)
    dossier_items.gather(session, dossier.id, lists.id, by=writer, at=AT)
    dossiers.submit(session, dossier.id, by=writer, at=AT)
    for step in (Move.OPEN, Move.FORWARD, Move.CONCLUDE):
        dossiers.move(session, dossier.id, step, by=chief, at=AT)
    terms = Terms("50-QĐ/TU", TODAY, "Nguyễn Văn Ký", "Bí thư", TODAY, dossier.sha256 or "")
    issuing.issue(session, dossier.id, terms, by=chief, at=AT, today=TODAY)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("unit_officer")


def test_the_cross_walk_is_listed_with_dates_and_decisions(officer: FlaskClient) -> None:
    page = officer.get("/chuyen-doi").text

    for words in (FORMER, *PARTS, "Chuyên viên tham mưu chung", "50-QĐ/TU", "10/04/2024"):
        assert words in page
    lines = officer.get("/chuyen-doi.csv").text.splitlines()
    # Two parts, two merged, and the renaming that the office had been issued before.
    assert len(lines) == 1 + 2 + 2 + 1


def test_holders_of_a_split_position_are_asked_for_a_choice(
    officer: FlaskClient, sign_in: SignIn
) -> None:
    page = officer.get("/chuyen-doi").text

    assert page.count("chưa chọn") == 4
    assert "chưa chọn" not in sign_in("staff").get("/chuyen-doi").text
    assert "chưa chọn" not in sign_in("committee").get("/chuyen-doi").text
    assert page.count('type="radio"') == 8


def test_a_choice_is_written_and_its_hours_count_there(
    officer: FlaskClient, app: Flask, world: World
) -> None:
    before = officer.get("/gio/theo-vi-tri?thang=2024-04").text
    assert re.search(rf"{FORMER}</a>\s*<span[^>]*>chưa chọn", before)
    place, part = staffs_choice(app, world)

    answer = officer.post(place, data={"succession": str(part)})

    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/chuyen-doi#nguoi-{place.rpartition('/')[2]}",
    )
    after = officer.get("/gio/theo-vi-tri?thang=2024-04").text
    assert PARTS[1] in after
    assert FORMER not in after
    assert "1,5" in after
    assert officer.get("/chuyen-doi").text.count("chưa chọn") == 3


def staffs_choice(app: Flask, world: World) -> tuple[str, int]:
    """The address of the staff member's choice, and the second part."""
    with app.app_context(), Session(db.engine) as session:
        person = session.get_one(Account, world.people["staff"]).person_id
        assignment = select(Assignment.id).where(Assignment.person_id == person)
        split = select(Succession.id).where(Succession.kind == MatchKind.SPLIT)
        part = session.scalars(split.order_by(Succession.id.desc())).first()
        return f"/chuyen-doi/{session.scalars(assignment).one()}", part or 0


def test_a_choice_that_is_none_is_refused_and_nothing_is_written(
    officer: FlaskClient, app: Flask, world: World
) -> None:
    place, part = staffs_choice(app, world)

    for data in ({}, {"succession": "abc"}, {"succession": str(part - 2)}, {"succession": "9999"}):
        answer = officer.post(place, data=data)
        assert answer.status_code == 422
        assert "hãy chọn" in answer.text
    with app.app_context(), Session(db.engine) as session:
        assert session.scalars(select(SuccessorChoice)).all() == []


@pytest.mark.parametrize(
    ("persona", "status"),
    [("staff", 403), ("head", 403), ("committee", 403), ("auditor", 403), ("organiser", 303)],
)
def test_only_officers_choose_for_a_holder(
    sign_in: SignIn, app: Flask, world: World, persona: str, status: int
) -> None:
    place, part = staffs_choice(app, world)

    assert sign_in(persona).post(place, data={"succession": str(part)}).status_code == status


def test_a_holder_elsewhere_is_not_there_for_a_units_officer(
    officer: FlaskClient, app: Flask, world: World
) -> None:
    with app.app_context(), Session(db.engine) as session:
        stranger = session.get_one(Account, world.people["other_staff"]).person_id
        held = select(Assignment.id).where(Assignment.person_id == stranger)
        assignment = session.scalars(held).one()

    for key in (assignment, 9_999):
        assert officer.post(f"/chuyen-doi/{key}", data={"succession": "1"}).status_code == 404


def test_the_position_and_its_successors_point_at_each_other(
    officer: FlaskClient, world: World
) -> None:
    page = officer.get(f"/vi-tri/{world.position}").text
    successor = re.search(r'Nay là\s*<a href="(/vi-tri/\d+)">([^<]+)</a>', page)
    assert successor
    assert successor[2] == PARTS[0]
    assert "50-QĐ/TU" in page

    back = officer.get(successor[1]).text

    assert re.search(rf'Trước đây là\s*<a href="/vi-tri/{world.position}">{FORMER}</a>', back)


def test_a_line_made_before_says_where_it_counts_now(
    officer: FlaskClient, app: Flask, world: World
) -> None:
    page = officer.get(f"/dong/{world.line}").text
    assert FORMER in page
    assert "chưa chọn vị trí tiếp theo" in page
    place, part = staffs_choice(app, world)
    officer.post(place, data={"succession": str(part)})

    page = officer.get(f"/dong/{world.line}").text

    assert re.search(rf'Nay thuộc vị trí <a href="/vi-tri/\d+">{PARTS[1]}</a>', page)
    assert FORMER in page


def test_the_unit_shows_what_its_ended_position_became(officer: FlaskClient, world: World) -> None:
    page = officer.get(f"/don-vi/{world.unit}").text

    assert "hết hiệu lực từ sau 09/04/2024" in page
    for part in PARTS:
        assert re.search(rf'<a href="/vi-tri/\d+">{part}</a>', page)
    assert "Nguyễn Văn staff" in page


def test_people_go_on_logging_under_the_description_they_have(
    sign_in: SignIn, world: World
) -> None:
    data = sheet(line(world.task))

    assert sign_in("staff").post("/ngay-cua-toi", data=data).status_code == 303


def test_hours_are_read_only_within_the_own_units(sign_in: SignIn) -> None:
    own = sign_in("head").get("/gio/theo-vi-tri?thang=2024-04").text
    other = sign_in("other_head").get("/gio/theo-vi-tri?thang=2024-04").text

    assert FORMER in own
    assert "Chuyên viên tổ chức đảng" not in own
    assert FORMER not in other
    assert "Chuyên viên tổ chức đảng" in other


def test_hours_are_taken_away_to_the_minute(sign_in: SignIn) -> None:
    lines = sign_in("organiser").get("/gio/theo-vi-tri.csv?thang=2024-04").text.splitlines()

    minutes = {line.split(",")[0]: line.split(",")[3] for line in lines[1:]}
    assert minutes == {FORMER: "90", "Chuyên viên tổ chức đảng": "90"}
