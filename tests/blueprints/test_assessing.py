"""Assessing as pages: from one's own word to the confirmed level, and who reads what of it."""

import re
import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import OWN_CANARY, World

EVIDENCE = "Đã soạn đề án <cấp tỉnh>"
REMARK = "Cần tự soạn nhiều hơn"


@pytest.fixture(autouse=True)
def open_forms(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def text_of(client: FlaskClient, path: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).text).split())


def asked_in(page: str) -> list[str]:
    return re.findall(r'<textarea[^>]*name="text-(\d+)"', page) or list(
        dict.fromkeys(re.findall(r'name="level-(\d+)"', page))
    )


def send(client: FlaskClient, path: str, deed: str, level: str, **more: str) -> int:
    """Fill in the form that the page shows, and send it; answers its status."""
    page = client.get(f"{path}{more.pop('query', '')}").text
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert seen, "no form is shown"
    fields = {f"level-{key}": level for key in asked_in(page)}
    fields |= {f"text-{key}": more.get("text", "") for key in asked_in(page)}
    sent = {"seen": seen[1], "deed": more.get("how", "gui")}
    return client.post(f"{path}/{deed}", data=fields | sent).status_code


def begin(client: FlaskClient, assignment: int = 1) -> str:
    answer = client.post("/danh-gia-nang-luc/mo", data={"assignment": assignment})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_an_assessment_goes_from_the_holders_word_to_the_agreed_level(sign_in: SignIn) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = begin(staff)
    assert send(staff, path, "tu-danh-gia", "3", text=EVIDENCE) == 303
    assert "1 người đã tự đánh giá, chờ bạn đánh giá" in text_of(head, "/")
    assert "Đang chờ bạn" in text_of(head, "/danh-gia-nang-luc?tinh-trang=cho-toi")
    assert "&lt;cấp tỉnh&gt;" in head.get(path).text
    assert send(head, path, "danh-gia", "1", text=REMARK) == 303
    assert "1 người chờ bạn xác nhận" in text_of(head, "/")
    assert send(head, path, "danh-gia", "2", text=REMARK, query="?sua=thu-truong") == 303
    page = head.get(path).text
    assert " checked" not in page, "the sides differ, so nothing is proposed"
    assert send(head, path, "xac-nhan", "1") == 303
    for client in (staff, head):
        page = text_of(client, path)
        assert "Đã xác nhận" in page
        assert "Giao tiếp 2 3 3 2 1 thiếu 1 cấp" in page
        assert REMARK in page
    assert "chờ bạn xác nhận" not in text_of(head, "/")


def test_what_both_say_alike_is_proposed(sign_in: SignIn) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = begin(staff)
    assert send(staff, path, "tu-danh-gia", "2") == 303
    assert send(head, path, "danh-gia", "2") == 303
    assert re.search(r'value="2"\s+checked', head.get(path).text)


def test_nobody_reads_what_the_other_side_has_only_begun(sign_in: SignIn) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = begin(staff)
    assert send(staff, path, "tu-danh-gia", "4", text=EVIDENCE, how="luu") == 303
    assert "cấp tỉnh" not in head.get(path).text
    assert "đang tự đánh giá" in text_of(head, path)
    assert "chưa gửi" in text_of(staff, "/")
    assert send(staff, path, "tu-danh-gia", "4", text=EVIDENCE) == 303
    assert send(head, path, "danh-gia", "1", text=REMARK, how="luu") == 303
    for persona in ("staff", "committee"):
        page = text_of(sign_in(persona), path)
        assert REMARK not in page
        assert "Giao tiếp 2 3 4 – – –" in page


def test_a_head_is_not_drawn_the_form_of_who_assesses_them(sign_in: SignIn) -> None:
    head, organiser = sign_in("head"), sign_in("organiser")
    listed = head.get("/danh-gia-nang-luc").text
    own = re.search(r'name="assignment" value="(\d+)"', listed)
    assert own
    path = begin(head, int(own[1]))
    assert send(head, path, "tu-danh-gia", "3") == 303
    assert send(organiser, path, "danh-gia", "1", text=REMARK, how="luu") == 303
    answer = head.post(f"{path}/danh-gia", data={"deed": "gui"})
    assert answer.status_code == 403
    assert 'name="seen"' not in answer.text
    assert send(organiser, path, "danh-gia", "2", text=REMARK) == 303
    assert head.post(f"{path}/xac-nhan", data={"deed": "gui"}).status_code == 403


