"""What people come to do, done in a browser."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.blueprints.world import TASKS
from tests.browser.conftest import Office, Visit
from tests.making import PASSWORD


def log_a_line(page: Page, task: str, hours: str) -> None:
    page.get_by_role("button", name=task, exact=True).click()
    page.get_by_label("Số giờ").fill(hours)
    page.get_by_label("Sản phẩm").fill("Dự thảo kế hoạch")
    page.get_by_role("button", name="Ghi", exact=True).click()


@pytest.fixture
def without_scripts(browser: Browser, office: Office) -> Iterator[Page]:
    context = browser.new_context(
        base_url=office.address, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    yield context.new_page()
    context.close()


def test_from_signing_in_to_the_decision_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/ngay-cua-toi?ngay=2024-04-05")
    page.get_by_label("Tên đăng nhập").fill("staff")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngày của tôi")
    log_a_line(page, "Theo dõi việc thực hiện kế hoạch", "2:30")
    expect(page.get_by_text("2,5 / 8 giờ")).to_be_visible()
    page.get_by_role("link", name="Nguồn gốc").click()
    page.get_by_role("link", name="Theo dõi việc thực hiện kế hoạch").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bản mô tả công việc")
    page.go_back()
    page.get_by_role("link", name="Bảng 1, dòng 2").click()
    expect(page.get_by_role("cell", name="VT-01")).to_be_visible()
    page.get_by_role("link", name="09-ĐA/TU").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("09-ĐA/TU")
    expect(page.get_by_text("chưa kiểm chứng với văn bản gốc")).to_be_visible()


def test_the_matrix_lays_out_what_is_near_and_all_of_it_under_the_same_columns(
    visit: Visit,
) -> None:
    page = visit("organiser", 1280)
    page.goto("/khung-nang-luc")
    last = page.locator(".framework tbody").last
    laid_out = "each => each.checkVisibility({ contentVisibilityAuto: true })"
    row = last.locator("tr").last
    assert row.evaluate(laid_out) is False
    row.scroll_into_view_if_needed()
    page.wait_for_function(laid_out, arg=row.element_handle())
    lefts = [
        cell.evaluate("each => each.getBoundingClientRect().left")
        for cell in (
            page.locator(".framework thead th").last,
            page.locator(".framework tbody").first.locator("td").last,
            row.locator("td").last,
        )
    ]
    assert lefts == lefts[:1] * 3


def test_typing_narrows_the_tasks_without_leaving_the_form(visit: Visit) -> None:
    page = visit("staff", 1280)
    page.goto("/ngay-cua-toi?ngay=2024-04-05")
    page.get_by_role("button", name=TASKS[1], exact=True).click()
    page.get_by_label("Số giờ").fill("1")
    page.get_by_label("Tìm trong").press_sequentially("theo doi")
    expect(page.get_by_role("button", name=TASKS[0], exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name=TASKS[1], exact=True)).to_be_visible()
    expect(page.get_by_label("Số giờ")).to_have_value("1")


def test_typing_searches_the_catalogue_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit("organiser", 1280)
    page.goto("/danh-muc")
    page.get_by_label("Tìm theo tên").press_sequentially("to chuc dang")
    expect(page.get_by_role("link", name="Chuyên viên tổ chức đảng")).to_be_visible()
    expect(page.get_by_text("1–1 trong 1 vị trí")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["tim"] == ["to chuc dang"]
    page.reload()
    expect(page.get_by_text("1–1 trong 1 vị trí")).to_be_visible()


def test_the_chart_is_drawn_from_the_table(visit: Visit) -> None:
    page = visit("organiser", 1280)
    page.goto("/gio?thang=2024-04")
    drawn = page.evaluate("Chart.getChart(document.querySelector('canvas')).data.datasets[0].data")
    table = page.locator("[data-chart-value]").all_text_contents()
    printed = ["–" if figure is None else f"{figure:.2f}".replace(".", ",") for figure in drawn]
    assert printed == table


def test_leaving_with_something_typed_asks_first(visit: Visit) -> None:
    page = visit("staff", 1280)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/ngay-cua-toi?ngay=2024-04-04")
    page.get_by_role("button", name=TASKS[1], exact=True).click()
    page.get_by_label("Số giờ").press_sequentially("3")
    page.get_by_role("link", name="Danh mục", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh mục vị trí việc làm")
    assert asked == ["beforeunload"]


def test_the_mark_and_the_chips_stay_in_print(visit: Visit, office: Office) -> None:
    page = visit("organiser", 1280)
    page.goto(f"/vi-tri/{office.world.position}")
    page.emulate_media(media="print")
    expect(page.get_by_text("Tham khảo – chưa kiểm chứng").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Chính")).to_be_hidden()


def test_the_keyboard_skips_to_the_content(visit: Visit) -> None:
    page = visit("staff", 1280)
    page.goto("/danh-muc")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
