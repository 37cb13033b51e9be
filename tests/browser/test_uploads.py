"""A list is sent in from a browser and read by the worker that the server started."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.cli.conftest import annex_file

AXE = Axe()
SOON = 20_000


def test_a_list_is_sent_read_without_a_click_looked_at_and_written(
    visit: Visit, tmp_path: Path
) -> None:
    names = [f"Chuyên viên mảng {number}" for number in range(1, 61)]
    page = visit("organiser", 360)
    page.goto("/nhap-phu-luc")
    assert AXE.run(page).response["violations"] == []
    page.get_by_label("Đơn vị", exact=True).select_option(label="Văn phòng Tỉnh ủy")
    page.get_by_label("Tệp danh sách").set_input_files(
        annex_file(tmp_path / "danh-sach.docx", *names)
    )
    form = page.get_by_role("region", name="Danh sách của đơn vị")
    form.get_by_role("button", name="Tải lên và đọc").click()

    written = page.get_by_role("button", name="Ghi vào danh mục")
    written.wait_for(timeout=SOON)
    assert AXE.run(page).response["violations"] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.get_by_role("link", name="Trang sau").click()
    assert page.get_by_text("Chuyên viên mảng 60").count() > 0
    written.click()

    page.get_by_text("Đã ghi 60 dòng vào danh mục").first.wait_for()
