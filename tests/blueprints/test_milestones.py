"""Milestones as pages: the countdown everywhere, burn-down, extension, calendars."""

import csv
import re
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.blueprints import clock
from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import World
from tests.making import TODAY

FIVE = "Còn 5 ngày đến 15/04/2024: Danh mục chính thức"
EXTENSION = {"unit": "", "due_on": "2024-04-30", "reason": "Chờ văn bản ký", "seen": "0"}
MILESTONE = {"name": "Sơ kết", "subject": "other", "due_on": "2/5/2024", "basis": "Kế hoạch"}


@pytest.fixture
def open_forms(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def text_of(client: FlaskClient, path: str) -> str:
    """The page's words, its tags aside."""
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).text).split())


def execute(app: Flask, *statements: str) -> None:
    with closing(sqlite3.connect(database_of(app))) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def on_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(clock, "fixed_day", lambda: TODAY.replace(day=day))


@pytest.mark.parametrize(
    "path", ["/", "/danh-muc", "/vi-tri/{position}", "/moc-thoi-han/{milestone}"]
)
def test_a_page_that_it_concerns_counts_the_days(sign_in: SignIn, world: World, path: str) -> None:
    page = text_of(sign_in("staff"), path.format(**vars(world)))
    assert "Còn 5 ngày đến 15/04/2024" in page
    assert "Quá hạn" not in page


def test_the_catalogue_does_not_count_down_to_the_descriptions(sign_in: SignIn) -> None:
    page = text_of(sign_in("staff"), "/danh-muc")
    assert FIVE in page
    assert "30/06/2024" not in page


def test_an_administrator_is_not_counted_down_to(sign_in: SignIn) -> None:
    assert "Còn 5 ngày" not in sign_in("administrator").get("/danh-muc").text


def test_once_it_is_past_the_countdown_says_by_how_much(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 18)
    assert "Quá hạn 3 ngày (15/04/2024)" in text_of(sign_in("staff"), "/danh-muc")


