"""Addresses that are kept from page to page stay those of the page that asks."""

import re

from catalogue.blueprints import links
from tests.blueprints.conftest import SignIn


def addresses(page: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="(/[^"]*)"', page)


def test_a_page_below_a_mount_point_links_there_and_the_next_one_does_not(sign_in: SignIn) -> None:
    staff = sign_in("staff")
    plain = addresses(staff.get("/danh-muc").text)
    mounted = staff.get("/danh-muc", environ_overrides={"SCRIPT_NAME": "/vtvl"}).text
    assert addresses(mounted) == [f"/vtvl{path}" for path in plain]
    assert addresses(staff.get("/danh-muc").text) == plain


def test_every_page_leads_to_the_reminders_and_how_they_come(sign_in: SignIn) -> None:
    assert "/loi-nhac" in addresses(sign_in("staff").get("/danh-muc").text)


def test_an_address_keeps_its_values_apart(sign_in: SignIn) -> None:
    with sign_in("staff") as staff:
        staff.get("/danh-muc")
        searched = [links.address("positions.index", tim=text) for text in ("a b", "&", "a b")]
    assert searched == ["/danh-muc?tim=a+b", "/danh-muc?tim=%26", "/danh-muc?tim=a+b"]