def test_a_level_left_out_is_named_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    staff = sign_in("staff")
    path = begin(staff)
    page = staff.get(path).text
    key = asked_in(page)[0]
    answer = staff.post(f"{path}/tu-danh-gia", data={f"text-{key}": EVIDENCE, "deed": "gui"})
    assert answer.status_code == 422
    assert "«Giao tiếp»: hãy chọn một cấp độ." in answer.text
    assert "Đã soạn đề án &lt;cấp tỉnh&gt;" in answer.text


def test_words_that_changed_meanwhile_are_shown_before_they_are_answered(sign_in: SignIn) -> None:
    staff, head = sign_in("staff"), sign_in("head")
    path = begin(staff)
    assert send(staff, path, "tu-danh-gia", "2") == 303
    page = head.get(path).text
    key, seen = asked_in(page)[0], re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert send(staff, path, "tu-danh-gia", "5") == 303
    data = {f"level-{key}": "2", f"text-{key}": REMARK, "seen": seen[1], "deed": "gui"}
    answer = head.post(f"{path}/danh-gia", data=data)
    assert answer.status_code == 409
    assert "CHƯA được lưu" in answer.text
    assert REMARK in answer.text
    assert "Tự đánh giá: Cấp 5" in answer.text


@pytest.mark.parametrize(
    ("persona", "deed", "status"),
    [
        ("staff", "danh-gia", 403),
        ("unit_officer", "tu-danh-gia", 404),
        ("organiser", "danh-gia", 403),
        ("committee", "xac-nhan", 403),
        ("auditor", "tu-danh-gia", 403),
        ("other_head", "danh-gia", 404),
    ],
)
def test_who_is_not_over_the_holder_says_nothing(
    sign_in: SignIn, persona: str, deed: str, status: int
) -> None:
    staff = sign_in("staff")
    path = begin(staff)
    assert send(staff, path, "tu-danh-gia", "2") == 303
    key = asked_in(sign_in("head").get(path).text)[0]
    answer = sign_in(persona).post(f"{path}/{deed}", data={f"level-{key}": "1", "deed": "gui"})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("persona", "status"),
    [("head", 303), ("unit_officer", 404), ("other_head", 404), ("organiser", 403)],
)
def test_only_who_is_over_a_person_opens_an_assessment_of_them(
    sign_in: SignIn, persona: str, status: int
) -> None:
    answer = sign_in(persona).post("/danh-gia-nang-luc/mo", data={"assignment": "1"})
    assert answer.status_code == status
    assert "Nguyễn Văn staff" not in answer.text


def test_a_confirmed_assessment_takes_no_more_words(sign_in: SignIn, world: World) -> None:
    path = f"/danh-gia-nang-luc/{world.assessment}"
    head = sign_in("head")
    page = head.get(path).text
    assert 'name="seen"' not in page
    assert OWN_CANARY in page
    assert head.post(f"{path}/xac-nhan", data={"level-1": "5"}).status_code == 409
    assert "Giao tiếp 2 3 1 1 1 thiếu 1 cấp" in text_of(head, path)


