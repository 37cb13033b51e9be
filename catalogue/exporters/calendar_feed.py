"""Writes milestones as an iCalendar feed (RFC 5545) that calendar programs subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from icalendar import Alarm, Calendar, Event, vText

from catalogue.domain.deadlines import REMINDER_DAYS


@dataclass(frozen=True, slots=True)
class Entry:
    """One milestone of the feed; `revision` counts its extensions."""

    number: int
    name: str
    due_on: date
    revision: int
    added_at: datetime
    revised_at: datetime


def write(title: str, entries: Iterable[Entry]) -> bytes:
    """Write the whole feed; the same entries give the same bytes."""
    feed = Calendar()
    feed.add("prodid", "-//Hau Giang//Danh muc vi tri viec lam//VI")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("name", vText(title))
    feed.add("x-wr-calname", vText(title))
    feed.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for entry in entries:
        feed.add_component(_event(entry))
    written: bytes = feed.to_ical()
    return written


def _event(entry: Entry) -> Event:
    """Tell of one day; its identity holds through every extension and on every installation."""
    event = Event()
    added = f"{entry.added_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    event.add("uid", str(uuid5(NAMESPACE_OID, f"milestone {entry.number} {added}")))
    event.add("dtstamp", entry.revised_at)
    event.add("last-modified", entry.revised_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", f"Hạn: {entry.name}")
    event.add("transp", "TRANSPARENT")
    for days in REMINDER_DAYS:
        event.add_component(_alarm(f"Còn {days} ngày: {entry.name}", days))
    return event


def _alarm(words: str, days_before: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", timedelta(days=-days_before))
    return alarm
