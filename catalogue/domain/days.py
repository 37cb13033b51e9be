"""Reading a day as people write it."""

import re
from datetime import date

from catalogue.domain.errors import Invalid

_WRITTEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 30)


def parse_day(text: str, *, label: str, field: str | None = None) -> date:
    """Read `10/04/2024`, or `2024-04-10` as browsers send it."""
    typed = text.strip()
    try:
        match = _WRITTEN.fullmatch(typed)
        chosen = (
            date(int(match[3]), int(match[2]), int(match[1]))
            if match
            else date.fromisoformat(typed)
        )
    except ValueError:
        message = f"{label}: không có ngày này. Hãy ghi như 10/04/2024."
        raise Invalid(message, field=field) from None
    if not FIRST <= chosen <= LAST:
        message = f"{label}: hãy chọn ngày từ năm 2000 đến năm 2099."
        raise Invalid(message, field=field)
    return chosen
