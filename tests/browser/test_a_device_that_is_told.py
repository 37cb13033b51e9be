"""A real browser turns notices on, and shows what the program sends it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.domain.push import decoded, encoded
from catalogue.exporters import push_message
from catalogue.models import PushSubscription
from tests.browser.conftest import PATIENCE, Office
from tests.push_service import SIGNING_KEY, Browser as Keys

ENDPOINT = "https://fcm.googleapis.com/fcm/send/trinh-duyet-that"
# The maker's push service is out of reach of a test: what it would answer is put in its place.
_SERVICE = """
Notification.requestPermission = async () => "granted";
PushManager.prototype.subscribe = async (asked) => {
  sessionStorage.setItem("key", asked.applicationServerKey);
  return { toJSON: () => (%s) };
};
"""


@pytest.fixture
def page(
    browser: Browser, office: Office, cookies: dict[str, list[dict[str, object]]]
) -> Iterator[Page]:
    keys = Keys()
    told = (
        f'{{ endpoint: "{ENDPOINT}", expirationTime: null, '
        f'keys: {{ p256dh: "{encoded(keys.point)}", auth: "{encoded(keys.secret)}" }} }}'
    )
    context = browser.new_context(
        base_url=office.address, viewport={"width": 360, "height": 780}, locale="vi-VN"
    )
    context.grant_permissions(["notifications"])
    context.add_cookies(cookies["staff"])  # type: ignore[arg-type]
    context.add_init_script(_SERVICE % told)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


def kept(office: Office) -> list[str]:
    engine = create_engine(f"sqlite:///{office.database}")
    with Session(engine) as session:
        endpoints = list(session.scalars(select(PushSubscription.endpoint)))
    engine.dispose()
    return endpoints


def test_a_device_is_turned_on_shows_a_notice_and_is_let_go(page: Page, office: Office) -> None:
    page.goto("/loi-nhac")
    page.get_by_role("button", name="Nhận trên thiết bị này").click()
    expect(page.get_by_text("Chrome hoặc trình duyệt cùng họ").first).to_be_visible()
    assert kept(office) == [ENDPOINT]
    key = page.evaluate("sessionStorage.getItem('key')")
    assert key == push_message.public_key(decoded(SIGNING_KEY))

    deliver(page, office, push_message.message("Ngày hôm trước chưa ghi", "Ghi bù", "/loi-nhac"))
    assert shown(page) == ["Ngày hôm trước chưa ghi", "Ghi bù", "/loi-nhac"]

    page.get_by_role("button", name="Bỏ").click()
    expect(page.get_by_text("Chưa có thiết bị nào của bạn")).to_be_visible()
    assert kept(office) == []


def deliver(page: Page, office: Office, plain: bytes) -> None:
    """Hand the worker a message as the browser does once it has opened it."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    message = {"origin": office.address, "registrationId": found[0], "data": plain.decode()}
    devtools.send("ServiceWorker.deliverPushMessage", message)


def shown(page: Page) -> list[str]:
    told: list[str] = page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          for (;;) {
            const [first] = await registration.getNotifications();
            if (first) return [first.title, first.body, first.data];
            await new Promise((again) => setTimeout(again, 50));
          }
        }"""
    )
    return told
