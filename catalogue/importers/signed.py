"""Who wrote something beside a Word file's text, and when, as the file claims."""

import re
from datetime import datetime

from lxml.etree import _Element as Element

from catalogue.importers.styles import WORDML

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def signed(element: Element) -> tuple[str, datetime | None]:
    """Read author and hour, the hour as the author's clock showed it.

    Word writes local time and calls it UTC.
    """
    found = _MOMENT.match(element.get(f"{WORDML}date", ""))
    try:
        at = datetime.fromisoformat(found[0]) if found else None
    except ValueError:
        at = None
    return element.get(f"{WORDML}author", ""), at
