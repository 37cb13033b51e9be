"""Addresses that pages repeat in every row."""

from typing import Any

from flask import request, url_for

from catalogue.blueprints import guard
from catalogue.domain.roles import Permission

_NAVIGATION = (
    ("Việc cần làm", "home.home", Permission.SIGNED_IN),
    ("Ngày của tôi", "diary.day", Permission.LOG_OWN_DAY),
    ("Danh mục", "positions.index", Permission.READ_CATALOGUE),
    ("Đã ban hành", "issuances.index", Permission.READ_CATALOGUE),
    ("Văn bản nguồn", "sources.index", Permission.READ_CATALOGUE),
    ("Đơn vị", "units.index", Permission.READ_UNIT),
    ("Giờ làm việc", "hours.index", Permission.READ_HOURS),
)


def path_before(endpoint: str, name: str) -> str:
    """Give what stands before the identifier, so that a long list builds its address once."""
    values: dict[str, Any] = {name: 1}
    return url_for(endpoint, **values).removesuffix("1")


def navigation() -> list[tuple[str, str, bool]]:
    """List the topics that the person may open: label, address, whether this page is of it."""
    person = guard.signed_in()
    if person is None:
        return []
    here = request.blueprint
    return [
        (label, url_for(endpoint), endpoint.startswith(f"{here}."))
        for label, endpoint, required in _NAVIGATION
        if person.may(required)
    ]
