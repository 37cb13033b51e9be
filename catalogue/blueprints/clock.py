"""The only place of the web edge that looks at a clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Give the real moment, in which everything written is stamped."""
    return datetime.now(UTC)


def today() -> date:
    """Give the working date: Vietnam's, or the one that a demonstration is set to."""
    return fixed_day() or datetime.now(_HERE).date()


def fixed_day() -> date | None:
    """Give the demonstration's working date; None outside a demonstration."""
    chosen: date | None = current_app.extensions["catalogue_config"].today
    return chosen
