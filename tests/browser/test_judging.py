"""A head judges a week on a phone and at a desk: one word with its reason, the rest at once."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Office, Visit

AXE = Axe()
WEEK = "/danh-gia-ngay?hien=tat-ca"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_head_judges_one_line_and_the_clean_days(
    visit: Visit, office: Office, width: int
) -> None:
    page = visit("head", width)
    page.goto(f"/danh-gia-ngay/dong/{office.world.judged_line}")
    page.get_by_label("Chậm").check()
    page.get_by_label("Lý do").fill(f"Sau hạn {width}")
    page.get_by_role("button", name="Ghi đánh giá").click()
    page.get_by_text("Đã đánh giá «Chậm».").wait_for()

    page.goto(f"{WEEK}&ngay=2024-03-19")
    assert page.get_by_text(f"Sau hạn {width}").count() == 1
    page.goto(WEEK)
    whole = page.get_by_role("button", name=re.compile("Đạt cả tuần"))
    if width == 360:
        whole.click()
        page.get_by_text(re.compile(r"Đã đánh giá đạt \d+ dòng của \d+ ngày")).wait_for()
    assert whole.count() == 0
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert AXE.run(page).response["violations"] == []
