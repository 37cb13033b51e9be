"""«Ghi» pressed again while the network is slow: written once, and seen to be written."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Office
from tests.browser.kept_lines import kept, prepare, written
from tests.wire import Wire

PRODUCT = "Ghi hai lần liền"
# From within the page: a browser that is sending is asked nothing until it has its answer.
PRESS_TWICE = """() => {
  const save = document.querySelector("#cac-dong ~ .save button");
  save.click();
  setTimeout(() => save.click(), 2000);
}"""


def test_a_first_send_that_the_browser_gave_up_is_written_once_and_shown(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)
    page.locator("button[name=op][value^='add:']").first.click()
    page.locator("[name$='-hours']").first.fill("45p")
    page.locator("[name$='-product']").first.fill(PRODUCT)

    wire.hold()
    with page.expect_event("requestfailed") as given_up:
        page.evaluate(PRESS_TWICE)
    assert given_up.value.method == "POST"
    assert written(office, PRODUCT) == [(PRODUCT, 45)]
    wire.release()

    expect(page.get_by_text("Đã ghi 1 dòng, 0,75 giờ.")).to_be_visible()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    assert written(office, PRODUCT) == [(PRODUCT, 45)]
    assert kept(page) == []
