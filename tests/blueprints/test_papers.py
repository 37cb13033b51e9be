"""Papers over the web: downloads that open, a pack that comes back, nothing of another unit."""

import re
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.domain.roles import Permission
from tests.blueprints.conftest import SignIn
from tests.blueprints.test_permissions import digest
from tests.blueprints.world import World
from tests.docx_kit import docx, rewrite
from tests.exporters.word_rules import broken_rules

PAPERS = (
    "to-trinh",
    "phieu-lay-y-kien",
    "tong-hop-tiep-thu",
    "thong-bao-ket-luan",
    "quyet-dinh",
    "ban-xem-xet",
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COMMENT = (
    '<w:comment w:id="0" w:author="Người góp ý"><w:p><w:r><w:t>Giữ tên cũ</w:t></w:r></w:p>'
    "</w:comment>"
)


@pytest.fixture
def member(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in("committee")


def pack_with_a_comment(client: FlaskClient, world: World) -> bytes:
    """Download the pack and comment on its one item as Word does."""
    file = client.get(f"/ho-so/{world.dossier}/ban-xem-xet.docx").data
    return rewrite(
        file,
        {
            "word/document.xml": lambda part: re.sub(
                rb"(<w:bookmarkStart)", rb'<w:r><w:commentReference w:id="0"/></w:r>\1', part
            ),
            "word/comments.xml": lambda part: part.replace(
                b"</w:comments>", COMMENT.encode() + b"</w:comments>"
            ),
        },
    )


def send(
    client: FlaskClient, world: World, file: bytes, name: str = "góp ý.docx", audience: str = "unit"
) -> TestResponse:
    return client.post(
        f"/ho-so/{world.dossier}/y-kien-tu-word",
        data={"file": (BytesIO(file), name), "audience": audience},
        content_type="multipart/form-data",
    )


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_a_word_file_named_after_its_dossier(
    sign_in: SignIn, world: World, name: str
) -> None:
    answer = sign_in("organiser").get(f"/ho-so/{world.dossier}/{name}.docx")
    assert (answer.status_code, answer.content_type) == (200, WORD)
    assert f"ho-so-{world.dossier}-lan-1.docx" in answer.headers["Content-Disposition"]
    assert broken_rules(answer.data) == []
    Document(BytesIO(answer.data))


def test_a_notice_takes_the_number_that_is_asked_for(sign_in: SignIn, world: World) -> None:
    client, path = sign_in("committee"), f"/ho-so/{world.dossier}/thong-bao-ket-luan.docx"
    (letterhead, *_) = Document(BytesIO(client.get(f"{path}?so=7").data)).tables
    assert "Số 07-TB/TU" in letterhead.rows[0].cells[0].text
    assert client.get(f"{path}?so=bảy").status_code == 422


def test_a_pack_with_a_comment_comes_back_once(member: FlaskClient, world: World) -> None:
    file = pack_with_a_comment(member, world)
    first = send(member, world, file)
    assert first.status_code == 303
    page = member.get(first.headers["Location"]).text
    assert "Đã ghi 1 ý kiến từ tệp Word; 0 ý kiến đã có từ trước." in page
    assert "Giữ tên cũ" in page
    assert "Mục 1" in page
    assert "Người góp ý · góp ý.docx" in page
    send(member, world, file, "bản sao.docx")
    again = member.get(first.headers["Location"]).text
    assert "Đã ghi 0 ý kiến từ tệp Word; 1 ý kiến đã có từ trước." in again
    assert again.count("Giữ tên cũ") == 1


def test_the_next_pack_carries_the_comment_out_again(member: FlaskClient, world: World) -> None:
    send(member, world, pack_with_a_comment(member, world))
    file = member.get(f"/ho-so/{world.dossier}/ban-xem-xet.docx").data
    (comment,) = Document(BytesIO(file)).comments
    assert (comment.author, comment.text) == ("Người góp ý", "Giữ tên cũ")


def test_many_remarks_outside_the_rows_are_all_kept_and_shown(
    member: FlaskClient, world: World
) -> None:
    many = "".join(
        COMMENT.replace('w:id="0"', f'w:id="{n}"').replace(
            "Giữ tên cũ", f"Ý kiến {n} {'dài ' * 60}"
        )
        for n in range(60)
    )
    file = rewrite(
        member.get(f"/ho-so/{world.dossier}/ban-xem-xet.docx").data,
        {
            "word/comments.xml": lambda part: part.replace(
                b"</w:comments>", many.encode() + b"</w:comments>"
            )
        },
    )
    page = member.get(send(member, world, file).headers["Location"]).text
    assert "Đã ghi 60 ý kiến từ tệp Word" in page
    assert page.count("góp ý.docx · Không còn chỗ gắn trong tệp") == 60


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "bị hỏng"),
        (b"%PDF-1.7", "PDF"),
        (docx("Một văn bản khác"), "không cho biết là bản xem xét của hồ sơ nào"),
    ],
)
def test_a_file_that_is_no_pack_is_refused_beside_its_field(
    app: Flask, member: FlaskClient, world: World, file: bytes, words: str
) -> None:
    before = digest(app)
    answer = send(member, world, file)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert digest(app) == before


