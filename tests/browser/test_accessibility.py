"""Every main page at a phone's and a desk's width: nothing for axe to find, nothing cut off."""

import pytest

from tests.browser.conftest import AXE, WIDTHS, Look, Office, Visit

PAGES = {
    "staff": (
        "/",
        "/ngay-cua-toi",
        "/ngay-cua-toi?tim=khong-co-viec-nao",
        "/ngay-cua-toi/sua/{line}",
        "/tuan-cua-toi",
        "/dong/{line}",
        "/viec-phat-sinh",
        "/viec-phat-sinh/moi",
        "/viec-phat-sinh/{pending}",
        "/viec-nhieu-ngay",
        "/viec-nhieu-ngay/moi",
        "/viec-nhieu-ngay/{work_item}",
        "/don-vi/{unit}",
        "/bang-cong-khai",
        "/bang-cong-khai/thang",
        "/loi-nhac",
        "/danh-gia-nang-luc",
        "/danh-gia-nang-luc/{assessment}",
        "/ket-qua-cua-toi",
        "/ket-qua-cua-toi/y-kien/{judgement}",
        "/vang-mat",
        "/ghi-bu",
        "/dieu-chinh",
        "/dieu-chinh/moi?ngay=2024-03-05",
        "/dieu-chinh/dong/{line}",
        "/lich-lam-viec",
        "/nhap-nhat-ky",
        "/nhap-nhat-ky/{sent_diary}",
    ),
    "head": (
        "/",
        "/danh-gia-ngay?hien=tat-ca",
        "/danh-gia-ngay/dong/{judged_line}",
        "/uy-quyen",
        "/y-kien-danh-gia",
        "/cho-gan",
        "/cho-gan/{pending}",
        "/giao-viec",
        "/giao-viec/moi?nguoi=1",
        "/vang-mat",
        "/ghi-bu/{consent}",
        "/dieu-chinh/{adjustment}",
        "/khoa-thang/{unit}?thang=2024-03",
    ),
    "organiser": (
        "/",
        "/khong-co-trang-nay",
        "/de-xuat-nhiem-vu",
        "/danh-muc",
        "/danh-muc?tim=khong-co",
        "/vi-tri/{position}",
        "/mo-ta/{description}",
        "/van-ban",
        "/van-ban/{document}",
        "/dong-phu-luc/{annex_row}",
        "/don-vi",
        "/don-vi/{district}",
        "/gio?thang=2024-04",
        "/gio/{unit}?thang=2024-04",
        "/nhap-phu-luc/{job}",
        "/doi-chieu",
        "/doi-chieu/moi",
        "/doi-chieu/ma-tran",
        "/doi-chieu/{reconciliation}",
        "/ho-so",
        "/ho-so/moi",
        "/ho-so/{draft}/soan",
        "/ho-so/{dossier}",
        "/ho-so/{dossier}/y-kien-tu-word",
        "/soan-mo-ta",
        "/soan-mo-ta/moi?vi-tri={position}",
        "/soan-mo-ta/{other_description_draft}",
        "/soan-mo-ta/{description_draft}/so-sanh",
        "/soan-mo-ta/{other_description_draft}/trinh",
        "/tham-dinh-mo-ta",
        "/tham-dinh-mo-ta/{submission}",
        "/phan-cap",
        "/nhap-mo-ta",
        "/nhap-mo-ta/{sent_descriptions}",
        "/mo-ta/so-sanh?tu=1&den=2&cach=hai-cot",
        "/nang-luc",
        "/nang-luc/{competency}",
        "/nang-luc/tu-dien",
        "/nang-luc/tu-dien/{dictionary}",
        "/nang-luc/tu-dien/nhap",
        "/nang-luc/trao-doi",
        "/nang-luc/trao-doi/tep/{exchanged_file}",
        "/khung-nang-luc",
        "/khung-nang-luc?xem=dam-nhat",
        "/danh-gia-nang-luc/{assessment}",
        "/danh-gia-nang-luc/don-vi/{unit}",
        "/nhu-cau-dao-tao",
        "/y-kien-danh-gia/{objection}",
        "/lich-lam-viec",
        "/lich-lam-viec?nam=2027",
        "/lich-lam-viec/bo?nam=2024&bo-2024-01-01=y",
        "/khoa-thang",
    ),
    "committee": (
        "/",
        "/moc-thoi-han",
        "/moc-thoi-han/{milestone}",
        "/moc-thoi-han/{milestone}/don-vi/{unit}",
        "/moc-thoi-han/{milestone}/gia-han",
        "/ho-so/{dossier}/ban-hanh",
        "/ban-hanh",
        "/ban-hanh/{issuance}",
        "/chuyen-doi",
        "/danh-muc/ngay?ngay=2024-05-01",
        "/danh-muc/so-sanh?tu=2024-04-09&den=2024-05-01",
        "/gio/theo-vi-tri?thang=2024-04",
        "/cong-khai",
        "/cong-khai/{issuance}",
        "/gioi-han-nhat-ky",
    ),
}


@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(
    visit: Visit, looked_at: Look, office: Office, person: str, width: int
) -> None:
    page, found = visit(person, width), []
    # Its status would count as a complaint of the console.
    page.route(
        "**/khong-co-trang-nay", lambda route: route.fulfill(response=route.fetch(), status=200)
    )
    for path in PAGES[person]:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.format(**vars(office.world)))
        found += looked_at(page)
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_signing_in_is_accessible(visit: Visit, width: int) -> None:
    page = visit("staff", width)
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    assert AXE.run(page).response["violations"] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_finger_presses_is_large_enough(visit: Visit, width: int) -> None:
    page = visit("staff", width)
    for path in ("/", "/ngay-cua-toi", "/danh-muc"):
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 "button, select, summary, nav a, .btn, .choice, input:not([type=hidden])")]
               .filter(each => each.offsetParent !== null && !each.closest(".choice input, .check"))
               .filter(each => each.type !== "radio" && each.type !== "checkbox")
               .filter(each => !each.classList.contains("visually-hidden"))
               .filter(each => each.getBoundingClientRect().height < 43.5)
               .map(each => each.outerHTML.slice(0, 80))"""
        )
        assert small == [], path
