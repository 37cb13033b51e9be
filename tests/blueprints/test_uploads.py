"""The page «Nhập phụ lục»: sent, read beside the server, looked at, and only then written."""

import io
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from catalogue.cli import working
from catalogue.domain import limits
from catalogue.domain.reviewing import JobState
from catalogue.extensions import db
from catalogue.importers.reading import Reader
from catalogue.models import AnnexFile, AnnexRow, Job, Reconciliation, StoredFile
from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import World
from tests.docx_kit import docx, table

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = ("TT", "Tên vị trí việc làm", "Ngạch", "Mã vị trí", "Biên chế")
NUMBER = "2754-QĐ/BTCTW"
Send = Callable[..., TestResponse]


def annex(*names: str, headcount: str = "1", total: str = "") -> bytes:
    rows = [(str(no), name, "CV", f"VP-{no:02d}", headcount) for no, name in enumerate(names, 1)]
    sums = [("", "Tổng cộng", "", "", total)] if total else []
    return docx("PHỤ LỤC", "Danh mục vị trí việc làm", table(HEAD, *rows, *sums))


ANNEX = annex("Văn thư", "Lưu trữ")


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def organiser(sign_in: SignIn) -> FlaskClient:
    return sign_in("organiser")


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("unit_officer")


def send(
    client: FlaskClient, content: bytes = ANNEX, name: str = "phu-luc.docx", **fields: object
) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), **fields}
    answer = client.post("/nhap-phu-luc", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the client leaves its own spool open
    return answer


def send_signed(
    client: FlaskClient, world: World, content: bytes = ANNEX, name: str = "phu-luc.docx"
) -> TestResponse:
    return send(client, content, name, kind="signed", number=NUMBER, agency=world.agency)


def send_own(client: FlaskClient, world: World, content: bytes = ANNEX) -> TestResponse:
    return send(client, content, kind="own_list", unit=world.unit)


def work(app: Flask) -> None:
    """Do what `catalogue work --once` does."""
    with app.app_context(), Reader() as reader:
        while working._work_on_next(db.engine, reader):
            pass


def count(app: Flask, model: type) -> int:
    with app.app_context(), Session(db.engine) as session:
        return session.scalars(select(func.count(model.id))).one()  # type: ignore[attr-defined]


def read(app: Flask, answer: TestResponse) -> str:
    """Have a sent file read; answers its page's path."""
    assert answer.status_code == 303
    work(app)
    return answer.location


def test_a_signed_annex_is_sent_read_looked_at_and_written(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    path = send_signed(organiser, world).location
    waiting = organiser.get(path).text
    assert "Đang chờ đến lượt" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    before, reconciled = count(app, AnnexRow), count(app, Reconciliation)
    work(app)

    page = organiser.get(path).text

    assert "Đã đọc 2 vị trí. Chưa có gì được ghi" in page
    assert "1 | Văn thư | CV | VP-01 | 1" in page
    assert 'hx-trigger="every 1s"' not in page
    assert count(app, AnnexRow) == before
    written = organiser.post(f"{path}/ghi")
    assert "Đã ghi 2 dòng vào danh mục" in organiser.get(written.location).text
    assert f'href="{written.location}">Đối chiếu' in organiser.get(path).text
    assert count(app, AnnexRow) == before + 2
    assert count(app, Reconciliation) == reconciled + 1


def test_a_units_own_list_goes_to_its_own_document(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = read(app, send_own(officer, world))
    assert officer.post(f"{path}/ghi").status_code == 303

    page = officer.get(path).text

    assert "Danh sách của Văn phòng Tỉnh ủy (VPTU)" in page
    assert "Chưa dòng nào có hiệu lực" in page


def test_a_unit_officer_sends_neither_a_signed_document_nor_another_units_list(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    files = count(app, StoredFile)

    form = officer.get("/nhap-phu-luc").text
    assert 'value="signed"' not in form
    assert f'value="{world.other_unit}"' not in form
    assert send_signed(officer, world).status_code == 403
    other = send(officer, kind="own_list", unit=world.other_unit)
    assert (other.status_code, "Đơn vị: không có lựa chọn này" in other.text) == (422, True)
    assert count(app, StoredFile) == files


def test_who_lost_the_unit_meanwhile_no_longer_writes_its_list(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = read(app, send_own(officer, world))
    with sqlite3.connect(database_of(app)) as connection:
        query = "UPDATE role_grant SET unit_id = ? WHERE role = 'unit_officer'"
        connection.execute(query, (world.other_unit,))
    connection.close()
    before = count(app, AnnexRow)

    assert officer.post(f"{path}/ghi").status_code == 403
    assert count(app, AnnexRow) == before


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (ANNEX, "phu-luc.pdf", "không đúng định dạng Word"),
        (b"\x89PNG\r\n\x1a\n", "anh.docx", "ảnh PNG"),
        (b"", "rong.docx", "tệp rỗng"),
        (ANNEX[:200], "cut.docx", "bị hỏng"),
        (bytes(limits.UPLOAD_BYTES + 1), "to.docx", "vượt giới hạn 10 MB"),
        (ANNEX, "", "hãy chọn một tệp Word"),
    ],
    ids=["suffix", "picture", "empty", "cut short", "too big", "no file"],
)
def test_a_file_that_cannot_be_read_is_refused_at_once_and_not_kept(
    app: Flask, organiser: FlaskClient, world: World, content: bytes, name: str, said: str
) -> None:
    kept = count(app, StoredFile), count(app, Job)

    answer = send_signed(organiser, world, content, name)

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{NUMBER}"' in answer.text
    assert "trình duyệt không giữ tệp đã chọn" in answer.text
    assert (count(app, StoredFile), count(app, Job)) == kept


def test_every_field_left_out_is_named_at_once(organiser: FlaskClient) -> None:
    answer = organiser.post("/nhap-phu-luc", data={"kind": "signed"})

    assert answer.status_code == 422
    for label in ("Số, ký hiệu văn bản: hãy ghi", "Loại cơ quan: hãy chọn", "Tệp: hãy chọn"):
        assert label in answer.text


def test_far_more_than_the_limit_is_cut_off_before_it_is_taken_in(
    organiser: FlaskClient, world: World
) -> None:
    answer = send_signed(organiser, world, bytes(limits.UPLOAD_BYTES + limits.MEBIBYTE))

    assert (answer.status_code, "tệp nhiều nhất 10 MB" in answer.text) == (413, True)


class Trickle(io.BytesIO):
    """A body on its way: at each piece that arrives, somebody else writes to the database."""

    def __init__(self, body: bytes, database: Path) -> None:
        super().__init__(body)
        self.database = database
        self.pieces = 0

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        connection = sqlite3.connect(self.database, timeout=0, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE job SET step = step")
        connection.execute("COMMIT")
        connection.close()
        self.pieces += 1
        return super().readinto(buffer)


def test_a_body_on_its_way_keeps_nobody_from_writing(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', organiser.get("/nhap-phu-luc").text)
    assert token
    fields = {"csrf_token": token[1], "kind": "own_list", "unit": str(world.unit)}
    stream, length, boundary = stream_encode_multipart(
        fields | {"file": FileStorage(io.BytesIO(ANNEX), "a.docx")}
    )
    body = Trickle(stream.read(), database_of(app))
    answer = organiser.post(
        "/nhap-phu-luc",
        input_stream=body,
        content_length=length,
        content_type=f"multipart/form-data; boundary={boundary}",
    )

    assert answer.status_code == 303
    assert body.pieces > 0


def test_the_type_that_a_sender_claims_counts_for_nothing(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    data = {"kind": "signed", "number": NUMBER, "agency": world.agency}
    files = {"file": (io.BytesIO(ANNEX), "a.docx", "text/html")}
    organiser.post("/nhap-phu-luc", data=data | files, content_type="multipart/form-data")

    with app.app_context(), Session(db.engine) as session:
        newest = session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
        assert newest
        assert "wordprocessingml" in newest.media_type


def test_what_only_reading_tells_is_shown_on_the_jobs_page(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    page = organiser.get(read(app, send_signed(organiser, world, docx_with_a_bomb()))).text

    assert "sau khi giải nén" in page
    assert "Không đọc được" in page
    assert "Ghi vào danh mục" not in page


def docx_with_a_bomb() -> bytes:
    return docx("<w:p/>" * 2_100_000)


def test_the_same_file_a_second_time_says_so_and_changes_nothing(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    organiser.post(f"{read(app, send_signed(organiser, world))}/ghi")
    rows, sent = count(app, AnnexRow), count(app, Job)

    again = send_signed(organiser, world)

    assert again.location == "/nhap-phu-luc"
    assert "đã được ghi vào danh mục từ trước" in organiser.get(again.location).text
    assert (count(app, AnnexRow), count(app, Job)) == (rows, sent)


def test_two_who_sent_the_same_file_write_it_once(
    app: Flask, organiser: FlaskClient, officer: FlaskClient, world: World
) -> None:
    mine, theirs = send_own(organiser, world).location, send_own(officer, world).location
    assert mine != theirs
    work(app)
    organiser.post(f"{mine}/ghi")
    files = count(app, AnnexFile)

    page = officer.get(theirs).text
    assert "không có gì để ghi thêm" in page
    assert "Ghi vào danh mục</button>" not in page
    officer.post(f"{theirs}/ghi")
    assert count(app, AnnexFile) == files


def test_writing_twice_is_refused_the_second_time(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    path = read(app, send_signed(organiser, world))
    assert organiser.post(f"{path}/ghi").status_code == 303
    rows = count(app, AnnexRow)

    assert organiser.post(f"{path}/ghi").status_code == 409
    assert count(app, AnnexRow) == rows


def test_what_blocks_is_named_and_the_button_is_not_offered(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    path = read(app, send_signed(organiser, world, annex("Văn thư", headcount="một người")))
    before = count(app, AnnexRow)

    page = organiser.get(path).text

    assert "Phải sửa" in page
    assert "Chưa ghi được: có 1 chỗ phải sửa" in page
    assert "Ghi vào danh mục</button>" not in page
    assert organiser.post(f"{path}/ghi").status_code == 422
    assert count(app, AnnexRow) == before


def test_printed_totals_stand_beside_what_was_read(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    page = organiser.get(
        read(app, send_signed(organiser, world, annex("Văn thư", "Lưu trữ", total="5")))
    ).text

    whole = re.search(r"Cả danh sách</th>(.*?)</tr>", page, re.DOTALL)
    assert whole
    figures = re.findall(r'number">\s*(\S+)\s*</td>', whole[1])
    assert figures == ["–", "2", "5", "2"]
    assert "lệch, cần xem" in whole[1]
    assert "Nên xem" in page


def test_a_changed_file_shows_what_differs_from_the_former(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    organiser.post(f"{read(app, send_signed(organiser, world))}/ghi")

    path = read(app, send_signed(organiser, world, annex("Văn thư", "Thủ quỹ", "Lái xe")))
    page = organiser.get(path).text

    assert "Tệp trước: phu-luc.docx" in page
    assert "Có thêm: 1" in page
    assert "tên «Lưu trữ» → «Thủ quỹ»" in page
    assert "Không còn trong tệp này" not in page
    organiser.post(f"{path}/ghi")
    assert "tên «Lưu trữ» → «Thủ quỹ»" in organiser.get(path).text


def test_a_discarded_file_writes_nothing_and_stays_in_the_list(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = read(app, send_own(officer, world))

    assert officer.post(f"{path}/bo").location == "/nhap-phu-luc"

    assert "Đã bỏ" in officer.get("/nhap-phu-luc").text
    assert "đã được bỏ lúc" in officer.get(path).text
    assert officer.post(f"{path}/ghi").status_code == 409


def test_a_closed_tab_finds_the_file_again_in_the_list(officer: FlaskClient, world: World) -> None:
    path = send_own(officer, world).location

    listed = officer.get("/nhap-phu-luc").text
    assert f'href="{path}"' in listed
    assert "Đang chờ" in listed


def test_nobody_else_touches_a_file_that_is_not_theirs(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    officer = sign_in("unit_officer")
    for verb in ("ghi", "bo"):
        assert officer.post(f"/nhap-phu-luc/{world.other_job}/{verb}").status_code == 404
        assert sign_in("staff").post(f"/nhap-phu-luc/{world.job}/{verb}").status_code == 403
    assert state_of(app, world.other_job) is JobState.READY


def test_a_long_list_is_drawn_a_page_at_a_time(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    content = annex(*(f"Chuyên viên mảng {number}" for number in range(1, 121)))
    path = read(app, send_signed(organiser, world, content))

    page = organiser.get(f"{path}?trang=3").text

    assert page.count("<tr>") - page.count("bảng 1, dòng") <= 4
    assert "Dòng 101–120 trong 120 dòng" in page
    assert "Chuyên viên mảng 101" in page
    assert "Chuyên viên mảng 100<" not in page


def test_a_job_that_no_worker_takes_says_whom_to_tell(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    path = send_signed(organiser, world).location
    with sqlite3.connect(database_of(app)) as connection:
        connection.execute("UPDATE job SET asked_at = '2024-04-10 00:00:00' WHERE state = 'queued'")
    connection.close()

    assert "«catalogue work»" in organiser.get(path).text


def test_how_far_the_reading_is_stands_on_the_page(
    app: Flask, organiser: FlaskClient, world: World
) -> None:
    path = send_signed(organiser, world).location
    with sqlite3.connect(database_of(app)) as connection:
        connection.execute(
            "UPDATE job SET state = 'running', step = 'Đang đọc các bảng', done = 30, total = 120 "
            "WHERE state = 'queued'"
        )
    connection.close()

    page = organiser.get(path).text

    assert "đã đọc <strong>30</strong> dòng, còn khoảng <strong>90</strong> dòng" in page
    assert '<progress class="reading" max="120" value="30"' in page
    assert f'href="{path}">Xem lại tình hình' in page


def state_of(app: Flask, job_id: int) -> JobState:
    with app.app_context(), Session(db.engine) as session:
        return session.get_one(Job, job_id).state
