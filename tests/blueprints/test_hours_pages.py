"""Hours by unit and by person, as pages and as files."""

import re

import pytest
from flask.testing import FlaskClient

from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World


@pytest.fixture
def organiser(sign_in: SignIn) -> FlaskClient:
    return sign_in("organiser")


def test_units_are_ranked_with_those_who_logged_nothing_in_the_base(
    organiser: FlaskClient,
) -> None:
    page = organiser.get("/gio?thang=2024-04").text
    assert re.findall(r'<a href="/gio/\d+\?thang=2024-04">([^<]+)</a>', page)[:2] == [
        "Ban Tổ chức Tỉnh ủy",
        "Văn phòng Tỉnh ủy",
    ]
    assert "Huyện Vị Thủy" in page
    # One line of 90 minutes; four hold a position in the office, whether or not they may sign in.
    assert "0,38" in page


def test_the_picture_takes_its_figures_from_the_table(organiser: FlaskClient) -> None:
    page = organiser.get("/gio?thang=2024-04").text
    assert 'data-chart-of="bang-gio"' in page
    assert page.count("data-chart-value") == 3


def test_who_logged_nothing_is_listed_by_person(organiser: FlaskClient, world: World) -> None:
    page = organiser.get(f"/gio/{world.unit}?thang=2024-04").text
    assert "Nguyễn Văn staff" in page
    assert "Nguyễn Văn head" in page
    assert "1,50" in page
    assert "0,00" in page


def test_a_head_sees_the_own_unit_only(sign_in: SignIn) -> None:
    page = sign_in("head").get("/gio?thang=2024-04").text
    assert "Văn phòng Tỉnh ủy" in page
    assert "Ban Tổ chức Tỉnh ủy" not in page


@pytest.mark.parametrize("month", ["2024-13", "2024", "x", "0001-01", "2024-04-01", "٢٠٢٤-٠٤"])
def test_a_month_that_does_not_exist_is_said_so(organiser: FlaskClient, month: str) -> None:
    assert organiser.get(f"/gio?thang={month}").status_code == 422


def test_a_year_without_a_calendar_is_said_so(organiser: FlaskClient) -> None:
    answer = organiser.get("/gio?thang=2023-05")
    assert answer.status_code == 422
    assert "Chưa có lịch làm việc năm 2023" in answer.text


def test_the_report_is_a_word_file(organiser: FlaskClient) -> None:
    answer = organiser.get("/gio/bao-cao.docx?thang=2024-04")
    assert answer.get_data().startswith(b"PK")
    assert 'filename="bao-cao-gio-lam-viec-2024-04.docx"' in answer.headers["Content-Disposition"]
