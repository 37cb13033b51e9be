"""The page «Nhập nhật ký»: sent, looked at row by row, and only then written."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.cli import working
from catalogue.domain import limits
from catalogue.domain.reviewing import JobState
from catalogue.domain.text import fold
from catalogue.extensions import db
from catalogue.importers.reading import Reader
from catalogue.models import ColumnAlias, Job, LogLine, PendingLine, StoredFile
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import OTHER_PERSON, TASKS, World
from tests.diaries import HEADINGS, as_windows_1258, workbook
from tests.docx_kit import pack
from tests.making import TODAY

HEAD = ("Ngày", "Nhiệm vụ", "Nội dung", "Sản phẩm", "Thời gian")
GOOD = workbook(
    [HEAD, (TODAY, TASKS[0], "Bản nháp", "Bản kế hoạch", 2), (None, "Việc <lạ>", "", "", "30p")]
)


@pytest.fixture(autouse=True)
def _ready(app: Flask) -> None:
    """Know the headings, as an installation does, and leave tokens out."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.add_all(
            ColumnAlias(column=column, heading=text, heading_folded=fold(text), basis="")
            for column, texts in HEADINGS.items()
            for text in texts
        )


@pytest.fixture
def staff(sign_in: SignIn) -> FlaskClient:
    return sign_in("staff")


