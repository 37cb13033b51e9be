"""What holds for every page: its hygiene, its headers, and few statements however many rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from catalogue.extensions import db
from tests.blueprints.conftest import SignIn
from tests.blueprints.test_permissions import MATRIX, path_of
from tests.blueprints.world import World

_FILES = (".csv", ".docx", ".ics", ".js", ".json", ".webmanifest", ".xlsx", ".zip")
_FOR_PROGRAMS = "/ims/"
PAGES = [
    route for route in MATRIX if not route.endswith(_FILES) and not route.startswith(_FOR_PROGRAMS)
]
STATEMENTS = 8
# The days that everybody opens every day take fewer statements. What is kept in many tables takes
# more, however many rows there are: the committee's pages, a position with its description, draft,
# successors and countdown, what a draft may begin with under the two rules of who drafts, a
# submission with who may judge it and what becomes of the former tasks, a line with all that was
# said of it, what the rules of days rest on, and the first page with all that waits.
_MOST = {
    "/ngay-cua-toi": 5,
    "/tuan-cua-toi": 5,
    "/": 26,
    "/dong/{line}": 10,
    "/dong/{other_line}": 10,
    "/dong/{old_other_line}": 10,
    "/ho-so/{dossier}": 16,
    "/ho-so/{draft}": 16,
    "/ho-so/{dossier}/muc/1": 16,
    "/vi-tri/{position}": 10,
    "/soan-mo-ta/moi?vi-tri={position}&don-vi={unit}": 9,
    "/tham-dinh-mo-ta/{submission}": 9,
    "/tham-dinh-mo-ta/{other_submission}": 9,
    "/nhap-nhat-ky/{sent_diary}": 16,
    "/nhap-nhat-ky/{other_sent_diary}": 16,
}
_READERS = {
    "/ngay-cua-toi/sua/{line}": "staff",
    "/danh-gia-ngay": "head",
    "/danh-gia-ngay/dong/{line}": "head",
    "/danh-gia-ngay/dong/{other_line}": "other_head",
    "/uy-quyen": "head",
    "/ket-qua-cua-toi": "staff",
    "/ket-qua-cua-toi/y-kien/{judgement}": "staff",
    "/viec-phat-sinh/{pending}": "staff",
    "/cho-gan": "head",
    "/cho-gan/{pending}": "head",
    "/viec-nhieu-ngay/{work_item}": "head",
    "/giao-viec": "head",
    "/moc-thoi-han/{milestone}/gia-han": "committee",
    "/ho-so/{dossier}/ban-hanh": "committee",
    "/dieu-chinh/dong/{line}": "staff",
    "/ghi-bu/{consent}": "head",
}
_OTHERS = (
    "/ngay-cua-toi/sua/{other_line}",
    "/ghi-bu/{other_consent}",
    "/viec-phat-sinh/{other_pending}",
    "/cho-gan/{other_pending}",
    "/viec-nhieu-ngay/{other_work_item}",
)


@pytest.fixture
def reader(sign_in: SignIn) -> FlaskClient:
    return sign_in("organiser")


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(*arguments: object) -> None:
        heard.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def asked(heard: list[str]) -> list[str]:
    return [text for text in heard if not text.startswith("BEGIN")]


@pytest.mark.parametrize(
    "route", [route for route in PAGES if route not in _OTHERS and "2" in MATRIX[route]]
)
def test_a_page_asks_the_database_a_few_times(
    app: Flask, sign_in: SignIn, world: World, route: str
) -> None:
    client = sign_in(_READERS.get(route, "organiser"))
    with statements(app) as heard:
        answer = client.get(path_of(route, world))
    assert answer.status_code == 200
    assert 1 <= len(asked(heard)) <= _MOST.get(route, STATEMENTS), asked(heard)
    assert 1 <= len(asked(heard)) <= _MOST.get(route, STATEMENTS), asked(heard)


@pytest.mark.parametrize(
    "route", [*PAGES, "/dang-nhap", "/cong-khai", "/cong-khai/{issuance}", "/khong-co-trang-nay"]
)
def test_a_page_is_whole(reader: FlaskClient, world: World, route: str) -> None:
    answer = reader.get(path_of(route, world), follow_redirects=True)
    page = answer.text
    assert '<html lang="vi">' in page
    assert len(re.findall(r"<h1\b", page)) == 1
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert not title[1].strip().startswith("–")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    for field in fields:
        if 'type="hidden"' in field or 'type="radio"' in field:
            continue
        found = re.search(r'id="([^"]+)"', field)
        assert found, field
        assert found[1] in labelled, field
    assert "None" not in re.sub(r"<[^>]*>", "", page)


@pytest.mark.parametrize("path", ["/", "/danh-muc.csv", "/dang-nhap", "/khong-co", "/don-vi/999"])
def test_an_answer_is_dressed_for_a_hostile_network(reader: FlaskClient, path: str) -> None:
    headers = reader.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Vary"] == "Cookie"


def test_static_files_may_be_kept(reader: FlaskClient) -> None:
    with reader.get("/static/site.css") as answer:
        assert answer.status_code == 200
        assert "no-store" not in answer.headers["Cache-Control"]


def test_a_static_file_is_kept_for_good_under_the_address_of_its_content(
    reader: FlaskClient,
) -> None:
    named = re.findall(r"(/static/[^\"?]+)(?:\?v=(\w+))?", reader.get("/").text)
    assert len(named) > 4
    for path, version in named:
        with reader.get(f"{path}?v={version}") as answer:
            assert "immutable" in answer.headers["Cache-Control"], path
            assert sha256(answer.data).hexdigest().startswith(version)
        with reader.get(f"{path}?v=0123") as former:
            assert "immutable" not in former.headers["Cache-Control"], path


def test_the_demonstrations_day_is_on_the_page(reader: FlaskClient) -> None:
    assert "Ngày làm việc của bản trình diễn: <strong>10/04/2024</strong>" in reader.get("/").text


def test_addresses_do_not_vanish_unnoticed(app: Flask) -> None:
    rules = sorted({rule.rule for rule in app.url_map.iter_rules()})
    assert rules == [
        "/",
        "/ban-hanh",
        "/ban-hanh/<key:issuance_id>",
        "/ban-hanh/<key:issuance_id>/thu-hoi",
        "/ban-hanh/<key:issuance_id>/xac-nhan",
        "/ban-thuong-vu",
        "/ban-thuong-vu/ghe",
        "/ban-thuong-vu/ghe/<key:seat_id>/thoi",
        "/bang-cong-khai",
        "/bang-cong-khai.csv",
        "/bang-cong-khai/dong/<key:line_id>/y-kien",
        "/bang-cong-khai/in",
        "/bang-cong-khai/thang",
        "/bang-cong-khai/y-kien/<key:question_id>",
        "/cho-gan",
        "/cho-gan.csv",
        "/cho-gan/<key:pending_id>",
        "/cho-gan/<key:pending_id>/de-nghi",
        "/cho-gan/<key:pending_id>/tra-lai",
        "/chuyen-doi",
        "/chuyen-doi.csv",
        "/chuyen-doi/<key:assignment_id>",
        "/cong-khai",
        "/cong-khai/<key:issuance_id>",
        "/dang-nhap",
        "/dang-xuat",
        "/danh-gia-nang-luc",
        "/danh-gia-nang-luc.csv",
        "/danh-gia-nang-luc/<key:assessment_id>",
        "/danh-gia-nang-luc/<key:assessment_id>/danh-gia",
        "/danh-gia-nang-luc/<key:assessment_id>/tu-danh-gia",
        "/danh-gia-nang-luc/<key:assessment_id>/xac-nhan",
        "/danh-gia-nang-luc/don-vi/<key:unit_id>",
        "/danh-gia-nang-luc/don-vi/<key:unit_id>.csv",
        "/danh-gia-nang-luc/mo",
        "/danh-gia-ngay",
        "/danh-gia-ngay.csv",
        "/danh-gia-ngay/dat",
        "/danh-gia-ngay/dong/<key:line_id>",
        "/danh-muc",
        "/danh-muc.csv",
        "/danh-muc/<key:agency_id>.docx",
        "/danh-muc/ngay",
        "/danh-muc/ngay.csv",
        "/danh-muc/ngay.json",
        "/danh-muc/ngay.xlsx",
        "/danh-muc/so-sanh",
        "/danh-muc/so-sanh.csv",
        "/danh-muc/so-sanh.docx",
        "/de-xuat-nhiem-vu",
        "/de-xuat-nhiem-vu.csv",
        "/de-xuat-nhiem-vu/<key:pending_id>/tra-lai",
        "/dieu-chinh",
        "/dieu-chinh.csv",
        "/dieu-chinh/<key:adjustment_id>",
        "/dieu-chinh/dong/<key:line_id>",
        "/dieu-chinh/dong/<key:line_id>/bo",
        "/dieu-chinh/moi",
        "/doi-chieu",
        "/doi-chieu.csv",
        "/doi-chieu/<key:reconciliation_id>",
        "/doi-chieu/<key:reconciliation_id>.csv",
        "/doi-chieu/<key:reconciliation_id>/bo/<key:match_id>",
        "/doi-chieu/<key:reconciliation_id>/ket-luan",
        "/doi-chieu/<key:reconciliation_id>/nhan",
        "/doi-chieu/ma-tran",
        "/doi-chieu/ma-tran.csv",
        "/doi-chieu/moi",
        "/don-vi",
        "/don-vi.csv",
        "/don-vi/<key:unit_id>",
        "/don-vi/<key:unit_id>.csv",
        "/don-vi/<key:unit_id>/mo-ta.docx",
        "/don-vi/<key:unit_id>/mo-ta.zip",
        "/dong-phu-luc/<key:annex_row_id>",
        "/dong/<key:line_id>",
        "/ghi-bu",
        "/ghi-bu.csv",
        "/ghi-bu/<key:consent_id>",
        "/giao-viec",
        "/giao-viec.csv",
        "/giao-viec/<key:item_id>/bo",
        "/giao-viec/<key:item_id>/danh-gia",
        "/giao-viec/<key:item_id>/doi-han",
        "/giao-viec/<key:item_id>/dong-y",
        "/giao-viec/<key:item_id>/lam-tiep",
        "/giao-viec/moi",
        "/gio",
        "/gio.csv",
        "/gio/<key:unit_id>",
        "/gio/<key:unit_id>.csv",
        "/gio/bao-cao.docx",
        "/gio/theo-vi-tri",
        "/gio/theo-vi-tri.csv",
        "/gioi-han-nhat-ky",
        "/gioi-han-nhat-ky.csv",
        "/gioi-han-nhat-ky/cot",
        "/ho-so",
        "/ho-so.csv",
        "/ho-so/<key:dossier_id>",
        "/ho-so/<key:dossier_id>/ban-hanh",
        "/ho-so/<key:dossier_id>/ban-xem-xet.docx",
        "/ho-so/<key:dossier_id>/bo",
        "/ho-so/<key:dossier_id>/chuyen",
        "/ho-so/<key:dossier_id>/cuoc-hop",
        "/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>",
        "/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>/ban-quet",
        "/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>/xac-nhan",
        "/ho-so/<key:dossier_id>/muc/<key:ordinal>",
        "/ho-so/<key:dossier_id>/muc/<key:ordinal>/ket-luan",
        "/ho-so/<key:dossier_id>/muc/<key:ordinal>/y-kien",
        "/ho-so/<key:dossier_id>/nhan",
        "/ho-so/<key:dossier_id>/phieu",
        "/ho-so/<key:dossier_id>/phieu-giay",
        "/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>",
        "/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>/ban-quet",
        "/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>/xac-nhan",
        "/ho-so/<key:dossier_id>/phieu-lay-y-kien.docx",
        "/ho-so/<key:dossier_id>/phieu/<key:item_id>",
        "/ho-so/<key:dossier_id>/quyet-dinh.docx",
        "/ho-so/<key:dossier_id>/soan",
        "/ho-so/<key:dossier_id>/them",
        "/ho-so/<key:dossier_id>/thong-bao-ket-luan.docx",
        "/ho-so/<key:dossier_id>/thong-qua",
        "/ho-so/<key:dossier_id>/to-trinh.docx",
        "/ho-so/<key:dossier_id>/tong-hop-tiep-thu.docx",
        "/ho-so/<key:dossier_id>/tra-lai",
        "/ho-so/<key:dossier_id>/trinh",
        "/ho-so/<key:dossier_id>/y-kien",
        "/ho-so/<key:dossier_id>/y-kien-tu-word",
        "/ho-so/moi",
        "/ims/case/v1p1/<kind>/<identifier>",
        "/ims/case/v1p1/CFDocuments",
        "/ims/case/v1p1/CFDocuments/<identifier>",
        "/ims/case/v1p1/CFItemAssociations/<identifier>",
        "/ims/case/v1p1/CFPackages/<identifier>",
        "/ket-qua-cua-toi",
        "/ket-qua-cua-toi.csv",
        "/ket-qua-cua-toi/y-kien/<key:judgement_id>",
        "/khoa-thang",
        "/khoa-thang.csv",
        "/khoa-thang/<key:unit_id>",
        "/khoa-thang/<key:unit_id>.csv",
        "/khung-nang-luc",
        "/khung-nang-luc.csv",
        "/khung-nang-luc.xlsx",
        "/khung-nang-luc/cap-do",
        "/khung-nang-luc/sua",
        "/khung-nang-luc/sua/<key:entry_id>",
        "/khung-nang-luc/xem-truoc",
        "/lich-lam-viec",
        "/lich-lam-viec.csv",
        "/lich-lam-viec/bo",
        "/lich-lam-viec/nhap",
        "/lich/<secret>.ics",
        "/loi-nhac",
        "/loi-nhac/da-doc",
        "/loi-nhac/thiet-bi",
        "/loi-nhac/thiet-bi/<key:device_id>/bo",
        "/manifest.webmanifest",
        "/mat-khau/<secret>",
        "/mo-ta/<key:description_id>",
        "/mo-ta/<key:description_id>.docx",
        "/mo-ta/<key:description_id>/da-doc",
        "/mo-ta/so-sanh",
        "/mo-ta/so-sanh.docx",
        "/moc-thoi-han",
        "/moc-thoi-han.ics",
        "/moc-thoi-han/<key:milestone_id>",
        "/moc-thoi-han/<key:milestone_id>.csv",
        "/moc-thoi-han/<key:milestone_id>/don-vi/<key:unit_id>",
        "/moc-thoi-han/<key:milestone_id>/gia-han",
        "/moc-thoi-han/dia-chi-lich",
        "/moc-thoi-han/them",
        "/nang-luc",
        "/nang-luc.csv",
        "/nang-luc.xlsx",
        "/nang-luc/<key:competency_id>",
        "/nang-luc/<key:competency_id>/cung-nghia",
        "/nang-luc/<key:competency_id>/nhom",
        "/nang-luc/<key:competency_id>/tach",
        "/nang-luc/trao-doi",
        "/nang-luc/trao-doi/<key:dictionary_id>.csv",
        "/nang-luc/trao-doi/<key:dictionary_id>.json",
        "/nang-luc/trao-doi/<key:dictionary_id>/xoa",
        "/nang-luc/trao-doi/tep/<key:file_id>",
        "/nang-luc/trao-doi/tep/<key:file_id>/ghi",
        "/nang-luc/tu-dien",
        "/nang-luc/tu-dien/<key:dictionary_id>",
        "/nang-luc/tu-dien/<key:dictionary_id>.csv",
        "/nang-luc/tu-dien/<key:dictionary_id>.xlsx",
        "/nang-luc/tu-dien/nhap",
        "/nang-luc/tu-dien/xem-truoc",
        "/ngay-cua-toi",
        "/ngay-cua-toi.csv",
        "/ngay-cua-toi/bo/<key:line_id>",
        "/ngay-cua-toi/chot",
        "/ngay-cua-toi/dat-lai/<key:line_id>",
        "/ngay-cua-toi/gui",
        "/ngay-cua-toi/hoan-tac",
        "/ngay-cua-toi/sua/<key:line_id>",
        "/ngay-cua-toi/tren-may.json",
        "/ngay-cua-toi/vang",
        "/ngoai-tuyen",
        "/nhap-mo-ta",
        "/nhap-mo-ta/<key:job_id>",
        "/nhap-mo-ta/<key:job_id>/bo",
        "/nhap-mo-ta/<key:job_id>/ghi",
        "/nhap-nhat-ky",
        "/nhap-nhat-ky/<key:job_id>",
        "/nhap-nhat-ky/<key:job_id>/bo",
        "/nhap-nhat-ky/<key:job_id>/doc-lai",
        "/nhap-nhat-ky/<key:job_id>/ghi",
        "/nhap-phu-luc",
        "/nhap-phu-luc/<key:job_id>",
        "/nhap-phu-luc/<key:job_id>/bo",
        "/nhap-phu-luc/<key:job_id>/ghi",
        "/nhu-cau-dao-tao",
        "/nhu-cau-dao-tao.csv",
        "/nhu-cau-dao-tao.xlsx",
        "/phan-cap",
        "/soan-mo-ta",
        "/soan-mo-ta.csv",
        "/soan-mo-ta/<key:draft_id>",
        "/soan-mo-ta/<key:draft_id>.docx",
        "/soan-mo-ta/<key:draft_id>/<part>",
        "/soan-mo-ta/<key:draft_id>/bo",
        "/soan-mo-ta/<key:draft_id>/gop-y",
        "/soan-mo-ta/<key:draft_id>/so-sanh",
        "/soan-mo-ta/<key:draft_id>/so-sanh.docx",
        "/soan-mo-ta/<key:draft_id>/trinh",
        "/soan-mo-ta/moi",
        "/static/<path:filename>",
        "/suc-khoe",
        "/sw.js",
        "/tham-dinh-mo-ta",
        "/tham-dinh-mo-ta.csv",
        "/tham-dinh-mo-ta/<key:submission_id>",
        "/tham-dinh-mo-ta/<key:submission_id>/phe-duyet",
        "/tham-dinh-mo-ta/<key:submission_id>/rut-lai",
        "/tham-dinh-mo-ta/<key:submission_id>/tham-dinh",
        "/tham-dinh-mo-ta/<key:submission_id>/tra-lai",
        "/tuan-cua-toi",
        "/tuan-cua-toi.csv",
        "/uy-quyen",
        "/uy-quyen/<key:grant_id>/ket-thuc",
        "/van-ban",
        "/van-ban.csv",
        "/van-ban/<key:document_id>",
        "/vang-mat",
        "/vang-mat.csv",
        "/vang-mat/<key:absence_id>/rut",
        "/vi-tri/<key:position_id>",
        "/viec-nhieu-ngay",
        "/viec-nhieu-ngay.csv",
        "/viec-nhieu-ngay/<key:item_id>",
        "/viec-nhieu-ngay/<key:item_id>/bo",
        "/viec-nhieu-ngay/<key:item_id>/gio",
        "/viec-nhieu-ngay/<key:item_id>/nop",
        "/viec-nhieu-ngay/moi",
        "/viec-phat-sinh",
        "/viec-phat-sinh.csv",
        "/viec-phat-sinh/<key:pending_id>",
        "/viec-phat-sinh/<key:pending_id>/bo",
        "/viec-phat-sinh/<key:pending_id>/gan",
        "/viec-phat-sinh/<key:pending_id>/gui-lai",
        "/viec-phat-sinh/moi",
        "/y-kien-danh-gia",
        "/y-kien-danh-gia.csv",
        "/y-kien-danh-gia/<key:objection_id>",
        "/y-kien/<key:comment_id>/bo",
        "/y-kien/<key:comment_id>/gui",
    ]
