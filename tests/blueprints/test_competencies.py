"""Competencies over the web: found, grouped, joined; dictionaries read, compared and kept."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from tests.blueprints.conftest import SignIn
from tests.blueprints.test_permissions import digest
from tests.blueprints.world import World
from tests.docx_kit import docx, paragraph, row, table

LEADERS = "KHUNG NĂNG LỰC ĐỐI VỚI VỊ TRÍ LÃNH ĐẠO, QUẢN LÝ"


def dictionary(fourth: str = "Nói trước hội nghị", title: str = LEADERS) -> bytes:
    """A printed dictionary of two competencies, one level of which is blank."""
    head = row("Cấp độ", "Giao tiếp", "Giao tiếp ứng xử")
    levels = [row("4", fourth, "Thuyết phục"), row("3", "Viết rõ", ""), row("2", "Nghe", "Nói")]
    heading = paragraph("I. NHÓM NĂNG LỰC CHUNG")
    return docx(paragraph(title), heading, table(head, *levels))


@pytest.fixture
def organiser(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("organiser")


def send(client: FlaskClient, content: bytes, name: str = "từ điển.docx") -> TestResponse:
    return client.post(
        "/nang-luc/tu-dien/nhap",
        data={"file": (BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def keep(client: FlaskClient, content: bytes, since: str = "2024-05-01") -> TestResponse:
    """Send a dictionary, look at it, and have it written."""
    preview = send(client, content).headers["Location"]
    file = preview.partition("tep=")[2]
    data = {"file": file, "audience": "leadership", "since": since}
    return client.post("/nang-luc/tu-dien/xem-truoc", data=data)


def test_a_dictionary_is_looked_at_before_anything_of_it_is_written(
    organiser: FlaskClient,
) -> None:
    answer = send(organiser, dictionary())
    assert answer.status_code == 303
    page = organiser.get(answer.headers["Location"]).text
    assert "đọc được 2 năng lực. Chưa có gì được ghi." in page
    assert '<option value="leadership" selected>' in page  # as its title says
    assert "Chưa có từ điển nào dành riêng cho nhóm này" in page
    assert LEADERS not in organiser.get("/nang-luc/tu-dien").text


def test_a_later_dictionary_is_compared_with_the_one_in_force_and_takes_its_place(
    organiser: FlaskClient,
) -> None:
    first = keep(organiser, dictionary(), since="2024-01-01")
    assert first.status_code == 303
    changed = dictionary("Nói trước tỉnh")
    page = organiser.get(send(organiser, changed).headers["Location"]).text
    assert "Giao tiếp, cấp 4" in page
    assert page.count("Nói trước hội nghị") == 1
    kept = keep(organiser, changed)
    assert "Nói trước tỉnh" in organiser.get(kept.headers["Location"]).text
    assert "01/01/2024 – 30/04/2024" in organiser.get(first.headers["Location"]).text


def test_the_same_file_twice_changes_nothing(app: Flask, organiser: FlaskClient) -> None:
    content = dictionary()
    first = keep(organiser, content)
    before = digest(app)
    again = keep(organiser, content)
    assert again.headers["Location"] == first.headers["Location"]
    assert digest(app) == before
    assert "không có gì thay đổi" in organiser.get(again.headers["Location"]).text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "hãy chọn một tệp Word"),
        (b"%PDF-1.7", "a.docx", "PDF"),
        (dictionary()[:200], "a.docx", "bị hỏng"),
        (docx(paragraph("Một văn bản khác")), "a.docx", "năng lực"),
    ],
)
def test_a_file_that_is_no_dictionary_is_refused_beside_its_field(
    app: Flask, organiser: FlaskClient, content: bytes, name: str, words: str
) -> None:
    before = digest(app)
    answer = send(organiser, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert digest(app) == before


@pytest.mark.parametrize(
    ("file", "since", "status"), [("0" * 64, "", 404), ("khác", "", 422), ("0" * 64, "mai", 422)]
)
def test_only_a_file_that_was_sent_is_written(
    app: Flask, organiser: FlaskClient, file: str, since: str, status: int
) -> None:
    before = digest(app)
    data = {"file": file, "audience": "", "since": since}
    assert organiser.post("/nang-luc/tu-dien/xem-truoc", data=data).status_code == status
    assert digest(app) == before


def test_a_whole_dictionary_is_handed_out(organiser: FlaskClient) -> None:
    path = keep(organiser, dictionary()).headers["Location"]
    lines = organiser.get(f"{path}.csv").text.splitlines()
    assert lines[1] == "Năng lực chung,Giao tiếp,,Nghe,Viết rõ,Nói trước hội nghị,"
    content = BytesIO(organiser.get(f"{path}.xlsx").data)
    sheet = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert sheet[0][2:] == [f"Cấp {level}" for level in range(1, 6)]
    assert len(sheet) == 3


def test_two_names_are_joined_and_parted_again(organiser: FlaskClient, world: World) -> None:
    keep(organiser, dictionary())
    here = f"/nang-luc/{world.competency}"
    page = organiser.get(here).text
    assert "Có thể là một" in page
    other = page.partition('name="synonym" value="')[2].partition('"')[0]
    joined = organiser.post(f"{here}/cung-nghia", data={"synonym": other})
    assert (joined.status_code, joined.headers["Location"]) == (303, here)
    assert "in là «Giao tiếp ứng xử»" in organiser.get(here).text
    assert organiser.get(f"/nang-luc/{other}").headers["Location"] == here
    assert "trong 1 năng lực" in organiser.get("/nang-luc?tim=ung xu").text
    assert organiser.post(f"/nang-luc/{other}/tach", data={}).status_code == 303
    assert organiser.get(f"/nang-luc/{other}").status_code == 200


def test_a_group_is_corrected_by_hand(organiser: FlaskClient, world: World) -> None:
    here = f"/nang-luc/{world.competency}"
    assert organiser.post(f"{here}/nhom", data={"group": "managerial"}).status_code == 303
    assert "nay thuộc nhóm: Năng lực quản lý" in organiser.get(here).text
    assert "trong 1 năng lực" in organiser.get("/nang-luc?nhom=quan-ly").text
    assert "Không có năng lực nào khớp" in organiser.get("/nang-luc?nhom=chua-xep").text
    assert organiser.post(f"{here}/nhom", data={"group": "khác"}).status_code == 422


def test_the_page_of_a_competency_names_who_asks_for_it(sign_in: SignIn, world: World) -> None:
    page = sign_in("staff").get(f"/nang-luc/{world.competency}").text
    assert "2 dòng trong các bản mô tả chung" in page
    assert '<span class="chip">2–3: 2</span>' in page
    assert "Giao tiếp, cấp 4" in page
    assert "(để trống trong từ điển)" in page
    assert "Có thể là một" not in page


@pytest.mark.parametrize("persona", ["staff", "unit_officer", "head", "committee", "auditor"])
def test_only_the_organisers_keep_competencies(
    app: Flask, organiser: FlaskClient, sign_in: SignIn, world: World, persona: str
) -> None:
    del organiser
    client, here = sign_in(persona), f"/nang-luc/{world.competency}"
    before = digest(app)
    for path in (f"{here}/nhom", f"{here}/cung-nghia", f"{here}/tach"):
        assert client.post(path, data={"group": "", "synonym": 1}).status_code == 403
    assert send(client, dictionary()).status_code == 403
    assert client.post("/nang-luc/tu-dien/xem-truoc", data={}).status_code == 403
    assert digest(app) == before
