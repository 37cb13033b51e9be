"""Long pages with their form far below: a refusal is read where the page opens, and leads there."""

import re
from typing import NamedTuple

import pytest
from flask import Flask

from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World

_ALERT = re.compile(
    r'</h1>\s*<(\w+) class="refusals" role="alert" tabindex="-1">(.*?)</\1>', re.DOTALL
)


class Refused(NamedTuple):
    """A form sent wrongly: who sent what where, what is answered, where its link leads."""

    persona: str
    path: str
    sent: dict[str, str]
    says: str
    at: str


_REFUSED = [
    Refused("head", "/khoa-thang/{unit}?thang=2024-03", {}, "Tôi đã xem danh sách", "khoa"),
    Refused("organiser", "/khoa-thang?thang=2024-03", {}, "Tôi đã xem danh sách", "khoa"),
    Refused("organiser", "/lich-lam-viec", {"day": "2024-04-29"}, "Căn cứ", "source"),
    Refused("organiser", "/lich-lam-viec/nhap", {"year": "1"}, "Năm", "year"),
    Refused(
        "organiser",
        "/lich-lam-viec/nhap",
        {"year": "2024", "lines": "01/05/2024;Nghỉ mát;x"},
        "Chưa nhập được dòng nào",
        "nhap-lich",
    ),
    Refused("committee", "/gioi-han-nhat-ky", {"since": "9/4/2024"}, "Giá trị", "value"),
    Refused("organiser", "/gioi-han-nhat-ky/cot", {"column": "hours"}, "Tiêu đề", "heading"),
]


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("case", _REFUSED, ids=lambda case: f"{case.path} {case.at}")
def test_a_refused_form_says_so_at_the_top_and_leads_to_itself(
    sign_in: SignIn, world: World, case: Refused
) -> None:
    answer = sign_in(case.persona).post(case.path.format(unit=world.unit), data=case.sent)
    alert = _ALERT.search(answer.text)
    assert answer.status_code == 422
    assert alert
    assert case.says in alert[2]
    assert f'href="#{case.at}"' in alert[2]
    assert f'id="{case.at}"' in answer.text


def test_a_month_closed_meanwhile_is_said_though_its_form_is_gone(
    sign_in: SignIn, world: World
) -> None:
    head, path = sign_in("head"), f"/khoa-thang/{world.unit}?thang=2024-03"
    head.post(path, data={"acknowledged": "y"})
    again = _ALERT.search(head.post(path, data={"acknowledged": "y"}).text)
    assert again
    assert "đã được Nguyễn Văn head khóa" in again[2]
    assert "href" not in again[2]
