"""What a device keeps of a day, and what of it is written in the end."""

from playwright.sync_api import Page
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.models import LogLine
from tests.browser.conftest import Office

PRODUCT = "Ghi khi đi cơ sở"


def written(office: Office, product: str = PRODUCT) -> list[tuple[str | None, int]]:
    engine = create_engine(f"sqlite:///{office.database}")
    with Session(engine) as session:
        rows = session.execute(
            select(LogLine.product, LogLine.minutes)
            .where(LogLine.product.startswith(product))
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


def kept(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.evaluate("() => outbox.lines()")
    return found
