"""The whole way through the pages, by four people: from a decision's annex to an issued catalogue,
and on to the next decision; the staff's line keeps its chain."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import Stage
from catalogue.domain.words import Role
from catalogue.models import Base, Person, VotingRule, sqlite
from catalogue.services import accounts
from tests.browser.conftest import config_for
from tests.dossiers import seat
from tests.making import (
    AT,
    PASSWORD,
    SINCE,
    make_account,
    make_agency,
    make_description,
    make_document,
    make_line,
    make_milestone,
    make_person,
    make_positions,
    make_unit,
    task_versions,
)
from tests.official_lists import RENAMED, annex, official_names, own_names
from tests.serving import serving

SLOW = 30_000
UNIT = "Văn phòng Tỉnh ủy"
DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=780)
SIZES = {"officer": DESK, "organiser": DESK, "chief": PHONE, "member": DESK, "staff": PHONE}
Enter = Callable[[str], Page]


@dataclass(frozen=True)
class House:
    """Where the pages are, and the line whose chain must hold."""

    address: str
    line: int


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    line = furnish(tmp_path / "catalogue.db")
    with serving(config_for(tmp_path)) as port:
        yield House(f"http://127.0.0.1:{port}", line)


@pytest.fixture
def enter(browser: Browser, house: House) -> Iterator[Enter]:
    """Sign each person in once, in a window of their own."""
    pages: dict[str, Page] = {}

    def enter(person: str) -> Page:
        if person not in pages:
            context = browser.new_context(
                base_url=house.address, locale="vi-VN", viewport=SIZES[person]
            )
            page = pages[person] = context.new_page()
            page.set_default_timeout(SLOW)
            page.goto("/dang-nhap")
            page.get_by_label("Tên đăng nhập").fill(person)
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"{house.address}/")
        return pages[person]

    yield enter
    for page in pages.values():
        page.context.close()


# Minutes long: the shorter walks of this folder are taken at every run, this one before closing.
@pytest.mark.proof
def test_four_people_bring_a_catalogue_into_force_and_then_the_next(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    names = official_names(own_names())
    send_signed(enter("organiser"), "2752-QĐ/BTCTW", write(tmp_path / "a.docx", annex(names)))
    send_own_list(enter("officer"), write(tmp_path / "own.docx", annex(own_names())))
    reconcile(enter("officer"))
    dossier = submit(enter("organiser"), "Danh mục chính thức")
    discuss(enter("member"), enter("organiser"), dossier)
    review(enter, dossier)
    issue(enter("member"), dossier, "21-QĐ/TU")

    staff = enter("staff")
    staff.goto(f"/dong/{house.line}")
    staff.get_by_text("Tham khảo VPTU").first.wait_for()
    assert staff.get_by_text("Văn thư, lưu trữ").count() > 0

    later = official_names([*names[:-3], *own_names()[-3:]], prefix="Chuyên viên cao cấp")
    organiser = enter("organiser")
    send_signed(organiser, "2753-QĐ/BTCTW", write(tmp_path / "b.docx", annex(later)))
    accept_proposed(organiser)
    second = submit(organiser, "Sửa đổi danh mục")
    review(enter, second)
    issue(enter("member"), second, "35-QĐ/TU", effective="2024-07-01")

    organiser.goto(dossier)
    organiser.get_by_text("Đã thay thế").first.wait_for()
    staff.goto(f"/dong/{house.line}")
    staff.get_by_text("Tham khảo VPTU").first.wait_for()


def send_signed(page: Page, number: str, file: Path) -> None:
    """Send a decision's annex in, look at what was read, and have it written."""
    page.goto("/nhap-phu-luc")
    form = page.get_by_role("region", name="Văn bản đã ký")
    form.get_by_label("Số, ký hiệu văn bản").fill(number)
    form.get_by_label("Loại cơ quan").select_option(label=UNIT)
    form.get_by_label("Tệp của văn bản").set_input_files(file)
    form.get_by_role("button", name="Tải lên và đọc").click()
    accept(page)


def send_own_list(page: Page, file: Path) -> None:
    page.goto("/nhap-phu-luc")
    form = page.get_by_role("region", name="Danh sách của đơn vị")
    form.get_by_label("Đơn vị", exact=True).select_option(label=UNIT)
    form.get_by_label("Tệp danh sách").set_input_files(file)
    form.get_by_role("button", name="Tải lên và đọc").click()
    accept(page)


def accept(page: Page) -> None:
    written = page.get_by_role("button", name="Ghi vào danh mục")
    written.wait_for(timeout=SLOW)
    written.click()
    page.get_by_role("heading", name="Đối chiếu").first.wait_for()


def reconcile(page: Page) -> None:
    """Accept what is equal and what is renamed; rule the merge and the split by hand."""
    accept_proposed(page)
    own, rows = own_names()[-3:], official_names(own_names())[-3:]
    rule(page, "Gộp", "theo khối lượng việc", *own[:2], rows[0])
    rule(page, "Tách", "hai mảng việc khác nhau", own[2], *rows[1:])
    page.get_by_text("Đã đối chiếu 300/300 dòng").wait_for()


def accept_proposed(page: Page) -> None:
    """Accept all equal pairs by one button, then the proposed renames one by one."""
    page.get_by_role("button", name="trùng khớp hoàn toàn").click()
    page.get_by_label("Loại").select_option(label="Đổi tên")
    page.get_by_label("Tình trạng").select_option(label="Chưa đối chiếu")
    proposed = page.get_by_role("button", name="Nhận: Đổi tên")
    for left in reversed(range(len(RENAMED))):
        proposed.nth(left).wait_for()
        proposed.first.click()
        proposed.nth(left).wait_for(state="detached")


