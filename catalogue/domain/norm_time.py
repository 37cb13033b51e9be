"""Norm times as the form prints them, and as people write them."""

import re

_HOUR = 60
_HOURS = r"(?P<hours>[0-9]{1,4})(?:[.,](?P<tenths>[0-9]))? ?(?:giờ|g|h)"
_MINUTES = r"(?P<minutes>[0-9]{1,6}) ?(?P<unit>phút|ph|p|['\u2019\u2032])?"
_WRITTEN = re.compile(rf"(?:{_HOURS})? ?(?:{_MINUTES})?", re.IGNORECASE)


def printed(minutes: int) -> str:
    """Print whole minutes: 90 is `1 giờ 30 phút`, 120 is `2 giờ`, 45 is `45 phút`."""
    hours, rest = divmod(minutes, _HOUR)
    parts = [f"{hours} giờ"] * bool(hours) + [f"{rest} phút"] * bool(rest or not hours)
    return " ".join(parts)


def minutes_of(text: str) -> int | None:
    """Read what `printed` prints, and such as `1,5 giờ`, `1h30`, `90p`; None for anything else.

    A bare figure says neither hours nor minutes, so it is not read.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not (found["hours"] or found["unit"]):
        return None
    hours = int(found["hours"] or 0) * _HOUR + int(found["tenths"] or 0) * _HOUR // 10
    return hours + int(found["minutes"] or 0)
