"""Writes milestones as an iCalendar feed (RFC 5545) that calendar programs subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from catalogue.domain.deadlines import REMINDER_DAYS

_LINE_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


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
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hau Giang//Danh muc vi tri viec lam//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry) -> Iterator[str]:
    """Tell of one day; its identity holds through every extension and on every installation."""
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_OID, f'milestone {entry.number} {_moment(entry.added_at)}')}"
    yield f"DTSTAMP:{_moment(entry.revised_at)}"
    yield f"LAST-MODIFIED:{_moment(entry.revised_at)}"
    yield f"SEQUENCE:{entry.revision}"
    yield f"DTSTART;VALUE=DATE:{entry.due_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.due_on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'Hạn: {entry.name}')}"
    yield "TRANSP:TRANSPARENT"
    for days in REMINDER_DAYS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(f'Còn {days} ngày: {entry.name}')}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Break a line so that no part exceeds 75 octets, never within a letter."""
    parts, part, room = [], b"", _LINE_OCTETS
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _LINE_OCTETS - 1  # the space that goes before it
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