def send(
    client: FlaskClient, content: bytes, name: str = "nhat-ky.xlsx", whose: str = "minh"
) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), "whose": whose}
    answer = client.post("/nhap-nhat-ky", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the client leaves its own spool open
    return answer


def read(app: Flask, answer: TestResponse) -> str:
    """Have a sent file read; answers its page's path."""
    assert answer.status_code == 303, answer.text
    with app.app_context(), Reader() as reader:
        while working._work_on_next(db.engine, reader):
            pass
    return answer.location


def minutes(app: Flask, table: type[LogLine | PendingLine]) -> list[int]:
    with app.app_context(), Session(db.engine) as session:
        query = select(table.minutes).where(table.entry_key.is_not(None)).order_by(table.id)
        return list(session.scalars(query))


def test_a_month_is_looked_at_written_and_repeated(app: Flask, staff: FlaskClient) -> None:
    path = read(app, send(staff, GOOD))
    preview = staff.get(path).text
    assert "Ghi vào nhật ký: <strong>1</strong> dòng;" in preview
    assert "Chờ gắn nhiệm vụ: <strong>1</strong> dòng;" in preview
    assert "Việc &lt;lạ&gt;" in preview
    assert minutes(app, LogLine) == []

    report = staff.post(f"{path}/ghi", follow_redirects=True).text

    assert "Đã ghi vào nhật ký" in report
    assert '<a href="/viec-phat-sinh">Xem 1 dòng chờ gắn nhiệm vụ</a>' in report
    assert f'<a href="/ngay-cua-toi?ngay={TODAY}">{TODAY:%d/%m/%Y}</a>' in report
    assert (minutes(app, LogLine), minutes(app, PendingLine)) == ([120], [30])
    assert staff.post(f"{path}/ghi").status_code == 409
    again = staff.get(read(app, send(staff, GOOD, "khac.xlsx"))).text
    assert '<p class="empty">Không có dòng nào mới để ghi.</p>' in again
    assert "Đã đọc, chờ ghi" not in again


def test_a_file_with_a_mistake_says_where_and_writes_nothing(
    app: Flask, staff: FlaskClient
) -> None:
    spoilt = workbook([HEAD, (TODAY, TASKS[0], "", "Bản kế hoạch", "1.234")])
    page = staff.get(read(app, send(staff, spoilt))).text
    assert "nhat-ky.xlsx › Tháng 3 › dòng 2 › cột «Thời gian»" in page
    assert "Hãy sửa các chỗ nêu trên rồi tải tệp lên lại." in page
    assert "Tệp phải sửa: <strong>1</strong>" in page
    assert "Đã đọc, chờ ghi" not in page
    for each in (page, staff.get("/nhap-nhat-ky").text):
        assert "Đã đọc, phải sửa tệp" in each


def test_the_good_rows_of_a_file_with_a_mistake_count_as_not_written(
    app: Flask, staff: FlaskClient
) -> None:
    good = (TODAY, TASKS[0], "", "Bản kế hoạch", 1)
    spoilt = workbook([HEAD, good, good, (TODAY, TASKS[0], "", "Bản kế hoạch", "1.234")])
    page = staff.get(read(app, send(staff, spoilt))).text
    assert "Không ghi được: <strong>2</strong> dòng." in page


def test_the_list_says_that_a_file_of_somebody_unknown_has_to_be_mended(
    app: Flask, staff: FlaskClient
) -> None:
    rows = (("Họ và tên", *HEAD), ("Không Có Ai", TODAY, TASKS[0], "", "Bản kế hoạch", 1))
    page = staff.get(read(app, send(staff, workbook(rows)))).text
    assert "Không Có Ai" in page
    listed = staff.get("/nhap-nhat-ky").text.partition(">nhat-ky.xlsx</a>")[2].partition("</tr>")[0]
    for each in (page, listed):
        assert "Đã đọc, phải sửa tệp" in each
        assert "Đã đọc, chờ ghi" not in each


def test_a_file_that_names_a_secret_paper_is_not_kept(app: Flask, staff: FlaskClient) -> None:
    secret = workbook([HEAD, (TODAY, TASKS[0], "Vụ việc X, văn bản TUYỆT MẬT", "", "bảy")])
    path = read(app, send(staff, secret))

    assert "dấu hiệu nêu văn bản mật («TUYỆT MẬT»)" in staff.get(path).text
    assert stored(app) == b""
    assert staff.post(f"{path}/doc-lai").status_code == 409
    again = send(staff, secret, "khac.xlsx")
    assert stored(app) == secret
    read(app, again)
    assert stored(app) == b""


def stored(app: Flask) -> bytes:
    with app.app_context(), Session(db.engine) as session:
        query = select(StoredFile.content).where(StoredFile.name == "nhat-ky.xlsx")
        return session.scalars(query).one()


def test_an_old_encoding_is_read_only_after_a_person_saw_it(app: Flask, staff: FlaskClient) -> None:
    text = f"Ngày;Nhiệm vụ;Sản phẩm;Thời gian\n{TODAY:%d/%m/%Y};{TASKS[1]};Báo cáo;7,5\n"
    path = read(app, send(staff, as_windows_1258(text), "cu.csv"))
    refused = staff.get(path).text
    assert "có vẻ là Windows-1258" in refused
    assert "«Ngày;Nhiệm vụ;Sản phẩm;Thời gian»" in refused

    chosen = read(app, staff.post(f"{path}/doc-lai"))

    assert TASKS[1] in staff.get(chosen).text
    staff.post(f"{chosen}/ghi")
    assert minutes(app, LogLine) == [450]


def test_units_are_for_organisers_and_one_s_own_for_everybody(
    app: Flask, staff: FlaskClient, sign_in: SignIn, world: World
) -> None:
    refused = send(staff, GOOD, "a.zip", whose=f"don-vi-{world.unit}")
    assert refused.status_code == 422
    assert "không có lựa chọn này" in refused.text

    organiser = sign_in("organiser")
    told = (OTHER_PERSON, TODAY, "Thẩm định hồ sơ đảng viên", "", "x", 1)
    rows = (("Họ và tên", *HEAD), told)
    zipped = pack({"a.xlsx": workbook(rows), "b.xlsx": b"%PDF"})
    path = read(app, send(organiser, zipped, "tinh.zip", whose="tinh"))
    assert "nhận ra: PDF" in organiser.get(path).text
    report = organiser.post(f"{path}/ghi", follow_redirects=True).text
    assert OTHER_PERSON in report
    assert "cả tệp" in report
    assert "/ngay-cua-toi?ngay=" not in report
    assert minutes(app, LogLine) == [60]


def test_a_file_can_be_left_out(app: Flask, staff: FlaskClient) -> None:
    path = read(app, send(staff, GOOD))
    assert "Đã bỏ tệp" in staff.post(f"{path}/bo", follow_redirects=True).text
    with app.app_context(), Session(db.engine) as session:
        job = session.get_one(Job, int(path.rpartition("/")[2]))
        assert job.state is JobState.DISCARDED
    assert staff.post(f"{path}/ghi").status_code == 409


def test_only_this_page_takes_a_large_archive(staff: FlaskClient) -> None:
    large = b"PK\x03\x04" + bytes(limits.UPLOAD_BYTES + 100_000)
    assert "bị hỏng" in send(staff, large, "lon.zip").text
    assert "vượt giới hạn 10 MB" in send(staff, large, "lon.xlsx").text
    elsewhere = staff.post("/ngay-cua-toi", data=large, content_type="multipart/form-data")
    assert elsewhere.status_code in (400, 413)
