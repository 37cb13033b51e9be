"""A list is sent in from a browser and read by the worker that the server started."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.cli.conftest import annex_file

AXE = Axe()
SOON = 20_000


@pytest.mark.parametrize("width", [360, 1280])
def test_a_list_is_sent_read_without_a_click_looked_at_and_written(
    visit: Visit, tmp_path: Path, width: int
) -> None:
    names = [f"Chuyên viên mảng {number} của lần {width}" for number in range(1, 61)]
    page = visit("organiser", width)
    page.goto("/nhap-phu-luc")
    assert AXE.run(page).response["violations"] == []
    page.get_by_label("Đơn vị", exact=True).select_option(label="Văn phòng Tỉnh ủy")
    page.get_by_label("Tệp danh sách").set_input_files(
        annex_file(tmp_path / f"danh-sach-{width}.docx", *names)
    )
    form = page.get_by_role("region", name="Danh sách của đơn vị")
    form.get_by_role("button", name="Tải lên và đọc").click()

    written = page.get_by_role("button", name="Ghi vào danh mục")
    written.wait_for(timeout=SOON)
    assert AXE.run(page).response["violations"] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.screenshot(path=f"/tmp/jobs_ready_{width}.png", full_page=True)
    page.get_by_role("link", name="Trang sau").click()
    assert page.get_by_text("Chuyên viên mảng 60").count() > 0
    written.click()

    page.get_by_text("Đã ghi 60 dòng vào danh mục lúc").wait_for()
    page.screenshot(path=f"/tmp/jobs_done_{width}.png", full_page=True)
    page.goto("/nhap-phu-luc")
    page.screenshot(path=f"/tmp/jobs_index_{width}.png", full_page=True)
    assert AXE.run(page).response["violations"] == []
