"""Heads judge on pages; who was judged reads it and objects; a deputy is named by password."""

import re
import sqlite3
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.blueprints import judging_work
from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import OTHER_PERSON, OWN_CANARY, World
from tests.boards import written_by
from tests.making import TODAY

WEEK = "/danh-gia-ngay?hien=tat-ca"
LINE = "/danh-gia-ngay/dong/{line}"
_OBJECTION = "SELECT id FROM objection WHERE judgement_id = ?"
_PERSON = "SELECT person_id FROM account WHERE id = ?"


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def asked(app: Flask, statement: str, *values: object) -> list[tuple[object, ...]]:
    with sqlite3.connect(database_of(app)) as connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's first form to accept a person's days."""
    form = re.search(r'<form method="post"\s+id="dat-.*?</form>', page, re.DOTALL)
    assert form
    fields = re.findall(r'name="(\w+)"\s+value="([^"]*)"', form[0])
    return dict(fields)


def accept(client: FlaskClient, **changes: str) -> str:
    page = client.get(WEEK).text
    sent = hidden(page) | changes
    return client.post("/danh-gia-ngay/dat", data=sent, follow_redirects=True).text


def test_the_head_reads_products_and_marks_of_the_units_people_only(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("head").get(WEEK).text
    assert "Bản kế hoạch" in page
    assert f"/danh-gia-ngay/dong/{world.line}" in page
    assert OTHER_PERSON not in page


def test_the_list_and_its_file_tell_what_was_done(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    told = "UPDATE log_line SET content = 'Rà soát lần hai', note = 'Gửi qua thư' WHERE id = ?"
    asked(app, told, world.line)
    head = sign_in("head")
    for path in (WEEK, "/danh-gia-ngay.csv?hien=tat-ca"):
        assert "Rà soát lần hai\nGửi qua thư" in head.get(path).text


def test_the_first_page_leads_to_the_first_waiting_day(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    before = TODAY - timedelta(days=9)
    asked(app, "UPDATE log_line SET day = ? WHERE id = ?", before.isoformat(), world.line)
    head = sign_in("head")
    for path in ("/", "/danh-gia-ngay"):
        assert f'href="/danh-gia-ngay?ngay={before}"' in head.get(path).text


def test_who_judges_one_line_returns_to_the_list_as_it_was(sign_in: SignIn, world: World) -> None:
    head, kept = sign_in("head"), "?ngay=2024-04-10&xem=ngay&hien=tat-ca&tim=nguyen"
    path = f"/danh-gia-ngay/dong/{world.line}{kept}"
    assert path.replace("&", "&amp;") in head.get(f"/danh-gia-ngay{kept}").text
    page = head.get(f"{path}&_external=1").text
    assert f'action="{path}"'.replace("&", "&amp;") in page
    answer = head.post(path, data={"verdict": "accepted"})
    assert answer.headers["Location"] == f"/danh-gia-ngay{kept}"


def test_the_judge_reads_what_colleagues_asked_of_a_line(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    (asker,) = asked(app, _PERSON, world.people["unit_officer"])
    asked(
        app,
        "INSERT INTO line_question (log_line_id, asked_by_id, text, asked_at)"
        " VALUES (?, ?, 'Gửi cho ai?', '2024-04-10')",
        world.line,
        *asker,
    )
    page = sign_in("head").get(LINE.format(line=world.line)).text
    assert "Gửi cho ai?" in page
    assert "Người ghi chưa trả lời" in page


def test_a_clean_day_is_accepted_and_the_rest_left_to_be_judged(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    page = accept(sign_in("head"), day=TODAY.isoformat())
    assert "Đã đánh giá đạt 1 dòng của 1 ngày." in page
    verdicts = asked(app, "SELECT verdict FROM log_line WHERE id = ?", world.line)
    assert verdicts == [("accepted",)]


def test_everybody_is_accepted_below_what_there_is_to_read(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    written_by(app, world, "unit_officer")
    page = sign_in("head").get(WEEK).text
    whole = page.index("Đạt: 2 dòng, 2 ngày của 2 người ở trang này")
    assert page.rindex("</table>") < whole


def test_a_day_added_to_since_is_told_and_not_judged(sign_in: SignIn, world: World) -> None:
    client = sign_in("head")
    page = accept(client, lines=str(world.judged_line))
    assert "dòng mới ghi sau khi bạn mở trang" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": "1,x"},
        {"assignments": ""},
        {"first": "hôm qua"},
        {"day": "1/1"},
        {"last": "2099-01-01"},
    ],
)
def test_a_form_that_was_meddled_with_is_refused(sign_in: SignIn, changes: dict[str, str]) -> None:
    client = sign_in("head")
    sent = hidden(client.get(WEEK).text) | changes
    assert client.post("/danh-gia-ngay/dat", data=sent).status_code == 422


def test_a_word_leads_back_to_the_page_of_the_list_on_which_it_was_said(
    app: Flask, sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging_work, "_PEOPLE_A_PAGE", 1)
    written_by(app, world, "unit_officer")
    client = sign_in("head")
    page = client.get(f"{WEEK}&trang=2").text
    (line,) = set(re.findall(r'href="(/danh-gia-ngay/dong/\d+\?[^"]+)"', page))
    (accepted,) = set(re.findall(r'action="(/danh-gia-ngay/dat\?[^"]+)"', page))
    back = r'href="/danh-gia-ngay\?[^"]+&amp;trang=2"'
    assert re.search(back, client.get(unescape(line)).text)
    answer = client.post(unescape(accepted), data=hidden(page))
    assert answer.location.endswith("&trang=2")


@pytest.mark.parametrize(("persona", "status"), [("staff", 403), ("other_head", 404)])
def test_who_may_not_judge_accepts_nothing(sign_in: SignIn, persona: str, status: int) -> None:
    sent = hidden(sign_in("head").get(WEEK).text)
    assert sign_in(persona).post("/danh-gia-ngay/dat", data=sent).status_code == status


def test_a_word_wants_its_reason_and_what_was_chosen_stays(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client, path = sign_in("head"), LINE.format(line=world.line)
    refused = client.post(path, data={"verdict": "late"})
    assert refused.status_code == 422
    assert re.search(r'value="late"\s+checked', refused.text)
    client.post(path, data={"verdict": "late", "reason": "Sau hạn"})
    told = sign_in("staff").get("/ket-qua-cua-toi").text
    assert "Sau hạn" in told
    assert asked(app, "SELECT action FROM audit_entry WHERE action = 'line.judged'")


def test_a_word_said_meanwhile_is_shown_before_another(sign_in: SignIn, world: World) -> None:
    client, path = sign_in("head"), LINE.format(line=world.judged_line)
    sent = {"verdict": "correction", "reason": "Thiếu chữ ký"}
    stale = client.post(path, data=sent)
    assert stale.status_code == 409
    assert '<a href="#danh-gia">Nguyễn Văn head vừa đánh giá' in stale.text
    assert OWN_CANARY in stale.text
    assert re.search(r'value="correction"\s+checked', stale.text)
    assert 'value="Thiếu chữ ký"' in stale.text
    seen = re.search(r'name="seen" value="(\d+)"', stale.text)
    assert seen
    assert client.post(path, data=sent | {"seen": seen[1]}).status_code == 303


def test_what_was_typed_of_a_line_that_is_settled_meanwhile_is_not_lost(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client, path = sign_in("head"), LINE.format(line=world.line)
    asked(app, "UPDATE log_line SET current = 0 WHERE id = ?", world.line)
    settled = client.post(path, data={"verdict": "late", "reason": "Sau hạn"})
    assert settled.status_code == 409
    assert "đã được sửa hoặc bỏ. Hãy mở lại danh sách" in settled.text
    assert "chưa được ghi: Sau hạn" in settled.text


def test_a_line_on_secret_papers_shows_its_hours_only(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    asked(app, "UPDATE task_version SET kind = 'secret'")
    asked(app, "UPDATE log_line SET product = 'Tờ trình kín'")
    client = sign_in("head")
    for path in (WEEK, LINE.format(line=world.line), "/danh-gia-ngay.csv?hien=tat-ca"):
        page = client.get(path).text
        assert "Tờ trình kín" not in page
    assert "chỉ có số giờ" in client.get(WEEK).text


def test_colleagues_do_not_read_what_was_said_of_a_line(sign_in: SignIn, world: World) -> None:
    path = f"/dong/{world.judged_line}"
    assert "Các lần đánh giá" in sign_in("staff").get(path).text
    assert "Các lần đánh giá" in sign_in("head").get(path).text
    assert "Các lần đánh giá" not in sign_in("unit_officer").get(path).text


def test_the_first_page_says_what_waits(sign_in: SignIn) -> None:
    assert re.search(r"<strong>\d+</strong> ngày công", sign_in("head").get("/").text)
    assert "1</strong> ý kiến về đánh giá chờ" in sign_in("organiser").get("/").text


def test_an_objection_goes_up_and_its_outcome_comes_back(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    staff, path = sign_in("staff"), f"/ket-qua-cua-toi/y-kien/{world.judgement}"
    assert staff.post(path, data={"text": ""}).status_code == 422
    for _click in ("first", "second"):
        assert staff.post(path, data={"text": "Tờ trình đã ký"}).status_code == 303
    assert "Đang chờ cấp trên giải quyết" in staff.get("/ket-qua-cua-toi?thang=2024-03").text

    ((key,),) = asked(app, _OBJECTION, world.judgement)
    decision = {"verdict": "accepted", "answer": "Đã xem bản ký"}
    head, organiser = sign_in("head"), sign_in("organiser")
    assert head.post(f"/y-kien-danh-gia/{key}", data=decision).status_code == 404
    assert organiser.post(f"/y-kien-danh-gia/{key}", data={"verdict": "keep"}).status_code == 422
    assert organiser.post(f"/y-kien-danh-gia/{key}", data=decision).status_code == 303
    assert "Đã xem bản ký" in staff.get("/ket-qua-cua-toi?thang=2024-03").text
    assert "Đã xem bản ký" in head.get(f"/y-kien-danh-gia/{key}").text


def test_the_committee_is_led_to_objections_and_to_nothing_else_of_judging(sign_in: SignIn) -> None:
    first = sign_in("committee").get("/").text
    assert 'href="/y-kien-danh-gia"' in first
    assert 'href="/danh-gia-ngay"' not in first


def test_own_hours_stand_against_ones_own_standard(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    page = sign_in("staff").get("/ket-qua-cua-toi?thang=2024-04").text
    assert "giờ chuẩn của riêng bạn là 176 giờ" in page
    person = asked(app, _PERSON, world.people["staff"])[0][0]
    asked(
        app,
        "INSERT INTO absence (person_id, kind, first_day, last_day, half, entered_by_id,"
        " entered_at) VALUES (?, 'leave', '2024-04-01', '2024-04-02', 0, ?, '2024-04-01')",
        person,
        person,
    )
    page = sign_in("staff").get("/ket-qua-cua-toi?thang=2024-04").text
    assert "giờ chuẩn của riêng bạn là 160 giờ" in page
    march = sign_in("staff").get("/ket-qua-cua-toi?thang=2024-03").text
    assert OWN_CANARY in march
    assert "Đã được chấp nhận («Đạt» và «Chậm»)" in march


def delegation(app: Flask, world: World, **changes: str) -> dict[str, str]:
    (person,) = asked(app, _PERSON, world.people["staff"])
    return {
        "person": str(person[0]),
        "unit": str(world.unit),
        "since": TODAY.isoformat(),
        "until": (TODAY + timedelta(days=3)).isoformat(),
    } | changes


def test_a_deputy_is_named_with_the_password_and_judges_at_once(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    head, sent = sign_in("head"), delegation(app, world)
    asked(app, "UPDATE login_session SET opened_at = datetime('now', '-6 minutes')")
    answer = head.post("/uy-quyen", data=sent)
    assert answer.status_code == 403
    assert "mật khẩu" in answer.text
    asked(app, "UPDATE login_session SET confirmed_at = datetime('now')")
    for _click in ("first", "second"):
        assert head.post("/uy-quyen", data=sent).status_code == 303

    deputy = sign_in("staff")
    assert "Bạn đang đánh giá thay Nguyễn Văn head" in deputy.get(WEEK).text
    assert deputy.get(LINE.format(line=world.line)).status_code == 404
    assert deputy.get("/uy-quyen").status_code == 403

    (grant,) = asked(app, "SELECT id FROM role_grant WHERE role = 'deputy'")
    assert head.post(f"/uy-quyen/{grant[0]}/ket-thuc").status_code == 303
    assert deputy.get(WEEK).status_code == 403


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"until": ""}, "Đến hết ngày: hãy chọn một ngày."),
        ({"until": "2024-04-09"}, "hãy chọn từ 10/04/2024 trở đi"),
        ({"person": "999"}, "không làm việc trong"),
    ],
)
def test_an_odd_delegation_is_refused_with_what_was_typed(
    app: Flask, sign_in: SignIn, world: World, changes: dict[str, str], says: str
) -> None:
    head = sign_in("head")
    answer = head.post("/uy-quyen", data=delegation(app, world, **changes))
    assert (answer.status_code, says in answer.text) == (422, True)
    assert f'value="{TODAY.isoformat()}"' in answer.text


def test_lists_are_taken_away_as_they_are_shown(sign_in: SignIn) -> None:
    head = sign_in("head")
    taken = head.get("/danh-gia-ngay.csv?hien=tat-ca").text
    assert "Bản kế hoạch" in taken
    assert OTHER_PERSON not in taken
    own = sign_in("staff").get("/ket-qua-cua-toi.csv?thang=2024-04&danh-gia=waiting").text
    assert "Bản kế hoạch" in own
    assert "Tờ trình" not in own
    objections = sign_in("organiser")
    assert "Đang chờ giải quyết" in objections.get("/y-kien-danh-gia.csv?tim=nguyen").text
    assert OWN_CANARY not in objections.get("/y-kien-danh-gia.csv?hien=xong").text
    assert "Bản kế hoạch" in head.get("/danh-gia-ngay.csv").text
    accept(head, day=TODAY.isoformat())
    assert "Bản kế hoạch" not in head.get("/danh-gia-ngay.csv").text
