"""The day on which a command acts; moments are real, days may be a demonstration's own."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app

from catalogue.cli.installing import is_demonstration
from catalogue.demonstration.loading import WORKING_DATE

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """Give the working date that the pages of this database go by."""
    fixed: date | None = current_app.extensions["catalogue_config"].today
    if fixed is None and is_demonstration():
        return WORKING_DATE
    return fixed or datetime.now(_HERE).date()


def time_of_day() -> time:
    """Give the time on the clocks here, by which people rest."""
    return datetime.now(_HERE).time()
