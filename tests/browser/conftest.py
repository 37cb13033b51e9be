"""A server that really runs, and a browser that really looks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.config import Config, Push
from catalogue.domain.push import USUAL_HOSTS, decoded
from catalogue.models import Account, Base, sqlite
from catalogue.services import accounts
from tests.blueprints.world import World, build
from tests.making import AT, PASSWORD, TODAY
from tests.push_service import SIGNING_KEY
from tests.serving import serving
from tests.wire import Wire, wire_to

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000
AXE = Axe()
# At every run axe looks at a phone's page, with the proofs at a desk's too.
WIDTHS = PHONE, DESK = 360, 1280
Look = Callable[[Page], list[str]]
PEOPLE = ("staff", "organiser", "head", "committee")


class Visit(Protocol):
    """Open a window for a person, as wide and as high as asked, with a finger for a mouse."""

    def __call__(
        self, person: str, width: int, height: int = 800, *, touch: bool = False
    ) -> Page: ...


@dataclass(frozen=True)
class Office:
    """Where the pages are, and what there is to open."""

    address: str
    world: World
    database: Path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("browser")
    world = _furnish(folder / "catalogue.db")
    with serving(config_for(folder)) as port:
        yield Office(f"http://127.0.0.1:{port}", world, folder / "catalogue.db")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cookies(browser: Browser, office: Office) -> dict[str, list[dict[str, object]]]:
    """Each person's cookies after signing in through the page."""
    found = {}
    for person in PEOPLE:
        page = browser.new_page()
        page.goto(f"{office.address}/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(person)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{office.address}/")
        found[person] = [dict(cookie) for cookie in page.context.cookies()]
        page.context.close()
    return found


@pytest.fixture
def visit(
    browser: Browser, office: Office, cookies: dict[str, list[dict[str, object]]]
) -> Iterator[Visit]:
    """Open a window as wide as asked for a person; nothing may fail in its console."""
    pages: list[Page] = []
    complaints: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def visit(person: str, width: int, height: int = 800, *, touch: bool = False) -> Page:
        context = browser.new_context(
            base_url=office.address,
            viewport={"width": width, "height": height},
            has_touch=touch,
            locale="vi-VN",
        )
        context.add_cookies(cookies[person])  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield visit
    for page in pages:
        page.context.close()
    assert complaints == []


@pytest.fixture(scope="module", params=[PHONE, pytest.param(DESK, marks=pytest.mark.proof)])
def width(request: pytest.FixtureRequest) -> int:
    """How wide the pages are that axe looks at."""
    wide: int = request.param
    return wide


@pytest.fixture(scope="module")
def looked_at(width: int) -> Look:
    """Tell what axe finds on a page as it stands, and what runs off a phone or a desk."""

    def looked_at(page: Page) -> list[str]:
        page.set_viewport_size({"width": width, "height": 800})
        found = [f"{page.url}: {described(each)}" for each in AXE.run(page).response["violations"]]
        for wide in WIDTHS:
            page.set_viewport_size({"width": wide, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{page.url} at {wide}: wider than the screen")
        return found

    return looked_at


def described(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['id']}: {[node['html'] for node in nodes][:3]}"


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


def _furnish(path: Path) -> World:
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        world = build(session)
        for person in PEOPLE:
            account = session.get_one(Account, world.people[person])
            accounts.set_password(session, account, PASSWORD, by=None, at=AT)
        session.commit()
    engine.dispose()
    return world


def config_for(folder: Path) -> Config:
    return Config(
        database_url=f"sqlite:///{folder / 'catalogue.db'}",
        instance=folder,
        today=TODAY,
        secure_cookies=False,
        trusted_hosts=("127.0.0.1",),
        proxies=0,
        push=Push(decoded(SIGNING_KEY), "mailto:quan-tri@tinh.example", USUAL_HOSTS),
    )