def test_a_head_loses_sight_of_who_moves_away_and_who_moved_keeps_their_own(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    path = f"/danh-gia-nang-luc/{world.assessment}"
    with closing(sqlite3.connect(database_of(app))) as connection, connection:
        connection.execute("UPDATE assignment SET valid_to = '2024-04-09' WHERE id = 1")
        connection.execute(
            "INSERT INTO assignment (person_id, establishment_id, kind, valid_from) "
            "SELECT former.person_id, there.id, 'primary', '2024-04-10' "
            "FROM assignment AS former JOIN establishment AS there ON there.unit_id = ? "
            "WHERE former.id = 1",
            (world.other_unit,),
        )
    assert sign_in("head").get(path).status_code == 404
    assert sign_in("organiser").get(path).status_code == 200
    assert OWN_CANARY in sign_in("staff").get(path).text


def test_the_picture_takes_its_figures_from_the_table(sign_in: SignIn, world: World) -> None:
    page = sign_in("staff").get(f"/danh-gia-nang-luc/{world.assessment}").text
    assert re.findall(r'data-levels-of="([^"]+)"\s+data-levels-as="(\w+)"', page) == [
        ("bang-nang-luc", "radar"),
        ("bang-nang-luc", "bar"),
    ]
    series = re.findall(r'data-series="(\w+)"', page)
    assert series == ["least", "most", "self", "head", "agreed"]


def test_the_level_is_picked_beside_its_own_words(app: Flask, sign_in: SignIn) -> None:
    with closing(sqlite3.connect(database_of(app))) as connection, connection:
        asked = connection.execute("SELECT id FROM competency WHERE name = 'Giao tiếp'").fetchone()
        connection.execute(
            "INSERT INTO competency (id, name, name_folded, same_as_id) "
            "VALUES (900, 'Kỹ năng giao tiếp', 'ky nang giao tiep', ?)",
            asked,
        )
        for key, audience, words in ((901, None, "chung"), (902, "specialist", "đúng nhóm")):
            connection.execute(
                "INSERT INTO competency_dictionary "
                "(id, title, file_name, sha256, audience, read_at, valid_from) "
                "VALUES (?, 'Từ điển', 'a.docx', ?, ?, '2024-01-01', '2024-01-01')",
                (key, str(key), audience),
            )
            connection.execute(
                "INSERT INTO competency_level "
                "(dictionary_id, competency_id, level, group_heading, text) "
                "VALUES (?, 900, 2, '', ?)",
                (key, f"Trình bày rõ, lời {words}"),
            )
    staff = sign_in("staff")
    page = text_of(staff, begin(staff))
    assert "Cấp 2 Trình bày rõ, lời đúng nhóm" in page
    assert "lời chung" not in page


def test_a_unit_is_shown_by_name_and_by_competency(sign_in: SignIn, world: World) -> None:
    client, path = sign_in("head"), f"/danh-gia-nang-luc/don-vi/{world.unit}"
    page = text_of(client, path)
    assert "Giao tiếp 1 1 1 0 0 0" in page, "one person, one lacking, by one level"
    assert "Nguyễn Văn staff" in page
    assert client.get(f"{path}.csv").text.splitlines()[1] == "Giao tiếp,Năng lực chung,1,0,0,1,0"


def test_training_needs_name_levels_and_never_people(sign_in: SignIn, world: World) -> None:
    head = sign_in("head")
    page = text_of(head, "/nhu-cau-dao-tao")
    assert "Giao tiếp Năng lực chung Cấp 1 Cấp 2 1" in page
    assert "Nguyễn Văn staff" not in page
    assert head.get("/nhu-cau-dao-tao.csv").text.splitlines()[1:] == [
        "Giao tiếp,Năng lực chung,Cấp 1,Cấp 2,1"
    ]
    assert head.get(f"/nhu-cau-dao-tao?don-vi={world.other_unit}").status_code == 404
    assert "không ai còn thiếu" in text_of(head, "/nhu-cau-dao-tao?nhom=managerial")


def test_the_units_officer_is_given_no_count_of_a_few(sign_in: SignIn) -> None:
    officer = sign_in("unit_officer")
    page = text_of(officer, "/nhu-cau-dao-tao")
    assert "có ít hơn 5 người đã được đánh giá: Văn phòng Tỉnh ủy" in page
    assert "Giao tiếp" not in page
    assert len(officer.get("/nhu-cau-dao-tao.csv").text.splitlines()) == 1


def test_the_list_narrows_to_a_name_a_unit_and_a_state(sign_in: SignIn, world: World) -> None:
    client = sign_in("organiser")
    by_name = text_of(client, "/danh-gia-nang-luc?tim=staff")
    assert "1–1 trong 1 lượt bố trí" in by_name
    by_unit = text_of(client, f"/danh-gia-nang-luc?don-vi={world.other_unit}")
    assert "1–1 trong 1 lượt bố trí" in by_unit
    confirmed = client.get("/danh-gia-nang-luc.csv?tinh-trang=da-xac-nhan").text
    assert confirmed.count("Đã xác nhận") == 2
    never = client.get("/danh-gia-nang-luc.csv?tinh-trang=chua-mo").text
    assert "Đã xác nhận" not in never
    assert "Nguyễn Văn head" in never