def test_a_milestone_that_was_met_is_not_late(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(app, "UPDATE position_version SET state = 'issued'")
    on_day(monkeypatch, 18)
    client = sign_in("organiser")
    assert "Quá hạn" not in client.get("/danh-muc").text
    assert "Đã xong" in client.get("/moc-thoi-han").text


@pytest.mark.parametrize(
    ("persona", "left"),
    [("organiser", 61), ("committee", 61), ("head", 60), ("unit_officer", 60), ("other_head", 1)],
)
def test_who_answers_for_units_is_reminded_of_what_is_left(
    sign_in: SignIn, persona: str, left: int
) -> None:
    page = text_of(sign_in(persona), "/")
    assert f"Nhắc việc. {FIVE}. Còn {left} vị trí chưa xong" in page
    assert "Còn 81 ngày đến 30/06/2024: Bản mô tả công việc và khung năng lực" in page


def test_staff_see_the_days_and_no_reminder(sign_in: SignIn) -> None:
    page = text_of(sign_in("staff"), "/")
    assert FIVE in page
    assert "Nhắc việc" not in page


def test_the_burn_down_lists_units_with_what_is_left(sign_in: SignIn, world: World) -> None:
    client = sign_in("committee")
    path = f"/moc-thoi-han/{world.milestone}"
    page = client.get(path).text
    units = re.findall(rf'<a href="{path}/don-vi/\d+">([^<]+)</a>', page)
    assert units == ["Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Huyện Vị Thủy"]
    left = re.findall(r"data-chart-value>(\d+)<", page)
    assert left == ["60", "1", "60"]
    assert "còn 61 trong 62 vị trí chưa ban hành" in text_of(client, path)
    assert "Việc trễ hạn" not in page


def test_the_picture_of_the_days_takes_its_figures_from_the_table(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("committee").get(f"/moc-thoi-han/{world.milestone}").text
    assert 'data-burn-down-of="bang-theo-ngay"' in page
    rows = re.findall(
        r'<tr data-day="([-\d]+)">\s*<th[^>]*>[^<]*</th>\s*<td[^>]*>([^<]*)</td>\s*<td[^>]*>(\d+)',
        page,
    )
    assert rows[0] == ("2024-01-01", "62", "62")
    assert ("2024-04-10", "61", "3") in rows
    assert rows[-1] == ("2024-04-15", "–", "0")


def test_late_work_is_named_with_links(
    sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 16)
    client, path = sign_in("organiser"), f"/moc-thoi-han/{world.milestone}"
    page = client.get(path).text
    late = page[page.index('id="tre-han"') : page.index("Theo đơn vị")]
    assert f'<a href="{path}/don-vi/{world.other_unit}">Ban Tổ chức Tỉnh ủy</a>' in late
    assert re.search(r'<a href="/vi-tri/\d+">Chuyên viên chính sách cán bộ</a>', late)
    words = " ".join(re.sub(r"<[^>]*>", " ", late).split())
    assert "quá hạn 1 ngày (15/04/2024)" in words
    assert words.count("và 57 vị trí khác") == 2


def test_a_units_page_names_every_item_that_is_left(sign_in: SignIn, world: World) -> None:
    client = sign_in("organiser")
    page = client.get(f"/moc-thoi-han/{world.milestone}/don-vi/{world.unit}").text
    assert len(re.findall(r'<a href="/vi-tri/\d+">', page)) == 60
    district = client.get(f"/moc-thoi-han/{world.milestone}/don-vi/{world.district}").text
    assert "<h3>Văn phòng Huyện ủy Vị Thủy</h3>" in district


def test_the_table_is_exported(sign_in: SignIn, world: World) -> None:
    answer = sign_in("head").get(f"/moc-thoi-han/{world.milestone}.csv")
    rows = list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0] == [
        *("Đơn vị", "Tổng số", "Đã xong", "Còn lại", "Hạn", "Số ngày còn", "Tình trạng"),
    ]
    assert rows[1:] == [
        [
            *("Văn phòng Tỉnh ủy", "60", "0", "60", "15/04/2024", "5"),
            "Còn 5 ngày đến 15/04/2024",
        ],
    ]


def test_an_empty_list_says_what_belongs_there(app: Flask, sign_in: SignIn) -> None:
    execute(app, "DELETE FROM milestone")
    assert "Chưa có mốc nào" in sign_in("staff").get("/moc-thoi-han").text


@pytest.mark.usefixtures("open_forms")
def test_an_extension_is_shown_with_who_when_and_why(sign_in: SignIn, world: World) -> None:
    client, path = sign_in("committee"), f"/moc-thoi-han/{world.milestone}"
    answer = client.post(f"{path}/gia-han", data=EXTENSION)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    page = text_of(client, path)
    assert "Lần 1 Tất cả đơn vị 30/04/2024 Chờ văn bản ký Nguyễn Văn committee" in page
    assert "Còn 20 ngày đến 30/04/2024" in page
    assert "Còn 20 ngày đến 30/04/2024" in text_of(sign_in("staff"), "/danh-muc")


@pytest.mark.usefixtures("open_forms")
def test_one_unit_may_be_given_longer(sign_in: SignIn, world: World) -> None:
    path = f"/moc-thoi-han/{world.milestone}"
    data = EXTENSION | {"unit": str(world.unit)}
    assert sign_in("committee").post(f"{path}/gia-han", data=data).status_code == 303
    assert "Còn 20 ngày đến 30/04/2024" in text_of(sign_in("head"), "/danh-muc")
    assert FIVE in text_of(sign_in("other_head"), "/danh-muc")


@pytest.mark.usefixtures("open_forms")
def test_the_second_of_two_extensions_is_shown_the_first(sign_in: SignIn, world: World) -> None:
    client, path = sign_in("committee"), f"/moc-thoi-han/{world.milestone}/gia-han"
    client.post(path, data=EXTENSION)
    answer = client.post(path, data=EXTENSION | {"due_on": "2024-05-10", "reason": "Bão"})
    assert answer.status_code == 409
    assert "vừa gia hạn mốc này đến 30/04/2024" in answer.text
    assert 'value="Bão"' in answer.text
    assert 'name="seen" value="1"' in answer.text
    again = EXTENSION | {"due_on": "2024-05-10", "seen": "1"}
    assert client.post(path, data=again).status_code == 303


@pytest.mark.usefixtures("open_forms")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Lý do: chưa nhập."),
        ({"due_on": "2024-04-15"}, "Hạn mới: phải sau hạn đang có hiệu lực, 15/04/2024."),
        ({"due_on": "31/02/2024"}, "Hạn mới: hãy ghi ngày như 15/04/2024."),
        ({"due_on": "9999-12-31"}, "Hạn mới: hãy chọn ngày từ năm 2000 đến năm 2099."),
        ({"unit": "999"}, "Đơn vị: không có lựa chọn này."),
        ({"unit": "x"}, "Đơn vị: không có lựa chọn này."),
        ({"seen": "x"}, "Biểu mẫu này không còn dùng được."),
    ],
)
def test_an_extension_that_cannot_stand_says_why_and_keeps_what_was_typed(
    sign_in: SignIn, world: World, changes: dict[str, str], sentence: str
) -> None:
    data = EXTENSION | {"due_on": "2024-05-31"} | changes
    answer = sign_in("committee").post(f"/moc-thoi-han/{world.milestone}/gia-han", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{data["due_on"]}"' in answer.text
    assert "Chưa gia hạn lần nào" in answer.text


@pytest.mark.usefixtures("open_forms")
@pytest.mark.parametrize("persona", ["staff", "head", "unit_officer", "organiser", "auditor"])
def test_only_the_committee_extends(sign_in: SignIn, world: World, persona: str) -> None:
    answer = sign_in(persona).post(f"/moc-thoi-han/{world.milestone}/gia-han", data=EXTENSION)
    assert answer.status_code == 403


@pytest.mark.usefixtures("open_forms")
def test_an_organiser_adds_a_milestone(sign_in: SignIn) -> None:
    client = sign_in("organiser")
    answer = client.post("/moc-thoi-han/them", data=MILESTONE)
    assert answer.status_code == 303
    page = text_of(client, answer.headers["Location"])
    assert "Còn 22 ngày đến 02/05/2024" in page
    assert "Mốc này không có việc nào được đếm tự động" in page


@pytest.mark.usefixtures("open_forms")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Tên mốc: chưa nhập."),
        ({"basis": ""}, "Căn cứ: chưa nhập."),
        ({"subject": "x"}, "Việc phải xong: không có lựa chọn này."),
        ({"due_on": "09/04/2024"}, "Ngày hạn: 09/04/2024 đã qua."),
        ({"name": "a\x00b"}, "Tên mốc: ký tự điều khiển U+0000"),
    ],
)
def test_a_milestone_that_cannot_stand_says_why(
    sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    answer = sign_in("organiser").post("/moc-thoi-han/them", data=MILESTONE | changes)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.usefixtures("open_forms")
@pytest.mark.parametrize("persona", ["staff", "head", "committee", "auditor", "administrator"])
def test_only_an_organiser_adds(sign_in: SignIn, persona: str) -> None:
    assert sign_in(persona).post("/moc-thoi-han/them", data=MILESTONE).status_code == 403


def address(client: FlaskClient) -> str:
    answer = client.post("/moc-thoi-han/dia-chi-lich", follow_redirects=True)
    found = re.search(r"http://localhost(/lich/[\w-]+\.ics)", answer.text)
    assert found, answer.text
    return found[1]


@pytest.mark.usefixtures("open_forms")
def test_a_calendar_program_reads_names_and_days_by_its_address_and_nothing_else(
    app: Flask, sign_in: SignIn
) -> None:
    client = sign_in("head")
    answer = app.test_client().get(address(client))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20240415" in answer.text
    assert "Nguyễn" not in answer.text
    assert "Kế hoạch" not in answer.text
    assert answer.get_data() == client.get("/moc-thoi-han.ics").get_data()


@pytest.mark.usefixtures("open_forms")
def test_a_new_address_ends_the_former_one_and_is_shown_once(app: Flask, sign_in: SignIn) -> None:
    client, program = sign_in("head"), app.test_client()
    first, second = address(client), address(client)
    assert [program.get(path).status_code for path in (first, second)] == [404, 200]
    assert second not in client.get("/moc-thoi-han").text


@pytest.mark.usefixtures("open_forms")
def test_an_address_dies_with_its_account_and_a_wrong_one_never_lived(
    app: Flask, sign_in: SignIn
) -> None:
    path, program = address(sign_in("staff")), app.test_client()
    assert program.get(f"{path[:-5]}x.ics").status_code == 404
    assert program.get("/lich/%00.ics").status_code == 404
    execute(app, "UPDATE account SET disabled = 1 WHERE username = 'staff'")
    assert program.get(path).status_code == 404


@pytest.mark.usefixtures("open_forms")
def test_an_extension_for_a_unit_moves_the_day_in_its_peoples_calendars(
    sign_in: SignIn, world: World
) -> None:
    data = EXTENSION | {"unit": str(world.unit)}
    sign_in("committee").post(f"/moc-thoi-han/{world.milestone}/gia-han", data=data)
    own = sign_in("head").get("/moc-thoi-han.ics").text
    assert "DTSTART;VALUE=DATE:20240430" in own
    assert "SEQUENCE:1" in own
    assert "DTSTART;VALUE=DATE:20240415" in sign_in("other_head").get("/moc-thoi-han.ics").text


def test_a_milestone_that_is_not_there_is_not_found(sign_in: SignIn) -> None:
    client = sign_in("committee")
    for path in ("", ".csv", "/gia-han", "/don-vi/1"):
        assert client.get(f"/moc-thoi-han/999{path}").status_code == 404
