"""What a device kept is taken in line by line, once each, and nothing else is."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalogue.extensions import db
from catalogue.forms.diary import FIELDS
from catalogue.models import LogLine
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.making import TODAY

DAY = (TODAY - timedelta(days=1)).isoformat()
PATH = "/ngay-cua-toi/gui"
Line = dict[str, str]


@pytest.fixture
def staff(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("staff")


def line(world: World, **changes: str) -> Line:
    told = {"day": DAY, "task": str(world.task), "hours": "1,5", "product": "Biên bản"}
    return told | {"entry_key": str(uuid.uuid4())} | changes


def send(client: FlaskClient, *lines: Line) -> dict[str, str]:
    """Send lines; give what was said of each by its key."""
    answer = client.post(PATH, json={"lines": lines})
    assert answer.status_code == 200, answer.text
    return {each["entry_key"]: each["refusal"] for each in answer.get_json()["lines"]}


def written(app: Flask) -> int:
    with app.app_context():
        query = select(func.count(LogLine.id)).where(LogLine.day == TODAY - timedelta(days=1))
        return db.session.scalars(query).one()


def test_lines_are_written_and_a_repeat_is_answered_alike(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    lines = [line(world), line(world, hours="30p")]
    first = send(staff, *lines)
    assert set(first.values()) == {""}
    assert send(staff, *lines) == first
    assert written(app) == 2


def test_one_bad_line_keeps_no_other_back_and_is_told_why(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    good, bad, later = line(world), line(world, product=""), line(world, hours="bảy")
    said = send(staff, good, bad, later)
    assert said[good["entry_key"]] == ""
    assert "phải ghi sản phẩm" in said[bad["entry_key"]]
    assert "Số giờ" in said[later["entry_key"]]
    assert written(app) == 1


def test_a_day_that_is_none_and_a_strangers_task_are_refused(
    app: Flask, staff: FlaskClient, world: World
) -> None:
    odd, strange = line(world, day="2024-02-30"), line(world, task=str(world.other_task))
    said = send(staff, odd, strange)
    assert "không có ngày này" in said[odd["entry_key"]]
    assert "không thuộc vị trí" in said[strange["entry_key"]]
    assert written(app) == 0


def test_a_key_that_another_person_used_is_refused(
    app: Flask, staff: FlaskClient, sign_in: SignIn, world: World
) -> None:
    mine = line(world)
    send(staff, mine)
    theirs = send(sign_in("other_staff"), mine | {"task": str(world.other_task)})
    assert "đã được dùng" in theirs[mine["entry_key"]]
    assert written(app) == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"[]",
        b'"x"',
        b"{}",
        b'{"lines": {}}',
        b'{"lines": [1]}',
        b'{"lines": [{"hours": 7}]}',
        b'{"lines": [{"person": "1"}]}',
        b'{"lines": [], "by": 1}',
        b'{"lines": [], "lines": []}',
        b'{"lines": [{"hours": NaN}]}',
        b"{" * 100_000,
        b"\xff",
        json.dumps({"lines": [{}] * 201}).encode(),
    ],
)
def test_what_is_not_plainly_lines_is_refused_whole(
    app: Flask, staff: FlaskClient, sent: bytes
) -> None:
    answer = staff.post(PATH, data=sent, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["loi"]
    assert written(app) == 0


def test_a_form_is_not_taken_for_json(staff: FlaskClient) -> None:
    assert staff.post(PATH, data={"lines": "[]"}).status_code == 415


def test_without_the_pages_token_nothing_is_taken(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client = sign_in("staff")
    assert client.post(PATH, json={"lines": [line(world)]}).status_code == 400
    token = client.get("/ngay-cua-toi/tren-may.json").get_json()["csrf"]
    sent = client.post(PATH, json={"lines": [line(world)]}, headers={"X-CSRFToken": token})
    assert sent.status_code == 200
    assert written(app) == 1


def test_a_device_learns_ones_own_tasks_and_no_others(staff: FlaskClient, world: World) -> None:
    told = staff.get("/ngay-cua-toi/tren-may.json").get_json()
    tasks = {each["task"] for each in told["tasks"]}
    assert str(world.task) in tasks
    assert str(world.other_task) not in tasks
    assert [each["work_item"] for each in told["work"]] == [str(world.work_item)]
    assert told["today"] == TODAY.isoformat()


def test_what_a_device_keeps_names_nobody(staff: FlaskClient, client: FlaskClient) -> None:
    name = staff.get("/ngay-cua-toi/tren-may.json").get_json()["name"]
    for path in ("/ngoai-tuyen", "/sw.js", "/manifest.webmanifest"):
        kept = staff.get(path)
        assert kept.status_code == 200
        assert name not in kept.text
        assert kept.data == client.get(path).data


def test_without_a_network_a_line_is_asked_for_all_that_its_day_asks_for(
    client: FlaskClient,
) -> None:
    shell = client.get("/ngoai-tuyen").text
    for name in ("day", *FIELDS):
        assert re.search(rf'<(input|select|textarea)[^>]* name="{name}"', shell), name
        assert f'<label for="{name}">' in shell


def test_the_worker_changes_with_the_files_that_it_keeps(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/sw.js").data
    assert client.get("/sw.js").data == before
    monkeypatch.setattr("catalogue.blueprints.outbox._KEPT_FILES", ("site.css", "outbox.js"))
    assert client.get("/sw.js").data != before


def test_the_program_can_be_installed(client: FlaskClient) -> None:
    told = client.get("/manifest.webmanifest").get_json(force=True)
    assert (told["start_url"], told["display"]) == ("/ngay-cua-toi", "standalone")
    with client.get(told["icons"][0]["src"]) as icon:
        assert icon.status_code == 200
