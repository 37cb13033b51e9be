"""A description is drafted from nothing at the keyboard; it saves itself and outlives a reload."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from tests.blueprints.world import TASKS
from tests.browser.conftest import Office, Visit

AXE = Axe()
PASTED = (
    "1. Soạn báo cáo tháng\tBáo cáo\tvăn bản\tĐúng hạn\t90p\tLàm ra sản phẩm\n"
    "2. Họp giao ban\t\t\tCó mặt\t\tHọp"
)


def paste(page: Page, text: str) -> None:
    """Paste as a keyboard does where no clipboard may be read."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const told = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        text,
    )


def saved(page: Page, section: str) -> Callable[[], None]:
    return page.locator(f"#{section} [data-saving]").get_by_text("Đã lưu lúc").wait_for


@contextmanager
def held_back(page: Page, address: str) -> Iterator[None]:
    """Let one file come late, as a slow line does."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    yield
    assert held
    for route in held:
        route.continue_()
    page.unroute(address, hold)


def focused(page: Page, field: str) -> None:
    page.wait_for_function("id => document.activeElement.id === id", arg=field)


def test_a_description_is_drafted_from_nothing_by_keyboard(visit: Visit, office: Office) -> None:
    page = visit("organiser", 1280)
    page.goto(f"/soan-mo-ta/moi?vi-tri={office.world.position}")
    page.get_by_label("Bản trắng").check()
    with held_back(page, "**/static/drafts.js?*"):
        page.get_by_role("button", name="Bắt đầu soạn").press("Enter")
        page.locator("#purpose").fill("Giúp lãnh đạo điều hành.")
    saved(page, "muc-tieu")()
    page.get_by_role("button", name="Thêm nhiệm vụ").press("Enter")
    focused(page, "d0-no")
    page.keyboard.type("2.1")
    page.keyboard.press("Tab")
    page.keyboard.type("Tổng hợp")
    page.get_by_role("button", name="Thêm công việc").press("Enter")
    focused(page, "d0-t0-text")
    paste(page, PASTED)
    page.get_by_text("Đã dán 2 việc.").wait_for()
    page.locator("#d0-t1-text").press("Alt+ArrowUp")
    focused(page, "d0-t0-text")
    page.keyboard.press("Control+Enter")
    focused(page, "d0-t1-text")
    page.keyboard.press("Control+Shift+Backspace")
    focused(page, "d0-t0-text")
    page.locator("#d0-t1-criterion").fill("Đúng hạn, đủ số liệu")
    saved(page, "nhiem-vu")()

    page.reload()

    tasks = [page.locator(f"#d0-t{place}-text").input_value() for place in range(2)]
    assert tasks == ["Họp giao ban", "Soạn báo cáo tháng"]
    assert page.locator("#d0-t1-criterion").input_value() == "Đúng hạn, đủ số liệu"
    assert page.locator("#d0-t1-norm").input_value() == "1:30"
    lacks = [text.partition(":")[0] for text in page.locator("#con-thieu li").all_inner_texts()]
    former = [*TASKS, "Thực hiện nhiệm vụ khác"]
    assert lacks == [*(f"Công việc cũ «{text}»" for text in former), "5.2. Yêu cầu về năng lực"]
    page.set_viewport_size({"width": 360, "height": 800})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert AXE.run(page).response["violations"] == []
