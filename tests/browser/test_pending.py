"""On a phone: unplanned work finds its task, and work of several days goes to its judgement."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

PHONE = 360
TITLE = "Chuẩn bị hội nghị sơ kết"


def test_an_unplanned_task_is_told_by_staff_and_mapped_by_the_head(visit: Visit) -> None:
    staff = visit("staff", PHONE)
    staff.goto("/viec-phat-sinh/moi?ngay=2024-04-09")
    staff.get_by_label("Nội dung").fill("Theo dõi kế hoạch đón đoàn công tác")
    staff.get_by_label("Ai giao").fill("Chánh Văn phòng")
    staff.get_by_label("Số giờ").fill("1,5")
    staff.get_by_label("Sản phẩm").fill("Báo cáo đón đoàn")
    staff.get_by_role("button", name="Ghi, chờ gắn nhiệm vụ").click()
    expect(staff.get_by_text("chờ thủ trưởng gắn nhiệm vụ, chưa tính vào tổng")).to_be_visible()

    head = visit("head", PHONE)
    head.goto("/")
    head.get_by_role("link", name="việc chờ gắn nhiệm vụ").click()
    row = head.get_by_role("row", name=re.compile("đón đoàn công tác"))
    expect(row.get_by_role("combobox")).to_have_value(re.compile("[0-9]+"))
    row.get_by_role("checkbox").check()
    _fits(head)
    head.get_by_role("button", name="Gắn các dòng đã đánh dấu").click()
    expect(head.get_by_text("Đã gắn nhiệm vụ cho 1 dòng")).to_be_visible()

    staff.goto("/viec-phat-sinh")
    staff.get_by_role("link", name="Theo dõi kế hoạch đón đoàn").click()
    staff.get_by_role("link", name="Dòng nhật ký đã thành").click()
    expect(staff.get_by_text("Từ việc phát sinh, ghi lúc")).to_be_visible()
    expect(staff.get_by_role("link", name="09-ĐA/TU").first).to_be_visible()


def test_work_of_several_days_is_given_logged_handed_in_and_judged(visit: Visit) -> None:
    head, staff = visit("head", PHONE), visit("staff", PHONE)
    head.goto("/giao-viec/moi")
    head.get_by_label("Người làm").select_option("Nguyễn Văn staff, Văn phòng Tỉnh ủy")
    head.get_by_role("button", name="Tiếp").click()
    head.get_by_label("Nhiệm vụ của vị trí").select_option(index=1)
    head.get_by_label("Việc phải làm").fill(TITLE)
    head.get_by_label("Sản phẩm phải có").fill("Báo cáo sơ kết")
    head.get_by_label("Hạn", exact=True).fill("2024-04-12")
    head.get_by_role("button", name="Giao việc").click()
    expect(head.get_by_text("Đã giao việc.")).to_be_visible()

    staff.goto("/viec-nhieu-ngay")
    staff.get_by_role("link", name=TITLE).click()
    staff.get_by_label("Số giờ").fill("2:30")
    staff.get_by_label("Đã làm gì").fill("Soạn dự thảo")
    staff.get_by_role("button", name="Ghi giờ").click()
    expect(staff.get_by_role("row", name=re.compile("Soạn dự thảo"))).to_contain_text("2,5")
    staff.get_by_role("textbox", name="Kết quả").fill("Đã tổ chức hội nghị")
    _fits(staff)
    staff.get_by_role("button", name="Nộp", exact=True).click()
    expect(staff.get_by_text("Đã nộp.", exact=False).first).to_be_visible()

    head.goto("/giao-viec?tinh-trang=handed_in")
    head.get_by_role("link", name=TITLE).click()
    expect(head.get_by_text("Nộp trong hạn.")).to_be_visible()
    _fits(head)
    head.get_by_role("button", name="Đạt", exact=True).click()
    expect(head.get_by_text("Đã đánh giá «Đạt», kèm 1 dòng nhật ký.")).to_be_visible()
    expect(head.get_by_role("row", name=re.compile("Soạn dự thảo"))).to_contain_text("Đạt")


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
