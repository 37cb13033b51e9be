"""Who may open what: every route, every persona, and nothing of another unit on any page."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.app import create_app
from catalogue.blueprints import guard
from catalogue.domain.roles import Permission
from tests.blueprints.conftest import SignIn, config_for, database_of
from tests.blueprints.world import OTHER_CANARY, OTHER_PERSON, OWN_CANARY, World
from tests.day_sheets import line, sheet

PERSONAS = (
    "staff",
    "head",
    "unit_officer",
    "organiser",
    "committee",
    "administrator",
    "auditor",
    "other_staff",
    "other_head",
)
# One digit a persona, in the order above: 2 opens, 3 is refused, 4 is not there for them,
# 9 is not open at this stage.
MATRIX = {
    "/": "222222222",
    "/danh-muc": "222222222",
    "/danh-muc.csv": "222222222",
    "/danh-muc/{agency}.docx": "222222222",
    "/vi-tri/{position}": "222222222",
    "/mo-ta/{description}": "222223222",
    "/mo-ta/{description}.docx": "222223222",
    "/nang-luc": "222223222",
    "/nang-luc.csv": "222223222",
    "/nang-luc.xlsx": "222223222",
    "/nang-luc/{competency}": "222223222",
    "/nang-luc/tu-dien": "222223222",
    "/nang-luc/tu-dien/{dictionary}": "222223222",
    "/nang-luc/tu-dien/{dictionary}.csv": "222223222",
    "/nang-luc/tu-dien/{dictionary}.xlsx": "222223222",
    "/nang-luc/tu-dien/nhap": "333233333",
    "/nang-luc/tu-dien/xem-truoc": "333433333",
    "/khung-nang-luc": "222223222",
    "/khung-nang-luc.csv": "222223222",
    "/khung-nang-luc.xlsx": "222223222",
    "/khung-nang-luc/sua/1": "334433333",
    "/mo-ta/so-sanh": "222223222",
    "/mo-ta/so-sanh.docx": "444443444",
    "/soan-mo-ta/{description_draft}/so-sanh": "322223234",
    "/soan-mo-ta/{description_draft}/so-sanh.docx": "322223234",
    "/soan-mo-ta/{other_description_draft}/so-sanh": "344223232",
    "/soan-mo-ta/{other_description_draft}/so-sanh.docx": "344223232",
    "/nhap-mo-ta": "332233333",
    "/nhap-mo-ta/{sent_descriptions}": "332233333",
    "/nhap-mo-ta/{other_sent_descriptions}": "334233333",
    "/nhap-nhat-ky": "222223322",
    "/nhap-nhat-ky/{sent_diary}": "244243344",
    "/nhap-nhat-ky/{other_sent_diary}": "444243324",
    "/soan-mo-ta": "322223232",
    "/soan-mo-ta.csv": "322223232",
    "/soan-mo-ta/moi?vi-tri={position}&don-vi={unit}": "332233333",
    "/soan-mo-ta/{description_draft}": "322223234",
    "/soan-mo-ta/{other_description_draft}": "344223232",
    "/bang-cong-khai": "222223222",
    "/bang-cong-khai?don-vi={unit}": "222223244",
    "/bang-cong-khai/thang": "222223222",
    "/loi-nhac": "222222222",
    "/ngay-cua-toi/tren-may.json": "222223322",
    "/van-ban": "222222222",
    "/van-ban.csv": "222222222",
    "/van-ban/{document}": "222222222",
    "/dong-phu-luc/{annex_row}": "222222222",
    "/nhap-phu-luc": "332233333",
    "/nhap-phu-luc/{job}": "332233333",
    "/nhap-phu-luc/{other_job}": "334233333",
    "/don-vi": "222223222",
    "/don-vi.csv": "222223222",
    "/don-vi/{unit}": "222223244",
    "/don-vi/{unit}.csv": "222223244",
    "/don-vi/{unit}/mo-ta.docx": "222223244",
    "/don-vi/{unit}/mo-ta.zip": "222223244",
    "/soan-mo-ta/{description_draft}.docx": "322223234",
    "/don-vi/{other_unit}": "444223222",
    "/don-vi/{other_unit}.csv": "444223222",
    "/ngay-cua-toi": "222223322",
    "/ngay-cua-toi.csv": "222223322",
    "/ngay-cua-toi/sua/{line}": "244443344",
    "/tuan-cua-toi": "222223322",
    "/tuan-cua-toi.csv": "222223322",
    "/ngay-cua-toi/sua/{other_line}": "444443324",
    "/dong/{line}": "222223244",
    "/dong/{other_line}": "444223222",
    "/dong/{old_other_line}": "444223222",
    "/ims/case/v1p1/CFDocuments": "222223222",
    "/ims/case/v1p1/CFDocuments/{case}": "222223222",
    "/ims/case/v1p1/CFPackages/{case}": "222223222",
    "/ims/case/v1p1/CFItems/{case_item}": "222223222",
    "/ims/case/v1p1/CFItemAssociations/{case_item}": "222223222",
    "/nang-luc/trao-doi": "222223222",
    "/nang-luc/trao-doi/tep/{exchanged_file}": "333233333",
    "/nang-luc/trao-doi/{dictionary}.json": "222223222",
    "/nang-luc/trao-doi/{dictionary}.csv": "222223222",
    "/ho-so": "322223232",
    "/ho-so.csv": "322223232",
    "/ho-so/moi": "333233333",
    "/ho-so/{draft}/soan": "333233333",
    "/doi-chieu": "322223232",
    "/doi-chieu.csv": "322223232",
    "/doi-chieu/moi": "332233333",
    "/doi-chieu/ma-tran": "322223232",
    "/doi-chieu/ma-tran.csv": "322223232",
    "/doi-chieu/{reconciliation}": "322223234",
    "/doi-chieu/{reconciliation}.csv": "322223234",
    "/danh-muc/so-sanh.docx": "222222222",
    "/ho-so/{dossier}/to-trinh.docx": "322223234",
    "/ho-so/{dossier}/phieu-lay-y-kien.docx": "322223234",
    "/ho-so/{dossier}/tong-hop-tiep-thu.docx": "322223234",
    "/ho-so/{dossier}/thong-bao-ket-luan.docx": "322223234",
    "/ho-so/{dossier}/quyet-dinh.docx": "322223234",
    "/ho-so/{dossier}/ban-xem-xet.docx": "322223234",
    "/ho-so/{draft}/ban-xem-xet.docx": "344243434",
    "/ho-so/{dossier}/y-kien-tu-word": "332223333",
    "/ho-so/{dossier}": "322223234",
    "/ho-so/{draft}": "344243434",
    "/ho-so/{dossier}/muc/1": "322223234",
    "/ho-so/{dossier}/phieu": "333393333",
    "/ho-so/{dossier}/phieu-giay": "333393333",
    "/ho-so/{dossier}/phieu-giay/1": "333343333",
    "/ho-so/{dossier}/phieu-giay/1/ban-quet": "333343333",
    "/ho-so/{dossier}/cuoc-hop": "333393333",
    "/ho-so/{dossier}/cuoc-hop/1": "333343333",
    "/ho-so/{dossier}/cuoc-hop/1/ban-quet": "333343333",
    "/ban-thuong-vu": "322223232",
    "/ho-so/{dossier}/ban-hanh": "333323333",
    "/ban-hanh": "222222222",
    "/ban-hanh/{issuance}": "222222222",
    "/danh-muc/ngay": "222222222",
    "/danh-muc/ngay.xlsx": "222222222",
    "/danh-muc/ngay.csv": "222222222",
    "/danh-muc/ngay.json": "222222222",
    "/danh-muc/so-sanh": "222222222",
    "/danh-muc/so-sanh.csv": "222222222",
    "/chuyen-doi": "222222222",
    "/chuyen-doi.csv": "222222222",
    "/gio/theo-vi-tri": "322223232",
    "/gio/theo-vi-tri.csv": "322223232",
    "/gio": "322223232",
    "/gio.csv": "322223232",
    "/gio/bao-cao.docx": "333223233",
    "/gio/{unit}": "322223234",
    "/gio/{unit}.csv": "322223234",
    "/gio/{other_unit}": "344223232",
    "/gio/{other_unit}.csv": "344223232",
    "/soan-mo-ta/{description_draft}/trinh": "332233333",
    "/soan-mo-ta/{other_description_draft}/trinh": "334233333",
    "/tham-dinh-mo-ta": "322223232",
    "/tham-dinh-mo-ta.csv": "322223232",
    "/tham-dinh-mo-ta/{submission}": "322223234",
    "/tham-dinh-mo-ta/{other_submission}": "344223232",
    "/phan-cap": "322223232",
    "/moc-thoi-han": "222223222",
    "/moc-thoi-han.ics": "222223222",
    "/moc-thoi-han/{milestone}": "222223222",
    "/moc-thoi-han/{milestone}.csv": "222223222",
    "/moc-thoi-han/{milestone}/don-vi/{unit}": "222223244",
    "/moc-thoi-han/{milestone}/don-vi/{other_unit}": "444223222",
    "/moc-thoi-han/{milestone}/gia-han": "333323333",
    "/moc-thoi-han/them": "333233333",
    "/danh-gia-nang-luc": "222223222",
    "/danh-gia-nang-luc.csv": "323223232",
    "/danh-gia-nang-luc/{assessment}": "224223244",
    "/danh-gia-nang-luc/{other_assessment}": "444223222",
    "/danh-gia-nang-luc/don-vi/{unit}": "323223234",
    "/danh-gia-nang-luc/don-vi/{unit}.csv": "323223234",
    "/danh-gia-nang-luc/don-vi/{other_unit}": "343223232",
    "/danh-gia-nang-luc/don-vi/{other_unit}.csv": "343223232",
    "/viec-phat-sinh": "222223322",
    "/viec-phat-sinh.csv": "222223322",
    "/viec-phat-sinh/moi": "222223322",
    "/viec-phat-sinh/{pending}": "244443344",
    "/viec-phat-sinh/{other_pending}": "444443324",
    "/cho-gan": "323233332",
    "/cho-gan.csv": "323233332",
    "/cho-gan/{pending}": "323433334",
    "/cho-gan/{other_pending}": "343433332",
    "/de-xuat-nhiem-vu": "332233333",
    "/de-xuat-nhiem-vu.csv": "332233333",
    "/viec-nhieu-ngay": "222223322",
    "/viec-nhieu-ngay.csv": "222223322",
    "/viec-nhieu-ngay/moi": "222223322",
    "/viec-nhieu-ngay/{work_item}": "224443344",
    "/viec-nhieu-ngay/{other_work_item}": "444443322",
    "/giao-viec": "323233332",
    "/giao-viec.csv": "323233332",
    "/giao-viec/moi": "323233332",
    "/nhu-cau-dao-tao": "322223232",
    "/nhu-cau-dao-tao.csv": "322223232",
    "/nhu-cau-dao-tao.xlsx": "322223232",
    "/danh-gia-ngay": "323233332",
    "/danh-gia-ngay.csv": "323233332",
    "/danh-gia-ngay/dong/{line}": "323433334",
    "/danh-gia-ngay/dong/{other_line}": "343433332",
    "/uy-quyen": "323333332",
    "/y-kien-danh-gia": "323223332",
    "/y-kien-danh-gia.csv": "323223332",
    "/y-kien-danh-gia/{objection}": "323243334",
    "/ket-qua-cua-toi": "222223322",
    "/ket-qua-cua-toi.csv": "222223322",
    "/ket-qua-cua-toi/y-kien/{judgement}": "244443344",
    "/vang-mat": "222223322",
    "/vang-mat.csv": "222223322",
    "/ghi-bu": "222223322",
    "/ghi-bu.csv": "222223322",
    "/ghi-bu/{consent}": "224443344",
    "/ghi-bu/{other_consent}": "444443322",
    "/dieu-chinh": "222223222",
    "/dieu-chinh.csv": "222223222",
    "/dieu-chinh/moi": "222223322",
    "/dieu-chinh/dong/{line}": "244443344",
    "/dieu-chinh/{adjustment}": "222223244",
    "/dieu-chinh/{other_adjustment}": "444223222",
    "/lich-lam-viec": "222223222",
    "/lich-lam-viec.csv": "222223222",
    "/lich-lam-viec/bo": "333233333",
    "/gioi-han-nhat-ky": "222223222",
    "/gioi-han-nhat-ky.csv": "222223222",
    "/khoa-thang": "322223232",
    "/khoa-thang.csv": "322223232",
    "/khoa-thang/{unit}": "322223234",
    "/khoa-thang/{unit}.csv": "322223234",
    "/khoa-thang/{other_unit}": "344223232",
    "/khoa-thang/{other_unit}.csv": "344223232",
}
_STATUS = {"2": 200, "3": 403, "4": 404, "9": 409}
PUBLIC = (
    "/dang-nhap",
    "/suc-khoe",
    "/cong-khai",
    "/ngoai-tuyen",
    "/sw.js",
    "/manifest.webmanifest",
)
NO_OTHER_DATA = ("staff", "head", "unit_officer", "administrator")
NO_OWN_DATA = ("other_staff", "other_head", "administrator")


def path_of(route: str, world: World) -> str:
    return route.format(**vars(world))


def digest(app: Flask) -> str:
    """Everything that the database holds, but for the audit and when a session was last seen."""
    connection = sqlite3.connect(database_of(app))
    try:
        lines = [line for line in connection.iterdump() if "audit_entry" not in line]
    finally:
        connection.close()
    kept = [line for line in lines if "login_session" not in line and "sqlite_sequence" not in line]
    return sha256("\n".join(kept).encode()).hexdigest()


def test_every_route_declares_a_permission(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if guard.declared(app, rule.endpoint) is None
    ]
    assert undeclared == []


def test_a_route_without_a_permission_is_refused(tmp_path: Path) -> None:
    app = create_app(config_for("sqlite://", tmp_path))
    app.add_url_rule("/khong-khai", "undeclared", lambda: "open")
    assert app.test_client().get("/khong-khai").status_code == 403


def test_only_signing_in_and_health_are_open_to_everybody(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if guard.declared(app, rule.endpoint) is Permission.PUBLIC
    }
    assert public == {
        "static",
        "home.health",
        "published.index",
        "published.show",
        "signing_in.sign_in",
        "signing_in.enter",
        "signing_in.choose",
        "signing_in.set_password",
        "calendars.feed",
        "outbox.shell",
        "outbox.worker",
        "outbox.manifest",
    }


def test_every_get_route_stands_in_the_matrix(app: Flask, world: World) -> None:
    paths = [path_of(route, world).partition("?")[0] for route in MATRIX]
    matched = {app.url_map.bind("localhost").match(path)[0] for path in paths}
    reading = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and guard.declared(app, rule.endpoint) != Permission.PUBLIC
    }
    assert matched == reading


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_opens_what_the_matrix_says(
    app: Flask, sign_in: SignIn, world: World, persona: str
) -> None:
    client = sign_in(persona)
    before = digest(app)
    place = PERSONAS.index(persona)
    answers = {route: client.get(path_of(route, world)) for route in MATRIX}
    got = {route: answer.status_code for route, answer in answers.items()}
    assert got == {route: _STATUS[codes[place]] for route, codes in MATRIX.items()}
    bodies = "".join(
        answer.get_data(as_text=True)
        for route, answer in answers.items()
        if not route.endswith((".docx", ".xlsx", ".zip"))
    )
    if persona in NO_OTHER_DATA:
        assert OTHER_CANARY not in bodies
        assert OTHER_PERSON not in bodies
    if persona in NO_OWN_DATA:
        assert OWN_CANARY not in bodies
    assert digest(app) == before


@pytest.mark.parametrize("persona", ["anonymous", "disabled"])
def test_nobody_unknown_sees_anything(
    app: Flask, sign_in: SignIn, world: World, persona: str
) -> None:
    client = app.test_client() if persona == "anonymous" else sign_in("disabled")
    for route in MATRIX:
        answer = client.get(path_of(route, world))
        assert (answer.status_code, answer.headers["Location"][:10]) == (302, "/dang-nhap"), route
        assert OWN_CANARY not in answer.get_data(as_text=True)
    for path in PUBLIC:
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("persona", "status"),
    [("administrator", 403), ("auditor", 403), ("other_staff", 422), ("anonymous", 401)],
)
def test_a_line_is_refused_to_who_may_not_log_it(
    app: Flask, sign_in: SignIn, world: World, persona: str, status: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client() if persona == "anonymous" else sign_in(persona)
    before = digest(app)
    answer = client.post("/ngay-cua-toi", data=sheet(line(world.task)))
    assert answer.status_code == status
    assert digest(app) == before


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        *((persona, 403) for persona in ("organiser", "committee", "administrator", "auditor")),
        ("other_staff", 404),
        ("anonymous", 401),
    ],
)
def test_who_only_reads_a_board_asks_nothing_on_it(
    app: Flask, sign_in: SignIn, world: World, persona: str, status: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client() if persona == "anonymous" else sign_in(persona)
    before = digest(app)
    path = f"/bang-cong-khai/dong/{world.judged_line}/y-kien"
    assert client.post(path, data={"text": "Ở đâu?"}).status_code == status
    assert digest(app) == before


def test_a_refused_request_is_written_down(app: Flask, sign_in: SignIn, world: World) -> None:
    client = sign_in("staff")
    client.get("/gio")
    client.get(f"/don-vi/{world.other_unit}")
    connection = sqlite3.connect(database_of(app))
    query = "SELECT subject, detail FROM audit_entry WHERE action = 'request.refused' ORDER BY seq"
    refused = [(subject, json.loads(detail)) for subject, detail in connection.execute(query)]
    connection.close()
    assert refused == [
        ("hours.index", {"method": "GET", "status": 403}),
        ("units.show", {"method": "GET", "status": 404, "unit_id": world.other_unit}),
    ]


def test_a_role_taken_away_is_gone_at_the_next_request(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("head")
    assert client.get("/gio").status_code == 200
    with sqlite3.connect(database_of(app)) as connection:
        connection.execute("UPDATE role_grant SET valid_to = '2024-04-09' WHERE role = 'head'")
    connection.close()
    assert client.get("/gio").status_code == 403


def test_colleagues_do_not_read_each_others_notes(sign_in: SignIn, world: World) -> None:
    assert OTHER_CANARY in page(sign_in("other_head"), f"/dong/{world.other_line}")
    assert OWN_CANARY in page(sign_in("head"), f"/dong/{world.line}")


def page(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)
