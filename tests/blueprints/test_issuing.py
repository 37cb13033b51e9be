"""A dossier is issued on its page, read by everybody, checked by its hash, and withdrawn."""

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.blueprints import clock
from catalogue.domain.issuing import in_fours
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState, Move
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.models import Account, Dossier, Issuance, LoginSession
from catalogue.services import accounts, dossiers
from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import World
from tests.dossiers import seat
from tests.making import AT, TODAY, make_account, make_person

TERMS = {
    "number": "35-QĐ/TU",
    "issued_on": TODAY.isoformat(),
    "effective_from": "15/04/2024",
    "signatory": "Trần Thị Ký",
    "signatory_office": "Bí thư",
}
DECISION = "21-QĐ/TU"
Write = Callable[[Callable[[Session], object]], None]


@pytest.fixture(autouse=True)
def _no_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def write(app: Flask) -> Write:
    """Change the database behind the pages."""

    def write(change: Callable[[Session], object]) -> None:
        with app.app_context(), Session(db.engine) as session, session.begin():
            change(session)

    return write


@pytest.fixture
def dossier(world: World, write: Write) -> int:
    """The submitted dossier, in the committee's hands."""

    def move(session: Session) -> None:
        by = session.get_one(Account, world.people["committee"]).person_id
        for step in (Move.OPEN, Move.FORWARD):
            dossiers.move(session, world.dossier, step, by=by, at=AT)

    write(move)
    return world.dossier


@pytest.fixture
def concluded(world: World, write: Write, dossier: int) -> int:
    def conclude(session: Session) -> None:
        by = session.get_one(Account, world.people["committee"]).person_id
        dossiers.move(session, dossier, Move.CONCLUDE, by=by, at=AT)

    write(conclude)
    return dossier


@pytest.fixture
def member(sign_in: SignIn) -> FlaskClient:
    return sign_in("committee")


@pytest.fixture
def second(app: Flask, write: Write) -> FlaskClient:
    """Another member of the committee."""
    opened: list[str] = []

    def enter(session: Session) -> None:
        person = make_person(session, "Trần Ủy Viên", role=Role.COMMITTEE)
        session.add_all(seat(stage, person) for stage in Stage)
        account = make_account(session, person, "uy-vien-hai")
        opened.append(accounts.sign_in(session, account.id, at=clock.now()))

    write(enter)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = opened[0]
    return client


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, pattern
    return match[1]


def digest_on(page: str) -> str:
    return found(r'name="sha256_seen"\s+value="([0-9a-f]{64})"', page)


def issue(client: FlaskClient, dossier: int, **changes: str) -> tuple[int, str]:
    """Send the form of the page; answers the status and where it leads, or the page."""
    page = client.get(f"/ho-so/{dossier}/ban-hanh").text
    data = TERMS | {"sha256_seen": digest_on(page)} | changes
    answer = client.post(f"/ho-so/{dossier}/ban-hanh", data=data)
    return answer.status_code, answer.headers.get("Location", answer.text)


def test_the_page_shows_what_will_change_before_it_is_issued(
    member: FlaskClient, concluded: int
) -> None:
    page = member.get(f"/ho-so/{concluded}/ban-hanh").text

    assert "Đổi tên: 1 vị trí" in page
    assert "Bản đang có hiệu lực được thay: 1 vị trí" in page
    assert "Chuyên viên tham mưu lĩnh vực số hai" in page
    assert "Như đã trình" in page
    assert in_fours(digest_on(page)) in page


def test_the_dossiers_page_leads_to_issuing_for_who_may_and_when_it_may_be(
    member: FlaskClient, sign_in: SignIn, world: World, concluded: int, write: Write
) -> None:
    link = f'href="/ho-so/{concluded}/ban-hanh">Ban hành</a>'
    assert link in member.get(f"/ho-so/{concluded}").text
    assert link not in sign_in("organiser").get(f"/ho-so/{concluded}").text

    def reopen(session: Session) -> None:
        session.get_one(Dossier, world.dossier).state = DossierState.COMMITTEE_REVIEW

    write(reopen)

    assert link.replace("Ban hành<", "Ban hành khẩn<") in member.get(f"/ho-so/{concluded}").text