def test_a_form_without_a_file_or_a_thread_says_which(member: FlaskClient, world: World) -> None:
    path = f"/ho-so/{world.dossier}/y-kien-tu-word"
    answer = member.post(path, data={"audience": "nobody"}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Tệp: hãy chọn bản xem xét đã ghi ý kiến." in answer.text
    assert "Luồng ý kiến: hãy chọn ai được đọc các ý kiến này." in answer.text


@pytest.mark.parametrize(
    ("persona", "status"),
    [("staff", 403), ("head", 403), ("auditor", 403), ("administrator", 403), ("other_head", 403)],
)
def test_a_file_is_refused_from_who_may_not_comment(
    app: Flask, sign_in: SignIn, world: World, persona: str, status: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = sign_in(persona)
    before = digest(app)
    assert send(client, world, b"").status_code == status
    assert digest(app) == before


def test_a_draft_takes_no_file_from_the_committee(member: FlaskClient, world: World) -> None:
    answer = member.post(f"/ho-so/{world.draft}/y-kien-tu-word", data={})
    assert answer.status_code == 404


def test_two_days_are_compared_for_one_agency(sign_in: SignIn, world: World) -> None:
    query = f"tu=2024-01-01&den=2024-04-10&co-quan={world.agency}"
    answer = sign_in("staff").get(f"/danh-muc/so-sanh.docx?{query}")
    assert (answer.status_code, answer.content_type) == (200, WORD)
    assert broken_rules(answer.data) == []
    (_, table) = Document(BytesIO(answer.data)).tables
    assert len(table.rows) == 63  # heads, the agency, its group, sixty positions


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tu=2024-04-10&den=2024-01-01", 422),
        ("tu=hôm qua", 422),
        ("co-quan=999", 404),
        ("co-quan=abc", 422),
    ],
)
def test_a_comparison_that_makes_no_sense_is_refused(
    sign_in: SignIn, query: str, status: int
) -> None:
    assert sign_in("staff").get(f"/danh-muc/so-sanh.docx?{query}").status_code == status


def test_the_block_of_links_names_every_paper_of_its_dossier(app: Flask, world: World) -> None:
    class Reader:
        def may(self, permission: object) -> bool:
            del permission
            return True

    with app.test_request_context():
        template = app.jinja_env.get_template("papers/links.html")
        page = template.render(
            dossier_id=world.dossier,
            person=Reader(),
            permissions=Permission,
            reads_rulings=True,
        )
    assert [name for name in PAPERS if f"/ho-so/{world.dossier}/{name}.docx" not in page] == []
    assert f"/ho-so/{world.dossier}/y-kien-tu-word" in page
