"""A description on its way: returned, mended, appraised, approved with the password, and read."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.models import Base, sqlite
from catalogue.services import accounts
from tests.browser.conftest import PATIENCE, config_for
from tests.browser.test_committee import looked_at
from tests.drafts import Office, make_office, whole_record
from tests.making import AT, PASSWORD, make_account, task_versions
from tests.serving import serving

Open = Callable[[str], Page]
MENDED = "Soạn thảo báo cáo tuần và báo cáo đột xuất"


@dataclass(frozen=True)
class Room:
    """Where the pages are, the database behind them, and the draft that lies there."""

    address: str
    database: Path
    draft: int


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("approving")
    database = folder / "catalogue.db"
    draft = _furnish(database)
    with serving(config_for(folder)) as port:
        yield Room(f"http://127.0.0.1:{port}", database, draft)


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


def test_a_description_goes_from_its_officer_to_its_holder(room: Room, enter: Open) -> None:
    officer = enter("officer")
    _send(officer, room)

    organiser = enter("organiser")
    organiser.get_by_role("link", name="Chuyên viên tổng hợp").click()
    organiser.get_by_text("Trả lại để sửa").click()
    assert looked_at(organiser) == []
    organiser.get_by_role("textbox", name="2. Các công việc").fill("Thêm báo cáo đột xuất.")
    organiser.get_by_role("button", name="Trả lại").click()
    organiser.get_by_text("Đã trả lại.").wait_for()

    officer.goto(f"/soan-mo-ta/{room.draft}")
    officer.get_by_text("Thêm báo cáo đột xuất.").wait_for()
    officer.locator("#d0-t0-text").fill(MENDED)
    officer.locator("#nhiem-vu [data-saving]").get_by_text("Đã lưu lúc").wait_for()
    _send(officer, room)

    other = enter("other_organiser")
    other.get_by_role("link", name="Chuyên viên tổng hợp").click()
    other.get_by_text(MENDED).wait_for()
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


def test_the_lists_around_an_approval_are_sound(enter: Open) -> None:
    organiser = enter("organiser")
    for path in ("/tham-dinh-mo-ta", "/phan-cap"):
        organiser.goto(path)
        assert looked_at(organiser) == []


def _send(officer: Page, room: Room) -> None:
    officer.goto(f"/soan-mo-ta/{room.draft}/trinh")
    officer.get_by_text("Không còn thiếu gì.").wait_for()
    assert looked_at(officer) == []
    officer.get_by_role("button", name="Gửi thẩm định").click()
    officer.get_by_text("Nội dung được giữ nguyên").wait_for()


def _forget_passwords(room: Room) -> None:
    """Let the last time that a password was given be too long ago."""
    with sqlite3.connect(room.database) as connection:
        connection.execute("UPDATE login_session SET confirmed_at = '2024-01-01 00:00:00.000000'")
    connection.close()


def _furnish(path: Path) -> int:
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        office = make_office(session)
        for name in ("officer", "organiser", "other_organiser", "head", "holder"):
            account = make_account(session, getattr(office, name), name)
            accounts.set_password(session, account, PASSWORD, by=None, at=AT)
        draft = office.draft(record=_continuing(office))
        session.commit()
        draft_id = draft.id
    engine.dispose()
    return draft_id


def _continuing(office: Office) -> records.Description:
    """A whole description whose tasks go on from those of the version in force."""
    former = [each.task_id for each in task_versions(office.session, office.present)]
    record = whole_record(office.positions[1].name)
    first, *others = record.duties
    tasks = [replace(task, goes_on_from=(former[place],)) for place, task in enumerate(first.tasks)]
    tasks[-1] = replace(tasks[-1], goes_on_from=tuple(former[1:]))
    return replace(record, duties=(replace(first, tasks=tuple(tasks)), *others))
