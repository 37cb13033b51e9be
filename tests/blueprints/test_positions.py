"""The catalogue as people search it, and a position as they read it."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World


@pytest.fixture
def staff(sign_in: SignIn) -> FlaskClient:
    return sign_in("staff")


def names(client: FlaskClient, path: str) -> list[str]:
    return re.findall(r'<a href="/vi-tri/\d+">([^<]+)</a>', client.get(path).text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chuyen vien tham muu linh vuc so 7", ["Chuyên viên tham mưu lĩnh vực số 7"]),
        ("TỔ CHỨC đảng", ["Chuyên viên tổ chức đảng"]),
        ("to chuc dang", ["Chuyên viên tổ chức đảng"]),
        ("VT-12", ["Chuyên viên tham mưu lĩnh vực số 12"]),
        ("vt 012", ["Chuyên viên tham mưu lĩnh vực số 12"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("' OR 1=1--", []),
        ("không có vị trí nào như vậy", []),
    ],
)
def test_search_takes_words_as_they_come(staff: FlaskClient, text: str, found: list[str]) -> None:
    shown = names(staff, f"/danh-muc?tim={quote(text)}")
    assert [name for name in shown if name in found] == found
    assert found or shown == []


def test_the_list_is_paged_and_a_page_beyond_the_end_is_the_last(staff: FlaskClient) -> None:
    assert len(names(staff, "/danh-muc")) == 50
    last = names(staff, "/danh-muc?trang=2")
    assert len(last) == 12
    for page in ("99", "1" + "0" * 18, "1" + "0" * 30):
        assert names(staff, f"/danh-muc?trang={page}") in (last, names(staff, "/danh-muc"))
    for page in ("0", "-1", "abc", "%00", "٣"):
        assert len(names(staff, f"/danh-muc?trang={page}")) == 50


def test_filters_narrow_and_keep_their_state_in_the_pages(staff: FlaskClient, world: World) -> None:
    shown = staff.get(f"/danh-muc?co-quan={world.agency}&nhom=specialist&kiem-chung=chua").text
    assert "1–50 trong 60 vị trí" in shown
    following = re.search(r'rel="next"\s+href="([^"]+)"', shown)
    assert following
    assert f"co-quan={world.agency}" in following[1]
    assert names(staff, "/danh-muc?kiem-chung=da") == []
    assert names(staff, "/danh-muc?nhom=support") == []


def test_the_list_is_sorted_by_name_when_asked(staff: FlaskClient) -> None:
    shown = names(staff, "/danh-muc?sap-xep=ten")
    assert shown[:2] == [
        "Chuyên viên chính sách cán bộ",
        "Chuyên viên tham mưu lĩnh vực số 1",
    ]


def test_every_row_bears_its_state_and_its_mark(staff: FlaskClient) -> None:
    shown = staff.get("/danh-muc").text
    assert shown.count("Tham khảo – chưa kiểm chứng với văn bản gốc") == 50
    assert shown.count(">Tạm thời<") == 50


def test_the_export_holds_all_that_the_filter_shows(staff: FlaskClient, world: World) -> None:
    answer = staff.get(f"/danh-muc.csv?co-quan={world.agency}")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == 61
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="danh-muc-vi-tri-viec-lam.csv"'
    )
    assert rows[1][-1] == "Tham khảo – chưa kiểm chứng với văn bản gốc"


@pytest.mark.parametrize(
    "query",
    [
        "tim=" + "x" * 10_000,
        "nhom=khong-co",
        "co-quan=-1",
        "co-quan=99999999999",
        "sap-xep=password_hash",
        "kiem-chung=__class__",
    ],
)
def test_a_filter_that_does_not_exist_is_said_so(staff: FlaskClient, query: str) -> None:
    assert staff.get(f"/danh-muc?{query}").status_code == 422


def test_a_parameter_given_twice_is_refused(staff: FlaskClient) -> None:
    assert staff.get("/danh-muc?trang=1&trang=2").status_code == 400


def test_a_position_shows_its_description_and_where_it_comes_from(
    staff: FlaskClient, world: World
) -> None:
    page = staff.get(f"/vi-tri/{world.position}").text
    for words in (
        "Soạn thảo kế hoạch công tác năm",
        "Sản phẩm của Soạn thảo kế hoạch công tác năm",
        "Giao tiếp",
        "cấp 2–3",
        "Lãnh đạo cơ quan",
        "Được chủ động về phương pháp",
        "Đại học",
        "bản mẫu trình diễn",
        "bảng 1, dòng 2",
        "09-ĐA/TU",
        "Tạm thời",
    ):
        assert words in page


def test_the_row_is_shown_as_it_stood_in_the_file(staff: FlaskClient, world: World) -> None:
    page = staff.get(f"/dong-phu-luc/{world.annex_row}").text
    cells = re.findall(r'<td class="lines">([^<]*)</td>', page)
    assert cells == ["1", "Chuyên viên tham mưu lĩnh vực số 1", "Chuyên viên", "VT-01"]


def test_the_fourteen_decisions_are_listed_unsigned(staff: FlaskClient) -> None:
    page = staff.get("/van-ban").text
    assert "<strong>0/14</strong>" in page
    unsigned = page[: page.index("Văn bản khác")].count("chưa có văn bản đã ký")
    assert unsigned == 14


@pytest.mark.parametrize("key", ["0", "-1", "１", "2147483648", "9223372036854775808", "x", "%00"])
def test_a_strange_identifier_is_not_found(staff: FlaskClient, key: str) -> None:
    for topic in ("vi-tri", "mo-ta", "van-ban", "dong-phu-luc", "don-vi", "dong", "gio"):
        assert staff.get(f"/{topic}/{key}").status_code == 404


@pytest.mark.parametrize("path", ["/vi-tri/999999", "/mo-ta/999999", "/danh-muc/999999.docx"])
def test_what_is_not_there_is_not_found(staff: FlaskClient, path: str) -> None:
    answer = staff.get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy nội dung này." in answer.text


def test_word_files_open(staff: FlaskClient, world: World) -> None:
    for path in (f"/mo-ta/{world.description}.docx", f"/danh-muc/{world.agency}.docx"):
        answer = staff.get(path)
        assert answer.get_data().startswith(b"PK")
        assert answer.headers["Content-Disposition"].endswith('.docx"')
