"""A day on a phone of 360 × 780: five lines in under a minute, a week in the grid, all to touch.

The minute is counted, not timed. The rule of thumb is the keystroke-level model of Card, Moran and
Newell: 0.28 s a key for an average typist, 1.1 s to aim at something and touch it; a swipe that
brings it into sight is one more aiming, and so is choosing what to do next (1.35 s a line).
Words are counted as Telex types them, marks and all; two touches wake the phone and open the page,
which is where the installed program begins.
"""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.blueprints.world import TASKS
from tests.browser.conftest import Visit

KEY, TOUCH, THINK, MINUTE = 0.28, 1.1, 1.35, 60
OPENING = 2
DAY_PAGE, WEEK_PAGE = "/ngay-cua-toi?ngay=2024-04-03", "/tuan-cua-toi"
IN_SIGHT = """each => {
  const box = each.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""


def telex(text: str) -> int:
    """Count the keys: a mark is one more, on the letter or of the tone, and đ is dd."""
    plain = unicodedata.normalize("NFD", text)
    return len(plain) + text.lower().count("đ")


@dataclass
class Hand:
    """One thumb: each key, touch and swipe is counted."""

    page: Page
    keys: int = 0
    touches: int = 0
    swipes: int = 0

    def touch(self, target: Locator) -> None:
        if not target.evaluate(IN_SIGHT):
            self.swipes += 1
        target.tap()
        self.touches += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += telex(text)

    def seconds(self, lines: int) -> float:
        return self.keys * KEY + (self.touches + self.swipes) * TOUCH + lines * THINK


@pytest.fixture
def phone(visit: Visit) -> Page:
    return visit("staff", 360, 780, touch=True)


def test_five_lines_are_saved_in_less_than_a_minute(phone: Page) -> None:
    phone.goto(DAY_PAGE)
    hand = Hand(phone, touches=OPENING)
    told = [("1,5", "Dự thảo"), ("2", "Tờ trình"), ("0,5", "Báo cáo"), ("2", "Bảng kê"), ("1", "")]
    for number, (hours, product) in enumerate(told):
        task = TASKS[number % 2] if product else "Thực hiện nhiệm vụ khác"
        hand.touch(phone.get_by_role("button", name=task, exact=True))
        line = phone.locator(".day-line").nth(number)
        expect(line.get_by_label("Số giờ")).to_be_focused()
        hand.type(hours)
        if product:
            hand.touch(line.get_by_label("Sản phẩm"))
            hand.type(product)
    hand.touch(phone.get_by_role("button", name="Ghi", exact=True))
    expect(phone.get_by_text("Đã ghi 5 dòng, 7 giờ.")).to_be_visible()
    expect(phone.get_by_text("7 / 8 giờ")).to_be_visible()
    assert hand.touches == OPENING + 10
    assert hand.keys <= 50
    assert hand.seconds(len(told)) < MINUTE, hand


def test_a_week_is_filled_in_day_by_day(phone: Page) -> None:
    phone.goto(WEEK_PAGE)
    before = hours_of_the_week(phone)
    for day in ("Thứ hai", "Thứ ba", "Thứ tư"):
        cell = phone.get_by_role("region", name=day).get_by_role("group", name=TASKS[0])
        cell.get_by_label("Giờ").fill("7:30")
        cell.get_by_label("Sản phẩm").fill("Dự thảo")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="Ghi cả tuần").tap()
    expect(phone.get_by_text("Đã ghi 3 dòng của 3 ngày.")).to_be_visible()
    assert hours_of_the_week(phone) == before + Decimal("22.5")


def hours_of_the_week(phone: Page) -> Decimal:
    told, _, standard = phone.get_by_text(" / 40 giờ").inner_text().partition(" / ")
    assert standard == "40 giờ"
    return Decimal(told.replace(",", "."))


def test_what_is_not_found_is_said_while_typing_and_a_line_is_taken_out(phone: Page) -> None:
    phone.goto("/ngay-cua-toi?ngay=2024-04-06")
    search = phone.get_by_label("Tìm trong")
    search.press_sequentially("theo doi")
    expect(phone.get_by_role("button", name=TASKS[0], exact=True)).to_be_hidden()
    phone.get_by_role("button", name=TASKS[1], exact=True).tap()
    phone.get_by_label("Số giờ").fill("1")
    search.fill("khong co viec nao")
    expect(phone.get_by_text("Không có việc nào khớp «khong co viec nao»")).to_be_visible()
    expect(phone.get_by_label("Số giờ")).to_have_value("1")
    assert Axe().run(phone).response["violations"] == []
    phone.get_by_role("button", name=f"Bỏ dòng {TASKS[1]}").tap()
    expect(phone.locator(".day-line")).to_have_count(0)


def test_leaving_a_page_that_came_back_with_what_was_typed_asks_first(phone: Page) -> None:
    phone.goto("/ngay-cua-toi?ngay=2024-04-06")
    phone.get_by_role("button", name=TASKS[0], exact=True).tap()
    phone.get_by_label("Số giờ").fill("1")
    phone.get_by_role("button", name="Tìm", exact=True).tap()
    expect(phone.locator("form[data-typed]").get_by_label("Số giờ")).to_have_value("1")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    phone.on("dialog", leave)
    phone.get_by_role("link", name="Tuần", exact=True).tap()
    expect(phone.get_by_role("heading", name="Tuần của tôi")).to_be_visible()
    assert asked == ["beforeunload"]
