"""The matrix over the web: what it marks, what it hands out, and how many are changed at once."""

import re
import sqlite3
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from tests.blueprints.conftest import SignIn
from tests.blueprints.test_permissions import digest
from tests.blueprints.world import World


@pytest.fixture
def organiser(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("organiser")


def rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row">.*?</tr>', page, re.DOTALL)


def ask(client: FlaskClient, world: World, **more: object) -> TestResponse:
    fields = {"kind": "set", "competency": world.competency, "low": "3", "high": "4"}
    data = fields | {"row": world.position} | more
    unit = f"?don-vi={data.pop('unit')}" if "unit" in data else ""
    path = "sua" if "seen" in data else "xem-truoc"
    return client.post(f"/khung-nang-luc/{path}{unit}", data=data)


def test_every_position_in_force_stands_beside_every_competency(
    organiser: FlaskClient, world: World
) -> None:
    page = organiser.get("/khung-nang-luc").text
    assert "62 vị trí × 1 năng lực" in page
    assert len(rows(page)) == 62
    assert page.count("2–3</td>") == 2
    assert page.count("Chưa có bản mô tả có hiệu lực") == 60
    assert "62 vị trí: Tham khảo – chưa kiểm chứng với văn bản gốc" in page
    narrowed = organiser.get(f"/khung-nang-luc?don-vi={world.unit}").text
    assert len(rows(narrowed)) == 1
    assert len(rows(organiser.get("/khung-nang-luc?tim=to chuc dang").text)) == 1
    assert len(rows(organiser.get("/khung-nang-luc?tim=to chuc&nhom=leadership").text)) == 0


def test_each_agency_heads_its_lines_once_and_each_column_names_its_group(
    organiser: FlaskClient,
) -> None:
    page = organiser.get("/khung-nang-luc").text
    agencies = re.findall(r'<th scope="rowgroup"[^>]*>\s*<span>(.*?)</span>', page)
    assert agencies == ["Văn phòng", "Ban Tổ chức"]
    assert re.search(r'<th scope="col">\s*<small>Năng lực chung</small>\s*<a [^>]*>Giao tiếp', page)


def test_a_level_unlike_all_others_is_marked_in_words(app: Flask, organiser: FlaskClient) -> None:
    make_alike(app)
    page = organiser.get("/khung-nang-luc?chi=khac-thuong").text
    (row,) = rows(page)
    assert "▲" in row
    assert 'khác thường lệ, thường <span class="code">2–3</span>' in row
    assert "1 ô khác thường lệ" in page
    shaded = organiser.get("/khung-nang-luc?xem=dam-nhat").text
    assert 'class="framework shaded"' in shaded
    assert 'class="odd shade-9"' in shaded


def make_alike(app: Flask) -> None:
    """Give eight more positions the description of the first; one of them asks for more."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT * FROM description ORDER BY id LIMIT 1").fetchone()
        asked = connection.execute("SELECT * FROM requirement ORDER BY id LIMIT 1").fetchone()
        names = [row[1] for row in connection.execute("PRAGMA table_info(description)")]
        places = [row[1] for row in connection.execute("PRAGMA table_info(requirement)")]
        for number in range(8):
            copy = dict(zip(names, kept, strict=True))
            position = copy["position_id"] + 1 + number
            copy |= {"id": 900 + number, "position_id": position}
            _insert(connection, "description", copy)
            more = dict(zip(places, asked, strict=True))
            more |= {"id": 900 + number, "description_id": 900 + number}
            more |= {"level_min": 4, "level_max": 5} if number == 0 else {}
            _insert(connection, "requirement", more)
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    marks = ",".join("?" * len(row))
    columns = ",".join(row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
        tuple(row.values()),
    )


def test_what_is_shown_is_handed_out(app: Flask, organiser: FlaskClient) -> None:
    make_alike(app)
    lines = organiser.get("/khung-nang-luc.csv?chi=khac-thuong").text.splitlines()
    assert lines[0].endswith("Vị trí,Mã,Cơ quan,Nhóm vị trí,Nguồn,Giao tiếp")
    assert len(lines) == 2
    assert lines[1].endswith("4–5 (khác thường lệ 2–3)")
    content = BytesIO(organiser.get("/khung-nang-luc.xlsx").data)
    sheet = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert (len(sheet), len(sheet[0])) == (63, 6)


def test_many_are_looked_at_first_and_then_written_as_shown(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    before = digest(app)
    shown = ask(organiser, world, every="y", shown=f"{world.position},{world.position + 1}")
    assert shown.status_code == 200
    assert "1 – Mở bản soạn mới" in shown.text
    assert "1 – Chưa có bản mô tả" in shown.text
    assert digest(app) == before
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert seen
    ids = f"{world.position},{world.position + 1}"
    written = ask(organiser, world, every="y", shown=ids, seen=seen[1])
    assert written.status_code == 303
    report = organiser.get(written.headers["Location"])
    assert "Đã ghi 1 trong 2 vị trí" in report.text
    again = ask(organiser, world, every="y", shown=ids, seen=seen[1])
    assert again.status_code == 409
    assert "1 – Không có gì phải đổi" in again.text


def test_what_each_level_means_stands_beside_the_pick_before_anything_is_written(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    picked = {"competency": world.competency, "low": "3", "high": "", "row": world.position}
    before, path = digest(app), "/khung-nang-luc/cap-do"
    page = organiser.post(path, data=picked).text
    meant = '<span class="lines">Giao tiếp, cấp 3</span> (Khung của Giao tiếp)'
    assert meant in page
    assert "Các cấp độ của «Giao tiếp» trong từ điển" in page
    assert f'value="{world.competency}" selected' in " ".join(page.split())
    assert re.search(rf'value="{world.position}"\s+checked', page)
    part = organiser.post(path, data=picked | {"low": "2"}, headers={"HX-Request": "true"}).text
    assert "<table" not in part
    assert meant.replace("3", "2") in part
    assert meant not in part
    assert meant in ask(organiser, world).text
    assert organiser.post(path, data={"competency": ""}).status_code == 422
    assert digest(app) == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"row": []}, "đánh dấu ít nhất một vị trí"),
        ({"low": "4", "high": "2"}, "cấp 2 thấp hơn cấp 4"),
        ({"low": "", "high": ""}, "hãy chọn cấp độ từ 1 đến 5"),
        ({"low": "6"}, "hãy chọn từ 1 đến 5"),
        ({"competency": ""}, "hãy chọn một năng lực"),
        ({"kind": "other"}, "hãy chọn một việc"),
        ({"every": "y", "shown": "1,x"}, "không có lựa chọn này"),
    ],
)
def test_a_change_that_says_too_little_is_refused_beside_its_field(
    organiser: FlaskClient, world: World, more: dict[str, object], words: str
) -> None:
    answer = ask(organiser, world, **more)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(rows(answer.text)) == 62


def test_an_officer_changes_the_own_unit_alone(
    organiser: FlaskClient, sign_in: SignIn, world: World
) -> None:
    officer = sign_in("unit_officer")
    assert "Sửa nhiều vị trí" not in officer.get("/khung-nang-luc").text
    assert "Sửa nhiều vị trí" in officer.get(f"/khung-nang-luc?don-vi={world.unit}").text
    assert ask(officer, world).status_code == 403
    assert ask(officer, world, unit=world.unit).status_code == 200
    assert ask(officer, world, unit=world.other_unit).status_code == 404
    assert ask(organiser, world, unit=world.unit).status_code == 403
    assert ask(sign_in("head"), world, seen="").status_code == 403


def test_a_description_names_the_group_of_what_it_asks(
    organiser: FlaskClient, world: World
) -> None:
    page = organiser.get(f"/mo-ta/{world.description}").text
    assert f'href="/nang-luc/{world.competency}"' in page
    assert "Năng lực chung" in page
    assert "Giao tiếp, cấp 3" in page
