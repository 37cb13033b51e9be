"""Back to an answer that was not kept is left to the browser: it says nothing of the network."""

from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import Office
from tests.browser.kept_lines import kept, prepare, written
from tests.wire import Wire

PRODUCT = "Ghi rồi quay lại"


def go_back(page: Page) -> None:
    """Press Back; for an answer that the browser did not keep it shows a page of its own."""
    before = page.url
    with suppress(Error):
        page.go_back()
    expect(page).not_to_have_url(before)


def test_going_back_to_a_refused_sheet_keeps_nothing_and_writes_no_dropped_line(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)
    for place, hours in enumerate(("10p", "1x")):
        page.locator("button[name=op][value^='add:']").first.click()
        page.locator("[name$='-hours']").nth(place).fill(hours)
        page.locator("[name$='-product']").nth(place).fill(f"{PRODUCT} {7 + place}")
    page.locator("#cac-dong ~ .save button").click()
    expect(page.get_by_text("Số giờ: hãy ghi như 7,5").first).to_be_visible()
    wire.cut()
    with suppress(Error):
        page.reload()
    wire.join()
    page.get_by_role("button", name="Bỏ dòng").first.click()
    page.locator("[name$='-hours']").first.fill("25p")
    page.locator("#cac-dong ~ .save button").click()
    page.wait_for_url("**&ghi=*")

    go_back(page)
    page.goto("/ngay-cua-toi")
    expect(page.get_by_text(f"{PRODUCT} 8").first).to_be_visible()
    assert kept(page) == []
    assert (f"{PRODUCT} 8", 25) in written(office, PRODUCT)
    assert (f"{PRODUCT} 7", 10) not in written(office, PRODUCT)


def test_going_back_past_a_refused_form_leaves_the_page(page: Page) -> None:
    prepare(page)
    page.goto("/tuan-cua-toi")
    page.get_by_label("Giờ").first.fill("1x")
    page.get_by_role("button", name="Ghi cả tuần").click()
    expect(page.get_by_text("Số giờ: hãy ghi như").first).to_be_visible()
    page.goto("/")
    go_back(page)
    go_back(page)
    expect(page.get_by_role("button", name="Ghi cả tuần")).to_be_visible()
