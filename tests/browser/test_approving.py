"""A description is drafted from nothing, returned, mended, appraised, approved, and read."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.models import Base, sqlite
from catalogue.services import accounts
from tests.browser.conftest import PATIENCE, Look, config_for
from tests.drafts import make_office
from tests.making import AT, PASSWORD, make_account
from tests.serving import serving_here

Open = Callable[[str], Page]
MENDED = "Soạn thảo báo cáo tuần và báo cáo đột xuất"


@dataclass(frozen=True)
class Room:
    """Where the pages are, the database behind them, and the page on which the draft begins."""

    address: str
    database: Path
    beginning: str


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, width: int) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp(f"approving-{width}")
    database = folder / "catalogue.db"
    beginning = _furnish(database)
    with serving_here(config_for(folder)) as port:
        yield Room(f"http://127.0.0.1:{port}", database, beginning)


@pytest.fixture
def enter(browser: Browser, room: Room) -> Iterator[Open]:
    """Sign a person in through the page, in a window of their own."""
    pages: list[Page] = []

    def enter(person: str) -> Page:
        page = browser.new_context(base_url=room.address, locale="vi-VN").new_page()
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(person)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{room.address}/")
        return page

    yield enter
    for page in pages:
        page.context.close()


def test_a_description_goes_from_its_officer_to_its_holder(
    room: Room, enter: Open, looked_at: Look
) -> None:
    officer = enter("officer")
    draft = _drafted(officer, room)
    _send(officer, draft, looked_at)

    organiser = enter("organiser")
    organiser.get_by_role("link", name="Chuyên viên tổng hợp").click()
    organiser.get_by_text("Trả lại để sửa").click()
    assert looked_at(organiser) == []
    organiser.get_by_role("textbox", name="2. Các công việc").fill("Thêm báo cáo đột xuất.")
    organiser.get_by_role("button", name="Trả lại").click()
    organiser.get_by_text("Đã trả lại.").wait_for()

    officer.goto(draft)
    officer.get_by_text("Thêm báo cáo đột xuất.").wait_for()
    officer.locator("#d0-t0-text").fill(MENDED)
    officer.locator("#nhiem-vu [data-saving]").get_by_text("Đã lưu lúc").wait_for()
    _send(officer, draft, looked_at)

    other = enter("other_organiser")
    other.get_by_role("link", name="Chuyên viên tổng hợp").click()
    other.get_by_text(MENDED).first.wait_for()
    other.get_by_role("button", name="Thẩm định đạt").click()
    other.get_by_text("Đã ghi thẩm định đạt.").wait_for()

    head = enter("head")
    _forget_passwords(room)
    head.get_by_role("link", name="Chuyên viên tổng hợp").click()
    assert looked_at(head) == []
    head.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    head.get_by_role("button", name="Phê duyệt").click()
    head.get_by_text("Đã phê duyệt.").wait_for()
    assert head.get_by_role("row", name="Nguyễn Người Giữ").get_by_text("chưa").is_visible()
    assert looked_at(head) == []

    holder = enter("holder")
    holder.get_by_role("link", name="Chuyên viên tổng hợp").click()
    holder.get_by_role("button", name="Tôi đã đọc bản mô tả công việc").click()
    holder.get_by_text("Bạn đã xác nhận đọc bản này").wait_for()
    assert looked_at(holder) == []
    holder.goto("/ngay-cua-toi")
    holder.get_by_text(MENDED).first.wait_for()


def test_the_lists_around_an_approval_are_sound(enter: Open, looked_at: Look) -> None:
    organiser = enter("organiser")
    for path in ("/tham-dinh-mo-ta", "/phan-cap"):
        organiser.goto(path)
        assert looked_at(organiser) == []


def _drafted(officer: Page, room: Room) -> str:
    """Draft one from nothing: a purpose, one task that the former ones merge into, a competency."""
    officer.goto(room.beginning)
    officer.get_by_label("Bản trắng").check()
    officer.get_by_role("button", name="Bắt đầu soạn").click()
    _type(officer, "muc-tieu", {"purpose": "Giúp lãnh đạo điều hành công việc chung."})
    officer.get_by_role("button", name="Thêm nhiệm vụ").click()
    _type(officer, "nhiem-vu", {"d0-no": "2.1", "d0-name": "Tổng hợp"})
    officer.get_by_role("button", name="Thêm công việc").click()
    task = {"text": "Soạn thảo báo cáo tuần", "product": "Báo cáo", "criterion": "Đúng hạn"}
    fields = task | {"from": "N1, N2, N3"}
    _type(officer, "nhiem-vu", {f"d0-t0-{name}": text for name, text in fields.items()})
    officer.get_by_role("button", name="Thêm năng lực").click()
    officer.locator("#c0-min").select_option("2")
    officer.locator("#c0-max").select_option("3")
    asked = {"c0-group": "Nhóm năng lực chung", "c0-name": "Đạo đức và bản lĩnh"}
    _type(officer, "nang-luc", asked)
    return officer.url


def _type(page: Page, section: str, fields: dict[str, str]) -> None:
    """Fill fields of one section and wait until it has saved itself."""
    for name, text in fields.items():
        page.locator(f"#{name}").fill(text)
    page.locator(f"#{section} [data-saving]").get_by_text("Đã lưu lúc").wait_for()


def _send(officer: Page, draft: str, looked_at: Look) -> None:
    officer.goto(f"{draft}/trinh")
    officer.get_by_text("Không còn thiếu gì.").wait_for()
    assert looked_at(officer) == []
    officer.get_by_role("button", name="Gửi thẩm định").click()
    officer.get_by_text("Nội dung được giữ nguyên").wait_for()


def _forget_passwords(room: Room) -> None:
    """Let the last time that a password was given be too long ago."""
    with sqlite3.connect(room.database) as connection:
        connection.execute("UPDATE login_session SET confirmed_at = '2024-01-01 00:00:00.000000'")
    connection.close()


def _furnish(path: Path) -> str:
    """Lay down the office; answers the page on which its description begins to be drafted."""
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        office = make_office(session)
        for name in ("officer", "organiser", "other_organiser", "head", "holder"):
            account = make_account(session, getattr(office, name), name)
            accounts.set_password(session, account, PASSWORD, by=None, at=AT)
        position = office.positions[1].position_id
        beginning = f"/soan-mo-ta/moi?vi-tri={position}&don-vi={office.unit.id}"
        session.commit()
    engine.dispose()
    return beginning
