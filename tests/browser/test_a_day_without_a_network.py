"""Lines typed without a network stay on the device, survive a reload, and are sent once."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.models import LogLine
from tests.browser.conftest import PATIENCE, Office
from tests.wire import Wire, wire_to

PRODUCT = "Ghi khi đi cơ sở"


@pytest.fixture
def wire(office: Office) -> Iterator[Wire]:
    with wire_to(urlsplit(office.address).port or 0) as wire:
        yield wire


@pytest.fixture
def page(
    browser: Browser, wire: Wire, cookies: dict[str, list[dict[str, object]]]
) -> Iterator[Page]:
    """A phone signed in over the wire; its console is not listened to, for a cut fills it."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{wire.port}", viewport={"width": 360, "height": 780}
    )
    context.add_cookies(cookies["staff"])  # type: ignore[arg-type]
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


def written(office: Office) -> list[tuple[str | None, int]]:
    engine = create_engine(f"sqlite:///{office.database}")
    with Session(engine) as session:
        rows = session.execute(
            select(LogLine.product, LogLine.minutes)
            .where(LogLine.product.startswith(PRODUCT))
            .order_by(LogLine.id)
        )
        found = [(row.product, row.minutes) for row in rows]
    engine.dispose()
    return found


def prepare(page: Page) -> None:
    """Open the day once while there is a network, until the device holds what it needs."""
    page.goto("/ngay-cua-toi")
    page.evaluate(
        """async () => {
          const ready = async () => navigator.serviceWorker.controller && (await outbox.known());
          while (!(await ready())) await new Promise((again) => setTimeout(again, 50));
        }"""
    )


def keep(page: Page, product: str, hours: str) -> None:
    page.get_by_label("Nhiệm vụ").select_option(index=0)
    page.get_by_label("Số giờ").fill(hours)
    page.get_by_label("Sản phẩm").fill(product)
    page.get_by_role("button", name="Giữ trên máy").click()


def test_an_offline_day_is_kept_on_the_device_and_sent_once(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)

    wire.cut()
    page.reload()
    expect(page.get_by_role("heading", name="Ghi khi không có mạng")).to_be_visible()
    keep(page, f"{PRODUCT} 1", "1,5")
    keep(page, f"{PRODUCT} 2", "30p")
    expect(page.locator("#so-chua-gui")).to_have_text("2")
    page.reload()
    expect(page.locator("#so-chua-gui")).to_have_text("2")
    assert written(office) == []

    wire.join()
    answers: list[int] = []

    def lose_the_answer(route: Route) -> None:
        """Let the server write, and the device never hear of it."""
        answers.append(route.fetch().status)
        route.abort()

    page.context.route("**/ngay-cua-toi/gui", lose_the_answer, times=1)
    page.goto("/")
    expect(page.locator("#con-tren-may")).to_have_text("chưa gửi (2)")
    page.wait_for_timeout(500)
    assert answers == [200]
    expect(page.locator("#con-tren-may")).to_have_text("chưa gửi (2)")

    page.goto("/ngay-cua-toi")
    expect(page.get_by_text("Đã gửi 2 dòng giữ trên máy.")).to_be_visible()
    expect(page.locator("#con-tren-may")).to_be_hidden()
    assert written(office) == [(f"{PRODUCT} 1", 90), (f"{PRODUCT} 2", 30)]
    page.reload()
    expect(page.get_by_text(f"{PRODUCT} 2").first).to_be_visible()


def test_a_sheet_that_does_not_reach_the_server_is_kept(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)
    page.locator("button[name=op][value^='add:']").first.click()
    page.locator("[name$='-hours']").first.fill("45p")
    page.locator("[name$='-product']").first.fill(f"{PRODUCT} 3")
    wire.cut()
    page.locator("#cac-dong ~ .save button").click()
    expect(page.locator("#so-chua-gui")).to_have_text("1")
    wire.join()
    page.goto("/ngay-cua-toi")
    expect(page.get_by_text("Đã gửi 1 dòng giữ trên máy.")).to_be_visible()
    assert (f"{PRODUCT} 3", 45) in written(office)
