"""On a phone the navigation begins with where one is, and a finger hits all of it."""

import pytest

from tests.browser.conftest import Visit

WIDTH, TARGET = 360, 44


@pytest.mark.parametrize(
    ("person", "path"), [("staff", "/lich-lam-viec"), ("organiser", "/khoa-thang")]
)
def test_this_pages_own_entries_are_in_sight_and_large_enough(
    visit: Visit, person: str, path: str
) -> None:
    page = visit(person, WIDTH, touch=True)
    page.goto(path)
    here = page.locator(".site-header nav [aria-current]").all()
    assert len(here) == 2
    for entry in here:
        box = entry.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
    links = page.locator(".site-header a:visible, .site-header button:visible").all()
    boxes = [link.bounding_box() for link in links]
    assert min(box["height"] for box in boxes if box) >= TARGET