def rule(page: Page, kind: str, why: str, *ticked: str) -> None:
    """Tick lines of both lists among those not ruled on yet, and say how they relate."""
    page.goto(f"{page.url.partition('?')[0]}?tinh-trang=chua")
    for name in ticked:
        page.get_by_label(name, exact=True).check()
    form = page.get_by_role("form", name="Kết luận các dòng đã chọn")
    form.get_by_label("Kết luận là").select_option(label=kind)
    form.get_by_label("Vì sao").fill(why)
    form.get_by_role("button", name="Ghi kết luận").click()
    page.get_by_label(ticked[0], exact=True).wait_for(state="detached")


def submit(page: Page, title: str) -> str:
    """Draft a dossier from what was reconciled and submit it; answers its path."""
    page.goto("/ho-so/moi")
    page.get_by_label("Tên hồ sơ").fill(title)
    page.get_by_role("button", name="Mở hồ sơ").click()
    page.get_by_role("button", name="Thêm vào hồ sơ").click()
    page.get_by_text("Đã thêm").wait_for()
    page.get_by_role("button", name="Trình Thường trực Tỉnh ủy").click()
    page.get_by_text("Nội dung từ nay không sửa được nữa").wait_for()
    return page.url


def discuss(member: Page, organiser: Page, dossier: str) -> None:
    """A member asks the organisers about one item; they read it."""
    member.goto(f"{dossier}/muc/1")
    member.get_by_label("Ý kiến", exact=True).fill("Nên ghi rõ căn cứ")
    member.get_by_label("Gửi cho ai").select_option(label="Với Ban Tổ chức Tỉnh ủy")
    member.get_by_role("button", name="Gửi ý kiến").click()
    organiser.goto(f"{dossier}/muc/1")
    organiser.get_by_text("Nên ghi rõ căn cứ").wait_for()


def review(enter: Enter, dossier: str) -> None:
    """Give both members' ballots at both stages; one item is disputed and ruled on."""
    chief, member = enter("chief"), enter("member")
    chief.goto(dossier)
    chief.get_by_role("button", name="Nhận xem xét").click()
    for page in (chief, member):
        vote(page, dossier)
    chief.goto(dossier)
    chief.get_by_role("button", name="Chuyển Ban Thường vụ").click()
    vote(chief, dossier, against="Mục 1.")
    vote(member, dossier)
    member.goto(f"{dossier}/muc/1")
    member.get_by_role("radio", name="Thông qua", exact=True).check()
    member.get_by_role("button", name="Ghi kết luận").click()
    member.get_by_text("Đã ghi kết luận mục 1").wait_for()
    member.goto(dossier)
    member.get_by_role("button", name="Thông qua từng mục").click()
    member.get_by_text("Đã thông qua từng mục").first.wait_for()


def vote(page: Page, dossier: str, *, against: str = "") -> None:
    page.goto(dossier)
    page.get_by_role("link", name="Phiếu lấy ý kiến của tôi").click()
    if against:
        item = page.get_by_role("group", name=against)
        item.get_by_text("Không đồng ý").click()
        item.get_by_label("Ý kiến").fill("giữ tên cũ")
    page.get_by_role("button", name="Đồng ý các mục còn lại").click()
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_text("Bạn đã có phiếu ở bước này").wait_for()


def issue(page: Page, dossier: str, number: str, effective: str = "2024-04-10") -> None:
    page.goto(dossier)
    page.get_by_role("link", name="Ban hành", exact=True).click()
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_label("Hiệu lực từ ngày").fill(effective)
    page.get_by_label("Người ký", exact=True).fill("Nguyễn Văn Ký")
    page.get_by_label("Chức vụ người ký").fill("Phó Bí thư Thường trực")
    page.get_by_role("button", name="Ban hành").click()
    page.get_by_text("Đã ban hành").first.wait_for()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def furnish(path: Path) -> int:
    """Lay down one office with its temporary list, its people, and one line of work."""
    engine = create_engine(f"sqlite:///{path}")
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        agency = make_agency(session, "VPTU", UNIT)
        make_milestone(session)
        reference = make_document(session, "Tham khảo VPTU")
        own = make_positions(session, agency, reference, own_names())
        unit = make_unit(session, "VPTU", UNIT, agency)
        described = make_description(session, own[-3], agency, ("Vào sổ công văn",))
        staff = make_person(session, "Lê Văn Thư", unit=unit, position_id=own[-3].position_id)
        line = make_line(session, staff, task_versions(session, described)[0])
        people = {
            "staff": staff,
            "officer": make_person(session, "Võ Tổ Chức", role=Role.UNIT_OFFICER, role_unit=unit),
            "organiser": make_person(session, "Đỗ Ban Tổ Chức", role=Role.ORGANISER),
            "chief": make_person(session, "Nguyễn Thường Trực", role=Role.COMMITTEE),
            "member": make_person(session, "Trần Ủy Viên", role=Role.COMMITTEE),
        }
        seat_committee(session, people["chief"], people["member"])
        for name, person in people.items():
            account = make_account(session, person, name)
            accounts.set_password(session, account, PASSWORD, by=None, at=AT)
        session.commit()
        line_id = line.id
    engine.dispose()
    return line_id


def seat_committee(session: Session, *members: Person) -> None:
    for stage in Stage:
        session.add_all(seat(stage, member) for member in members)
        session.add(
            VotingRule(
                stage=stage,
                quorum_percent=50,
                agree_percent=50,
                basis="Quy tắc của bộ kiểm thử",
                valid_from=SINCE,
            )
        )