def test_a_dossier_is_issued_and_its_names_are_in_force(
    member: FlaskClient, concluded: int
) -> None:
    status, place = issue(member, concluded)

    assert (status, bool(re.fullmatch(r"/ban-hanh/\d+", place))) == (303, True)
    shown = member.get(place).text
    for words in ("35-QĐ/TU", "Trần Thị Ký, Bí thư", "từ 15/04/2024", "quyet-dinh.docx"):
        assert words in shown
    assert "chờ xác nhận sau" not in shown
    day = member.get("/danh-muc/ngay?ngay=2024-04-15").text
    assert "Chuyên viên tham mưu lĩnh vực số hai" in day
    assert "Chuyên viên tham mưu lĩnh vực số hai" not in member.get("/danh-muc/ngay").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": ""}, "Số, ký hiệu quyết định: chưa ghi"),
        ({"number": "21-qđ/tu"}, "đã có trong văn bản nguồn"),
        ({"issued_on": "30/02/2024"}, "Ngày ban hành: hãy ghi một ngày"),
        ({"effective_from": "1999-01-01"}, "từ năm 2000 đến năm 2099"),
        ({"effective_from": "2024-04-01"}, "không được trước ngày ban hành"),
        ({"signatory": "x" * 201}, "Người ký: dài 201 ký tự"),
    ],
)
def test_what_cannot_stand_is_shown_beside_its_field_and_what_was_typed_stays(
    member: FlaskClient, concluded: int, changes: dict[str, str], message: str
) -> None:
    status, page = issue(member, concluded, **changes)

    assert status == 422
    assert message in page
    assert 'value="Bí thư"' in page
    assert digest_on(page)


def test_a_stale_page_issues_nothing(member: FlaskClient, concluded: int) -> None:
    status, page = issue(member, concluded, sha256_seen="0" * 64)

    assert status == 409
    assert "không phải nội dung đã trình" in page


def test_a_dossier_in_another_state_is_not_offered(member: FlaskClient, world: World) -> None:
    page = member.get(f"/ho-so/{world.dossier}/ban-hanh").text

    assert "chưa ban hành được" in page
    assert 'name="number"' not in page


def test_issuing_asks_for_the_password_again(
    member: FlaskClient, concluded: int, write: Write
) -> None:
    page = member.get(f"/ho-so/{concluded}/ban-hanh").text
    long_ago = clock.now() - timedelta(minutes=6)
    write(lambda session: session.execute(update(LoginSession).values(opened_at=long_ago)))

    data = TERMS | {"sha256_seen": digest_on(page)}
    answer = member.post(f"/ho-so/{concluded}/ban-hanh", data=data)

    assert answer.status_code == 403
    assert 'name="number" value="35-QĐ/TU"' in answer.text
    assert "35-QĐ/TU" not in member.get("/ban-hanh").text
    assert 'type="password"' in member.get(f"/ho-so/{concluded}/ban-hanh").text


@pytest.mark.parametrize("persona", ["organiser", "auditor", "unit_officer", "staff"])
def test_only_the_committee_issues(sign_in: SignIn, concluded: int, persona: str) -> None:
    answer = sign_in(persona).post(f"/ho-so/{concluded}/ban-hanh", data=TERMS)

    assert answer.status_code == 403


def test_an_urgent_issue_says_so_everywhere_until_another_person_confirms_it(
    member: FlaskClient, second: FlaskClient, dossier: int
) -> None:
    assert "Ban hành khẩn cần lý do" in member.get(f"/ho-so/{dossier}/ban-hanh").text
    assert issue(member, dossier, urgent="y")[0] == 422
    status, place = issue(member, dossier, urgent="y", urgent_reason="Hạn 15/4/2024")
    assert status == 303
    day = "/danh-muc/ngay?ngay=2024-04-15"
    everywhere = (
        *(place, "/ban-hanh", "/cong-khai", place.replace("ban-hanh", "cong-khai"), day),
        *("/danh-muc/so-sanh?tu=2024-04-14&den=2024-04-15", day.replace("?", ".csv?")),
        found(r'href="(/van-ban/\d+)"', member.get(place).text),
        found(
            r'href="(/vi-tri/\d+)#[^"]*">Chuyên viên tham mưu lĩnh vực số hai<',
            member.get(day).text,
        ),
    )

    for path in everywhere:
        assert "chờ xác nhận sau" in member.get(path).text, path
    own = member.post(f"{place}/xac-nhan", data={"reason": "Đúng"})
    assert own.status_code == 403
    assert second.post(f"{place}/xac-nhan", data={"reason": ""}).status_code == 422
    assert second.post(f"{place}/xac-nhan", data={"reason": "Đúng hạn"}).status_code == 303

    for path in everywhere:
        assert "chờ xác nhận sau" not in member.get(path).text, path
    assert "Đúng hạn" in member.get(place).text


def test_a_decision_is_withdrawn_on_its_page(
    member: FlaskClient, world: World, write: Write
) -> None:
    place = f"/ban-hanh/{world.issuance}"

    refused = member.post(f"{place}/thu-hoi", data={"on": "2024-05-10", "reason": ""})
    assert (refused.status_code, "Lý do thu hồi" in refused.text) == (422, True)
    answer = member.post(f"{place}/thu-hoi", data={"on": "2024-05-10", "reason": "Sai thẩm quyền"})

    assert answer.status_code == 303
    assert "Sai thẩm quyền" in member.get(place).text
    assert "đến hết 10/05/2024 (đã thu hồi)" in member.get(f"/cong-khai/{world.issuance}").text
    assert "Chuyên viên công tác đảng viên" in member.get("/danh-muc/ngay?ngay=2024-05-10").text
    assert "Chuyên viên tổ chức đảng" in member.get("/danh-muc/ngay?ngay=2024-05-11").text
    states: list[DossierState] = []
    write(lambda s: states.extend(s.scalars(select(Dossier.state).join(Issuance))))
    assert states == [DossierState.WITHDRAWN]


