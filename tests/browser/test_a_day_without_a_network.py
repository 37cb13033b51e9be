"""Lines typed without a network stay on the device, survive a reload, and are sent once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Office
from tests.browser.kept_lines import PRODUCT, kept, prepare, written
from tests.making import TODAY
from tests.wire import Wire


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
    told = f"{PRODUCT} 1", f"{PRODUCT} 2"
    assert [written(office, product) for product in told] == [[], []]

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
    assert [written(office, product) for product in told] == [[(told[0], 90)], [(told[1], 30)]]
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


def test_what_the_server_refused_is_shown_in_full_and_mended_under_its_key(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)
    wire.cut()
    page.reload()
    keep(page, "", "bảy")
    expect(page.get_by_text("Số giờ: hãy ghi như 7,5")).to_be_visible()
    expect(page.get_by_text("Sản phẩm: nhiệm vụ này phải ghi sản phẩm.")).to_be_visible()
    assert kept(page) == []
    page.get_by_label("Ngày", exact=True).fill("2020-01-06")
    page.get_by_label("Nội dung").fill("Làm việc với chi bộ")
    page.get_by_text("Nơi làm việc, minh chứng, ghi chú").click()
    page.get_by_label("Nơi làm việc").select_option("Ở cơ sở")
    keep(page, f"{PRODUCT} 4", "1h30")
    (before,) = kept(page)

    wire.join()
    page.goto("/ngay-cua-toi")
    page.get_by_role("link", name="chưa gửi (1)").click()
    refused = page.get_by_role("listitem")
    expect(refused).to_contain_text("Chưa ghi được: Nhiệm vụ không thuộc vị trí việc làm của bạn")
    for words in ("06/01/2020", "Số giờ: 1h30", f"{PRODUCT} 4", "Làm việc với chi bộ", "Ở cơ sở"):
        expect(refused).to_contain_text(words)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Sửa").click()
    expect(page.get_by_label("Nội dung")).to_have_value("Làm việc với chi bộ")
    page.get_by_label("Ngày", exact=True).fill(f"{TODAY}")
    page.get_by_role("button", name="Giữ trên máy").click()
    expect(page.get_by_text("Chưa ghi được")).to_be_hidden()
    (after,) = kept(page)
    assert after["entry_key"] == before["entry_key"]
    assert after["place"] == "grass_roots"
    page.get_by_role("link", name="Mở lại Ngày của tôi").click()
    expect(page.get_by_text("Đã gửi 1 dòng giữ trên máy.")).to_be_visible()
    assert (f"{PRODUCT} 4", 90) in written(office)


def test_what_is_no_save_stays_on_its_page_and_says_that_it_was_not_sent(
    page: Page, wire: Wire, office: Office
) -> None:
    prepare(page)
    page.locator("button[name=op][value^='add:']").first.click()
    page.locator("[name$='-hours']").first.fill("15p")
    page.locator("[name$='-product']").first.fill(f"{PRODUCT} 5")
    wire.cut()
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="CHƯA gửi")).to_be_visible()
    expect(page.locator("[name$='-product']").first).to_have_value(f"{PRODUCT} 5")
    assert kept(page) == []

    wire.join()
    page.goto("/tuan-cua-toi")
    cell = page.get_by_role("region", name="Thứ ba").get_by_role("group").first
    cell.get_by_label("Giờ").fill("20p")
    cell.get_by_label("Sản phẩm").fill(f"{PRODUCT} 6")
    wire.cut()
    page.get_by_role("button", name="Ghi cả tuần").click()
    expect(page.get_by_role("alert").filter(has_text="CHƯA gửi")).to_be_in_viewport()
    expect(cell.get_by_label("Sản phẩm")).to_have_value(f"{PRODUCT} 6")
    wire.join()
    page.get_by_role("button", name="Ghi cả tuần").click()
    expect(page.get_by_text("Đã ghi 1 dòng của 1 ngày.")).to_be_visible()
    assert (f"{PRODUCT} 6", 20) in written(office)
    assert (f"{PRODUCT} 5", 15) not in written(office)


def test_lines_of_another_person_are_counted_and_nothing_else(page: Page) -> None:
    prepare(page)
    page.evaluate(
        """() => outbox.put({
          entry_key: crypto.randomUUID(),
          person: 0,
          day: "2024-04-09",
          hours: "1",
          content: "Không cho ai xem",
        })"""
    )
    page.reload()
    expect(page.locator("#con-tren-may")).to_be_hidden()
    page.goto("/ngoai-tuyen")
    expect(page.get_by_text("Máy này còn 1 dòng của người đã dùng trước.")).to_be_visible()
    expect(page.locator("#so-chua-gui")).to_have_text("0")
    expect(page.get_by_text("Không cho ai xem")).to_have_count(0)
    expect(page.get_by_role("button", name="Bỏ dòng")).to_have_count(0)


def test_the_device_asks_what_the_kind_of_the_task_asks(page: Page) -> None:
    prepare(page)
    page.evaluate(
        """async () => {
          const known = await outbox.known();
          known.tasks[0].kind = "study";
          known.tasks[1].kind = "secret";
          known.work = [{ work_item: "7", task_id: known.tasks[2].task_id, title: "Đề án" }];
          await outbox.know({ ...known, tasks: known.tasks.slice(0, 3) });
        }"""
    )
    page.goto("/ngoai-tuyen")
    page.get_by_label("Số trang").fill("12")
    page.get_by_label("Số, ký hiệu văn bản").fill("12-HD/BTCTW")
    keep(page, "", "1")
    page.get_by_label("Nhiệm vụ").select_option(index=1)
    expect(page.get_by_label("Sản phẩm")).to_be_hidden()
    page.get_by_label("Số giờ").fill("2")
    page.get_by_role("button", name="Giữ trên máy").click()
    page.get_by_label("Nhiệm vụ").select_option(index=2)
    expect(page.get_by_label("Số trang")).to_be_hidden()
    page.get_by_label("Việc nhiều ngày").select_option("Đề án")
    page.get_by_label("Số giờ").fill("3")
    page.get_by_role("button", name="Giữ trên máy").click()
    expect(page.locator("#so-chua-gui")).to_have_text("3")
    expect(page.get_by_role("listitem").nth(2)).to_contain_text("Việc nhiều ngày: Đề án")
    study, secret, work = kept(page)
    assert (study["pages"], study["document"]) == ("12", "12-HD/BTCTW")
    assert secret.keys() == {"entry_key", "person", "at", "day", "task", "hours"}
    assert (work["work_item"], "product" in work) == ("7", False)
