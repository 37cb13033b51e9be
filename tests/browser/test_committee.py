"""Two members and the secretary before one dossier, on a phone and at a desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.models import Account, sqlite
from catalogue.services import accounts
from tests.blueprints.committee import Before, lay
from tests.browser.conftest import PATIENCE, Look, config_for
from tests.making import AT, PASSWORD
from tests.serving import serving_here

PEOPLE = ("chief", "member", "secretary", "organiser")
Open = Callable[[str], Page]


@dataclass(frozen=True)
class Room:
    """Where the pages are, and the dossier that lies there."""

    address: str
    before: Before


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, width: int) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp(f"room-{width}")
    before = lay(folder / "catalogue.db")
    _give_passwords(folder / "catalogue.db", before)
    with serving_here(config_for(folder)) as port:
        yield Room(f"http://127.0.0.1:{port}", before)


@pytest.fixture
def enter(browser: Browser, room: Room) -> Iterator[Open]:
    """Sign a person in through the page, in a window of their own."""
    pages: list[Page] = []

    def enter(person: str) -> Page:
        context = browser.new_context(base_url=room.address, locale="vi-VN")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(person)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"{room.address}/")
        pages.append(page)
        return page

    yield enter
    for page in pages:
        page.context.close()


def test_a_dossier_is_taken_up_voted_on_and_ruled_on(
    room: Room, enter: Open, looked_at: Look
) -> None:
    chief, path = enter("chief"), room.before.path
    chief.goto(path)
    assert looked_at(chief) == []
    chief.get_by_role("button", name="Nhận xem xét").click()
    chief.get_by_role("link", name="Phiếu lấy ý kiến của tôi").click()

    chief.get_by_role("group", name="Mục 3.").get_by_text("Không đồng ý").click()
    chief.get_by_text("Đã chọn 1/8 mục").wait_for()
    chief.get_by_role("group", name="Mục 3.").get_by_label("Ý kiến").fill("giữ tên cũ")
    chief.get_by_role("group", name="Mục 4.").get_by_text("Đồng ý", exact=True).click()
    chief.get_by_text("Đã chọn 2/8 mục").wait_for()
    assert looked_at(chief) == []
    chief.get_by_role("button", name="Đồng ý các mục còn lại").click()
    chief.get_by_text("Đã chọn 8/8 mục").wait_for()
    chief.get_by_role("button", name="Gửi phiếu").click()
    chief.get_by_text("Đã tính 1/3 phiếu").wait_for()
    assert looked_at(chief) == []

    late, early = enter("member"), chief
    for page in (late, early):
        page.goto(f"{path}/muc/3")
        assert looked_at(page) == []
    early.get_by_role("radio", name="Thông qua", exact=True).check()
    early.get_by_role("button", name="Ghi kết luận").click()
    early.get_by_text("Đã ghi kết luận mục 3").wait_for()
    late.get_by_role("radio", name="Không thông qua").check()
    late.get_by_label("Lý do", exact=True).fill("trùng việc")
    late.get_by_role("button", name="Ghi kết luận").click()
    late.get_by_text("Có người vừa kết luận mục này trước bạn").wait_for()
    assert late.get_by_label("Lý do", exact=True).input_value() == "trùng việc"
    assert looked_at(late) == []


def test_the_forms_of_the_secretary_and_of_the_organiser_are_sound(
    room: Room, enter: Open, looked_at: Look
) -> None:
    secretary, path = enter("secretary"), room.before.path
    for form in ("phieu-giay", "cuoc-hop"):
        secretary.goto(f"{path}/{form}")
        assert looked_at(secretary) == []
    organiser = enter("organiser")
    organiser.goto("/ban-thuong-vu")
    assert looked_at(organiser) == []


def _give_passwords(path: Path, before: Before) -> None:
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    with Session(engine) as session, session.begin():
        for name in PEOPLE:
            account = session.get_one(Account, before.accounts[name])
            accounts.set_password(session, account, PASSWORD, by=None, at=AT)
    engine.dispose()