def test_anybody_on_the_network_checks_a_printed_copy_by_its_hash(
    client: FlaskClient, world: World
) -> None:
    page = client.get(f"/cong-khai/{world.issuance}").text
    printed = re.search(r"((?:[0-9a-f]{4} ){15}[0-9a-f]{4})", page)
    assert printed
    for words in (DECISION, "Chuyên viên công tác đảng viên", "Nguyễn Văn Ký", "đúng."):
        assert words in page
    typed = printed[1].upper().replace(" ", "%20")

    for path in ("/cong-khai", f"/cong-khai/{world.issuance}"):
        assert "<strong>Trùng</strong>" in client.get(f"{path}?ma={typed}").text
        other = client.get(f"{path}?ma={'0' * 64}").text
        assert "<strong>Không trùng</strong>" in other
        short = client.get(f"{path}?ma=abc").text
        assert "có 3 ký tự" in short
        assert "rùng</strong>" not in short
    assert client.get("/cong-khai/999999").status_code == 404


def test_the_public_page_names_nobody_but_who_signed(client: FlaskClient, world: World) -> None:
    page = client.get(f"/cong-khai/{world.issuance}").text + client.get("/cong-khai").text

    assert "Nguyễn Văn committee" not in page
    assert "Nguyễn Văn organiser" not in page


@pytest.mark.parametrize(
    "tamper",
    [
        (
            "UPDATE annex_row SET name = 'Tên khác' WHERE name = 'Chuyên viên công tác đảng viên' "
            "AND annex_file_id = (SELECT max(id) FROM annex_file)"
        ),
        "UPDATE dossier SET content = replace(content, 'Ban T', 'Ban Th') WHERE state = 'issued'",
        (
            "UPDATE dossier_item SET rank = 'Khác' WHERE dossier_id = "
            "(SELECT dossier_id FROM issuance)"
        ),
    ],
)
def test_tampered_content_says_so_plainly(
    app: Flask, client: FlaskClient, world: World, tamper: str
) -> None:
    assert "không còn nguyên vẹn" not in client.get(f"/cong-khai/{world.issuance}").text
    with sqlite3.connect(database_of(app)) as connection:
        assert connection.execute(tamper).rowcount == 1
    connection.close()

    page = client.get(f"/cong-khai/{world.issuance}").text

    assert "Nội dung không còn nguyên vẹn." in page
    assert "tính lại từ nội dung đã trình duyệt: đúng" not in page


def test_a_day_is_taken_away_as_sheet_list_and_json(member: FlaskClient, world: World) -> None:
    query = f"ngay=2024-05-01&co-quan={world.agency}"
    data = json.loads(member.get(f"/danh-muc/ngay.json?{query}").text)
    sheet = member.get(f"/danh-muc/ngay.csv?{query}")
    book = member.get(f"/danh-muc/ngay.xlsx?{query}")

    assert (data["on"], data["count"], len(data["positions"])) == ("2024-05-01", 60, 60)
    assert len(sheet.get_data(as_text=True).splitlines()) == 61
    assert book.get_data().startswith(b"PK")
    assert book.headers["Content-Disposition"] == 'attachment; filename="danh-muc-2024-05-01.xlsx"'
    everywhere = json.loads(member.get("/danh-muc/ngay.json?ngay=2024-05-01").text)
    issued = [row for row in everywhere["positions"] if row["issuance"]]
    assert [(row["name"], row["issuance"]["document"]) for row in issued] == [
        ("Chuyên viên công tác đảng viên", DECISION)
    ]


def test_two_days_are_compared_side_by_side(member: FlaskClient) -> None:
    path = "/danh-muc/so-sanh?tu=2024-04-10&den=2024-05-01"
    page = member.get(path).text

    for words in (
        "Đổi tên: 1",
        "Giữ nguyên: 61",
        "Chuyên viên tổ chức đảng",
        "Chuyên viên công tác đảng viên",
        DECISION,
        "Nguyễn Văn committee ban hành",
    ):
        assert words in page
    lines = member.get(path.replace("so-sanh?", "so-sanh.csv?")).text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Đổi tên,Ban Tổ chức,")
    backwards = member.get("/danh-muc/so-sanh?tu=2024-05-01&den=2024-04-10")
    assert backwards.status_code == 200
    assert member.get("/danh-muc/so-sanh?tu=2024-02-30").status_code == 422
